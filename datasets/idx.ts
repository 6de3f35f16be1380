// IDX files (MNIST, Fashion-MNIST, EMNIST): plain or gzipped, checked against what their headers say.
import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { ArchError } from "../archbert/graph/errors";
import { checkBytes, checkString } from "../archbert/graph/guard";
import { type Dataset, type Examples, select } from "./dataset";
import { stratifiedSplit } from "./split";

/** Numbers in their order, with the sizes that the header gives. */
export interface IdxArray {
  sizes: number[];
  /** As stored: pictures of MNIST are 0 to 255. */
  values: Uint8Array | Int8Array | Int16Array | Int32Array | Float32Array | Float64Array;
}

/** Of one file, unpacked: MNIST has 47 MB, EMNIST's largest 550 MB. */
const mostBytes = 1 << 30;
const mostSizes = 8;

type Values = IdxArray["values"];

interface Kind {
  bytes: number;
  make(length: number): Values;
  read(view: DataView, at: number): number;
}

/** The third byte of a file says what its numbers are. */
const kinds: Readonly<Record<number, Kind>> = {
  8: { bytes: 1, make: (n) => new Uint8Array(n), read: (view, at) => view.getUint8(at) },
  9: { bytes: 1, make: (n) => new Int8Array(n), read: (view, at) => view.getInt8(at) },
  11: { bytes: 2, make: (n) => new Int16Array(n), read: (view, at) => view.getInt16(at) },
  12: { bytes: 4, make: (n) => new Int32Array(n), read: (view, at) => view.getInt32(at) },
  13: { bytes: 4, make: (n) => new Float32Array(n), read: (view, at) => view.getFloat32(at) },
  14: { bytes: 8, make: (n) => new Float64Array(n), read: (view, at) => view.getFloat64(at) },
};

/**
 * Reads the bytes of an IDX file: two zeros, the kind of number, how many sizes, the sizes, the numbers, all big-endian.
 *
 * @param where the file, for errors
 * @throws ArchError where the bytes are not what their header says
 */
export function parseIdx(bytes: Uint8Array, where: string): IdxArray {
  checkBytes(bytes, "parseIdx");
  const wrong = (message: string) => new ArchError(message, { where, fix: "Get the file again" });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 4)
    throw wrong(`an IDX file has a header of at least 4 bytes, and here are ${bytes.length}`);
  const kind = kinds[view.getUint8(2)];
  const count = view.getUint8(3);
  if (view.getUint16(0) !== 0 || !kind || count < 1 || count > mostSizes) {
    const start = Buffer.from(bytes.subarray(0, 4)).toString("hex");
    throw wrong(`not an IDX file: it begins with 0x${start}`);
  }
  const start = 4 + 4 * count;
  if (bytes.length < start) throw wrong(`the header ends after ${bytes.length} of ${start} bytes`);
  const sizes = Array.from({ length: count }, (_, i) => view.getUint32(4 + 4 * i));
  // Sizes are below 2^32, and at most 8 of them: what overflows 2^53 is still far above any file.
  const length = sizes.reduce((product, size) => product * size, 1);
  const told = `${sizes.join("x")} numbers of ${kind.bytes} ${kind.bytes === 1 ? "byte" : "bytes"}`;
  if (length * kind.bytes !== bytes.length - start) {
    throw wrong(`its header tells of ${told}, and ${bytes.length - start} bytes follow`);
  }
  if (kind.bytes === 1 && view.getUint8(2) === 8) return { sizes, values: bytes.subarray(start) };
  const values = kind.make(length);
  for (let i = 0; i < length; i++) values[i] = kind.read(view, start + i * kind.bytes);
  return { sizes, values };
}

/** @throws ArchError where the file cannot be read, is too large, or is no IDX file */
export async function readIdx(file: string): Promise<IdxArray> {
  checkString(file, "name of a file", "readIdx");
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile()) throw new ArchError("no such file", { where: file });
  const tooLarge = new ArchError(`larger than ${mostBytes / 2 ** 20} MB`, { where: file });
  if (found.size > mostBytes) throw tooLarge;
  const bytes = await readFile(file);
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return parseIdx(bytes, file);
  const unpacked = await promisify(gunzip)(bytes, { maxOutputLength: mostBytes }).catch((error: unknown) => {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ERR_BUFFER_TOO_LARGE") throw tooLarge;
    throw new ArchError(`gzip data that is damaged (${code ?? error})`, {
      where: file,
      fix: "Get the file again",
    });
  });
  return parseIdx(unpacked, file);
}

