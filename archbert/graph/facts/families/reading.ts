// Conditions on networks that read sequences, and on those that narrow to a code, beside those of ../conditions.ts.
import type { ArchNode } from "../../architecture";
import type { Condition, Evidence } from "../conditions";
import { holdsWeights, role, type View } from "../view";

const crosses = ({ transformers }: Evidence) => transformers.filter((block) => block.crosses);

/** Blocks that see all of one sequence, then blocks that see it, and what came before in another. */
export const encoderDecoder: Condition = (evidence) => {
  const decoder = crosses(evidence);
  const encoder = evidence.transformers.filter((block) => !block.crosses);
  const inside = new Set(decoder.flatMap(({ attentions }) => attentions));
  const first = evidence.attentions.find(({ node, kind }) => kind === "cross" && inside.has(node))?.node ?? 0;
  return (
    encoder.length >= 1 &&
    decoder.length >= 1 &&
    encoder.every((block) => block.kind === "encoder" && block.end < first) &&
    decoder.every(({ attentions }) => attentions.length === 2)
  );
};

/** Causal self-attention in every block that crosses. */
export const causalDecoder: Condition = (evidence) => {
  const inside = new Set(crosses(evidence).flatMap(({ attentions }) => attentions));
  const self = evidence.attentions.filter(({ node, kind }) => inside.has(node) && kind === "self");
  return self.length > 0 && self.every(({ causal }) => causal === true);
};

export const normed =
  (...places: ("pre" | "post")[]): Condition =>
  ({ transformers }) =>
    transformers.every(({ norm }) => places.some((place) => place === norm));

export const blocksAtLeast =
  (count: number): Condition =>
  ({ transformers }) =>
    transformers.length >= count;

/** Every self-attention adds a number a head and distance, or the blocks share the one of the first. */
export const biased: Condition = ({ attentions }) =>
  attentions.some(({ kind, bias }) => kind === "self" && bias);

export const relative: Condition = ({ attentions }) => attentions.some((item) => item.relative);

/** As many normalizations of embeddings, before the first block reads them, as there are tables of tokens in use. */
export const normedEmbeddings: Condition = ({ graph, transformers }) => {
  const inside = new Set(transformers.flatMap(({ nodes }) => nodes));
  const lookups = graph.nodes.flatMap(({ op, attributes }, i) =>
    op === "embedding" && Number(attributes.entries) >= 256 ? [i] : [],
  );
  const tokens = lookups.filter((i) => readsInput(graph, i));
  return tokens.length >= 2 && tokens.every((i) => normAfter(graph, i, inside));
};

/** A lookup of what the network is given, past casts and changes of shape. */
function readsInput(graph: View, lookup: number): boolean {
  let at = graph.makers(lookup)[0] ?? -1;
  for (let steps = 0; at >= 0 && steps < 6; steps++) {
    const node = graph.nodes[at];
    if (role(node) !== "shape" && node?.op !== "cast") return false;
    at = graph.makers(at)[0] ?? -1;
  }
  return at < 0;
}

/** Whether the sums that follow end in a normalization that no block holds. */
function normAfter(graph: View, from: number, inside: ReadonlySet<number>): boolean {
  const seen = new Set(graph.readers(from));
  for (const i of seen) {
    const node = graph.nodes[i];
    if (!node || seen.size > 12 || inside.has(i)) continue;
    if (node.op === "layerNorm") return true;
    if (["add", "mul", "cast", "dropout", "reshape"].includes(node.op))
      for (const reader of graph.readers(i)) seen.add(reader);
  }
  return false;
}

/** The convolutions before anything else, in order: [kernel, stride] of each, all over one axis. */
export const beginsWith =
  (...layers: readonly (readonly [number, number])[]): Condition =>
  ({ graph }) => {
    const convs = graph.nodes.filter(({ op }) => op === "conv").slice(0, layers.length);
    return (
      convs.length === layers.length &&
      convs.every(({ attributes }, i) => {
        const { kernelSize, strides } = attributes;
        return String(kernelSize) === String(layers[i]?.[0]) && String(strides) === String(layers[i]?.[1]);
      })
    );
  };

export const convolutions =
  (exactly: number): Condition =>
  ({ facts }) =>
    (facts.ops.conv ?? 0) === exactly;

/** Which of the network's inputs each value comes from. */
function origins(graph: View, inputs: readonly string[]): (value: string) => ReadonlySet<string> {
  const known = new Map<string, ReadonlySet<string>>(inputs.map((id) => [id, new Set([id])]));
  const none: ReadonlySet<string> = new Set();
  for (const node of graph.nodes) {
    const from = new Set(node.inputs.flatMap((id) => [...(known.get(id) ?? none)]));
    for (const { id } of node.outputs) known.set(id, from);
  }
  return (value) => known.get(value) ?? none;
}

