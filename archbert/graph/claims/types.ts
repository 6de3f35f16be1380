// What kind of network it is: the kind of layers that does most of its work.
import { multiplyAddsOf, parametersByNode } from "../facts/cost";
import { hasUnknownWeights } from "../facts/view";
import type { Type } from "./claim";
import { classifierOf } from "./classifier";
import type { Known } from "./known";

export type Layers = Exclude<Type, "hybrid">;

/** From this share of the work on, a network is of one kind; below, it is a hybrid. */
export const mostOfTheWork = 2 / 3;

export function typeOf(known: Known): Type | null {
  const shares = workShares(known);
  if (shares === null) return null;
  return (Object.keys(shares) as Layers[]).find((kind) => shares[kind] >= mostOfTheWork) ?? "hybrid";
}

/**
 * By multiply-adds, or by parameters where the shapes that cost depends on are not known. Attention and all layers of
 * transformer blocks count as transformer, linear layers elsewhere as MLP; what only leads in and out, the classifier's
 * last layer and the convolutions that make the tokens, is left out unless there is nothing else.
 *
 * @returns shares that add up to 1; null where nothing works, or something whose weights are not known
 */
export function workShares(known: Known): Record<Layers, number> | null {
  const { architecture, graph } = known;
  if (graph.nodes.some(hasUnknownWeights)) return null;
  const work: Record<Layers, number> = { convolutional: 0, transformer: 0, mlp: 0, recurrent: 0 };
  const last = classifierOf(known)?.layer;
  const tokens = tokenizers(known);
  const inBlocks = new Set(known.occurrences("transformerBlock").flat());
  const costs = graph.nodes.map((_, i) => multiplyAddsOf(graph, i, {}));
  const parameters = costs.includes(null) ? parametersByNode(architecture) : undefined;
  let rest = 0;
  graph.nodes.forEach((node, i) => {
    const cost = (parameters ? parameters[i]?.parameters : costs[i]) ?? 0;
    if (node === last || tokens.has(node.id)) rest += cost;
    else if (inBlocks.has(node.id) || node.op === "attention") work.transformer += cost;
    else if (node.op === "conv" || node.op === "convTranspose") work.convolutional += cost;
    else if (node.op === "linear") work.mlp += cost;
    else if (node.op === "lstm" || node.op === "gru" || node.op === "rnn") work.recurrent += cost;
  });
  if (Object.values(work).every((cost) => cost === 0))
    work[last?.op === "conv" ? "convolutional" : "mlp"] = rest;
  const total = Object.values(work).reduce((a, b) => a + b, 0);
  if (total === 0) return null;
  for (const kind of Object.keys(work) as Layers[]) work[kind] /= total;
  return work;
}

const overTokens = ["transformer", "mixer", "mlp"];

/**
 * Convolutions that make tokens of a picture or a sound: patch embeddings, and one or two in front of blocks that are
 * all of attention or linear layers.
 */
function tokenizers({ graph, facts, occurrences }: Known): ReadonlySet<string> {
  const patches = occurrences("patchEmbedding").flat();
  const { stages } = facts;
  if (stages.length === 0 || !stages.every(({ kind }) => overTokens.includes(kind))) return new Set(patches);
  const inside = new Set(stages.flatMap(({ nodes }) => nodes));
  const outside = graph.nodes.filter(({ id, op }) => op === "conv" && !inside.has(id)).map(({ id }) => id);
  return new Set(outside.length <= 2 ? outside : patches);
}
