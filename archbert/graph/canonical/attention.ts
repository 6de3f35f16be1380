// Scaled dot-product attention out of its two products and the softmax between them.
import type { ArchNode, Attribute, Shape } from "../architecture";
import { opOf } from "../ops";
import { behind, type Pattern, type Rewriter, scalar } from "./rewriter";

/** Names that exporters give to constants they computed: none of a learned tensor's path ("layers.0.bias_table"). */
const madeName = /^[^.]*$|^onnx::|^p2o\.helper|constant/i;

interface Scores {
  product: ArchNode;
  /** Values and nodes that mask or bias the scores. */
  masks: string[];
  absorbs: ArchNode[];
}

/** An attention op of the file whose mask decides whether it is causal. */
const masked: Pattern = (node, graph) => {
  const { causal, keyTransposed } = node.attributes;
  // Of one that was put together here, its own mask has said what it can.
  if (node.op !== "attention" || causal !== undefined || keyTransposed) return undefined;
  const sight = sightOf(graph, { masks: node.inputs.slice(3), absorbs: [node] });
  if (sight.causal === undefined) return undefined;
  return { op: node.op, inputs: node.inputs, attributes: { ...node.attributes, ...sight }, absorbs: [] };
};

/** An attention op of the file whose keys and values were repeated for it. */
const shared: Pattern = (node, graph) => {
  const { heads, kvHeads, layout } = node.attributes;
  const value = node.inputs[2];
  if (node.op !== "attention" || kvHeads !== undefined || layout !== "split" || value === undefined)
    return undefined;
  const found = repeatedHeads(graph, value);
  if (found === undefined || found === heads) return undefined;
  return {
    op: node.op,
    inputs: node.inputs,
    attributes: { ...node.attributes, kvHeads: found },
    absorbs: [],
  };
};

const spelled: Pattern = (node, graph) => {
  if (node.op !== "matmul" || node.inputs.length !== 2) return undefined;
  const weights = softmaxBehind(graph, node.inputs[0]);
  if (!weights) return undefined;
  const scores = scoresOf(graph, weights.softmax.inputs[0], 0);
  if (!scores) return undefined;
  const [left, right] = scores.product.inputs;
  const value = node.inputs[1];
  if (left === undefined || right === undefined || value === undefined) return undefined;
  const query = unscaled(graph, left);
  const key = unscaled(graph, right);
  const shape = graph.shape(query.id);
  const headSize = shape?.at(-1);
  const attributes: Record<string, Attribute> = { layout: "split" };
  Object.assign(attributes, sightOf(graph, scores));
  if (typeof headSize === "number") attributes.headSize = headSize;
  const heads = shape?.length === 4 ? shape[1] : headsOf(graph, query.id, headSize);
  if (typeof heads === "number") attributes.heads = heads;
  const kvHeads = repeatedHeads(graph, value) ?? broadcastHeads(graph, value, heads);
  if (kvHeads !== undefined && kvHeads !== heads) attributes.kvHeads = kvHeads;
  const positions = typeof heads === "number" ? positionsOf(graph, scores, heads) : undefined;
  if (positions) attributes[positions] = true;
  if (scores.masks.length > 0 || scores.absorbs.some(isMasking)) attributes.mask = true;
  attributes.keyTransposed = true;
  const absorbs = [...query.absorbs, ...key.absorbs, scores.product, ...scores.absorbs, ...weights.absorbs];
  // A constant on the scores is a learned bias where it has a name of its own, else a mask.
  const parameters = absorbs.flatMap((item) =>
    scores.absorbs.includes(item)
      ? item.parameters.filter(({ name }) => !madeName.test(name))
      : item.parameters,
  );
  return {
    parameters,
    op: "attention",
    inputs: [query.id, key.id, value, ...scores.masks],
    attributes,
    absorbs,
  };
};

/** The softmax whose output the value is, past dropout, casts, and the guard against rows that mask everything. */
function softmaxBehind(
  graph: Rewriter,
  id: string | undefined,
): { softmax: ArchNode; absorbs: ArchNode[] } | undefined {
  let node = graph.made(behind(graph, id));
  const folds: ArchNode[] = [];
  // Batch and heads folded into one, or parted again.
  if (node?.op === "reshape" && keepsSquares(graph, node)) {
    folds.push(node);
    node = graph.made(behind(graph, node.inputs[0]));
  }
  if (node?.op === "softmax") return isLast(node) ? { softmax: node, absorbs: [...folds, node] } : undefined;
  if (node?.op !== "where") return undefined;
  for (const input of node.inputs) {
    const inner = graph.made(behind(graph, input));
    if (inner?.op === "softmax" && isLast(inner)) return { softmax: inner, absorbs: [inner, node] };
  }
  return undefined;
}

