// The last layer of a classifier: one number a class.
import type { ArchNode } from "../architecture";
import { shapeAfter } from "../facts/view";
import type { Known } from "./known";

/** What may stand between the last layer and the output of a network. */
const passing = new Set([
  "softmax",
  "logSoftmax",
  "sigmoid",
  "identity",
  "cast",
  "flatten",
  "reshape",
  "squeeze",
]);
/** A last convolution may be pooled to one number a class, as in SqueezeNet. */
const pooling = new Set(["globalAveragePool", "averagePool", "relu", "reduceMean"]);

/** Undefined where the network gives something else than one number a class: features, pictures, tokens. */
export function classifierOf({
  architecture,
  graph,
}: Known): { layer: ArchNode; classes: number } | undefined {
  const [output] = architecture.outputs;
  if (output === undefined || architecture.outputs.length > 1) return undefined;
  const shape = graph.shape(output);
  const classes = shape?.[1];
  if (shape?.length !== 2 || typeof classes !== "number") return undefined;
  let at = graph.maker(output);
  let isPooled = false;
  for (let steps = 0; steps < 8; steps++) {
    const node = graph.nodes[at];
    if (node?.op === "linear") {
      // Features that are pooled after a linear layer are no classes.
      const isLast = !isPooled && node.attributes.outFeatures === classes;
      return isLast ? { layer: node, classes } : undefined;
    }
    if (node?.op === "conv") {
      const isLast = isPooled && node.attributes.outChannels === classes && isOwn(architecture.format);
      return isLast ||
        shapeAfter(graph, at)
          ?.slice(2)
          .every((size) => size === 1)
        ? { layer: node, classes }
        : undefined;
    }
    if (!node || !(passing.has(node.op) || pooling.has(node.op))) return undefined;
    if (pooling.has(node.op)) isPooled = true;
    at = graph.makers(at)[0] ?? -1;
  }
  return undefined;
}

/** A program's head is a linear layer: a convolution that it pools gives features. */
function isOwn(format: string): boolean {
  return format !== "architecture";
}
