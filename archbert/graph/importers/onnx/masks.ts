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
  const cell = cellBytes[type] ?? 1;
  const rows = new Map<number, string[]>();
  for (const at of [0, side >> 1, side - 1]) {
    const bytes = yield { offset: offset + at * side * cell, length: side * cell };
    const cells = Array.from({ length: side }, (_, i) => bytes.subarray(i * cell, (i + 1) * cell));
    rows.set(
      at,
      cells.map((item) => (isHidden(item, type) ? "hidden" : item.join())),
    );
  }
  // A mask may carry a bias: then what is seen differs from place to place.
  const hides = rows.get(0)?.includes("hidden");
  return maskOf(side, (at) => {
    const row = rows.get(at) ?? [];
    return hides ? row.map((item) => (item === "hidden" ? item : "seen")) : row;
  });
}

/** A number so low that a softmax leaves nothing of it. */
function isHidden(bytes: Uint8Array, type: number): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (type === 1) return bytes.length === 4 && view.getFloat32(0, true) < -1e4;
  if (type === 11) return bytes.length === 8 && view.getFloat64(0, true) < -1e4;
  // Of 16 bits: the sign, and an exponent of 2^13 or more.
  if (type === 10) return bytes.length === 2 && view.getUint16(0, true) >= 0xf000;
  return type === 16 && bytes.length === 2 && view.getUint16(0, true) >= 0xc61c;
}

/** As text, for a note in a tensor's metadata. */
export function maskText({ causal, window }: Mask): string {
  return `${causal ? "causal" : "open"} ${window ?? ""}`.trim();
}

export function readMask(text: string): Mask {
  const [kind, window] = text.split(" ");
  return { causal: kind === "causal", ...(window ? { window: Number(window) } : {}) };
}
