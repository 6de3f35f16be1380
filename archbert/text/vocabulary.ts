// Every id the model knows. Tokens that it writes come first, then words, then what it only reads.
import { meaningTokens } from "./meaningTokens";
import { numberName, numbers, programTokens } from "./programTokens";

/** What starts a row's target, and says what is wanted. */
const tasks = ["task:meaning", "task:program", "task:judge", "task:answer"] as const;

export const verdicts = ["yes", "no"] as const;

/** Buckets of trigrams that share one embedding each. */
const trigramBuckets = 1024;
export const positions = { text: 64, target: 176, graph: 64 } as const;
const mostWords = 100_000;
/** Five a decade, from 1 to 1e13. */
const magnitudes = 66;
const kinds = ["size", "ordinal", "scaled", "decimal", "whole"];
const fields = [
  "width",
  "resolution",
  "stride",
  "kernel",
  "groups",
  "repeat",
  "fact",
  "countOf",
  "stageOf",
  "other",
];

export interface Vocabulary {
  /** Words, the commonest first; they alone are learned from text. */
  readonly words: readonly string[];
  readonly size: number;
  /** Ids below are what the decoder writes. */
  readonly written: number;
  /** Ids from `written` to below are words. */
  readonly named: number;
  /** @throws Error for a token that is none */
  id(token: string): number;
  has(token: string): boolean;
  token(id: number): string;
  /** The id of a word; that of the unknown word for others. */
  word(word: string): number;
  /** Ids of the letters of a word, three by three. */
  trigrams(word: string): number[];
  magnitude(value: number): number;
}

/** Whether a file's words can be those of a vocabulary: texts, each once. */
export function areWords(value: unknown): value is string[] {
  if (!Array.isArray(value) || value.length > mostWords) return false;
  return value.every((word) => typeof word === "string") && new Set(value).size === value.length;
}

export function vocabulary(words: readonly string[]): Vocabulary {
  const written = [
    "pad",
    ...tasks,
    ...verdicts,
    ...meaningTokens,
    ...programTokens,
    ...numbers.map(numberName),
  ];
  const tokens = [
    ...written,
    "mask",
    "unknown",
    ...words.map((word) => `w:${word}`),
    ...Array.from({ length: magnitudes }, (_, i) => `e:${i}`),
    ...kinds.map((kind) => `kind:${kind}`),
    ...fields.map((field) => `field:${field}`),
    ...Object.entries(positions).flatMap(([segment, n]) =>
      Array.from({ length: n }, (_, i) => `at:${segment}:${i}`),
    ),
    ...Array.from({ length: trigramBuckets }, (_, i) => `t:${i}`),
  ];
  const ids = new Map(tokens.map((token, i) => [token, i]));
  if (ids.size !== tokens.length) throw new Error("internal: a token stands twice in the vocabulary");
  const id = (token: string) => {
    const found = ids.get(token);
    if (found === undefined) throw new Error(`internal: no token "${token}"`);
    return found;
  };
  const firstTrigram = id("t:0");
  return {
    words,
    size: tokens.length,
    written: written.length,
    named: written.length + 2 + words.length,
    id,
    has: (token) => ids.has(token),
    token: (at) => tokens[at] as string,
    word: (word) => ids.get(`w:${word}`) ?? id("unknown"),
    trigrams: (word) => trigramsOf(word).map((trigram) => firstTrigram + (hash(trigram) % trigramBuckets)),
    magnitude: (value) => {
      const step = value < 1 ? 0 : 1 + Math.round(5 * Math.log10(value));
      return id(`e:${Math.min(magnitudes - 1, step)}`);
    },
  };
}

/** Of a long word, those of its beginning and its end. */
function trigramsOf(word: string): string[] {
  const whole = `<${word}>`;
  const all = Array.from({ length: Math.max(1, whole.length - 2) }, (_, i) => whole.slice(i, i + 3));
  return all.length <= 9 ? all : [...all.slice(0, 5), ...all.slice(-4)];
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return value;
}
