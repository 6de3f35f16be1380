// Where a detector says what it sees: convolutions that nothing normalizes or activates, at several resolutions.
import type { ArchNode } from "../architecture";
import { holdsWeights, role, type View } from "./view";

export interface Predictor {
  node: number;
  kernel: number;
  channels: number;
  /** Height and width of its output, as text: symbolic ones are told apart too. */
  place: string;
  /** Cells of its output; NaN where not known. */
  area: number;
  /** Name of its kernel: the same where levels share their heads. */
  weight: string;
}

const rearranging = [
  "reshape",
  "transpose",
  "flatten",
  "slice",
  "split",
  "sigmoid",
  "squeeze",
  "unsqueeze",
  "cast",
];

/** Convolutions whose answer only moves and is decoded: no layer comes after. */
export function predictors(graph: View): Predictor[] {
  const feedsLayers = layersAfter(graph);
  return graph.nodes.flatMap((node, i): Predictor[] => {
    const weight = node.parameters[0]?.name;
    if (node.op !== "conv" || weight === undefined || feedsLayers[i]) return [];
    if (!graph.readers(i).every((k) => rearranging.includes(graph.nodes[k]?.op ?? ""))) return [];
    const spatial = node.outputs[0]?.shape?.slice(2) ?? [];
    const kernel = Array.isArray(node.attributes.kernelSize) ? Number(node.attributes.kernelSize[0]) : 0;
    const area = spatial.reduce<number>((a, b) => a * Number(b), 1);
    return [
      { node: i, kernel, channels: Number(node.attributes.outChannels), place: spatial.join(), area, weight },
    ];
  });
}

function layersAfter(graph: View): boolean[] {
  const found: boolean[] = [];
  for (let i = graph.nodes.length - 1; i >= 0; i--) {
    found[i] = graph.readers(i).some((k) => found[k] || holdsWeights(graph.nodes[k] as ArchNode));
  }
  return found;
}

/** Predictors by the kernel they share, those of three levels and more. */
export function sharedHeads(heads: readonly Predictor[]): Predictor[][] {
  return groups(heads, ({ weight }) => weight).filter((group) => group.length >= 3);
}

/** Predictors by resolution, the finest first. */
export function byPlace(heads: readonly Predictor[]): Predictor[][] {
  return groups(heads, ({ place }) => place).sort(([a], [b]) => (b?.area ?? 0) - (a?.area ?? 0));
}

function groups(heads: readonly Predictor[], key: (head: Predictor) => string): Predictor[][] {
  const found = new Map<string, Predictor[]>();
  for (const head of heads) found.set(key(head), [...(found.get(key(head)) ?? []), head]);
  return [...found.values()];
}

/** Whether one predicts four numbers for each of several boxes, and the other some for each of the same. */
export function areBoxesAndClasses(a: Predictor, b: Predictor): boolean {
  const boxes = a.channels / 4;
  return Number.isInteger(boxes) && boxes >= 2 && b.channels % boxes === 0 && b.channels / boxes >= 2;
}

/** Whether features made by convolutions are enlarged anywhere. */
export function enlarges(graph: View): boolean {
  const learned: boolean[] = [];
  return graph.nodes.some((node: ArchNode, i) => {
    const before = graph.makers(i).some((from) => learned[from]);
    learned.push(before || role(node) === "weights");
    return before && (node.op === "upsample" || node.op === "convTranspose");
  });
}
