// Motifs of transformers: whose keys a query meets, and blocks of attention and feed-forward.
import type { Occurrence } from "./convolutional";
import type { Residual } from "./residuals";
import { holdsWeights, role, type View } from "./view";

export interface Attention {
  node: number;
  /** Query, key and value come from one value; or the query from another. */
  kind: "self" | "cross" | "other";
  /** Undefined where the graph does not tell. */
  causal: boolean | undefined;
  heads: number | undefined;
  /** Heads of keys and values, where they are fewer: grouped queries. */
  kvHeads: number | undefined;
  /** How many places each sees at most, where its mask tells. */
  window: number | undefined;
  /** The scores carry a number a head and distance. */
  bias: boolean;
  /** The scores hold products with embeddings of distances. */
  relative: boolean;
  nodes: Occurrence;
}

export function attentions(graph: View): Attention[] {
  return graph.nodes.flatMap((node, i): Attention[] => {
    if (node.op !== "attention") return [];
    const [query, key, value] = node.inputs.map((id) => projections(graph, id));
    const shared = (a: Sources | undefined, b: Sources | undefined) =>
      [...(a?.inputs ?? [])].some((id) => b?.inputs.has(id));
    const reduced = reducesTo(graph, query, key);
    const apart = !meets(graph, query, key) && !reduced;
    const nodes = [
      ...new Set([...(query?.layers ?? []), ...(key?.layers ?? []), ...(value?.layers ?? []), i]),
    ].sort((a, b) => a - b);
    const kind =
      (shared(query, key) || reduced) && (shared(query, value) || reduced)
        ? "self"
        : shared(key, value) && apart
          ? "cross"
          : "other";
    const { heads, kvHeads, window } = node.attributes;
    return [
      {
        node: i,
        kind,
        causal: typeof node.attributes.causal === "boolean" ? node.attributes.causal : undefined,
        heads: typeof heads === "number" ? heads : undefined,
        kvHeads: typeof kvHeads === "number" ? kvHeads : undefined,
        window: typeof window === "number" ? window : undefined,
        bias: node.attributes.positionBias === true,
        relative: node.attributes.relativePositions === true,
        nodes,
      },
    ];
  });
}

/** Whether two sources are parts or rearrangements of one value: a query from every second place is no other's. */
function meets(graph: View, a: Sources | undefined, b: Sources | undefined): boolean {
  const reach = (from: Iterable<string>) => {
    const seen = new Set<string>(from);
    for (const id of seen) {
      const node = graph.nodes[graph.maker(id)];
      if (node && seen.size < 60 && role(node) !== "weights")
        for (const input of node.inputs) seen.add(input);
    }
    return seen;
  };
  const [left, right] = [reach(a?.inputs ?? []), reach(b?.inputs ?? [])];
  return [...left].some((id) => right.has(id));
}

/**
 * Whether keys come from what the query is made of by a convolution or pooling that leaves fewer places: attention to
 * itself at a coarser scale, as in PVT and Twins.
 */
function reducesTo(graph: View, query: Sources | undefined, key: Sources | undefined): boolean {
  const wanted = query?.inputs ?? new Set<string>();
  const seen = new Set<string>(key?.inputs ?? []);
  for (const id of seen) {
    if (wanted.has(id)) return true;
    const node = graph.nodes[graph.maker(id)];
    const passes = node && node.op !== "attention" && node.op !== "linear" && node.op !== "embedding";
    if (passes && seen.size < 24) for (const input of node.inputs) seen.add(input);
  }
  return false;
}

/** The value before it was reshaped or cast: a layer may see one sequence as rows, each in a copy of its own. */
function unshaped(graph: View, value: string): string {
  let at = value;
  for (let steps = 0; steps < 4; steps++) {
    const node = graph.nodes[graph.maker(at)];
    const from = node?.inputs[0];
    if (
      !node ||
      from === undefined ||
      !["reshape", "flatten", "squeeze", "unsqueeze", "cast"].includes(node.op)
    )
      break;
    at = from;
  }
  return at;
}

interface Sources {
  /** The layers nearest behind the value. */
  layers: Set<number>;
  /** What they read; or the value itself where no layer stands between. */
  inputs: Set<string>;
}

/** The projections that make a query, key or value, past reshapes, splits, rotary positions and norms. */
function projections(graph: View, value: string): Sources {
  const found: Sources = { layers: new Set(), inputs: new Set() };
  const open = [value];
  const seen = new Set<string>();
  while (open.length > 0 && seen.size < 80) {
    const id = open.pop() ?? "";
    if (seen.has(id)) continue;
    seen.add(id);
    const i = graph.maker(id);
    const node = graph.nodes[i];
    if (!node) found.inputs.add(id);
    else if (holdsWeights(node)) {
      found.layers.add(i);
      if (node.inputs[0] !== undefined) found.inputs.add(unshaped(graph, node.inputs[0]));
    } else if (role(node) === "normalization" && node.inputs[0] !== undefined) {
      found.inputs.add(id);
      open.push(node.inputs[0]);
    } else if (role(node) !== "weights") open.push(...node.inputs);
  }
  return found;
}

