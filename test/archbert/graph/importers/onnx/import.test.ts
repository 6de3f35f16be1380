import assert from "node:assert/strict";
import type { Architecture } from "../../../../../archbert/graph/architecture";
import { ImportError } from "../../../../../archbert/graph/errors";
import { facts } from "../../../../../archbert/graph/facts";
import { bytesSource, importArchitecture } from "../../../../../archbert/graph/importers";
import {
  encode,
  type GraphSpec,
  graph,
  type ModelInit,
  model,
  node,
  tensor,
  value,
} from "../../../onnxModel";

async function read(spec: GraphSpec, more: ModelInit = {}): Promise<Architecture> {
  return importArchitecture(bytesSource("test.onnx", await model(spec, more)));
}

const picture = { x: [1, 3, 32, 32] };
const conv = (weight: string, output = "y", input = "x") =>
  node("Conv", [input, weight], [output], { kernel_shape: [3, 3], pads: [1, 1, 1, 1] });
const counted = async (spec: GraphSpec, more?: ModelInit) => facts(await read(spec, more)).parameters;

describe("onnx: where parameters sit", () => {
  it("initializers", async () => {
    assert.equal(
      await counted({
        inputs: picture,
        outputs: ["y"],
        tensors: { w: { dims: [8, 3, 3, 3] } },
        nodes: [conv("w")],
      }),
      216,
    );
  });

  it("Constant nodes, as a tensor and as a list", async () => {
    const constant = node("Constant", [], ["w"], { value: { dims: [8, 3, 3, 3] } });
    assert.equal(await counted({ inputs: picture, outputs: ["y"], nodes: [constant, conv("w")] }), 216);
    const bias = node("Constant", [], ["b"], { value_floats: new Array<number>(3000).fill(1) });
    const nodes = [bias, node("Add", ["x", "b"], ["y"])];
    assert.equal(await counted({ inputs: { x: [1, 3000] }, outputs: ["y"], nodes }), 3000);
  });

  it("ConstantOfShape nodes", async () => {
    const nodes = [node("ConstantOfShape", ["s"], ["w"]), conv("w")];
    const tensors = { s: { dims: [4], type: 7, ints: [8, 3, 3, 3] } };
    assert.equal(await counted({ inputs: picture, outputs: ["y"], tensors, nodes }), 216);
  });

  it("sparse initializers, by the numbers stored", async () => {
    const bytes = await encode({
      irVersion: 8n,
      opsetImport: [{ version: 17n }],
      graph: {
        ...graph({ inputs: { x: [1, 100] }, outputs: ["y"], nodes: [node("MatMul", ["x", "w"], ["y"])] }),
        sparseInitializer: [{ values: tensor("w", { dims: [7] }), dims: [100n, 50n] }],
      },
    });
    const architecture = await importArchitecture(bytesSource("sparse.onnx", bytes));
    assert.equal(facts(architecture).parameters, 7);
    assert.deepEqual(architecture.nodes[0]?.outputs[0]?.shape, [1, 50]);
  });

  it("both branches of an If whose condition is not known", async () => {
    const branch = (weight: string) =>
      graph({
        outputs: [`o${weight}`],
        tensors: { [weight]: { dims: [8, 3, 3, 3] } },
        nodes: [conv(weight, `o${weight}`)],
      });
    const nodes = [node("If", ["c"], ["y"], { then_branch: branch("a"), else_branch: branch("b") })];
    const architecture = await read({ inputs: { ...picture, c: [] }, outputs: ["y"], nodes });
    const known = facts(architecture);
    assert.equal(known.parameters, 432);
    assert.equal(known.multiplyAdds, 216 * 32 * 32);
    assert.deepEqual(
      architecture.nodes.map(({ op }) => op),
      ["branch"],
    );
    assert.deepEqual(architecture.nodes[0]?.inputs, ["c", "x"]);
  });

  it("only the taken branch of an If whose condition is known", async () => {
    const branch = (weight: string) =>
      graph({ outputs: ["o"], tensors: { [weight]: { dims: [8, 3, 3, 3] } }, nodes: [conv(weight, "o")] });
    const nodes = [
      node("Constant", [], ["c"], { value_int: 1 }),
      node("If", ["c"], ["y"], { then_branch: branch("a"), else_branch: branch("b") }),
    ];
    const architecture = await read({ inputs: picture, outputs: ["y"], nodes });
    assert.deepEqual(
      architecture.nodes.map(({ op }) => op),
      ["conv"],
    );
    assert.equal(facts(architecture).parameters, 216);
  });

  it("the body of a Loop", async () => {
    const body = graph({
      inputs: { i: [], cond: [], h: [1, 4] },
      outputs: ["cond", "h2"],
      tensors: { w: { dims: [4, 4] } },
      nodes: [node("MatMul", ["h", "w"], ["h2"])],
    });
    const nodes = [node("Loop", ["n", "", "x"], ["y"], { body })];
    assert.equal(await counted({ inputs: { x: [1, 4], n: [] }, outputs: ["y"], nodes }), 16);
  });

  it("kernels of zeros that the exporter merged, once for each layer; others that layers share, once", async () => {
    const shared = (fill: number) => {
      // Packed floats, as exporters write them: raw bytes, some of the zeros negative.
      const rawData = new Uint8Array(
        Float32Array.from({ length: 24 * 24 }, (_, i) => fill * (i + 1) * (i % 2 ? -1 : 1)).buffer,
      );
      const kernel = { name: "w", dims: [24n, 24n, 1n, 1n], dataType: 1, rawData };
      const layer = (from: string, to: string) => node("Conv", [from, "w"], [to], { kernel_shape: [1, 1] });
      const nodes = [layer("x", "h"), node("Relu", ["h"], ["r"]), layer("r", "y")];
      return encode({
        irVersion: 8n,
        graph: {
          input: [value("x", [1, 24, 8, 8])],
          output: [{ name: "y" }],
          initializer: [kernel],
          node: nodes,
        },
      });
    };
    const parameters = async (fill: number) =>
      facts(await importArchitecture(bytesSource("w.onnx", await shared(fill)))).parameters;
    assert.equal(await parameters(0), 2 * 576);
    assert.equal(await parameters(0.5), 576);
  });

  it("behind Identity, Transpose, Cast and DequantizeLinear, each once", async () => {
    const nodes = [
      node("DequantizeLinear", ["q", "s"], ["d"]),
      node("Transpose", ["d"], ["t"], { perm: [1, 0] }),
      node("MatMul", ["x", "t"], ["h"]),
      node("Identity", ["t"], ["i"]),
      node("MatMul", ["h", "i"], ["y"]),
    ];
    const tensors = { q: { dims: [16, 16], type: 3 }, s: { dims: [] } };
    const architecture = await read({ inputs: { x: [1, 16] }, outputs: ["y"], tensors, nodes });
    assert.equal(facts(architecture).parameters, 256);
    assert.deepEqual(
      architecture.nodes.map(({ op }) => op),
      ["linear", "linear"],
    );
  });
});