/** Whether a reshape leaves the last two axes alone. */
function keepsSquares(graph: Rewriter, { inputs, outputs }: ArchNode): boolean {
  const [before, after] = [graph.shape(inputs[0]), outputs[0]?.shape];
  return String(before?.slice(-2)) === String(after?.slice(-2)) && (after?.length ?? 0) >= 2;
}

function isLast(softmax: ArchNode): boolean {
  const rank = softmax.outputs[0]?.shape?.length;
  const axis = softmax.attributes.axis;
  return axis === -1 || (rank !== undefined && axis === rank - 1);
}

/** From the softmax back to QKᵀ, past scale, mask and bias. */
function scoresOf(graph: Rewriter, id: string | undefined, depth: number): Scores | undefined {
  const node = graph.made(behind(graph, id));
  if (!node || depth > 8) return undefined;
  if (node.op === "matmul" && node.inputs.length === 2) return { product: node, masks: [], absorbs: [] };
  if (!["add", "sub", "mul", "div", "where", "max", "min", "reshape", "clip", "tanh"].includes(node.op))
    return undefined;
  for (const input of node.inputs) {
    const found = scoresOf(graph, input, depth + 1);
    if (!found) continue;
    const others = node.inputs.filter((other) => other !== input);
    const masks = ["mul", "div"].includes(node.op) ? [] : others;
    return { ...found, masks: [...found.masks, ...masks], absorbs: [node, ...found.absorbs] };
  }
  return undefined;
}

function isMasking(node: ArchNode): boolean {
  return (
    node.op === "where" ||
    (node.op === "add" && node.attributes.operandShape !== undefined && scalar(node) === undefined)
  );
}

/** The value before it is multiplied by a number, which is the scale. */
function unscaled(graph: Rewriter, id: string): { id: string; absorbs: ArchNode[] } {
  const node = graph.made(behind(graph, id));
  const [from, by] = node?.inputs ?? [];
  if (node && (node.op === "mul" || node.op === "div") && from !== undefined) {
    const single =
      by === undefined ? scalar(node) !== undefined : (graph.shape(by)?.every((size) => size === 1) ?? false);
    if (single) return { id: graph.resolve(from), absorbs: [node] };
  }
  return { id: graph.resolve(id), absorbs: [] };
}

/** Keys and values of one head that all queries share. */
function broadcastHeads(graph: Rewriter, id: string, heads: unknown): number | undefined {
  const shape = graph.shape(id);
  return shape?.length === 4 && shape[1] === 1 && heads !== 1 ? 1 : undefined;
}

/**
 * How places enter the scores: by a number a head and distance that is added (as in T5, or with linear slopes), or by
 * products of queries and keys with embeddings of distances (as in Transformer-XL and DeBERTa).
 */
function positionsOf(
  graph: Rewriter,
  { masks, absorbs }: Scores,
  heads: number,
): "positionBias" | "relativePositions" | undefined {
  const differs = (shape: Attribute | Shape | undefined) =>
    Array.isArray(shape) && heads > 1 && shape.length >= 3 && Number(shape.at(-3)) === heads;
  const made = masks.filter((id) => differs(graph.shape(id))).map((id) => productBehind(graph, id));
  if (made.includes("matmul") || made.includes("einsum")) return "relativePositions";
  const added = absorbs.some(({ op, attributes }) => op === "add" && differs(attributes.operandShape));
  return added || made.includes("none") ? "positionBias" : undefined;
}

/** The product that a value comes from by lookups, sums and changes of shape: "none" where it is computed without one. */
function productBehind(graph: Rewriter, id: string): string {
  const seen = new Set([id]);
  for (const at of seen) {
    const node = graph.made(at);
    if (!node || seen.size > 60) continue;
    if (opOf(node.op).role === "weights") return node.op;
    for (const input of node.inputs) seen.add(input);
  }
  return "none";
}

