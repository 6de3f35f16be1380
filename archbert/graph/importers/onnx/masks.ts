// Square masks: whether a place sees only what came before, and how far.
import type { Walk } from "./copies";

export interface Mask {
  /** Every place sees itself and places before it, none after. */
  causal: boolean;
  /** How many places each sees at most, where that is fewer than all. */
  window?: number;
}

/** Key under which a square tensor's metadata says what mask it is. */
export const maskKey = "mask";

/** Bytes of one number, of the types masks have: float32, int64, bool, float16, float64, bfloat16. */
const cellBytes: Readonly<Record<number, number>> = { 1: 4, 7: 8, 9: 1, 10: 2, 11: 8, 16: 2 };
/** The longest side that is looked at. */
const longest = 8192;

/**
 * What mask a square is, of which three rows are read; undefined for what is not square.
 *
 * @param row cells of a row, as anything that can be compared
 */
export function maskOf(side: number, row: (at: number) => readonly unknown[]): Mask {
  const none = { causal: false };
  const first = row(0);
  const [seen, hidden] = [first[0], first[side - 1]];
  if (seen === hidden) return none;
  let causal = true;
  let window: number | undefined;
  for (const at of [0, side >> 1, side - 1]) {
    const cells = row(at);
    const from = cells.indexOf(seen);
    const to = cells.lastIndexOf(seen);
    if (from > at || to < at || from < 0) return none;
    if (!cells.every((cell, i) => cell === (i >= from && i <= to ? seen : hidden))) return none;
    causal &&= to === at;
    // Before the middle or after it the window is cut by the border, unless it is narrower than half.
    if (from > 0) window = Math.max(window ?? 0, to - from + 1);
  }
  return { causal, ...(window === undefined ? {} : { window }) };
}

/** The same of a tensor in a file. */
export function* maskIn(
  dims: readonly number[],
  type: number,
  offset: number,
  length: number,
): Walk<Mask | undefined> {
  const side = dims.at(-1) ?? 0;
  const cell = cellBytes[type];
  if (dims.length < 2 || side < 2 || side > longest || dims.at(-2) !== side || cell === undefined)
    return undefined;
  if (length !== side * side * cell) return undefined;
  const rows = new Map<number, string[]>();
  for (const at of [0, side >> 1, side - 1]) {
    const bytes = yield { offset: offset + at * side * cell, length: side * cell };
    const cells = Array.from({ length: side }, (_, i) => bytes.subarray(i * cell, (i + 1) * cell).join());
    rows.set(at, cells);
  }
  return maskOf(side, (at) => rows.get(at) ?? []);
}

/** As text, for a note in a tensor's metadata. */
export function maskText({ causal, window }: Mask): string {
  return `${causal ? "causal" : "open"} ${window ?? ""}`.trim();
}

export function readMask(text: string): Mask {
  const [kind, window] = text.split(" ");
  return { causal: kind === "causal", ...(window ? { window: Number(window) } : {}) };
}
