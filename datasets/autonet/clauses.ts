// Claims in English: each as a clause with a verb, and as a part of a noun phrase.
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
import { type Clause, clauseOf, fill, pick, plural, type Voice, withArticle } from "./language";
import { cardinal, cross, ordinal, series, written } from "./numbers";
import * as said from "./words/clauses";
import { adjectiveWords, familyIs, familyWords, type NameWords, typeWords } from "./words/names";
import { quantityWords, relationAfter, relationBefore } from "./words/quantities";
import { thingWords } from "./words/things";

export interface Said extends Clause {
  /** The clause says the contrary of the claim: to be negated by whoever puts it into a sentence. */
  contrary: boolean;
}

type Of<K extends Claim["kind"]> = Extract<Claim, { kind: K }>;

const opposite: Partial<Record<Relation, Relation>> = { "<": ">=", "<=": ">", ">": "<=", ">=": "<" };

/** The claim with its contrary said: "parameters > 1M" for "parameters <= 1M"; null where one claim cannot say it. */
export function contraryOf(claim: Claim): Claim | null {
  if ("not" in claim) return { ...claim, not: !claim.not };
  if (claim.kind === "more") return null;
  const relation = opposite[claim.relation];
  return relation === undefined ? null : { ...claim, relation };
}

/** The claim as a clause. One that is negative comes as a negative clause, or as a positive one that is `contrary`. */
export function clause(claim: Claim, voice: Voice): Said {
  const isNegative = "not" in claim && claim.not;
  const lexical = isNegative && (claim.kind === "has" || (claim.kind === "kernel" && !claim.only));
  if (lexical && voice.rng.chance(0.65)) return { ...clauseOf(lacking(claim, voice)), contrary: false };
  // "does not have more than a million parameters", "is not without dropout".
  const turned = isNegative || voice.rng.chance(claim.kind === "has" ? 0.02 : 0.12);
  const contrary = turned ? contraryOf(claim) : null;
  if (!contrary) return { ...clauseOf(positive(claim, voice)), contrary: false };
  const text = "not" in contrary && contrary.not ? lacking(contrary, voice) : positive(contrary, voice);
  return text === ""
    ? { ...clauseOf(positive(claim, voice)), contrary: false }
    : { ...clauseOf(text), contrary: true };
}

/** Negative words: "lacks", "is free of". Empty where the claim has none. */
function lacking(claim: Claim, voice: Voice): string {
  if (claim.kind === "has") return fill(pick(said.lacksClauses, voice), thingSlots(claim.thing, voice));
  if (claim.kind === "kernel" && !claim.only)
    return fill(pick(said.kernelLacksClauses, voice), kernelSlots(claim, voice));
  return "";
}

/** The claim without its "not". */
function positive(claim: Claim, voice: Voice): string {
  const { rng } = voice;
  switch (claim.kind) {
    case "has":
      return fill(pick(said.hasClauses, voice), thingSlots(claim.thing, voice));
    case "count":
      if (rng.chance(0.15)) {
        return fill(pick(said.countOfClauses, voice), {
          ...thingSlots(claim.thing, voice),
          R: after(claim, voice),
        });
      }
      return fill(pick(said.countClauses, voice), countSlots(claim, voice));
    case "more":
      return fill(pick(said.moreClauses, voice), moreSlots(claim, voice));
    case "kernel":
      return fill(
        pick(claim.only ? said.onlyKernelClauses : said.kernelClauses, voice),
        kernelSlots(claim, voice),
      );
    case "input": {
      const i = inputNoun(claim.size, voice);
      return fill(pick(said.inputClauses, voice), {
        I: i,
        i: claim.size.length === 1 ? i : bareInput(claim.size, voice),
      });
    }
    case "stages":
      return fill(pick(said.stagesClauses, voice), stagesSlots(claim, voice));
    case "is":
      return name(claim.word, voice);
    case "number":
      return numberClause(claim, voice);
  }
}

// Things.

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

function countSlots({ thing, relation, amount }: Of<"count">, voice: Voice) {
  const noun = pick(thingWords[thing].count, voice);
  return { N: before(relation, amount, voice), Tn: amount.value === 1 ? noun : plural(noun) };
}

const moreSlots = ({ thing, than }: Of<"more">, voice: Voice) => ({
  A: manyOf(thing, voice),
  B: manyOf(than, voice),
});

// Numbers.

interface Compared {
  relation: Relation;
  amount: Amount;
}

