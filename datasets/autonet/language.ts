// The small machine behind the wordings: lists with a part kept for tests, patterns with slots, verbs and numbers of nouns.
import { type Rng, rng as rngOf } from "../../archbert/graph";
import { estranged } from "./noise";

/**
 * Each longer list of frames and of synonyms has a part that training never uses. "test": a text takes some of its wordings
 * from those parts, at least one, the others are common ones. "strange": all of them, wherever a list has any.
 */
export type Wordings = "train" | "test" | "strange";

/** How often a test text takes what training never saw. */
const unseenShare = 0.2;

/** What choices are made with. */
export interface Voice {
  rng: Rng;
  wordings: Wordings;
  /** What the text has taken so far. */
  heard: { unseen: boolean };
}

/** A text in these wordings: a test text is said again until it holds something that training never saw. */
export function speak(rng: Rng, wordings: Wordings, say: (voice: Voice) => string): string {
  for (let tries = 0; ; tries++) {
    const heard = { unseen: false };
    const text = say({ rng, wordings, heard });
    if (wordings !== "test" || heard.unseen || tries > 50) return text;
  }
}

export interface Split {
  train: readonly string[];
  test: readonly string[];
}

const splits = new Map<string, Split>();

/** A list "a; b; c" in its two parts; where none is kept for the tests, both have all. */
export function splitOf(list: string, separator: ";" | "|" = ";"): Split {
  const known = splits.get(list);
  if (known) return known;
  const entries = list.split(separator).map((entry) => (separator === ";" ? entry.trim() : entry));
  const common = new Set(entries.slice(0, commonest));
  const isKept = (entry: string) => !common.has(entry) && drawnForTests(entry);
  const train = entries.filter((entry) => !isKept(entry));
  const test = entries.filter(isKept);
  const split = { train, test: test.length > 0 ? test : train };
  splits.set(list, split);
  return split;
}

/** So many at the beginning of a list are too common for training to go without. */
const commonest = 6;
const keptShare = 1 / 16;

/** Chance decides which wordings are kept, by what they say alone: so a new one moves no other. */
function drawnForTests(entry: string): boolean {
  let seed = 0;
  for (const letter of entry) seed = Math.imul(seed ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return rngOf(seed).next() < keptShare;
}

/** One of a list, of those that fit: from the part that the voice speaks in, if any there fits. */
export function pick(
  list: string,
  voice: Voice,
  fits: (entry: string) => boolean = () => true,
  separator: ";" | "|" = ";",
): string {
  const { rng, wordings, heard } = voice;
  const { train, test } = splitOf(list, separator);
  const unseen =
    test !== train && (wordings === "strange" || (wordings === "test" && rng.chance(unseenShare)));
  const strange = unseen ? test.filter(fits) : [];
  if (strange.length === 0) return rng.pick(train.filter(fits));
  heard.unseen = true;
  return rng.pick(strange);
}

/** One of a list whose entries mean nothing to a claim: training now and then has an unknown word in it, to be read over. */
export function filler(list: string, voice: Voice): string {
  const entry = pick(list, voice);
  return voice.wordings === "train" && voice.rng.chance(0.1) ? estranged(entry, voice.rng) : entry;
}

/** The pattern with its slots filled: "{n} or more". */
export function fill(pattern: string, slots: Readonly<Record<string, string | undefined>>): string {
  return pattern.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = slots[name];
    if (value === undefined) throw new Error(`internal: nothing for {${name}} in "${pattern}"`);
    return value;
  });
}

/** What is said of the network, or of a part of it. */
export interface Clause {
  /** Empty: the network. */
  subject: string;
  /** In the present, as it goes with the subject: "is", "have". */
  verb: string;
  rest: string;
}

