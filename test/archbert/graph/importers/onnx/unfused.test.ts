import assert from "node:assert/strict";
import { type Architecture, bytesSource, facts, importArchitecture } from "../../../../../archbert/graph";
import { type GraphSpec, model, type NodeInit, node } from "../../../onnxModel";

const microsoft = (made: NodeInit): NodeInit => ({ ...made, domain: "com.microsoft" });

async function read(spec: GraphSpec): Promise<Architecture> {
  return importArchitecture(bytesSource("fused.onnx", await model(spec)));
}

const ops = ({ nodes }: Architecture) => nodes.map(({ op }) => op);
const vector = { dims: [16] };

describe("onnx: what onnxruntime fuses", () => {
  it("SkipLayerNormalization is a sum, its bias that of the layer before, and a norm", async () => {
    const made = await read({
      inputs: { x: [1, 4, 16] },
      outputs: ["y", "sum"],
      tensors: { w: { dims: [16, 16] }, scale: vector, shift: vector, bias: vector },
      nodes: [
        node("MatMul", ["x", "w"], ["h"]),
        microsoft(node("SkipLayerNormalization", ["h", "x", "scale", "shift", "bias"], ["y", "", "", "sum"])),
      ],
    });
    assert.deepEqual(ops(made), ["linear", "add", "layerNorm"]);
    assert.equal(made.nodes[0]?.attributes.bias, true);
    assert.equal(facts(made).parameters, 16 * 16 + 3 * 16);
    assert.equal(facts(made).motifs.find(({ kind }) => kind === "residual")?.count, 1);
  });

  it("SkipSimplifiedLayerNormalization is a sum and an RMS norm", async () => {
    const made = await read({
      inputs: { x: [1, 4, 16], h: [1, 4, 16] },
      outputs: ["y"],
      tensors: { scale: vector },
      nodes: [microsoft(node("SkipSimplifiedLayerNormalization", ["h", "x", "scale"], ["y"]))],
    });
    assert.deepEqual(ops(made), ["add", "rmsNorm"]);
  });

  it("Attention is one layer for query, key and value, and the attention", async () => {
    const made = await read({
      inputs: { x: [1, 4, 16] },
      outputs: ["y"],
      tensors: { w: { dims: [16, 48] }, b: { dims: [48] } },
      nodes: [microsoft(node("Attention", ["x", "w", "b"], ["y"], { num_heads: 2, unidirectional: 1 }))],
    });
    assert.deepEqual(ops(made), ["linear", "split", "attention"]);
    const { attributes } = made.nodes[2] ?? {};
    assert.deepEqual([attributes?.heads, attributes?.headSize, attributes?.causal], [2, 8, true]);
    assert.equal(facts(made).parameters, 16 * 48 + 48);
    // Three projections, and two products of 4x4 scores over 16 features.
    assert.equal(facts(made).multiplyAdds, 4 * 16 * 48 + 2 * 4 * 4 * 16);
  });

  it("EmbedLayerNormalization is three lookups, their sum and a norm", async () => {
    const table = (rows: number) => ({ dims: [rows, 16] });
    const made = await read({
      inputs: { ids: [1, 4], kinds: [1, 4] },
      outputs: ["y"],
      tensors: { words: table(300), places: table(64), sorts: table(2), scale: vector, shift: vector },
      nodes: [
        microsoft(
          node(
            "EmbedLayerNormalization",
            ["ids", "kinds", "words", "places", "sorts", "scale", "shift"],
            ["y"],
          ),
        ),
      ],
    });
    assert.equal(facts(made).parameters, (300 + 64 + 2) * 16 + 2 * 16);
    assert.deepEqual(made.nodes.at(-1)?.outputs[0]?.shape, [1, 4, 16]);
    assert.equal(ops(made).at(-1), "layerNorm");
  });

  it("QuickGelu is SiLU where its factor is one", async () => {
    for (const [alpha, op] of [
      [1, "silu"],
      [1.702, "gelu"],
    ] as const) {
      const made = await read({
        inputs: { x: [1, 4] },
        outputs: ["y"],
        nodes: [microsoft(node("QuickGelu", ["x"], ["y"], { alpha }))],
      });
      assert.deepEqual(ops(made), [op]);
    }
  });
});
