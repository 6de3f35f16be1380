// What the model reads, as bags: each place of a row is the sum of a few embeddings.

import { type ArchNode, opOf } from "../graph";
import { type Known, things } from "../graph/claims";
import { type Lexed, numberName, numbers, positions, type Slot, type Vocabulary } from "../text";

/** Ids whose embeddings are summed. */
export type Bag = number[];

/** The most ids in a bag; more are dropped. */
export const bagSize = 12;

const named = new Set(numbers);

function numberIds(vocabulary: Vocabulary, value: number): number[] {
  const ids = [vocabulary.magnitude(value)];
  if (named.has(value)) ids.push(vocabulary.id(numberName(value)));
  return ids;
}

/**
 * A text word by word: the word, its letters by threes, its place; numbers as slots with kind and magnitude.
 *
 * @returns at most `positions.text` bags
 */
export function textBags(vocabulary: Vocabulary, { pieces, slots }: Lexed): Bag[] {
  return pieces.slice(0, positions.text).map((piece, i) => {
    const at = vocabulary.id(`at:text:${i}`);
    if (piece.kind === "word") return [at, vocabulary.word(piece.text), ...vocabulary.trigrams(piece.text)];
    const slot = slots[piece.slot] as Slot;
    return [
      at,
      vocabulary.id(`#${piece.slot + 1}`),
      vocabulary.id(kindOf(slot)),
      ...slotNumbers(vocabulary, slot),
    ];
  });
}

function kindOf({ kind, values, tolerance }: Slot): string {
  if (kind !== "number") return `kind:${kind}`;
  if (tolerance === 0) return "kind:whole";
  return (values[0] ?? 0) < 1 ? "kind:decimal" : "kind:scaled";
}

function slotNumbers(vocabulary: Vocabulary, { values }: Slot): number[] {
  return [...new Set(values.slice(0, 3).flatMap((value) => numberIds(vocabulary, value)))];
}

/** @returns a bag for each token that the decoder has written, from the task on */
export function targetBags(vocabulary: Vocabulary, ids: readonly number[]): Bag[] {
  return ids.map((id, i) => targetBag(vocabulary, id, i));
}

export function targetBag(vocabulary: Vocabulary, id: number, place: number): Bag {
  return [vocabulary.id(`at:target:${Math.min(place, positions.target - 1)}`), id];
}

/** Ops that say little about a network. */
const quiet = new Set([
  "identity",
  "reshape",
  "flatten",
  "transpose",
  "cast",
  "shape",
  "constant",
  "squeeze",
  "unsqueeze",
]);

/**
 * A network as the model reads it: its ops in order, repeats told once with their count, then its facts.
 *
 * @returns at most `positions.graph` bags of nodes, then some forty of facts
 */
export function networkBags(vocabulary: Vocabulary, known: Known): { nodes: Bag[]; facts: Bag[] } {
  const nodes = known.architecture.nodes
    .filter(({ op }) => !quiet.has(op))
    .map((node) => nodeIds(vocabulary, node));
  const folded = foldRepeats(nodes, (times) => [
    vocabulary.id("field:repeat"),
    ...numberIds(vocabulary, times),
  ]);
  const most = positions.graph;
  const shown = folded.length <= most ? folded : [...folded.slice(0, most - 24), ...folded.slice(-24)];
  return {
    nodes: shown.map((ids, i) => [vocabulary.id(`at:graph:${i}`), ...ids].slice(0, bagSize)),
    facts: factBags(vocabulary, known),
  };
}

