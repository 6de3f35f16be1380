import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import * as fc from "fast-check";
import { ArchError, bytesSource, caption, facts, importArchitecture } from "../../../archbert/graph";
import { encode, type NodeInit, node, tensor, value } from "../onnxModel";
import { formats, fuzzed, loadSeeds, survives as reads } from "./fuzzing";

const fixtures = join(__dirname, "../../../../test/fixtures");
const seeds = readdirSync(fixtures)
  .filter((name) => name.endsWith(".onnx.gz"))
  .map((name) => new Uint8Array(gunzipSync(readFileSync(join(fixtures, name)))))
  .sort((a, b) => a.length - b.length);

/** Whatever the bytes: a graph with facts and a caption, or an error meant for the user; and in time. */
async function survives(bytes: Uint8Array): Promise<boolean> {
  const start = performance.now();
  let read = false;
  try {
    const architecture = await importArchitecture(bytesSource("fuzz.onnx", bytes));
    caption(architecture, { facts: facts(architecture), style: "technical" });
    JSON.stringify(architecture);
    read = true;
  } catch (error) {
    if (!(error instanceof ArchError)) throw error;
    assert.ok(error.message.length < 600, error.message);
  }
  assert.ok(performance.now() - start < 5000, "took more than 5 s");
  return read;
}

type Mutation = {
  kind: "set" | "flip" | "cut" | "insert" | "copy";
  at: number;
  value: number;
  length: number;
};

const mutation: fc.Arbitrary<Mutation> = fc.record({
  kind: fc.constantFrom("set", "flip", "set", "flip", "cut", "insert", "copy"),
  at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  value: fc.integer({ min: 0, max: 255 }),
  length: fc.integer({ min: 1, max: 64 }),
});

function mutate(bytes: Uint8Array, mutations: readonly Mutation[]): Uint8Array {
  let out = Uint8Array.from(bytes);
  for (const { kind, at, value: byte, length } of mutations) {
    const i = Math.floor(at * out.length);
    if (kind === "set") out[i] = byte;
    else if (kind === "flip") out[i] = (out[i] ?? 0) ^ (1 << (byte & 7));
    else if (kind === "cut") out = Uint8Array.from([...out.subarray(0, i), ...out.subarray(i + length)]);
    else {
      const extra = kind === "insert" ? new Uint8Array(length).fill(byte) : out.subarray(i, i + length);
      out = Uint8Array.from([...out.subarray(0, i), ...extra, ...out.subarray(i)]);
    }
  }
  return out;
}

/** FUZZ_RUNS and FUZZ_SEED in the environment run more, and others. */
const scale = Number(process.env.FUZZ_RUNS ?? 1);
const seed = Number(process.env.FUZZ_SEED ?? 20260101);

/** How long each part may run; what it did not reach it does not claim. */
const limitMs = 12_000 * scale;
const run = (times: number) => ({
  seed,
  numRuns: times * scale,
  interruptAfterTimeLimit: limitMs,
  markInterruptAsFailure: false,
});

