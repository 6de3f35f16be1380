// What fills the patterns of clauses and noun phrases: things, numbers, sizes and names as they are said.
import {
  type Amount,
  adjectives,
  type Claim,
  type FamilyName,
  families,
  type Quantity,
  type Relation,
  type Thing,
  types,
} from "../../archbert/graph";
import { fill, pick, plural, type Voice } from "./language";
import { cardinal, cross, ordinal, series, written } from "./numbers";
import * as said from "./words/clauses";
import { adjectiveWords, type NameWords, typeWords } from "./words/names";
import { comparatives, relationAfter, relationBefore } from "./words/quantities";
import { thingWords } from "./words/things";

export type Of<K extends Claim["kind"]> = Extract<Claim, { kind: K }>;

export function thingSlots(thing: Thing, voice: Voice): Record<string, string> {
  const { count, mass } = thingWords[thing];
  const one = pick(count, voice);
  const many = plural(pick(count, voice));
  const asMass = mass !== undefined && voice.rng.chance(0.5);
  return {
    Ts: one,
    Tp: many,
    T1: asMass ? pick(mass, voice) : one,
    T: asMass ? pick(mass, voice) : many,
  };
}

export function manyOf(thing: Thing, voice: Voice): string {
  return plural(pick(thingWords[thing].count, voice));
}

export function countSlots({ thing, relation, amount }: Of<"count">, voice: Voice) {
  const noun = pick(thingWords[thing].count, voice);
  return { N: before(relation, amount, voice), Tn: amount.value === 1 ? noun : plural(noun) };
}

export const moreSlots = ({ thing, than }: Of<"more">, voice: Voice) => ({
  A: manyOf(thing, voice),
  B: manyOf(than, voice),
});

interface Compared {
  relation: Relation;
  amount: Amount;
}

/** "fewer than 30k". */
export function before(relation: Relation, amount: Amount, voice: Voice, unit: Unit = "number"): string {
  const phrase = fill(pick(relationBefore[relation], voice), { n: figure(amount, voice.rng, unit) });
  return unit === "number" ? phrase : uncounted(phrase);
}

/** "is below 30k". */
export function after({ relation, amount }: Compared, voice: Voice, unit: Unit = "number"): string {
  return fill(pick(relationAfter[relation], voice), { n: figure(amount, voice.rng, unit) });
}

/** "deeper than 40 layers", where there is such a word. */
export function comparative({ quantity, relation, amount }: Of<"number">, voice: Voice): string | null {
  const lists = relation === "<" || relation === ">" ? comparatives[quantity]?.[relation] : undefined;
  return lists === undefined
    ? null
    : fill(pick(lists, voice), { n: figure(amount, voice.rng, unitOf(quantity)) });
}

type Unit = "number" | "bytes" | "kernel";

export function figure(amount: Amount, rng: Voice["rng"], unit: Unit): string {
  if (unit === "kernel") return cross([amount.value, amount.value], rng);
  return written(amount, rng, { bytes: unit === "bytes" });
}

/** What is measured is less, not fewer. */
const uncounted = (text: string) =>
  text
    .replace("fewer than", "less than")
    .replace("or fewer", "or less")
    .replace("no fewer", "no less")
    .replace("not fewer", "not less")
    .replace("as many as", "as much as");

export const unitOf = (quantity: Quantity): Unit =>
  quantity === "bytes" ? "bytes" : /Kernel$/.test(quantity) ? "kernel" : "number";

/** Of patterns that say a number without a relation, only for equality. */
export const fits = (relation: Relation) => (pattern: string) =>
  relation === "=" || !/\{[nP]=\}/.test(pattern);

export function numberSlots(
  pattern: string,
  { quantity, stage, relation, amount }: Of<"number">,
  voice: Voice,
): string {
  const unit = unitOf(quantity);
  const { rng } = voice;
  const bare = figure(amount, rng, unit);
  let number = before(relation, amount, voice, unit);
  if (/(of|by) \{[NP]\}|\{[NP]\} (wide|high|tall|times|pixels|layers deep)|factor|stride/.test(pattern))
    number = uncounted(number);
  if (unit === "kernel") number = sized(number);
  const text = pattern
    .replaceAll("{n=}", bare)
    .replaceAll("{P=}", bare)
    .replaceAll("{N}", number)
    .replaceAll("{P}", number)
    .replaceAll("{S}", stageName(stage, voice));
  return amount.value === 1 && relation === "=" ? singular(text) : text;
}