describe("onnx: what the graph becomes", () => {
  it("folds the arithmetic of shapes, with symbolic sizes", async () => {
    const nodes = [
      node("Shape", ["x"], ["s"]),
      node("Gather", ["s", "zero"], ["b"], { axis: 0 }),
      node("Unsqueeze", ["b", "axes"], ["b1"]),
      node("Concat", ["b1", "rest"], ["target"], { axis: 0 }),
      node("Reshape", ["x", "target"], ["y"]),
    ];
    const tensors = {
      zero: { dims: [], type: 7, ints: [0] },
      axes: { dims: [1], type: 7, ints: [0] },
      rest: { dims: [2], type: 7, ints: [4, -1] },
    };
    const architecture = await read({ inputs: { x: ["batch", 12, 10] }, outputs: ["y"], tensors, nodes });
    assert.deepEqual(
      architecture.nodes.map(({ op }) => op),
      ["reshape"],
    );
    assert.deepEqual(architecture.nodes[0]?.outputs[0]?.shape, ["batch", 4, 30]);
  });

  it("inlines local functions, their attributes given by the call", async () => {
    const functions: ModelInit["functions"] = [
      {
        name: "Block",
        domain: "local",
        input: ["a", "w"],
        output: ["c"],
        attribute: ["alpha"],
        node: [
          node("MatMul", ["a", "w"], ["b"]),
          {
            opType: "LeakyRelu",
            input: ["b"],
            output: ["c"],
            attribute: [{ name: "alpha", refAttrName: "alpha", type: 1 }],
          },
        ],
      },
    ];
    const calls = [
      node("Block", ["x", "w1"], ["h"], { alpha: 0.25 }),
      node("Block", ["h", "w2"], ["y"], { alpha: 0.5 }),
    ];
    const nodes = calls.map((call) => ({ ...call, domain: "local" }));
    const tensors = { w1: { dims: [4, 4] }, w2: { dims: [4, 4] } };
    const architecture = await read({ inputs: { x: [1, 4] }, outputs: ["y"], tensors, nodes }, { functions });
    assert.deepEqual(
      architecture.nodes.map(({ op, attributes }) => [op, attributes.slope]),
      [
        ["linear", undefined],
        ["leakyRelu", 0.25],
        ["linear", undefined],
        ["leakyRelu", 0.5],
      ],
    );
  });

  it("keeps what it does not know as custom ops, weights counted", async () => {
    const nodes = [{ ...node("Mystery", ["x", "w"], ["y"]), domain: "com.example" }];
    const architecture = await read({
      inputs: { x: [1, 4] },
      outputs: ["y"],
      tensors: { w: { dims: [5, 5] } },
      nodes,
    });
    assert.equal(architecture.nodes[0]?.op, "custom:Mystery");
    assert.equal(facts(architecture).parameters, 25);
  });

  it("puts nodes in order when the file does not", async () => {
    const nodes = [node("Relu", ["h"], ["y"]), node("Sigmoid", ["x"], ["h"])];
    const architecture = await read({ inputs: { x: [1] }, outputs: ["y"], nodes });
    assert.deepEqual(
      architecture.nodes.map(({ op }) => op),
      ["sigmoid", "relu"],
    );
  });

  it("does not count initializers that old files list as inputs among the inputs", async () => {
    const spec = {
      inputs: { ...picture, w: [8, 3, 3, 3] },
      outputs: ["y"],
      tensors: { w: { dims: [8, 3, 3, 3] } },
      nodes: [conv("w")],
    };
    assert.deepEqual(
      (await read(spec)).inputs.map(({ id }) => id),
      ["x"],
    );
  });

  it("is plain JSON data", async () => {
    const architecture = await read({
      inputs: picture,
      outputs: ["y"],
      tensors: { w: { dims: [8, 3, 3, 3] } },
      nodes: [conv("w")],
    });
    assert.deepEqual(JSON.parse(JSON.stringify(architecture)), architecture);
  });

  it("says when weights are not in the file", async () => {
    const bytes = await encode({
      irVersion: 8n,
      graph: {
        input: [value("x", [1, 4])],
        output: [{ name: "y" }],
        initializer: [{ name: "w", dims: [4n, 4n], dataType: 1 }],
        node: [node("MatMul", ["x", "w"], ["y"])],
      },
    });
    const { metadata } = await importArchitecture(bytesSource("bare.onnx", bytes));
    assert.equal(metadata.weights, "1 tensors have no data in this file");
  });
});