/** Heads folded into the batch: the width of the layer before, over the head's. */
function headsOf(graph: Rewriter, id: string, headSize: unknown): number | undefined {
  let node = graph.made(id);
  const unfolded = graph.shape(node?.inputs[0]);
  if (node?.op === "reshape" && unfolded?.length === 4 && unfolded[3] === headSize)
    return typeof unfolded[1] === "number" ? unfolded[1] : undefined;
  for (let i = 0; node && i < 8; i++) {
    const width = node.attributes.outFeatures;
    if (node.op === "linear") {
      return typeof width === "number" && typeof headSize === "number" && width % headSize === 0
        ? width / headSize
        : undefined;
    }
    if (!["reshape", "transpose", "mul", "div", "cast", "unsqueeze", "squeeze"].includes(node.op))
      return undefined;
    node = graph.from(node, 0);
  }
  return undefined;
}

/** Grouped queries: keys and values of fewer heads, broadcast to all. */
function repeatedHeads(graph: Rewriter, id: string): number | undefined {
  const join = graph.made(behind(graph, id));
  if (join?.op !== "reshape") return undefined;
  const expand = graph.from(join, 0, "expand");
  const shape = graph.shape(expand?.inputs[0]);
  const heads = shape?.length === 5 && shape[2] === 1 ? shape[1] : undefined;
  return typeof heads === "number" ? heads : undefined;
}

/**
 * What a query sees. `causal`, only what came before: its mask is a triangle, is made with one, or compares positions; not
 * given where a square mask comes from outside, or its numbers are not in the file. `window`, how many places at most.
 */
function sightOf(
  graph: Rewriter,
  { masks, absorbs }: Pick<Scores, "masks" | "absorbs">,
): { causal?: boolean; window?: number } {
  let open = false;
  let causal = false;
  let window: number | undefined;
  const values = [...masks];
  const seen = new Set<string>();
  const look = (node: ArchNode) => {
    const { operandTriangle, operandShape, operandWindow, operandFirst } = node.attributes;
    // Indices of a lookup are no mask.
    if (node.op.startsWith("gather") && operandFirst !== true) return;
    if (typeof operandWindow === "number") window = operandWindow;
    if (operandTriangle === true || node.op === "trilu") causal = true;
    // What is learned is a bias, which hides nothing.
    const isLearned = node.parameters.some(({ name }) => !madeName.test(name));
    if (operandTriangle === undefined && isSquare(operandShape) && !isLearned) open = true;
    if (node.op !== "less" && node.op !== "greater") return;
    if (comparesPositions(graph, node)) causal = true;
    // Distances compared with a number may be a triangle as well.
    else if (isSquare(node.outputs[0]?.shape?.map(String))) open = true;
  };
  for (const node of absorbs) look(node);
  while (values.length > 0 && !causal) {
    const at = graph.resolve(values.pop() ?? "");
    if (seen.has(at)) continue;
    seen.add(at);
    if (seen.size > 200) return {};
    const node = graph.made(at);
    if (!node) open ||= (graph.shape(at)?.length ?? 4) >= 3;
    else if (opOf(node.op).role !== "weights") {
      look(node);
      values.push(...node.inputs);
    }
  }
  const width = window === undefined ? {} : { window };
  return causal ? { causal, ...width } : open ? width : { causal, ...width };
}

function isSquare(shape: Attribute | undefined): boolean {
  if (!Array.isArray(shape) || shape.length < 2) return false;
  return shape.at(-1) === shape.at(-2) && String(shape.at(-1)) !== "1";
}

/** A comparison of a row of positions with a column of them. */
function comparesPositions(graph: Rewriter, node: ArchNode): boolean {
  const shapes = node.inputs.map((id) => graph.shape(id));
  const operand = node.attributes.operandShape;
  if (Array.isArray(operand)) shapes.push(operand.map((size) => size));
  if (shapes.length !== 2) return false;
  const [a, b] = shapes.map((shape) => shape?.slice(-2));
  if (!a || !b) return false;
  const row = (shape: typeof a) => shape.length > 0 && shape.at(-1) !== 1 && (shape.at(-2) ?? 1) === 1;
  const column = (shape: typeof a) => shape.length >= 2 && shape.at(-1) === 1 && shape.at(-2) !== 1;
  return (row(a) && column(b)) || (row(b) && column(a));
}

export const attention: readonly Pattern[] = [spelled, masked, shared];