/** "fewer than 30k". */
export function before(
  relation: Relation,
  amount: Amount,
  { rng, wordings }: Voice,
  unit: Unit = "number",
): string {
  const phrase = fill(pick(relationBefore[relation], { rng, wordings }), { n: figure(amount, rng, unit) });
  return unit === "number" ? phrase : uncounted(phrase);
}

/** "is below 30k". */
export function after({ relation, amount }: Compared, voice: Voice, unit: Unit = "number"): string {
  return fill(pick(relationAfter[relation], voice), { n: figure(amount, voice.rng, unit) });
}

type Unit = "number" | "bytes" | "kernel";

function figure(amount: Amount, rng: Voice["rng"], unit: Unit): string {
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

const unitOf = (quantity: Quantity): Unit =>
  quantity === "bytes" ? "bytes" : /Kernel$/.test(quantity) ? "kernel" : "number";

/** Of patterns that say a number without a relation, only for equality. */
const fits = (relation: Relation) => (pattern: string) => relation === "=" || !/\{[nP]=\}/.test(pattern);

function numberSlots(
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
      "the last stage; the final stage; its last stage; the last of its stages; the deepest stage; !its final stage; !the closing stage",
      voice,
    );
  const slots = { o: ordinal(stage), n: String(stage), w: cardinal(stage) };
  return fill(
    pick(
      "the {o} stage; stage {n}; stage {w}; its {o} stage; the {o} stage; stage number {n}; !stage no. {n}; !the {o} of its stages",
      voice,
    ),
    slots,
  );
}

function numberClause(claim: Of<"number">, voice: Voice): string {
  const { quantity, relation, stage } = claim;
  const { rng } = voice;
  const words = quantityWords[quantity];
  const way = rng.next();
  if (quantity === "inputChannels" && relation === "=" && way < 0.7) {
    const clauses = said.channelClauses[claim.amount.value];
    const kinds = said.channelKinds[claim.amount.value];
    if (clauses && kinds) return fill(pick(clauses, voice), { k: pick(kinds, voice) });
  }
  if (quantity === "downsampling" && claim.amount.value === 1 && relation === "=" && way < 0.7)
    return pick(said.neverDownsamples, voice);
  if (words.full && way < 0.4) return numberSlots(pick(words.full, voice, fits(relation)), claim, voice);
  if (words.has && way < 0.75) {
    const verb = pick("> has; > has; > has; > comes with; > features; > uses; !> sports; !> holds", voice);
    return `${verb} ${numberSlots(pick(words.has, voice, fits(relation)), claim, voice)}`;
  }
  const called = pick(words.name, voice).replaceAll("{S}", stageName(stage, voice));
  const whose = pick("the; the; its; !the resulting; !the network's", voice);
  const verb = after(claim, voice, unitOf(quantity));
  return `${whose} ${called} > ${verb}`;
}

// Kernels, inputs, stages, names.

function kernelSlots({ size }: Of<"kernel">, { rng }: Voice) {
  const sizes = size.length === 1 ? [size[0] ?? 0, size[0] ?? 0] : size;
  const square = sizes.every((edge) => edge === sizes[0]);
  return { K: cross(sizes, rng), k: square && rng.chance(0.6) ? String(sizes[0]) : cross(sizes, rng) };
}

function stagesSlots({ blocks }: Of<"stages">, { rng }: Voice) {
  return { L: series(blocks, rng), C: rng.chance(0.7) ? cardinal(blocks.length) : String(blocks.length) };
}

