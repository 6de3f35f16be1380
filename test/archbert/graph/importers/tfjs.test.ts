import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import {
  type Architecture,
  bytesSource,
  caption,
  facts,
  ImportError,
  importArchitecture,
  parse,
} from "../../../../archbert/graph";
import { exportTfjs } from "../../../../compute";
import { someTrained } from "../../../compute/export/trained";

const corpus = join(__dirname, "../../../../../test/corpus");
const open = (name: string) =>
  importArchitecture(
    bytesSource(
      `${name}/model.json`,
      new Uint8Array(gunzipSync(readFileSync(join(corpus, `tfjs/${name}.json.gz`)))),
    ),
  );
const given = (value: unknown) =>
  importArchitecture(bytesSource("model.json", new TextEncoder().encode(JSON.stringify(value))));

const f32 = (name: string, shape: number[]) => ({ name, shape, dtype: "float32" });
const shape = (...sizes: number[]) => ({ shape: { dim: sizes.map((size) => ({ size: String(size) })) } });
const placeholder = (...sizes: number[]) => ({
  name: "x",
  op: "Placeholder",
  attr: { dtype: { type: "DT_FLOAT" }, shape: shape(...sizes) },
});
const constant = (name: string) => ({ name, op: "Const", attr: {} });
const graph = (node: object[], weights: object[] = [], rest: object = {}) => ({
  format: "graph-model",
  modelTopology: { node },
  weightsManifest: [{ paths: ["group1-shard1of1.bin"], weights }],
  ...rest,
});

describe("tfjs: networks on npm", () => {
  const manifest = JSON.parse(readFileSync(join(corpus, "tfjs.json"), "utf8")) as Record<
    string,
    { parameters: number; multiplyAdds: number }
  >;
  // The size that these bring their pictures to stands among the weights.
  const openSizes = new Set(["handtrack", "movenet"]);
  for (const [name, entry] of Object.entries(manifest)) {
    it(`${name}: parameters of its manifest, multiply-adds as TensorFlow.js runs it`, async () => {
      const architecture = await open(name);
      const known = facts(architecture);
      if (name !== "handtrack") assert.equal(known.parameters, entry.parameters);
      if (openSizes.has(name)) assert.equal(known.multiplyAdds, null);
      else
        assert.ok(
          Math.abs((known.multiplyAdds ?? 0) / entry.multiplyAdds - 1) < 0.001,
          `${known.multiplyAdds}`,
        );
      // Keras models have names of their own; this one is "model_1", which says nothing.
      assert.equal(architecture.name, name);
      assert.ok(caption(architecture).text.length > 50);
    });
  }
});