function nodeIds(vocabulary: Vocabulary, node: ArchNode): Bag {
  const { attributes, outputs, op } = node;
  const ids = [...opIds(vocabulary, op)];
  const numbersOf = (field: string, value: number) =>
    ids.push(...numberIds(vocabulary, value), vocabulary.id(field));
  const first = (value: unknown) => Number(Array.isArray(value) ? value[0] : value);
  if (attributes.kernelSize !== undefined) {
    const size = first(attributes.kernelSize);
    ids.push(vocabulary.id("kernel"), vocabulary.magnitude(size * 1000));
  }
  if (first(attributes.strides) > 1) ids.push(vocabulary.id("field:stride"));
  if (Number(attributes.groups) > 1) ids.push(vocabulary.id("field:groups"));
  const shape = outputs[0]?.shape;
  const width = shape && shape.length > 1 ? (op === "linear" ? shape.at(-1) : shape[1]) : undefined;
  if (typeof width === "number") numbersOf("field:width", width);
  const side = shape?.length === 4 ? shape[2] : undefined;
  if (typeof side === "number") ids.push(vocabulary.magnitude(side * 1e6));
  return ids;
}

const thingNames = new Set<string>(things);

function opIds(vocabulary: Vocabulary, op: string): number[] {
  return thingNames.has(op)
    ? [vocabulary.id(op)]
    : [vocabulary.id(`p:${roleWord(op)}`), ...vocabulary.trigrams(op).slice(0, 3)];
}

/** Ops without a word of their own go by what they do. */
function roleWord(op: string): string {
  return opOf(op).role === "pooling" ? "pool" : "none";
}

/** Runs that repeat, told once: a, b, a, b, a, b is (a, b) three times. */
function foldRepeats(bags: readonly Bag[], times: (count: number) => Bag): Bag[] {
  const keys = bags.map((bag) => bag.join());
  const folded: Bag[] = [];
  const longest = 24;
  for (let at = 0; at < bags.length; ) {
    let best = { period: 1, count: 1 };
    for (let period = 1; period <= longest && at + 2 * period <= bags.length; period++) {
      let count = 1;
      while (keys.slice(at, at + period).every((key, i) => key === keys[at + count * period + i])) count++;
      if (count > 1 && period * (count - 1) > best.period * (best.count - 1)) best = { period, count };
    }
    const block = bags.slice(at, at + best.period);
    folded.push(...(best.count > 1 ? block.map((bag) => [...times(best.count), ...bag]) : block));
    at += best.period * best.count;
  }
  return folded;
}

const toldQuantities = [
  "parameters",
  "multiplyAdds",
  "depth",
  "ops",
  "stages",
  "blocks",
  "widest",
  "largestKernel",
  "smallestKernel",
  "stemKernel",
  "stemStride",
  "stemWidth",
  "heads",
  "downsampling",
  "classes",
  "inputHeight",
  "inputChannels",
  "inputFeatures",
] as const;
const mostStages = 6;

function factBags(vocabulary: Vocabulary, known: Known): Bag[] {
  const fact = vocabulary.id("field:fact");
  const bags: Bag[] = [];
  for (const quantity of toldQuantities) {
    const { value } = known.measure(quantity);
    if (value !== null) bags.push([fact, vocabulary.id(quantity), ...numberIds(vocabulary, value)]);
  }
  const stages = Math.min(mostStages, known.measure("stages").value ?? 0);
  for (const quantity of ["stageWidth", "stageBlocks"] as const) {
    for (let stage = 1; stage <= stages; stage++) {
      const { value } = known.measure(quantity, stage);
      if (value === null) continue;
      const place = [vocabulary.id("field:stageOf"), vocabulary.id(`at:graph:${stage}`)];
      bags.push([fact, vocabulary.id(quantity), ...place, ...numberIds(vocabulary, value)]);
    }
  }
  for (const thing of things) {
    const count = known.occurrences(thing).length;
    if (count > 0)
      bags.push([
        fact,
        vocabulary.id("field:countOf"),
        vocabulary.id(thing),
        ...numberIds(vocabulary, count),
      ]);
  }
  const words = [known.type, known.facts.family?.name].flatMap((word) => word ?? []);
  // A family that the graph has come to know since the weights were trained has no token.
  for (const word of words) {
    if (vocabulary.has(word)) bags.push([fact, vocabulary.id("is"), vocabulary.id(word)]);
  }
  return bags.map((bag) => bag.slice(0, bagSize));
}
