// Parameters, multiply-adds, depth: what can be counted exactly.
//
// A multiply-add is one product of a sum of products: those of convolutions, linear layers, matrix products, attention
// and recurrent layers count, at the input's own size, padding included; additions of biases, norms, activations,
// pooling and element-wise arithmetic do not. This is the "GFLOPS" of torchvision's tables and half of what PyTorch's
// FlopCounterMode says.
import type { Architecture, Parameter } from "../architecture";
import { evaluateShape, names } from "../dimensions";
import { opOf } from "../ops";
import { hasUnknownWeights, holdsWeights, type View } from "./view";

export interface Counts {
  parameters: number;
  trainable: number;
  /** Running statistics: numbers kept, never learned. */
  statistics: number;
}

const size = ({ shape }: Parameter) => shape.reduce((a, b) => a * b, 1);

/**
 * A tensor that several nodes share counts once (tied embeddings, layers used twice). But exporters also merge tensors
 * that merely hold the same numbers, such as the biases of layers not yet trained; so a vector that nodes share while
 * their matrices differ counts once for each of them.
 */
export function countParameters(architecture: Architecture): Counts {
  const total: Counts = { parameters: 0, trainable: 0, statistics: 0 };
  for (const counts of parametersByNode(architecture)) {
    total.parameters += counts.parameters;
    total.trainable += counts.trainable;
    total.statistics += counts.statistics;
  }
  return total;
}

/** The same per node, in order; what nodes share counts at the first of them. */
export function parametersByNode({ nodes }: Architecture): Counts[] {
  const matrixUsers = new Map<string, number>();
  for (const { parameters } of nodes) {
    for (const item of parameters) {
      if (isMatrix(item)) matrixUsers.set(item.name, (matrixUsers.get(item.name) ?? 0) + 1);
    }
  }
  const layersRepeat = nodes.filter(
    (node) =>
      isLayer(node) &&
      node.parameters.some((item) => isMatrix(item) && (matrixUsers.get(item.name) ?? 0) > 1),
  ).length;
  const sharesLayers = layersRepeat >= 4;
  const counted = new Set<string>();
  const names = new Set<string>();
  return nodes.map((node) => {
    const counts: Counts = { parameters: 0, trainable: 0, statistics: 0 };
    const matrices = node.parameters.filter(isMatrix).map(({ name }) => name);
    for (const item of node.parameters) {
      const merged = isVector(item) && canMerge(node, item) && !sharesLayers;
      const key = merged ? `${item.name}\n${matrices.length > 0 ? matrices.join() : node.id}` : item.name;
      if (counted.has(key) || (!merged && names.has(item.name))) continue;
      counted.add(key);
      names.add(item.name);
      if (!item.trainable) counts.statistics += size(item);
      else {
        counts.parameters += size(item);
        counts.trainable += size(item);
      }
    }
    return counts;
  });
}

const isMatrix = ({ shape }: Parameter) => shape.filter((n) => n > 1).length > 1;
const isVector = (item: Parameter) => !isMatrix(item);
/** Layers and norms; and the scales and shifts that the file names like weights, with the path of their layer. */
const canMerge = ({ op }: { op: string }, { name }: Parameter) =>
  isLayer({ op }) || isNorm({ op }) || ((op === "mul" || op === "add") && name.includes("."));
const isLayer = ({ op }: { op: string }) => op === "linear" || op === "conv" || op === "convTranspose";
const isNorm = ({ op }: { op: string }) => opOf(op).role === "normalization";

/** @returns null when a shape or a weight that the cost depends on is not known */
export function countMultiplyAdds(graph: View, sizes: Readonly<Record<string, number>>): number | null {
  let total = 0;
  for (let i = 0; i < graph.nodes.length; i++) {
    const cost = multiplyAddsOf(graph, i, sizes);
    if (cost === null) return null;
    total += cost;
  }
  return Number.isFinite(total) ? Math.round(total) : null;
}

/** The cost of one node; null where it depends on a shape or a weight that is not known. */
export function multiplyAddsOf(
  graph: View,
  i: number,
  sizes: Readonly<Record<string, number>>,
): number | null {
  const node = graph.nodes[i];
  if (node && hasUnknownWeights(node)) return null;
  const cost = node && opOf(node.op).multiplyAdds;
  if (!cost) return 0;
  const { op, inputs, outputs, attributes, parameters } = node;
  const read = inputs.map((id) => evaluateShape(graph.shape(id), sizes));
  const made = outputs.slice(0, 1).map(({ shape }) => evaluateShape(shape, sizes));
  // Masks and states may be unknown; the first input, and for a product the second, may not.
  const needed = op === "attention" ? 3 : op === "matmul" || op === "einsum" ? 2 : 1;
  if (attributes.bodyOps !== undefined && attributes.bodyMultiplyAdds === undefined) return null;
  if (op !== "branch" && op !== "loop") {
    if (
      read.slice(0, needed).includes(null) ||
      (op !== "lstm" && op !== "gru" && op !== "rnn" && made.includes(null))
    )
      return null;
  }
  return cost({
    attributes,
    parameters,
    inputs: read.map((shape) => shape ?? []),
    outputs: made.map((shape) => shape ?? []),
  });
}

/** Symbolic sizes the network's shapes are made of. */
export function symbols({ inputs }: Architecture): string[] {
  return [...new Set(inputs.flatMap(({ shape }) => shape?.flatMap(names) ?? []))];
}

/** Longest path, in layers that hold weights. */
export function depthOf(graph: View): number {
  const depths: number[] = [];
  graph.nodes.forEach((node, i) => {
    let before = 0;
    for (const from of graph.makers(i)) before = Math.max(before, depths[from] ?? 0);
    depths.push(before + (holdsWeights(node) ? 1 : 0));
  });
  return depths.reduce((a, b) => Math.max(a, b), 0);
}
