// Steps as rows of ids with what is to be predicted where.
import { holds, type Known } from "../graph/claims";
import type { Rng } from "../graph/random";
import { type Bag, bagSize, networkBags, targetBags, textBags } from "../model/bags";
import type { Row } from "../model/rows";
import { lex, numberName, numbers, type Vocabulary, writeMeaning, writeProgram } from "../text";
import type { AnswerSample, JudgeSample, MaskSample, MatchSample, TextSample } from "./steps";

/** A row, and the ids to be predicted at some of its places. */
export interface LabelledRow extends Row {
  labels: { place: number; id: number }[];
}

/** Letters lost or swapped are learned from the spelling alone: now and then a word goes without its own id. */
const wordDropout = 0.12;

/** Networks as bags; kept, since the same networks come again and again. */
export type NetworkBags = (known: Known) => { nodes: Bag[]; facts: Bag[] };

export function bagsOfNetworks(vocabulary: Vocabulary): NetworkBags {
  const kept = new WeakMap<Known, { nodes: Bag[]; facts: Bag[] }>();
  return (known) => {
    const found = kept.get(known) ?? networkBags(vocabulary, known);
    kept.set(known, found);
    return found;
  };
}

function dropWords(vocabulary: Vocabulary, bags: readonly Bag[], rng: Rng): Bag[] {
  const unknown = vocabulary.id("unknown");
  const isWord = (id: number) => id > unknown && id < vocabulary.named;
  return bags.map((bag) =>
    bag.some(isWord) && rng.chance(wordDropout) ? bag.map((id) => (isWord(id) ? unknown : id)) : bag,
  );
}

const noNetwork = { nodes: [], facts: [] };

function written(
  vocabulary: Vocabulary,
  text: readonly Bag[],
  tokens: readonly string[],
  { nodes, facts }: { nodes: readonly Bag[]; facts: readonly Bag[] } = noNetwork,
): LabelledRow {
  const ids = tokens.map((token) => vocabulary.id(token));
  const network = [...nodes, ...facts];
  const first = network.length + text.length;
  const labels = ids
    .slice(1)
    .flatMap((id, i) => (tokens[i + 1]?.startsWith("task:") ? [] : [{ place: first + i, id }]));
  return { network, text, target: targetBags(vocabulary, ids.slice(0, -1)), labels };
}

/** Text to meaning, and for wishes on to the program. Undefined where a number cannot be pointed at. */
export function meaningRow(
  vocabulary: Vocabulary,
  { text, meaning, program }: TextSample,
  rng: Rng,
): LabelledRow | undefined {
  const lexed = lex(text);
  const tokens = writeMeaning(meaning, lexed.slots);
  const rest = program ? writeProgram(program) : [];
  if (!tokens || !rest) return undefined;
  const bags = dropWords(vocabulary, textBags(vocabulary, lexed), rng);
  return written(vocabulary, bags, [
    "task:meaning",
    ...tokens,
    ...(program ? ["task:program", ...rest] : []),
  ]);
}

export function judgeRow(
  vocabulary: Vocabulary,
  { network, text, holds }: JudgeSample,
  rng: Rng,
  bags: NetworkBags,
): LabelledRow {
  const words = dropWords(vocabulary, textBags(vocabulary, lex(text)), rng);
  return written(vocabulary, words, ["task:judge", holds ? "yes" : "no"], bags(network));
}

/** Undefined where no one token is the answer. */
export function answerRow(
  vocabulary: Vocabulary,
  { network, text, answer }: AnswerSample,
  rng: Rng,
  bags: NetworkBags,
): LabelledRow | undefined {
  const token = answerToken(answer, vocabulary.has);
  if (token === undefined) return undefined;
  const words = dropWords(vocabulary, textBags(vocabulary, lex(text)), rng);
  return written(vocabulary, words, ["task:answer", token], bags(network));
}

const known = new Set(numbers);
const short = /^[A-Za-z][\w -]*$/;

/** Numbers of the table, and single names; undefined for others. */
function answerToken(answer: string, has: (token: string) => boolean): string | undefined {
  if (/^\d+$/.test(answer)) return known.has(Number(answer)) ? numberName(Number(answer)) : undefined;
  return short.test(answer) && has(answer) ? answer : undefined;
}

/** Of the ops and words of a row. */
const maskedShare = 0.15;
/** Facts that stay beside masked ops: most would tell what is masked. */
const factsLeft = 6;

/** Ops and words masked, to be told from what stands around them (MAM and MLM). */
export function maskRow(
  vocabulary: Vocabulary,
  { network, text }: MaskSample,
  rng: Rng,
  bags: NetworkBags,
): LabelledRow {
  const mask = vocabulary.id("mask");
  const labels: LabelledRow["labels"] = [];
  const { nodes, facts } = bags(network);
  const left = facts.slice(0, factsLeft);
  const hide = (list: readonly Bag[], offset: number, goal: (bag: Bag) => number | undefined): Bag[] =>
    list.map((bag, i) => {
      const id = goal(bag);
      if (id === undefined || !rng.chance(maskedShare)) return bag;
      labels.push({ place: offset + i, id });
      return [bag[0] as number, mask];
    });
  const isWord = (id: number) => id >= vocabulary.written + 2 && id < vocabulary.named;
  // A node's op is the first of its ids that can be written and is no number.
  const opOf = (bag: Bag) =>
    bag.find((id) => id < vocabulary.written && !vocabulary.token(id).startsWith("n:"));
  const words = textBags(vocabulary, lex(text)).map((bag) => bag.slice(0, bagSize));
  return {
    network: [...hide(nodes, 0, opOf), ...left],
    text: hide(words, nodes.length + left.length, (bag) => bag.find(isWord)),
    target: [],
    labels,
  };
}

export function networkRow(known: Known, bags: NetworkBags): Row {
  const { nodes, facts } = bags(known);
  return { network: [...nodes, ...facts], text: [], target: [] };
}

export function textRow(vocabulary: Vocabulary, text: string, rng?: Rng): Row {
  const bags = textBags(vocabulary, lex(text));
  return { network: [], text: rng ? dropWords(vocabulary, bags, rng) : bags, target: [] };
}

/** Which text is true of which network, [texts, networks], and which networks are clones, [networks, networks]. */
export function matches({ networks, groups, texts }: MatchSample): {
  truth: Float32Array;
  clones: Float32Array;
} {
  const truth = texts.flatMap(({ claims }) =>
    networks.map((network) => (holds(claims, network) === true ? 1 : 0)),
  );
  const clones = groups.flatMap((a) => groups.map((b) => (a === b ? 1 : 0)));
  return { truth: Float32Array.from(truth), clones: Float32Array.from(clones) };
}
