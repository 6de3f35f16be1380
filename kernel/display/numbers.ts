// Typed arrays and tensors: what they hold, how much of it, and between which bounds.
import { types } from "node:util";
import { grouped, textOf } from "./text";

type Numbers = ArrayLike<number | bigint | string | boolean>;

/** Values at each end of a long row, as NumPy does. */
const edge = 3;
/** Tensors up to this many values are written out whole. */
const wholeSize = 200;
/** Statistics look at no more values than this. */
const mostCounted = 10_000_000;
/** Tensors that are larger stay where they are, on a GPU perhaps. */
const mostRead = 1_000_000;

export function isNumbers(value: object): value is NodeJS.TypedArray {
  return types.isTypedArray(value);
}

export function numbersText(numbers: NodeJS.TypedArray): string {
  const name = Buffer.isBuffer(numbers) ? "Buffer" : numbers[Symbol.toStringTag];
  const heading = `${name}(${grouped(numbers.length)})`;
  if (numbers.length === 0) return heading;
  const values = row(numbers, 0, numbers.length, 20);
  return `${heading} [${values}]\n${statistics(numbers)}`;
}

/** What of TensorFlow.js's tensors is looked at, so that no TensorFlow need be loaded. */
export interface TensorLike {
  shape: readonly number[];
  dtype: string;
  isDisposed?: boolean;
  data(): Promise<Numbers>;
}

export function isTensor(value: object): value is TensorLike {
  const { shape, dtype, data } = value as Partial<Record<keyof TensorLike, unknown>>;
  return (
    Array.isArray(shape) &&
    shape.every((size) => Number.isInteger(size) && size >= 0) &&
    typeof dtype === "string" &&
    typeof data === "function"
  );
}

export async function tensorText(tensor: TensorLike): Promise<string> {
  const { shape, dtype } = tensor;
  const heading = `Tensor ${dtype} [${shape.join(", ")}]`;
  if (tensor.isDisposed) return `${heading} (disposed)`;
  const size = shape.reduce((a, b) => a * b, 1);
  if (size === 0) return heading;
  if (size > mostRead) return `${heading}, ${grouped(size)} values`;
  let values: Numbers;
  try {
    values = await tensor.data();
  } catch (error) {
    return `${heading} (its values cannot be read: ${textOf(error)})`;
  }
  if (!values || values.length !== size) return heading;
  const each = size <= wholeSize ? Number.POSITIVE_INFINITY : edge;
  const stated = size > 1 ? statistics(values) : "";
  return `${heading}\n${nested(values, shape, 0, each, " ")}${stated && `\n${stated}`}`;
}

/** Brackets within brackets, the middle of long axes left out. */
function nested(
  values: Numbers,
  shape: readonly number[],
  start: number,
  each: number,
  indent: string,
): string {
  const [size, ...inner] = shape;
  if (size === undefined) return short(values[start]);
  if (inner.length === 0) return `[${row(values, start, size, each)}]`;
  const step = inner.reduce((a, b) => a * b, 1);
  const parts: string[] = [];
  for (let i = 0; i < size; i++) {
    if (i >= each && i < size - each) {
      parts.push("…");
      i = size - each - 1;
    } else parts.push(nested(values, inner, start + i * step, each, `${indent} `));
  }
  return `[${parts.join(`,\n${indent}`)}]`;
}

function row(values: Numbers, start: number, size: number, each: number): string {
  const at = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, i) => short(values[start + from + i]));
  const parts = size <= 2 * each ? at(0, size) : [...at(0, each), "…", ...at(size - each, size)];
  return parts.join(", ");
}

function statistics(values: Numbers): string {
  const counted = Math.min(values.length, mostCounted);
  let [min, max, sum, missing] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0];
  for (let i = 0; i < counted; i++) {
    const value = values[i];
    if (typeof value === "string" || typeof value === "boolean") return "";
    const number = Number(value);
    if (Number.isNaN(number)) missing++;
    else {
      if (number < min) min = number;
      if (number > max) max = number;
      sum += number;
    }
  }
  const parts: string[] = [];
  if (missing < counted)
    parts.push(`min ${short(min)}`, `max ${short(max)}`, `mean ${short(sum / (counted - missing))}`);
  if (missing > 0) parts.push(`${grouped(missing)} NaN`);
  if (counted < values.length) parts.push(`of the first ${grouped(counted)}`);
  return parts.join(", ");
}

function short(value: unknown): string {
  if (typeof value === "number") return String(Number(value.toPrecision(6)));
  if (typeof value === "string") return JSON.stringify(value.slice(0, 100));
  return String(value);
}
