// What a caption says of parts that networks of sequences have: heads, places, experts, recurrent layers, tables; and of tensors.
import type { Architecture, ArchNode, Dimension, Value } from "./architecture";
import { unknown } from "./dimensions";
import type { Facts } from "./facts";
import { opOf } from "./ops";
import { list, plural, spelled } from "./words";

/** A part worth a word, and the nodes that prove it. */
export interface Part {
  text: string;
  nodes: string[];
}

export function sequenceParts(architecture: Architecture, facts: Facts): Part[] {
  const byId = new Map(architecture.nodes.map((node) => [node.id, node]));
  const motif = (kind: string) => facts.motifs.find((item) => item.kind === kind);
  const parts: Part[] = [];
  const experts = motif("mixtureOfExperts");
  const [first] = experts?.nodes ?? [];
  if (experts && first) {
    const [router, choice] = first.map((id) => byId.get(id)?.attributes);
    const [all, active] = [Number(router?.outFeatures), Number(choice?.k)];
    const each = `${spelled(all)} experts of which ${spelled(active)} ${active === 1 ? "sees" : "see"} a token`;
    parts.push({ text: `mixtures of ${each}`, nodes: experts.nodes.flat() });
  }
  const heads = headsOf(architecture.nodes);
  if (heads) parts.push(heads);
  const windowed = motif("windowedAttention");
  if (windowed) parts.push({ text: windowText(architecture.nodes), nodes: windowed.nodes.flat() });
  for (const [kind, text] of places) {
    const found = motif(kind);
    if (found) parts.push({ text, nodes: found.nodes.flat() });
  }
  parts.push(...recurrentParts(architecture.nodes));
  const inside = branchParts(architecture.nodes);
  if (inside) parts.push(inside);
  const tables = architecture.nodes.filter(
    ({ op, parameters }) => op === "embedding" && parameters.length > 0,
  );
  const names = new Set(tables.map(({ parameters }) => parameters[0]?.name));
  const attends = architecture.nodes.some(({ op }) => op === "attention");
  if (names.size > 0 && !attends)
    parts.push({ text: plural(names.size, "embedding table"), nodes: tables.map(({ id }) => id) });
  return parts;
}

/** How places are told, by motif. */
const places: readonly (readonly [string, string])[] = [
  ["rotaryPosition", "rotary positions"],
  ["positionEmbedding", "position embeddings"],
  ["positionBias", "position biases"],
  ["relativePosition", "relative positions"],
  ["positionConvolution", "positions told by a convolution"],
];

function headsOf(nodes: readonly ArchNode[]): Part | undefined {
  const attention = nodes.filter(({ op }) => op === "attention");
  const [heads, ...others] = new Set(attention.map(({ attributes }) => attributes.heads));
  if (others.length > 0 || typeof heads !== "number" || heads < 1) return undefined;
  const [keys, ...more] = new Set(attention.map(({ attributes }) => attributes.kvHeads));
  const shared =
    typeof keys !== "number" || more.length > 0
      ? ""
      : keys === 1
        ? " that share one key and value"
        : ` that share ${spelled(keys)} keys and values`;
  return {
    text: `${plural(heads, "attention head")}${attention.length > 1 ? " a layer" : ""}${shared}`,
    nodes: attention.map(({ id }) => id),
  };
}

function windowText(nodes: readonly ArchNode[]): string {
  const windows = nodes.flatMap(({ op, attributes }) =>
    op === "attention" && typeof attributes.window === "number" ? [attributes.window] : [],
  );
  const sizes = [...new Set(windows)].sort((a, b) => a - b);
  const total = nodes.filter(({ op }) => op === "attention").length;
  const where = windows.length < total ? `, in ${spelled(windows.length)} of ${spelled(total)} layers` : "";
  return `attention in windows of ${list(sizes)}${where}`;
}

