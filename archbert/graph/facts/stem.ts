// How a network takes its picture in: cut into patches, or by convolutions before the first block.
import type { ArchNode, Attribute } from "../architecture";
import { holdsWeights, role, type View } from "./view";

/** A convolution over the input itself that cuts it into patches: no overlap, and no activation before what comes next. */
export function isPatchEmbedding(node: ArchNode, i: number, graph: View): boolean {
  const { kernelSize, strides } = node.attributes;
  if (node.op !== "conv" || !exceedsOne(kernelSize) || String(kernelSize) !== String(strides)) return false;
  if (graph.makers(i)[0] !== -1) return false;
  const seen = [...graph.readers(i)];
  for (const at of seen) {
    const next = graph.nodes[at];
    if (next && role(next) === "activation") return false;
    if (next && !holdsWeights(next) && seen.length < 12 && role(next) !== "elementwise")
      seen.push(...graph.readers(at).filter((reader) => !seen.includes(reader)));
  }
  return true;
}

/** Convolutions that halve the picture before the first block, with the norms, activations and pooling between. */
export function stem(graph: View, blocks: readonly { nodes: readonly number[] }[]): number[] {
  const first = blocks[0];
  if (!first || graph.nodes.some((node, i) => isPatchEmbedding(node, i, graph))) return [];
  const begin = first.nodes.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const nodes: number[] = [];
  for (let i = 0; i < begin; i++) {
    const node = graph.nodes[i];
    const fits =
      node && ["conv", "pad"].includes(node.op)
        ? true
        : ["normalization", "activation", "pooling"].includes(role(node));
    if (!fits) return [];
    nodes.push(i);
  }
  const strides = nodes.filter((i) => exceedsOne(graph.nodes[i]?.attributes.strides));
  const convs = nodes.filter((i) => graph.nodes[i]?.op === "conv");
  return convs.length > 0 && convs.length <= 6 && strides.length > 0 ? nodes : [];
}

function exceedsOne(attribute: Attribute | undefined): boolean {
  return Array.isArray(attribute) && attribute.some((size) => Number(size) > 1);
}