/** Two towers, one over a picture and one over tokens, whose normalized vectors meet in one product at the end. */
export const towers: Condition = ({ facts, graph }) => {
  const pictures = facts.inputs.filter(({ shape }) => shape?.length === 4).map(({ id }) => id);
  const words = facts.inputs.filter(({ dtype, shape }) => /int/.test(dtype) && shape?.length === 2);
  if (pictures.length !== 1 || words.length === 0) return false;
  const from = origins(
    graph,
    facts.inputs.map(({ id }) => id),
  );
  const meets = graph.nodes.filter((node) => {
    const [a, b] = node.inputs.map(from);
    if ((node.op !== "matmul" && node.op !== "linear" && node.op !== "einsum") || !a || !b) return false;
    const seen = (side: ReadonlySet<string>) => pictures.some((id) => side.has(id));
    return seen(a) !== seen(b) && a.size > 0 && b.size > 0;
  });
  return meets.length > 0 && meets.every((node) => node.inputs.every((id) => isUnit(graph, id)));
};

/** A vector divided by its length. */
function isUnit(graph: View, value: string): boolean {
  let at = graph.maker(value);
  for (let steps = 0; at >= 0 && steps < 5; steps++) {
    const node = graph.nodes[at];
    if (node?.op === "lpNorm") return true;
    if (node?.op === "div")
      return graph.makers(at).length === 2 && graph.makers(at).every((from) => from >= 0);
    if (node?.op === "mul" && node.inputs.length === 2) return true;
    if (node?.op !== "transpose" && node?.op !== "mul" && node?.op !== "cast" && node?.op !== "reshape")
      return false;
    at = graph.makers(at)[0] ?? -1;
  }
  return false;
}

/** Recurrent layers of this kind alone, each reading the states of the one before. */
export const stackOf =
  (kind: "lstm" | "gru"): Condition =>
  ({ graph }) => {
    const layers = graph.nodes.filter(({ op }) => ["lstm", "gru", "rnn"].includes(op));
    const allowed = new Set(["linear", "embedding", "gather", "add", "mul", ...shapes]);
    return (
      layers.length > 0 &&
      layers.every(({ op, inputs }) => op === kind && inputs.length === 1) &&
      graph.nodes.every(
        (node) =>
          allowed.has(node.op) ||
          layers.includes(node) ||
          ["activation", "normalization", "shape"].includes(role(node)),
      ) &&
      !graph.nodes.some(({ op }) => op === "expand" || op === "tile")
    );
  };
const shapes = ["slice", "concat", "reverse", "dropout", "cast", "identity", "reduceMean", "reduceMax"];

/**
 * Narrows to a code and widens again to what went in: what comes out first has the shape of the input, and on the way
 * from one to the other every path passes a layer whose output is at most a quarter as large.
 */
export const narrows: Condition = ({ facts, graph }) => {
  const [input] = facts.inputs;
  const [output] = facts.outputs;
  const size = volume(input?.shape);
  if (facts.inputs.length !== 1 || !output || size === undefined) return false;
  const same = String(input?.shape) === String(output.shape) || volume(output.shape) === size;
  const layers = graph.nodes.flatMap((node, i) => (isCoding(node) ? [i] : []));
  const sizes = layers.map((i) => volume(graph.nodes[i]?.outputs[0]?.shape) ?? size);
  const code = Math.min(...sizes);
  const at = layers[sizes.indexOf(code)] ?? -1;
  const before = sizes.slice(0, sizes.indexOf(code));
  const after = sizes.slice(sizes.lastIndexOf(code) + 1);
  return (
    same && code * 4 <= size && at >= 0 && before.length >= 1 && after.length >= 1 && ends(graph, output.id)
  );
};

const isCoding = (node: ArchNode) =>
  holdsWeights(node) && ["linear", "conv", "convTranspose"].includes(node.op);

/** The last layer makes the output: nothing follows it but an activation and changes of shape. */
function ends(graph: View, output: string): boolean {
  let at = graph.maker(output);
  for (let steps = 0; steps < 5; steps++) {
    const node = graph.nodes[at];
    if (!node) return false;
    if (isCoding(node)) return true;
    if (role(node) !== "activation" && role(node) !== "shape") return false;
    at = graph.makers(at)[0] ?? -1;
  }
  return false;
}

function volume(shape: readonly (number | string)[] | null | undefined): number | undefined {
  const sizes = shape?.slice(1);
  return sizes?.every((size) => typeof size === "number") ? sizes.reduce((a, b) => a * b, 1) : undefined;
}
