// Motifs of networks that read sequences: how attention shares its keys, how far it sees, how places are told, experts.
import type { ArchNode } from "../architecture";
import type { Attention } from "./attention";
import type { Occurrence } from "./convolutional";
import { holdsWeights, role, shapeAfter, type View } from "./view";

/** Names of the motifs, each with its occurrences. */
export function sequenceMotifs(graph: View, heads: readonly Attention[]): [string, Occurrence[]][] {
  const those = (fits: (item: Attention) => boolean) => heads.filter(fits).map(({ nodes }) => nodes);
  return [
    ["groupedQueryAttention", those(({ kvHeads = 0 }) => kvHeads > 1)],
    ["multiQueryAttention", those(({ kvHeads }) => kvHeads === 1)],
    ["windowedAttention", those(({ window }) => window !== undefined)],
    ["positionBias", those(({ bias }) => bias)],
    ["relativePosition", those(({ relative }) => relative)],
    ["rotaryPosition", graph.nodes.flatMap(({ op }, i) => (op === "rotaryEmbedding" ? [[i]] : []))],
    ["positionEmbedding", positionEmbeddings(graph)],
    ["positionConvolution", positionConvolutions(graph)],
    ["mixtureOfExperts", mixtures(graph).map(({ nodes }) => nodes)],
  ];
}

/** A table with a row a place, added to what stands at the places before any other layer reads them. */
function positionEmbeddings(graph: View): Occurrence[] {
  return graph.nodes.flatMap((node, i): Occurrence[] => {
    const shape = shapeAfter(graph, i);
    const [places, width] = shape?.slice(-2) ?? [];
    if (node.op !== "add" || shape?.length !== 3 || typeof width !== "number") return [];
    const start = embedded(graph, i);
    if (start === undefined) return [];
    const isTable = ({ shape: sizes }: { shape: readonly number[] }) =>
      sizes.at(-1) === width && typeof places === "number" && (sizes.at(-2) ?? 0) >= places && places > 1;
    if (node.inputs.length === 1) return node.parameters.some(isTable) && !repeats(node) ? [[start, i]] : [];
    // The rows of another table, looked up by a count of places.
    const others = graph.makers(i).filter((from) => {
      const table = graph.nodes[from];
      return table?.op === "embedding" && countsPlaces(graph, from);
    });
    return others.length > 0 ? [[start, ...others, i]] : [];
  });
}

/** One row at all places: a kind of tokens, not where they stand. */
const repeats = ({ attributes }: ArchNode) => attributes.operandRepeats === true;

/** The layer whose output this sum starts from, with nothing but sums, norms and the like between. */
function embedded(graph: View, sum: number): number | undefined {
  let open = [...graph.makers(sum)];
  for (let steps = 0; steps < 8; steps++) {
    const next: number[] = [];
    for (const i of open) {
      const node = graph.nodes[i];
      if (!node) continue;
      if (node.op === "embedding" && !countsPlaces(graph, i)) return i;
      if ((node.op === "conv" || node.op === "linear") && isFirst(graph, i)) return i;
      if (
        ["add", "mul", "layerNorm", "cast", "dropout", "reshape", "flatten", "transpose", "concat"].includes(
          node.op,
        )
      )
        next.push(...graph.makers(i));
      else if (node.op === "gelu" || node.op === "conv") next.push(...graph.makers(i));
    }
    open = next;
  }
  return undefined;
}

/** Whether nothing but changes of shape stands between the layer and the network's input. */
function isFirst(graph: View, layer: number): boolean {
  let at = graph.makers(layer)[0] ?? -1;
  for (let steps = 0; at >= 0 && steps < 6; steps++) {
    if (role(graph.nodes[at]) !== "shape" && graph.nodes[at]?.op !== "cast") return false;
    at = graph.makers(at)[0] ?? -1;
  }
  return at < 0;
}

/** Whether the indices of a lookup come from counting: a range, or a sum over what is there. */
function countsPlaces(graph: View, lookup: number): boolean {
  const open = [...graph.makers(lookup)];
  const seen = new Set(open);
  for (const i of seen) {
    const node = graph.nodes[i];
    if (!node || seen.size > 30) continue;
    if (node.op === "range" || node.op === "cumSum") return true;
    if (role(node) !== "weights") for (const from of graph.makers(i)) seen.add(from);
  }
  return false;
}

/** A grouped convolution of a wide kernel over a sequence, added to it: places told by what is around them. */
export function positionConvolutions(graph: View): Occurrence[] {
  return graph.nodes.flatMap((node, i): Occurrence[] => {
    const { kernelSize, groups, inChannels, outChannels } = node.attributes;
    const wide = Array.isArray(kernelSize) && kernelSize.length === 1 && Number(kernelSize[0]) >= 15;
    // Depthwise ones mix what is near, as in a Conformer.
    const grouped = Number(groups) >= 2 && Number(groups) < Number(inChannels);
    if (node.op !== "conv" || !wide || !grouped || inChannels !== outChannels) return [];
    return [[i]];
  });
}

export interface Mixture {
  /** The router, the choice, and the lookups of the experts' weights. */
  nodes: Occurrence;
  /** How many experts there are, and how many see each token. */
  experts: number;
  active: number;
}

/** A layer scores the experts, the best of them are chosen, and their weights are looked up. */
export function mixtures(graph: View): Mixture[] {
  return graph.nodes.flatMap((node, i): Mixture[] => {
    const active = Number(node.attributes.k);
    const router = node.op === "topK" ? scored(graph, i) : undefined;
    const experts = Number(graph.nodes[router ?? -1]?.attributes.outFeatures);
    if (router === undefined || !(active < experts)) return [];
    const chosen = lookups(graph, i, experts);
    return chosen.length > 0 ? [{ nodes: [router, i, ...chosen], experts, active }] : [];
  });
}

function scored(graph: View, choice: number): number | undefined {
  let at = graph.makers(choice)[0] ?? -1;
  for (let steps = 0; steps < 8; steps++) {
    const node = graph.nodes[at];
    if (!node) return undefined;
    if (node.op === "linear" && holdsWeights(node)) return at;
    if (role(node) === "weights" || role(node) === "normalization") return undefined;
    at = graph.makers(at)[0] ?? -1;
  }
  return undefined;
}

/** Lookups in tensors of one matrix an expert, by what was chosen. */
function lookups(graph: View, choice: number, experts: number): number[] {
  const found: number[] = [];
  const seen = new Set(graph.readers(choice));
  for (const i of seen) {
    const node = graph.nodes[i];
    if (!node || seen.size > 60) continue;
    if (picksWeights(node, experts)) found.push(i);
    else if (role(node) === "shape" || role(node) === "lookup" || node.op === "cast")
      for (const reader of graph.readers(i)) seen.add(reader);
  }
  return found;
}

function picksWeights({ op, parameters }: ArchNode, experts: number): boolean {
  return (
    (op === "gatherND" || op === "gather" || op === "embedding") &&
    parameters.some(({ shape }) => shape[0] === experts && shape.length >= 2)
  );
}
