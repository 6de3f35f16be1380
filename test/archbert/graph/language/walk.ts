// Programs at random, written token by token under the mask, as a decoder writes them.
import assert from "node:assert/strict";
import { type Expected, type NumberRange, nextTokens } from "../../../../archbert/graph/language";

/** Gives the next of some random numbers in [0, 1). */
export type Draw = () => number;

/** Numbers from 0 to 1 out of a seed (mulberry32). */
export function draws(seed: number): Draw {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface WalkOptions {
  /** Numbers are drawn up to here, where their range allows. */
  largest?: number;
  /** How readily it ends where it may. */
  haste?: number;
}

/** The tokens of a program that the mask lets through. */
export function walk(draw: Draw, { largest = 24, haste = 0.2 }: WalkOptions = {}): string[] {
  const tokens: string[] = [];
  for (let steps = 0; steps < 5000; steps++) {
    const expected = nextTokens(tokens);
    if (expected.end && (draw() < 0.5 || choices(expected, largest, draw).length === 0)) return tokens;
    const ends = expected.words.includes("head") && draw() < haste;
    const list = ends ? ["head"] : choices(expected, largest, draw);
    const token = list[Math.floor(draw() * list.length)];
    assert.ok(token !== undefined, `nothing may follow ${tokens.join(" ")}`);
    tokens.push(token);
  }
  assert.fail("the walk does not end");
}

function choices(expected: Expected, largest: number, draw: Draw): string[] {
  const list = [...expected.words];
  // The end of a line as often as all options together.
  if (expected.newline) list.push(...new Array<string>(Math.max(1, list.length)).fill("\n"));
  if (expected.name) list.push(`net_${Math.floor(draw() * 100)}`);
  if (expected.number) list.push(someNumber(expected.number, largest, draw));
  return list;
}

function someNumber({ min, max, step, divides }: NumberRange, largest: number, draw: Draw): string {
  const top = Math.max(min, Math.min(max, largest));
  if (divides !== undefined) {
    const divisors = Array.from({ length: top }, (_, i) => i + 1).filter(
      (n) => n >= min && divides % n === 0,
    );
    return String(divisors[Math.floor(draw() * divisors.length)]);
  }
  const value = min + Math.floor(draw() * (Math.floor((top - min) / step + 1e-6) + 1)) * step;
  return String(Number(value.toFixed(2)));
}

export function text(tokens: readonly string[]): string {
  return tokens.join(" ").replace(/ ?\n ?/g, "\n");
}
