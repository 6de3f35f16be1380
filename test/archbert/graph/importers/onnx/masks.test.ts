import assert from "node:assert/strict";
import { bytesSource, importArchitecture } from "../../../../../archbert/graph";
import { maskOf } from "../../../../../archbert/graph/importers/onnx/masks";
import { type GraphSpec, model, type NodeInit, node } from "../../../onnxModel";

/** The mask of a square in which the place in row i sees place j where `sees` says so. */
function mask(side: number, sees: (i: number, j: number) => boolean) {
  return maskOf(side, (at) => Array.from({ length: side }, (_, j) => (sees(at, j) ? 0 : -1e9)));
}

describe("masks", () => {
  it("are causal when nothing after a place is seen", () => {
    assert.deepEqual(
      mask(16, (i, j) => j <= i),
      { causal: true },
    );
  });

  it("have a window when only the last places are seen", () => {
    assert.deepEqual(
      mask(16, (i, j) => j <= i && j > i - 5),
      { causal: true, window: 5 },
    );
    assert.deepEqual(
      mask(64, (i, j) => Math.abs(i - j) <= 3),
      { causal: false, window: 7 },
    );
  });

  it("are neither when all is seen, or what comes after, or here and there", () => {
    for (const sees of [
      () => true,
      (i: number, j: number) => j >= i,
      (i: number, j: number) => (i * j) % 3 !== 1,
    ])
      assert.deepEqual(mask(16, sees), { causal: false });
  });
});

/** Scaled products of queries and keys, this mask added, and the mix of values. */
async function attentionWith(tensors: GraphSpec["tensors"], nodes: NodeInit[], mask: string) {
  const bytes = await model({
    inputs: { q: [1, 2, 24, 4], k: [1, 2, 4, 24], v: [1, 2, 24, 4] },
    outputs: ["y"],
    tensors: tensors ?? {},
    nodes: [
      ...nodes,
      node("MatMul", ["q", "k"], ["scores"]),
      node("Add", ["scores", mask], ["masked"]),
      node("Softmax", ["masked"], ["weights"], { axis: -1 }),
      node("MatMul", ["weights", "v"], ["y"]),
    ],
  });
  const { nodes: made } = await importArchitecture(bytesSource("masked.onnx", Buffer.from(bytes)));
  return made.find(({ op }) => op === "attention")?.attributes.causal;
}

describe("attention", () => {
  const side = 24;
  const square = (value: (i: number, j: number) => number, heads = 1) =>
    Array.from({ length: heads * side * side }, (_, at) => value(Math.floor(at / side) % side, at % side));

  it("is causal when its mask is a triangle that was compared with a number", async () => {
    const nodes = [
      node("Trilu", ["ones"], ["triangle"], { upper: 0 }),
      node("Equal", ["triangle", "zero"], ["hides"]),
      node("Where", ["hides", "low", "zero"], ["mask"]),
    ];
    const tensors = {
      ones: { dims: [side, side], floats: square(() => 1) },
      zero: { dims: [1], floats: [0] },
      low: { dims: [1], floats: [-1e9] },
    };
    assert.equal(await attentionWith(tensors, nodes, "mask"), true);
  });

  it("is causal when a bias is folded into the mask, a square a head", async () => {
    const floats = square((i, j) => (j > i ? -3e38 : Math.sin(i * 7 + j)), 2);
    assert.equal(await attentionWith({ mask: { dims: [1, 2, side, side], floats } }, [], "mask"), true);
  });

  it("is not causal with a bias alone", async () => {
    const floats = square((i, j) => Math.sin(i * 7 + j), 2);
    assert.equal(await attentionWith({ mask: { dims: [1, 2, side, side], floats } }, [], "mask"), false);
  });
});