export function clauseOf(text: string): Clause {
  // What is said may hold a ">" of its own: "the depth > is > 20".
  const bar = text.indexOf(">");
  const subject = text.slice(0, bar).trim();
  const predicate = text.slice(bar + 1).trim();
  const at = predicate.indexOf(" ");
  return at < 0
    ? { subject, verb: predicate, rest: "" }
    : { subject, verb: predicate.slice(0, at), rest: predicate.slice(at + 1) };
}

const copula = (verb: string) => verb === "is" || verb === "are";
/** "the stages have": a verb that goes with many. */
const isPlural = (verb: string) => verb === "are" || !verb.endsWith("s");

/** "has" as "have", "classifies" as "classify". */
export function baseOf(verb: string): string {
  if (copula(verb)) return "be";
  if (verb === "has") return "have";
  if (isPlural(verb)) return verb;
  if (verb === "goes" || verb === "does") return verb.slice(0, -2);
  if (verb.endsWith("ies")) return `${verb.slice(0, -3)}y`;
  return /(ss|sh|ch|x)es$/.test(verb) ? verb.slice(0, -2) : verb.slice(0, -1);
}

const squeeze = (text: string) => text.replace(/ {2,}/g, " ").trim();

/** Whole: "it has four stages". Adverbs that begin a clause ("nowhere") stand before. */
export function sentence({ subject, verb, rest }: Clause, network: string): string {
  return squeeze(`${subject || network} ${verb} ${rest}`);
}

export function negated({ subject, verb, rest }: Clause, { rng, wordings }: Voice, network: string): string {
  const who = subject || network;
  const all = /^(all|every|each)\b/.exec(who);
  if (all) return squeeze(`not ${who} ${verb} ${rest}`);
  const way = rng.next();
  // Many type "doesnt".
  const not = way < 0.06 && wordings === "train" ? "nt" : way < 0.5 ? "n't" : " not";
  if (copula(verb)) return squeeze(`${who} ${verb}${not} ${rest}`);
  const auxiliary = isPlural(verb) ? "do" : "does";
  return squeeze(`${who} ${auxiliary}${not} ${baseOf(verb)} ${rest}`);
}

/** As a question: "does it have four stages". */
export function inverted({ subject, verb, rest }: Clause, network: string): string {
  const who = subject || network;
  if (copula(verb)) return squeeze(`${verb} ${who} ${rest}`);
  return squeeze(`${isPlural(verb) ? "do" : "does"} ${who} ${baseOf(verb)} ${rest}`);
}

const uncounted = /(pooling|attention|excitation|normalization|normalisation|dropout|dilation|shuffling)$/i;

/** Many of it. */
export function plural(noun: string): string {
  // "convolution with groups", "skip connection as in U-Net": the head noun changes.
  const phrase = /^(.*?)( (?:with|as in|from|of|split) .*)$/.exec(noun);
  if (phrase) return `${plural(phrase[1] ?? "")}${phrase[2]}`;
  if (uncounted.test(noun)) return `${noun} layers`;
  if (/(s|x|ch|sh)$/i.test(noun) && !/[A-Z]s$/.test(noun)) return `${noun}es`;
  if (/[^aeiou]y$/.test(noun)) return `${noun.slice(0, -1)}ies`;
  return `${noun}s`;
}

/** With "a" or "an", as one says it. */
export function withArticle(phrase: string): string {
  const first = phrase.split(/[\s-]/, 1)[0] ?? "";
  // Letters that are spelled out: "an MLP", "an SE block", "a U-Net", "an 8-class", "an 11-layer".
  const an =
    /^(8\d*|11|18)(?!\d)/.test(first) ||
    (/^[A-Z]{2,}\d*s?$/.test(first)
      ? /^[AEFHILMNORSX]/.test(first) && !/^(ReLU|GELU|GAP|MAC|RESNET)/i.test(first)
      : /^[aeiou]/i.test(first) && !/^(u-|uni|one|us|unet)/i.test(first)) ||
    /^(h-swish|mlp$|lstm|rnn|mbconv)/i.test(first);
  return `${an ? "an" : "a"} ${phrase}`;
}