/** The four files of such a dataset, under the names that they come with. */
const parts = {
  trainInputs: /^train-images[-.]idx3-ubyte(\.gz)?$/,
  trainLabels: /^train-labels[-.]idx1-ubyte(\.gz)?$/,
  testInputs: /^(?:t10k|test)-images[-.]idx3-ubyte(\.gz)?$/,
  testLabels: /^(?:t10k|test)-labels[-.]idx1-ubyte(\.gz)?$/,
};

/**
 * The four usual IDX files of a folder; where it has several sets, `folder/PREFIX` (for instance `emnist/emnist-letters-`).
 * A sixth of the training set, from 1 to 10,000, is set apart for validation, always the same.
 *
 * @returns undefined where there is nothing of that kind
 * @throws ArchError where a file is missing or is not what it should be
 */
export async function readIdxFolder(place: string): Promise<Dataset | undefined> {
  const isFolder = (await stat(place).catch(() => undefined))?.isDirectory() ?? false;
  const folder = isFolder ? place : path.dirname(place);
  const prefix = isFolder ? "" : path.basename(place);
  const names = await readdir(folder).catch(() => []);
  const found = Object.entries(parts).map(([part, pattern]) => {
    const name = names
      .filter((each) => each.startsWith(prefix) && pattern.test(each.slice(prefix.length)))
      .sort()[0];
    return [part, name] as const;
  });
  const missing = found.filter(([, name]) => name === undefined);
  if (missing.length === found.length) return undefined;
  const file = (wanted: keyof typeof parts): string => {
    const name = found.find(([part]) => part === wanted)?.[1];
    if (name !== undefined) return path.join(folder, name);
    const usual = wanted
      .replace("test", "t10k")
      .replace("Inputs", "-images-idx3-ubyte")
      .replace("Labels", "-labels-idx1-ubyte");
    throw new ArchError(`${prefix}${usual} is missing`, {
      where: place,
      fix: "A dataset of IDX files is the pictures and labels of train and of t10k or test",
    });
  };
  const training = await examplesOf(file("trainInputs"), file("trainLabels"));
  const test = await examplesOf(file("testInputs"), file("testLabels"));
  if (training.shape.join() !== test.shape.join()) {
    const [a, b] = [training, test].map(({ shape }) => shape.slice(0, 2).join("x"));
    throw new ArchError(`its pictures are ${a} for training and ${b} for the test`, { where: place });
  }
  const classes = Math.max(training.classes, test.classes);
  const count = training.labels.length;
  const held = Math.min(10_000, Math.max(1, Math.floor(count / 6)));
  const [train = [], validation = []] = stratifiedSplit(training.labels, [count - held, held], { seed: 1 });
  const [height, width] = training.shape;
  const sizes = [train.length, validation.length, test.labels.length].map((n) => n.toLocaleString("en-US"));
  return {
    name: (isFolder ? path.basename(path.resolve(place)) : prefix.replace(/[-_.]+$/, "")) || "idx",
    description: `pictures of ${height}x${width} pixels, ${classes} classes, ${sizes.join(" / ")} examples`,
    source: place,
    train: { ...select(training, train), classes },
    validation: { ...select(training, validation), classes },
    test: { ...test, classes },
  };
}

async function examplesOf(inputsFile: string, labelsFile: string): Promise<Examples> {
  const { sizes, values } = await readIdx(inputsFile);
  const [count = 0, height = 0, width = 0] = sizes;
  if (sizes.length !== 3 || !(values instanceof Uint8Array) || height * width === 0) {
    throw new ArchError(`pictures are three sizes of bytes, and here are ${sizes.join("x")}`, {
      where: inputsFile,
    });
  }
  const labels = await readIdx(labelsFile);
  if (labels.sizes.length !== 1 || !(labels.values instanceof Uint8Array)) {
    throw new ArchError(`labels are one row of bytes, and here are ${labels.sizes.join("x")}`, {
      where: labelsFile,
    });
  }
  if (labels.values.length !== count) {
    throw new ArchError(`${labels.values.length} labels for ${count} pictures`, { where: labelsFile });
  }
  if (count === 0) throw new ArchError("no pictures", { where: inputsFile, fix: "Give some" });
  const inputs = new Float32Array(values.length);
  for (let i = 0; i < values.length; i++) inputs[i] = (values[i] ?? 0) / 255;
  const classes = labels.values.reduce((most, label) => Math.max(most, label), 0) + 1;
  return { inputs, labels: Int32Array.from(labels.values), shape: [height, width, 1], classes };
}
