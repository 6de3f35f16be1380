// Ops that onnxruntime fuses of several, taken apart again: what they hold is told as in any other file.
// https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md
import type { FileAttribute, FileNode } from "./file";

type Parts = (node: FileNode, part: (name: string) => string) => FileNode[] | undefined;

const table: Record<string, Parts> = {
  SkipLayerNormalization: (node, part) => skip(node, part, "LayerNormalization", node.inputs[4]),
  SkipSimplifiedLayerNormalization: (node, part) =>
    skip(node, part, "SimplifiedLayerNormalization", node.inputs[3]),
  EmbedLayerNormalization: embed,
  Attention: packed,
};

/** The nodes, with those that are fusions replaced by what they are made of. */
export function unfused(nodes: readonly FileNode[]): FileNode[] {
  return nodes.flatMap((node) => {
    const isFused = node.domain === "com.microsoft" && Object.hasOwn(table, node.op);
    const part = (name: string) => `${node.outputs[0] ?? node.name}/${name}`;
    return (isFused ? table[node.op]?.(node, part) : undefined) ?? [node];
  });
}

function make(
  { name }: FileNode,
  op: string,
  inputs: readonly (string | undefined)[],
  output: string,
  attributes: Record<string, FileAttribute> = {},
  domain = "",
): FileNode {
  return { name, op, domain, inputs: inputs.map((id) => id ?? ""), outputs: [output], attributes };
}

/** A sum and the norm of it; the sum is the op's fourth output where it is wanted. */
function skip(
  node: FileNode,
  part: (name: string) => string,
  op: string,
  bias: string | undefined,
): FileNode[] {
  const [a, b, scale, shift] = node.inputs;
  const sum = node.outputs[3] || part("sum");
  const biased = bias ? part("biased") : a;
  const { epsilon } = node.attributes;
  const attributes: Record<string, FileAttribute> = {
    axis: -1,
    ...(epsilon === undefined ? {} : { epsilon }),
  };
  const weights = op === "LayerNormalization" ? [scale, shift] : [scale];
  return [
    ...(bias ? [make(node, "Add", [a, bias], part("biased"))] : []),
    make(node, "Add", [biased, b], sum),
    make(node, op, [sum, ...weights], node.outputs[0] ?? "", attributes),
  ];
}

/** Embeddings of words, of places and of segments, their sum, and its norm. */
function embed(node: FileNode, part: (name: string) => string): FileNode[] | undefined {
  const [ids, segments, words, places, kinds, scale, shift, , at] = node.inputs;
  if (!ids || !words || !places || node.outputs.slice(1).some(Boolean)) return undefined;
  const range = [
    make(node, "Shape", [ids], part("shape"), { start: 1, end: 2 }),
    make(node, "Squeeze", [part("shape")], part("length")),
    make(node, "Constant", [], part("zero"), { value_int: 0 }),
    make(node, "Constant", [], part("one"), { value_int: 1 }),
    make(node, "Range", [part("zero"), part("length"), part("one")], part("range")),
  ];
  const { epsilon } = node.attributes;
  const last = segments && kinds ? part("all") : part("both");
  return [
    make(node, "Gather", [words, ids], part("words")),
    ...(at ? [] : range),
    make(node, "Gather", [places, at || part("range")], part("places")),
    make(node, "Add", [part("words"), part("places")], part("both")),
    ...(segments && kinds
      ? [
          make(node, "Gather", [kinds, segments], part("kinds")),
          make(node, "Add", [part("both"), part("kinds")], last),
        ]
      : []),
    make(node, "LayerNormalization", [last, scale, shift], node.outputs[0] ?? "", {
      axis: -1,
      ...(epsilon === undefined ? {} : { epsilon }),
    }),
  ];
}

/** Attention whose three projections are one matrix: the product, its three parts, and the attention itself. */
function packed(node: FileNode, part: (name: string) => string): FileNode[] | undefined {
  const [x, weight, bias, mask] = node.inputs;
  const { num_heads, unidirectional, qkv_hidden_sizes } = node.attributes;
  if (!x || !weight || node.inputs[4] || qkv_hidden_sizes !== undefined) return undefined;
  const joined = bias ? part("biased") : part("joined");
  const parts = ["query", "key", "value"].map(part);
  const attributes: Record<string, FileAttribute> = {
    num_heads: num_heads ?? 0,
    ...(unidirectional === undefined ? {} : { unidirectional }),
  };
  return [
    make(node, "MatMul", [x, weight], part("joined")),
    ...(bias ? [make(node, "Add", [part("joined"), bias], joined)] : []),
    { ...make(node, "Split", [joined], ""), outputs: parts, attributes: { axis: -1, num_outputs: 3 } },
    make(node, "MultiHeadAttention", [...parts, mask], node.outputs[0] ?? "", attributes, "com.microsoft"),
  ];
}