/** What the branches are made of that a network chooses between, or the body of its loop. */
export function branchParts(nodes: readonly ArchNode[]): Part | undefined {
  const found = nodes.filter(({ attributes }) => {
    const { bodyOps } = attributes;
    return Array.isArray(bodyOps) && bodyOps.some((op) => opOf(String(op)).role === "weights");
  });
  const kinds = found.flatMap(({ attributes: { bodyOps } }) =>
    Array.isArray(bodyOps) ? bodyOps.map(String) : [],
  );
  const words = [...new Set(kinds)]
    .filter((op) => opOf(op).role === "weights")
    .map((op) => opOf(op).words[1]);
  if (found.length === 0) return undefined;
  const where = found.some(({ op }) => op === "loop") ? "a loop" : "branches";
  return { text: `${list(words)} in ${where}`, nodes: found.map(({ id }) => id) };
}

function recurrentParts(nodes: readonly ArchNode[]): Part[] {
  return ["lstm", "gru", "rnn"].flatMap((kind) =>
    [1, 2].flatMap((directions) => {
      const found = nodes.filter(
        ({ op, attributes }) => op === kind && Number(attributes.directions ?? 1) === directions,
      );
      if (found.length === 0) return [];
      const name = `${directions === 2 ? "bidirectional " : ""}${kind.toUpperCase()} layer`;
      return [{ text: plural(found.length, name), nodes: found.map(({ id }) => id) }];
    }),
  );
}

/** An encoder and a decoder, each of so many blocks; "" for what is none. */
export function halves({ stages, motifs }: Facts): string {
  const [encoder, decoder, ...more] = stages;
  const sees = motifs.find(({ kind }) => kind === "transformerEncoderBlock");
  const crosses = motifs.find(({ kind }) => kind === "crossAttention");
  if (!encoder || !decoder || more.length > 0 || !sees || !crosses) return "";
  const own = new Set(sees.nodes.flat());
  const inDecoder = new Set(decoder.nodes);
  if (sees.count !== encoder.blocks || !encoder.nodes.every((id) => own.has(id))) return "";
  if (crosses.count !== decoder.blocks || !crosses.nodes.every((ids) => ids.some((id) => inDecoder.has(id))))
    return "";
  const width = decoder.width > 0 && decoder.width === encoder.width ? ` of ${decoder.width} features` : "";
  return `${spelled(encoder.blocks)} encoder and ${spelled(decoder.blocks)} decoder blocks${width}`;
}

/** Products with weights that a softmax made: attention in a form that was not recognized. */
export function softmaxProducts({ nodes }: Architecture): string[] {
  const made = new Set<string>();
  const found: string[] = [];
  for (const { id, op, inputs, outputs } of nodes) {
    const reads = inputs.some((input) => made.has(input));
    const passes = ["reshape", "transpose", "cast", "dropout", "where", "unsqueeze", "squeeze"].includes(op);
    if (op === "softmax" || (passes && reads)) for (const output of outputs) made.add(output.id);
    else if ((op === "matmul" || op === "einsum") && reads && inputs.length === 2) found.push(id);
  }
  return found;
}

/** "a 1x3x224x224 float32 tensor (input)"; names come from the file and are shown as they are, to be escaped. */
export function tensor({ id, shape, dtype }: Value): string {
  const dims = shape && shape.length > 0 ? shape.map(size).join("×") : shape ? "scalar" : "";
  const type = dtype === "unknown" ? "" : `${dtype} `;
  return `${dims} ${type}${JSON.stringify(id.length > 40 ? `${id.slice(0, 37)}...` : id)}`.trim();
}

/** A size by its name; one computed from others as "?". */
function size(dimension: Dimension): string {
  return typeof dimension === "number" || /^[\p{L}\p{N}_.:]+$/u.test(dimension) ? String(dimension) : "?";
}

/** Symbolic sizes beyond the batch: with them open, a cost would mean little. */
export function openSizes(inputs: readonly Value[]): Dimension[] {
  return inputs.flatMap(({ shape }) =>
    (shape ?? [unknown]).filter((size, i) => typeof size === "string" && i > 0),
  );
}