describe("fuzzing the importer @slow", function () {
  this.timeout(60_000 * scale);

  it("bytes of real files, changed", async () => {
    const small = seeds.slice(0, 6);
    let read = 0;
    const property = fc.asyncProperty(
      fc.nat({ max: small.length - 1 }),
      fc.array(mutation, { minLength: 1, maxLength: 6 }),
      async (i, mutations) => {
        if (await survives(mutate(small[i] ?? new Uint8Array(), mutations))) read++;
      },
    );
    await fc.assert(property, run(1500));
    // Mutations that nothing survives would test the door only.
    assert.ok(read > 5, `${read} mutated files could still be read`);
  });

  it("bytes of nothing in particular", async () => {
    const head = fc.constantFrom([0x08, 8], [0x08, 8, 0x3a], [0x12, 3], []);
    const property = fc.asyncProperty(head, fc.uint8Array({ maxLength: 200 }), async (start, rest) => {
      await survives(Uint8Array.from([...start, ...rest]));
    });
    await fc.assert(property, run(2000));
  });

  const ops =
    "Conv Gemm MatMul Add Mul Reshape Transpose Concat Split Slice Gather Pad Resize Softmax LSTM Einsum Attention Expand Tile Range TopK BatchNormalization LayerNormalization ReduceMean Squeeze Unsqueeze MaxPool Flatten Where Shape ConstantOfShape Identity Cast Dropout Clip ConvTranspose DepthToSpace If OneHot Mystery DequantizeLinear Size Div Sub".split(
      " ",
    );
  const name = fc.constantFrom("x", "w", "s", "c", "a0", "a1", "a2", "a3", "a4", "");
  const number = fc.oneof(
    fc.integer({ min: -3, max: 5 }),
    fc.constantFrom(0, 1, 2 ** 31, -(2 ** 40), 2 ** 53),
  );
  const attribute = fc.dictionary(
    fc.constantFrom(
      "axis",
      "axes",
      "perm",
      "pads",
      "strides",
      "group",
      "kernel_shape",
      "shape",
      "split",
      "keepdims",
      "dilations",
      "hidden_size",
      "equation",
      "starts",
      "ends",
      "num_heads",
      "auto_pad",
      "blocksize",
      "to",
      "transB",
    ),
    fc.oneof(
      number,
      fc.array(number, { maxLength: 6 }),
      fc.constantFrom("SAME_UPPER", "ij,jk->ik", "...,a->", "<b>"),
    ),
    { maxKeys: 4 },
  );
  const nodes = fc.array(
    fc.record({
      op: fc.constantFrom(...ops),
      inputs: fc.array(name, { maxLength: 5 }),
      attributes: attribute,
    }),
    { minLength: 1, maxLength: 5 },
  );
  const dims = fc.array(fc.constantFrom(0, 1, 2, 3, 8, 2 ** 31), { maxLength: 5 });

  it("graphs of real ops with senseless inputs and attributes", async () => {
    let read = 0;
    const property = fc.asyncProperty(
      nodes,
      dims,
      dims,
      fc.array(number, { maxLength: 4 }),
      async (list, x, w, ints) => {
        const made = list.map(
          ({ op, inputs, attributes }, i): NodeInit =>
            node(op, inputs, [`a${i}`], attributes as Record<string, number | string | number[]>),
        );
        const bytes = await encode({
          irVersion: 8n,
          opsetImport: [{ version: 17n }],
          graph: {
            input: [value("x", ["batch", ...x]), value("c", [])],
            output: [{ name: `a${list.length - 1}` }],
            initializer: [
              { name: "w", dims: w.map(BigInt), dataType: 1 },
              tensor("s", { dims: [ints.length], type: 7, ints }),
            ],
            node: made,
          },
        });
        if (await survives(bytes)) read++;
      },
    );
    await fc.assert(property, run(3000));
    assert.ok(read > 100, `${read} graphs could be read`);
  });

  it("files of every format, changed in their bytes and in their structure", async () => {
    const all = loadSeeds();
    const seen = new Map<string, { read: number; refused: number }>();
    const start = performance.now();
    for (let number = 0; number < 600 * scale && performance.now() - start < limitMs; number++) {
      const { format, bytes } = fuzzed(all, seed, number);
      const counts = seen.get(format) ?? { read: 0, refused: 0 };
      seen.set(format, counts);
      const began = performance.now();
      if (await reads(bytes)) counts.read++;
      else counts.refused++;
      assert.ok(performance.now() - began < 5000, `file ${number} of seed ${seed} took more than 5 s`);
    }
    for (const format of formats) {
      const { read, refused } = seen.get(format) ?? { read: 0, refused: 0 };
      assert.ok(read > 0 && refused > 0, `${format}: ${read} read, ${refused} refused`);
    }
  });
});