export interface TransformerBlock {
  /** Decoder where attention is causal or crosses; encoder where it is proved to see everything. */
  kind: "encoder" | "decoder" | "unknown";
  /** Normalization before each part, or after each sum. */
  norm: "pre" | "post" | "none";
  nodes: Occurrence;
  /** It attends to another sequence as well. */
  crosses: boolean;
  /** Indices of its attentions in the graph. */
  attentions: number[];
  end: number;
}

/** A residual with attention, followed by a residual with a feed-forward network (or both in one, in parallel). */
export function transformerBlocks(
  graph: View,
  sums: readonly Residual[],
  heads: readonly Attention[],
): TransformerBlock[] {
  const blocks: TransformerBlock[] = [];
  const taken = new Set<number>();
  // Sums of attention that wait for their feed-forward part; two stacks may be written in turns.
  const open: { sums: Residual[]; attentions: Attention[] }[] = [];
  for (const found of sums) {
    const sum = { ...found, main: without(graph, found, heads) };
    const inside = heads.filter(({ node }) => sum.main.includes(node));
    // What goes around whole blocks is none itself.
    if (inside.some(({ node }) => taken.has(node))) continue;
    const before = open.findIndex((part) => follows(graph, sum.at, part.sums.at(-1)?.add));
    const feed = isFeedForward(graph, sum.main, inside);
    if (inside.length > 0 && !feed) {
      const part = open[before];
      if (part) {
        part.sums.push(sum);
        part.attentions.push(...inside);
      } else open.push({ sums: [sum], attentions: [...inside] });
      continue;
    }
    if (!feed || (open.length === 0 && inside.length === 0)) continue;
    const [part] = before >= 0 ? open.splice(before, 1) : inside.length > 0 ? [] : open.splice(-1, 1);
    const parts = [...(part?.sums ?? []), sum];
    const all = [...(part?.attentions ?? []), ...inside];
    for (const { node } of all) taken.add(node);
    const decodes = all.some((item) => item.causal || item.kind === "cross");
    const sees = all.every((item) => item.causal === false);
    blocks.push({
      kind: decodes ? "decoder" : sees ? "encoder" : "unknown",
      norm: normPlace(graph, parts[0] ?? sum),
      nodes: [...new Set(parts.flatMap(({ main, add }) => [...main, add]))].sort((a, b) => a - b),
      crosses: all.some((item) => item.kind === "cross"),
      attentions: all.map(({ node }) => node),
      end: sum.add,
    });
  }
  return blocks;
}

/**
 * The path of a residual, less the attention that it only reads from: a decoder's first look at an encoder that the file
 * writes between the decoder's own nodes.
 */
function without(graph: View, { at, main }: Residual, heads: readonly Attention[]): readonly number[] {
  const depends = new Set<number>();
  for (const i of main) if (graph.makers(i).some((from) => from === at || depends.has(from))) depends.add(i);
  const strange = heads.some(({ node }) => main.includes(node) && !depends.has(node));
  return strange ? main.filter((i) => depends.has(i)) : main;
}

/** Whether a path that parts at one node does so right behind a sum: past its norm, at most. */
function follows(graph: View, at: number, sum: number | undefined): boolean {
  let i = at;
  for (let steps = 0; steps < 6; steps++) {
    if (i === sum) return true;
    const node = graph.nodes[i];
    if (!node || !["normalization", "shape"].includes(role(node)) || i < (sum ?? 0)) {
      if (node?.op !== "cast" && node?.op !== "dropout") return false;
    }
    i = graph.makers(i)[0] ?? -1;
  }
  return false;
}

/** Two layers and an activation between them, apart from what attention needs for its own projections. */
function isFeedForward(graph: View, path: readonly number[], inside: readonly Attention[]): boolean {
  const own = new Set(inside.flatMap((item) => item.nodes));
  const layers = path.filter((i) => isLayer(graph, i)).length;
  const activation = path.some(
    (i) => role(graph.nodes[i]) === "activation" && graph.nodes[i]?.op !== "softmax",
  );
  return activation && layers >= (inside.length > 0 ? own.size + 1 : 2);
}

/** A linear layer, a convolution over tokens, or a product with the weights of an expert that was looked up. */
function isLayer(graph: View, i: number): boolean {
  const node = graph.nodes[i];
  if (node?.op === "linear" || node?.op === "conv") return holdsWeights(node);
  if (node?.op !== "matmul" && node?.op !== "einsum") return false;
  return graph.makers(i).some((from) => {
    const maker = graph.nodes[from];
    return role(maker) === "lookup" && maker?.parameters.some(({ shape }) => shape.length >= 3);
  });
}

function normPlace(graph: View, { at, main, add }: Residual): "pre" | "post" | "none" {
  const isNorm = (i: number) => role(graph.nodes[i]) === "normalization";
  if (main.some((i) => isNorm(i) && graph.makers(i).includes(at))) return "pre";
  if (graph.readers(add).some(isNorm) || isNorm(at)) return "post";
  return "none";
}