describe("onnx: what cannot be read is told in a sentence", () => {
  const refused = (spec: GraphSpec, message: RegExp, more?: ModelInit) =>
    assert.rejects(
      read(spec, more),
      (error: unknown) => error instanceof ImportError && message.test(error.message),
    );
  const x = { x: [1, 4] };

  it("a cycle", () =>
    refused(
      { inputs: x, outputs: ["a"], nodes: [node("Add", ["x", "b"], ["a"]), node("Relu", ["a"], ["b"])] },
      /cycle/,
    ));

  it("an input that nothing makes", () =>
    refused({ inputs: x, outputs: ["y"], nodes: [node("Relu", ["ghost"], ["y"])] }, /"ghost"/));

  it("an output that nothing makes", () => refused({ inputs: x, outputs: ["ghost"], nodes: [] }, /"ghost"/));

  it("a value made twice", () =>
    refused(
      { inputs: x, outputs: ["y"], nodes: [node("Relu", ["x"], ["y"]), node("Tanh", ["x"], ["y"])] },
      /two nodes/,
    ));

  it("external data outside the model's folder", async () => {
    for (const location of ["../secrets.bin", "/etc/passwd", "a/../../b", "C:\\x", "..\\b"]) {
      await refused(
        {
          inputs: x,
          outputs: ["y"],
          tensors: { w: { dims: [4, 4], location } },
          nodes: [node("MatMul", ["x", "w"], ["y"])],
        },
        /outside the model's folder/,
      );
    }
  });

  it("a function that calls itself", () =>
    refused(
      { inputs: x, outputs: ["y"], nodes: [{ ...node("F", ["x"], ["y"]), domain: "l" }] },
      /calls itself/,
      {
        functions: [
          {
            name: "F",
            domain: "l",
            input: ["a"],
            output: ["b"],
            node: [{ ...node("F", ["a"], ["b"]), domain: "l" }],
          },
        ],
      },
    ));

  it("functions that multiply beyond measure", function () {
    this.timeout(20_000);
    const functions = Array.from({ length: 12 }, (_, level) => ({
      name: `F${level}`,
      domain: "l",
      input: ["a"],
      output: ["b"],
      node: Array.from({ length: 12 }, (_, i) => ({
        ...node(
          level === 0 ? "Relu" : `F${level - 1}`,
          [i === 0 ? "a" : `t${i - 1}`],
          [i === 11 ? "b" : `t${i}`],
        ),
        domain: level === 0 ? "" : "l",
      })),
    }));
    return refused(
      { inputs: x, outputs: ["y"], nodes: [{ ...node("F11", ["x"], ["y"]), domain: "l" }] },
      /more than \d+ nodes/,
      { functions },
    );
  });

  it("graphs nested without end", () => {
    let body = graph({ outputs: ["x"], nodes: [] });
    for (let i = 0; i < 200; i++)
      body = graph({ outputs: ["o"], nodes: [node("If", ["x"], ["o"], { then_branch: body })] });
    return refused(
      { inputs: x, outputs: ["y"], nodes: [node("If", ["x"], ["y"], { then_branch: body })] },
      /nested/,
    );
  });

  it("dimensions below zero or beyond counting", async () => {
    const with_ = (dims: number[]) => ({
      inputs: x,
      outputs: ["y"],
      tensors: { w: { dims, floats: [] } },
      nodes: [node("MatMul", ["x", "w"], ["y"])],
    });
    await refused(with_([-4, 4]), /dimension/);
    await refused(with_([2 ** 40, 2 ** 40]), /more elements/);
  });
});