describe("tfjs: what this project exports", () => {
  it("comes back with the same parameters, multiply-adds, depth and motifs", async () => {
    const text =
      "input 32x32x3\nstem conv 16 kernel 3\nstage 2 residual 16\nstage 2 bottleneck 64 stride 2\nstage 2 inverted 64 expansion 2 se 4\nhead 10\n";
    const trained = await someTrained(parse(text), 1);
    const folder = mkdtempSync(join(tmpdir(), "archbert-tfjs-"));
    try {
      await exportTfjs(trained, folder);
      const path = join(folder, "model.json");
      const made = await importArchitecture(bytesSource(path, new Uint8Array(readFileSync(path))));
      const told = (architecture: Architecture) => {
        const { parameters, multiplyAdds, depth, motifs, ops } = facts(architecture);
        return {
          parameters,
          multiplyAdds,
          depth,
          ops,
          motifs: motifs.map(({ kind, count }) => [kind, count]),
        };
      };
      assert.deepEqual(told(made), told(trained.architecture));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe("tfjs: graphs", () => {
  it("a fused convolution is a convolution, its norm and its activation, channels first", async () => {
    const fused = {
      name: "c",
      op: "_FusedConv2D",
      input: ["x", "w", "b"],
      attr: {
        strides: { list: { i: ["1", "2", "2", "1"] } },
        padding: { s: "U0FNRQ==" },
        data_format: { s: "TkhXQw==" },
        fused_ops: { list: { s: ["Qmlhc0FkZA==", "UmVsdTY="] } },
      },
    };
    const made = await given(
      graph(
        [placeholder(-1, 8, 8, 3), constant("w"), constant("b"), fused],
        [f32("w", [3, 3, 3, 16]), f32("b", [16])],
      ),
    );
    assert.deepEqual(
      made.nodes.map(({ op }) => op),
      ["conv", "relu6"],
    );
    assert.deepEqual(made.nodes[0]?.outputs[0]?.shape, ["batch", 16, 4, 4]);
    assert.deepEqual(
      made.nodes[0]?.parameters.map((item) => item.shape),
      [[16, 3, 3, 3], [16]],
    );
  });

  it("a padding of unknown size keeps what the stride leaves", async () => {
    const window = { strides: { list: { i: ["1", "2", "2", "1"] } }, padding: { s: "VkFMSUQ=" } };
    const nodes = [
      placeholder(1, 9, 8, 3),
      constant("p"),
      constant("w"),
      { name: "pad", op: "Pad", input: ["x", "p"] },
      { name: "c", op: "Conv2D", input: ["pad", "w"], attr: window },
    ];
    const made = await given(
      graph(nodes, [f32("w", [5, 3, 3, 16]), { name: "p", shape: [4, 2], dtype: "int32" }]),
    );
    assert.deepEqual(
      made.nodes.map(({ op, outputs }) => [op, outputs[0]?.shape]),
      [["conv", [1, 16, 5, 4]]],
    );
  });

  it("groups of channels, split for a convolution each, are joined again along the channels", async () => {
    const nodes = [
      placeholder(1, 8, 8, 4),
      ...["axis", "w0", "w1"].map(constant),
      { name: "s", op: "Split", input: ["axis", "x"], attr: { num_split: { i: "2" } } },
      { name: "c0", op: "Conv2D", input: ["s", "w0"], attr: { padding: { s: "U0FNRQ==" } } },
      { name: "c1", op: "Conv2D", input: ["s:1", "w1"], attr: { padding: { s: "U0FNRQ==" } } },
      { name: "j", op: "ConcatV2", input: ["c0", "c1", "axis"] },
    ];
    const weights = [
      { name: "axis", shape: [], dtype: "int32" },
      f32("w0", [3, 3, 2, 8]),
      f32("w1", [3, 3, 2, 8]),
    ];
    const made = await given(graph(nodes, weights));
    assert.deepEqual(
      made.nodes.map(({ op, outputs }) => [op, outputs.at(-1)?.shape]),
      [
        ["split", [1, 2, 8, 8]],
        ["conv", [1, 8, 8, 8]],
        ["conv", [1, 8, 8, 8]],
        ["concat", [1, 16, 8, 8]],
      ],
    );
  });

  it("a loop is kept as what it is, its way back left out", async () => {
    const loop = [
      placeholder(4),
      { name: "enter", op: "Enter", input: ["x"] },
      { name: "merge", op: "Merge", input: ["enter", "next"] },
      { name: "body", op: "Relu", input: ["merge"] },
      { name: "next", op: "NextIteration", input: ["body"] },
      { name: "exit", op: "Exit", input: ["merge"] },
    ];
    const made = await given(graph(loop));
    assert.deepEqual(
      made.nodes.map(({ op }) => op),
      ["custom:Enter", "custom:Merge", "custom:Exit"],
    );
  });

  it("numbers that stand in the graph tell shapes; such as can be none tell nothing", async () => {
    const made = async (op: string, intVal: number[], attr: object = {}) => {
      const value = { tensor: { dtype: "DT_INT32", intVal } };
      const weight = { name: "n", shape: [intVal.length], dtype: "int32" };
      const nodes = [
        { name: "n", op: "Const", attr: { value } },
        { name: "y", op, input: ["x", "n"], attr },
      ];
      const read = await given(graph([placeholder(-1, 4, 6, 8), ...nodes], [weight]));
      return String(read.nodes.at(-1)?.outputs[0]?.shape);
    };
    assert.equal(await made("Reshape", [-1, 24, 8]), "batch,24,8");
    assert.equal(await made("Transpose", [0, 3, 1, 2]), "batch,8,4,6");
    // Channels first: height and channels are one, the width stays.
    assert.equal(await made("Mean", [1, 3], { keep_dims: { b: true } }), "batch,1,1,6");
    assert.equal(await made("Mean", [3]), "batch,4,6");
    for (const sizes of [
      [-1, -1, 8],
      [-2, 3, 4],
      [2 ** 50, 2 ** 50, 1],
      [1.5, 2, 3],
    ])
      assert.match(await made("Reshape", sizes), /\?/);
    assert.equal(await made("Transpose", [0, 0, 9, 1]), "null");
    assert.match(await made("Mean", [9]), /\?/);
  });

  it("names that hold HTML and terminal escapes stay names", async () => {
    const name = "<script>\u001b[31m";
    const made = await given(graph([placeholder(4), { name, op: "Relu", input: ["x"] }]));
    assert.equal(made.nodes[0]?.id, name);
    assert.ok(!caption(made).text.includes("\u001b"), "caption");
  });

  const refused: [string, unknown, RegExp][] = [
    [
      "weights outside the model's folder",
      { ...graph([placeholder(4)]), weightsManifest: [{ paths: ["../../etc/passwd"], weights: [] }] },
      /"\.\.\/\.\.\/etc\/passwd" lie outside/,
    ],
    [
      "weights at another address",
      { ...graph([placeholder(4)]), weightsManifest: [{ paths: ["https://example.org/w"], weights: [] }] },
      /lie outside/,
    ],
    ["weights without a network", { weightsManifest: [] }, /no "modelTopology"/],
    ["a shape below zero", graph([placeholder(4)], [f32("w", [-1])]), /has a shape that cannot be/],
    ["a graph without nodes", graph([]), /no outputs/],
    [
      "a cycle",
      graph([
        placeholder(4),
        { name: "a", op: "Add", input: ["x", "b"] },
        { name: "b", op: "Relu", input: ["a"] },
      ]),
      /cycle/,
    ],
    [
      "an input that nothing makes",
      graph([{ name: "a", op: "Relu", input: ["ghost"] }]),
      /reads "ghost", which nothing makes/,
    ],
    ["a value made twice", graph([placeholder(4), placeholder(4)]), /two nodes make "x"/],
    [
      "a million values",
      graph([
        placeholder(4),
        ...Array.from({ length: 1000 }, (_, i) => ({
          name: `s${i}`,
          op: "Unpack",
          input: ["x"],
          attr: { num: { i: "1024" } },
        })),
      ]),
      /more than 500000 values/,
    ],
    [
      "a million nodes",
      graph(
        Array.from({ length: 300_000 }, (_, i) => ({
          name: `n${i}`,
          op: "Relu",
          input: [i === 0 ? "x" : `n${i - 1}`],
        })).concat([placeholder(4) as never]),
      ),
      /more than 250000 nodes/,
    ],
  ];
  for (const [title, value, message] of refused) {
    it(`${title} is refused`, () =>
      assert.rejects(given(value), (error: unknown) => {
        assert.ok(error instanceof ImportError, String(error));
        assert.match(error.message, message);
        return true;
      })).timeout(20_000);
  }
});