/** "32x32 RGB images". */
function inputNoun(size: readonly number[], voice: Voice): string {
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
function bareInput([height = 0, width = 0, channels]: readonly number[], voice: Voice): string {
  if (channels === undefined) return cross([height, width], voice.rng);
  const kinds = said.channelKinds[channels];
  if (kinds && voice.rng.chance(0.4)) return `${cross([height, width], voice.rng)} ${pick(kinds, voice)}`;
  return cross([height, width, channels], voice.rng);
}

type Word = Of<"is">["word"];

const isFamily = (word: Word): word is FamilyName => families.some((each) => each === word);

function wordsOf(word: Exclude<Word, FamilyName>): NameWords {
  const adjective = adjectives.find((each) => each === word);
  if (adjective) return adjectiveWords[adjective];
  const type = types.find((each) => each === word);
  if (!type) throw new Error(`internal: no words for ${word}`);
  return typeWords[type];
}

function name(word: Word, voice: Voice): string {
  if (isFamily(word)) return `> is ${familyPhrase(word, voice)}`;
  const { is, full } = wordsOf(word);
  return full && voice.rng.chance(0.2) ? pick(full, voice) : `> is ${pick(is, voice)}`;
}

function familyPhrase(word: FamilyName, voice: Voice): string {
  const called = pick(familyWords[word], voice);
  return pick(familyIs, voice).replace("{a F}", withArticle(called)).replace("{F}", called);
}

// Parts of noun phrases.

/** Where in a noun phrase the claim can stand, and how it is said there. */
export type Part =
  | { place: "before" | "noun" | "with" | "without" | "after"; text: string }
  /** With a verb: "that does not downsample". */
  | { place: "that"; clause: Said };

export function part(claim: Claim, voice: Voice): Part {
  const { rng } = voice;
  const that = (): Part => ({ place: "that", clause: clause(claim, voice) });
  switch (claim.kind) {
    case "has": {
      const words = thingWords[claim.thing];
      const attribute = claim.not ? words.beforeNot : words.before;
      if (attribute && rng.chance(0.3)) return { place: "before", text: pick(attribute, voice) };
      const slots = thingSlots(claim.thing, voice);
      if (claim.not) return { place: "without", text: fill(pick(said.withoutPhrases, voice), slots) };
      return { place: "with", text: slots.T ?? "" };
    }
    case "count":
      return { place: "with", text: fill(pick(said.countPhrases, voice), countSlots(claim, voice)) };
    case "more":
      return { place: "with", text: fill(pick(said.morePhrases, voice), moreSlots(claim, voice)) };
    case "kernel": {
      if (claim.not && claim.only) return that();
      const slots = kernelSlots(claim, voice);
      if (claim.not)
        return {
          place: "without",
          text: fill(pick("without {T}; no {T}; without any {T}; !minus {T}", voice), {
            T: fill(
              pick(said.kernelPhrases, voice, (each) => !each.includes(" a ") && !each.startsWith("a ")),
              slots,
            ),
          }),
        };
      if (claim.only && rng.chance(0.15)) return { place: "before", text: `${slots.K}-only` };
      return {
        place: "with",
        text: fill(pick(claim.only ? said.onlyKernelPhrases : said.kernelPhrases, voice), slots),
      };
    }
    case "input": {
      if (claim.not) return that();
      const bare = claim.size.length === 1 ? inputNoun(claim.size, voice) : bareInput(claim.size, voice);
      return {
        place: "after",
        text: fill(pick(said.inputPhrases, voice), { I: inputNoun(claim.size, voice), i: bare }),
      };
    }
    case "stages":
      return claim.not
        ? that()
        : { place: "with", text: fill(pick(said.stagesPhrases, voice), stagesSlots(claim, voice)) };
    case "is":
      return namePart(claim, voice) ?? that();
    case "number":
      return numberPart(claim, voice) ?? that();
  }
}

function namePart({ word, not }: Of<"is">, voice: Voice): Part | null {
  const { rng } = voice;
  if (not) return null;
  if (isFamily(word)) return rng.chance(0.7) ? { place: "noun", text: pick(familyWords[word], voice) } : null;
  const { before: attribute, noun } = wordsOf(word);
  if (noun && rng.chance(0.75)) return { place: "noun", text: pick(noun, voice) };
  return attribute ? { place: "before", text: pick(attribute, voice) } : null;
}

function numberPart(claim: Of<"number">, voice: Voice): Part | null {
  const { quantity, relation, amount } = claim;
  const { has, before: attribute } = quantityWords[quantity];
  const { rng } = voice;
  if (quantity === "inputChannels" && relation === "=" && rng.chance(0.7)) {
    const kinds = said.channelKinds[amount.value];
    if (kinds)
      return {
        place: "after",
        text: `for ${fill(pick(said.channelPhrases, voice), { k: pick(kinds, voice) })}`,
      };
  }
  if (attribute && relation === "=" && rng.chance(0.35)) {
    const n = written(amount, rng);
    // "three-stage", "10-class", "25.6M-parameter"; not "a hundred thousand-parameter".
    if (!n.includes(" ")) return { place: "before", text: pick(attribute, voice).replace("{n}", n) };
  }
  if (quantity === "parameters" && relation !== "=" && rng.chance(0.35)) {
    return {
      place: "after",
      text: `${before(relation, amount, voice)} ${pick("parameters; params; weights; parameters; parameters in total; !learnable parameters", voice)}`,
    };
  }
  if (quantity === "bytes" && relation === "<=" && rng.chance(0.4)) {
    return {
      place: "that",
      clause: {
        subject: "",
        verb: "fits",
        rest: `${pick("in; into; within; !inside", voice)} ${figure(amount, rng, "bytes")}`,
        contrary: false,
      },
    };
  }
  return has ? { place: "with", text: numberSlots(pick(has, voice, fits(relation)), claim, voice) } : null;
}
