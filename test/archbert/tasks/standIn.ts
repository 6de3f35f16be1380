// A model for tests: it understands the texts that it is given meanings for, and no others; nothing in it is learned.
import type { ArchBert } from "../../../archbert";
import { type Claim, type Known, type Meaning, type Program, parse } from "../../../archbert/graph";
import { claims, meaning } from "./handwritten";

export interface StandIn {
  /** Text to what it claims, in the notation of handwritten.ts. */
  statements?: Readonly<Record<string, string>>;
  questions?: Readonly<Record<string, string>>;
  /** Text to what it wishes. */
  wishes?: Readonly<Record<string, string>>;
  /** What it writes, whatever the wish. */
  programs?: readonly string[];
  /** Of texts that it understands. */
  confidence?: number;
}

/** Calls, by name and text. */
export type Calls = string[];

export function standIn({
  statements = {},
  questions = {},
  wishes = {},
  programs = [],
  confidence = 0.9,
}: StandIn): ArchBert & { calls: Calls } {
  const calls: Calls = [];
  const meanings = new Map<string, Meaning>([
    ...Object.entries(statements).map(([text, written]) => [text, meaning(written, false)] as const),
    ...Object.entries(questions).map(([text, written]) => [text, meaning(written, true)] as const),
  ]);
  return {
    calls,
    async read(text) {
      calls.push(`read ${text}`);
      const found = meanings.get(text) ?? null;
      return { meaning: found, confidence: found === null ? 0.99 : confidence };
    },
    async judge() {
      return 0.75;
    },
    async embed(known) {
      return features(known);
    },
    async embedText(text) {
      calls.push(`embedText ${text}`);
      return unit([/deep/.test(text) ? 3 : 0.5, 1, 1, 1]);
    },
    async write(text, { samples, seed }) {
      calls.push(`write ${text} ${samples} ${seed}`);
      const wished = wishes[text];
      const list: readonly Claim[] = wished === undefined ? [] : claims(wished);
      const trees: Program[] = programs.slice(0, samples).map(parse);
      return { claims: list, confidence: list.length > 0 ? confidence : 0.2, programs: trees };
    },
    async answer() {
      return { answer: "perhaps seven", confidence: 0.3 };
    },
  };
}

/** Alike where depth, size and kind are. */
function features(known: Known): Float32Array {
  const { depth, parameters } = known.facts;
  const of = (thing: "conv" | "attention", weight: number) =>
    known.occurrences(thing).length > 0 ? weight : 0;
  return unit([depth / 20, Math.log10(1 + parameters) / 4, of("conv", 4), of("attention", 8)]);
}

function unit(values: readonly number[]): Float32Array {
  const length = Math.hypot(...values);
  return Float32Array.from(values, (value) => value / length);
}