/** Kernels are smaller or larger than a size. */
const sized = (text: string) =>
  text
    .replace(/(not )?(strictly )?(fewer|less) than/, "smaller than")
    .replace(/(strictly )?more than/, "larger than")
    .replace(/not larger than/, "no larger than")
    .replace(/no smaller than/, "at least")
    .replace(/not as much as/, "smaller than");

/** "one stages" as "one stage", where the number stands right before. */
const singular = (text: string) =>
  text
    .replace(
      /\b(1|one) (\w+ )?(parameter|weight|layer|operation|op|node|stage|block|head|classe|class|output|channel|feature|filter|repeat|category|logit|label|column|input|variable|pixel|unit|neuron|categorie|time|map)(e?s)\b/g,
      (_, n, middle = "", noun) =>
        `${n} ${middle}${noun === "categorie" ? "category" : noun.replace(/^classe$/, "class")}`,
    )
    .replace(/\bare (exactly |precisely |just )?(1|one) /, (_, how = "", n) => `is ${how}${n} `);

export function stageName(stage: number | null, voice: Voice): string {
  if (stage === null) return "";
  if (stage === 0)
    return pick(
      "the last stage; the final stage; its last stage; the last of its stages; the deepest stage; the very last stage; the last of the stages; its deepest stage; the network's last stage; the network's final stage; the model's last stage; last stage; final stage; its final stage; the closing stage",
      voice,
    );
  const slots = {
    q: `${stage}${["th", "st", "nd", "rd"][stage] ?? "th"}`,
    o: ordinal(stage),
    n: String(stage),
    w: cardinal(stage),
  };
  return fill(
    pick(
      "the {o} stage; stage {n}; stage {w}; its {o} stage; the {o} stage; stage number {n}; stage #{n}; stage nr {n}; stage nr. {n}; stage number {w}; the {q} stage; its {q} stage; {q} stage; {o} stage; the network's {o} stage; the model's {o} stage; stage-{n}; Stage {n}; stage no. {n}; the {o} of its stages",
      voice,
    ),
    slots,
  );
}

export function kernelSlots({ size }: Of<"kernel">, { rng }: Voice) {
  const sizes = size.length === 1 ? [size[0] ?? 0, size[0] ?? 0] : size;
  const square = sizes.every((edge) => edge === sizes[0]);
  return { K: cross(sizes, rng), k: square && rng.chance(0.6) ? String(sizes[0]) : cross(sizes, rng) };
}

export function stagesSlots({ blocks }: Of<"stages">, { rng }: Voice) {
  return { L: series(blocks, rng), C: rng.chance(0.7) ? cardinal(blocks.length) : String(blocks.length) };
}

/** "32x32 RGB images". */
export function inputNoun(size: readonly number[], voice: Voice): string {
  const [height = 0, width = 0, channels] = size;
  if (size.length === 1)
    return fill(pick(said.vectors, voice), {
      n: written({ value: height, tolerance: 0 }, voice.rng, { words: false }),
    });
  const x = cross([height, width], voice.rng);
  if (channels === undefined) return fill(pick(said.plainPictures, voice), { x });
  const kinds = said.channelKinds[channels];
  const pattern = pick(said.pictures, voice, kinds ? undefined : (each) => !each.includes("{k}"));
  const joint = /[×*]| x | by /.exec(x)?.[0];
  const text = joint ? pattern.replace("{x}x{c}", `{x}${joint}{c}`) : pattern;
  return fill(text, {
    x,
    c: String(channels),
    C: channels === 1 ? "one channel" : `${voice.rng.chance(0.5) ? cardinal(channels) : channels} channels`,
    k: kinds ? pick(kinds, voice) : "",
  });
}

/** "32x32x3", "32 by 32 RGB": after "the input is". */
export function bareInput([height = 0, width = 0, channels]: readonly number[], voice: Voice): string {
  if (channels === undefined) return cross([height, width], voice.rng);
  const kinds = said.channelKinds[channels];
  if (kinds && voice.rng.chance(0.4)) return `${cross([height, width], voice.rng)} ${pick(kinds, voice)}`;
  return cross([height, width, channels], voice.rng);
}

export type Word = Of<"is">["word"];

export const isFamily = (word: Word): word is FamilyName => families.some((each) => each === word);

export function wordsOf(word: Exclude<Word, FamilyName>): NameWords {
  const adjective = adjectives.find((each) => each === word);
  if (adjective) return adjectiveWords[adjective];
  const type = types.find((each) => each === word);
  if (!type) throw new Error(`internal: no words for ${word}`);
  return typeWords[type];
}
