// IDX files: what is read, and how what lies is refused.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { ArchError } from "../../archbert/graph/errors";
import { loadDataset, parseIdx, readIdx } from "../../datasets";

/** An IDX file of bytes. */
function idx(sizes: readonly number[], values: readonly number[], kind = 8): Buffer {
  const head = Buffer.alloc(4 + 4 * sizes.length);
  head.writeUInt8(kind, 2);
  head.writeUInt8(sizes.length, 3);
  sizes.forEach((size, i) => {
    head.writeUInt32BE(size, 4 + 4 * i);
  });
  return Buffer.concat([head, Buffer.from(values)]);
}

const range = (count: number) => Array.from({ length: count }, (_, i) => i % 256);

describe("datasets/idx", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "idx-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const write = (name: string, content: Uint8Array) => writeFileSync(path.join(folder, name), content);

  /** A set of 2x3 pictures, of two classes in turn. */
  function writeSet(prefix = "", { train = 60, test = 12, gz = false } = {}): void {
    for (const [part, count] of [
      ["train", train],
      [prefix === "" ? "t10k" : "test", test],
    ] as const) {
      const pictures = idx([count, 2, 3], range(count * 6));
      const labels = idx(
        [count],
        range(count).map((i) => i % 2),
      );
      const end = gz ? ".gz" : "";
      write(`${prefix}${part}-images-idx3-ubyte${end}`, gz ? gzipSync(pictures) : pictures);
      write(`${prefix}${part}-labels-idx1-ubyte${end}`, gz ? gzipSync(labels) : labels);
    }
  }

  it("reads sizes and numbers of every kind", () => {
    assert.deepEqual(parseIdx(idx([2, 3], range(6)), "f"), { sizes: [2, 3], values: Buffer.from(range(6)) });
    const floats = Buffer.alloc(8);
    floats.writeFloatBE(1.5);
    floats.writeFloatBE(-2, 4);
    assert.deepEqual(parseIdx(idx([2], [...floats], 13), "f").values, Float32Array.of(1.5, -2));
    assert.deepEqual(parseIdx(idx([2], [0xff, 0xfe, 0, 7], 11), "f").values, Int16Array.of(-2, 7));
  });

  it("reads a folder of plain and of gzipped files alike", async () => {
    writeSet();
    const plain = await loadDataset(folder);
    rmSync(path.join(folder, "train-images-idx3-ubyte"));
    rmSync(path.join(folder, "train-labels-idx1-ubyte"));
    writeSet("", { gz: true });
    const packed = await loadDataset(folder);
    assert.deepEqual({ ...packed }, { ...plain });
    const { train, validation, test } = plain;
    assert.deepEqual(
      [train, validation, test].map(({ labels }) => labels.length),
      [50, 10, 12],
    );
    assert.deepEqual(train.shape, [2, 3, 1]);
    assert.equal(train.classes, 2);
    assert.equal(test.inputs[1], Math.fround(1 / 255));
    assert.equal(validation.labels.filter((label) => label === 1).length, 5);
  });

  it("finds a set by its prefix, relative to a folder", async () => {
    writeSet("letters-");
    writeSet("other-", { train: 30 });
    const { name, train } = await loadDataset("letters-", { folder });
    assert.equal(name, "letters");
    assert.equal(train.labels.length, 50);
  });

  it("sets one picture of a few apart for validation", async () => {
    writeSet("", { train: 3 });
    const { train, validation } = await loadDataset(folder);
    assert.deepEqual([train.labels.length, validation.labels.length], [2, 1]);
  });

  it("names a file that is missing, and a folder without any", async () => {
    writeSet();
    rmSync(path.join(folder, "t10k-labels-idx1-ubyte"));
    await assert.rejects(loadDataset(folder), /t10k-labels-idx1-ubyte is missing/);
    await assert.rejects(loadDataset(path.join(folder, "nowhere")), /there is no dataset/);
  });

  it("refuses headers that lie, without taking the memory that they ask for", () => {
    const cases: [Buffer, RegExp][] = [
      [Buffer.alloc(0), /header of at least 4 bytes/],
      [Buffer.from([0, 0, 8, 3, 0, 0]), /header ends after 6 of 16 bytes/],
      [Buffer.from("<html>not found</html>"), /not an IDX file: it begins with 0x3c68746d/],
      [idx([4, 2, 3], range(23)), /tells of 4x2x3 numbers of 1 byte, and 23 bytes follow/],
      [idx([4, 2, 3], range(25)), /25 bytes follow/],
      [idx([0xffffffff, 0xffffffff, 0xffffffff], []), /0 bytes follow/],
      [idx([2, 2], range(4), 10), /not an IDX file/],
      [idx([1, 1, 1, 1, 1, 1, 1, 1, 1], [1]), /not an IDX file/],
    ];
    for (const [bytes, message] of cases) assert.throws(() => parseIdx(bytes, "f"), message);
  });

  it("never fails but with a message, whatever the bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), fc.boolean(), (bytes, headed) => {
        const data = headed ? Buffer.from([0, 0, ...bytes]) : bytes;
        try {
          const { sizes, values } = parseIdx(data, "f");
          assert.equal(
            values.length,
            sizes.reduce((product, size) => product * size, 1),
          );
        } catch (error) {
          assert.ok(error instanceof ArchError, String(error));
        }
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it("refuses damaged gzip, and pictures and labels that disagree", async () => {
    const packed = gzipSync(idx([2, 2, 2], range(8)));
    write("cut.gz", packed.subarray(0, packed.length - 9));
    await assert.rejects(readIdx(path.join(folder, "cut.gz")), /gzip data that is damaged/);
    writeSet();
    write("train-labels-idx1-ubyte", idx([59], range(59)));
    await assert.rejects(loadDataset(folder), /59 labels for 60 pictures/);
    write("train-labels-idx1-ubyte", idx([60, 1], range(60)));
    await assert.rejects(loadDataset(folder), /labels are one row of bytes/);
  });
});
