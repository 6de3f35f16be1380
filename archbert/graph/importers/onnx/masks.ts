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

/** The same of a tensor in a file; of several squares, such as one a head, the first and the last tell. */
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
  const size = side * side * cell;
  if (length !== cell * dims.reduce((a, b) => a * b, 1)) return undefined;
  const first = yield* square(side, type, offset);
  const last = length > size ? yield* square(side, type, offset + length - size) : first;
  return first.causal === last.causal ? first : undefined;
}

function* square(side: number, type: number, offset: number): Walk<Mask> {
  const length = side * (cellBytes[type] ?? 1);
  const first = numbersOf(yield { offset, length }, type);
  // A mask may carry a bias: then what is seen differs from place to place.
  const low = lowest[type] ?? Number.NEGATIVE_INFINITY;
  const hides = first.some((value) => isLow(value, type, low));
  const cells = (row: ArrayLike<number>) =>
    Array.from(row, (value) => (hides ? Number(!isLow(value, type, low)) : value));
  const rows = new Map([[0, cells(first)]]);
  // Weights, which nearly all squares are, show in the first row that they are no mask.
  const two = new Set(rows.get(0));
  if (two.size !== 2) return { causal: false };
  for (const at of [side >> 1, side - 1])
    rows.set(at, cells(numbersOf(yield { offset: offset + at * length, length }, type)));
  return maskOf(side, (at) => rows.get(at) ?? []);
}

/** The cells as numbers: those of 16 and 64 bits by their bits, which is enough to compare them. */
function numbersOf(bytes: Uint8Array, type: number): Float32Array | Float64Array | Uint16Array | Uint8Array {
  // A copy, aligned: `slice` of a Buffer would share its memory.
  const { buffer } = new Uint8Array(bytes);
  if (type === 9) return new Uint8Array(buffer);
  if (type === 10 || type === 16) return new Uint16Array(buffer, 0, bytes.length >> 1);
  if (type === 1) return new Float32Array(buffer, 0, bytes.length >> 2);
  return new Float64Array(buffer, 0, bytes.length >> 3);
}

/** Below this a softmax leaves nothing of a number; of 16 bits, sign and exponent say so. */
const lowest: Readonly<Record<number, number>> = { 1: -1e4, 11: -1e4, 10: 0xf000, 16: 0xc61c };

function isLow(value: number, type: number, low: number): boolean {
  return type === 10 || type === 16 ? value >= low : value < low;
}

/** As text, for a note in a tensor's metadata. */
export function maskText({ causal, window }: Mask): string {
  return `${causal ? "causal" : "open"} ${window ?? ""}`.trim();
}

export function readMask(text: string): Mask {
  const [kind, window] = text.split(" ");
  return { causal: kind === "causal", ...(window ? { window: Number(window) } : {}) };
}
