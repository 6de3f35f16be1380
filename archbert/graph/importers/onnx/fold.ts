// Computes the small arithmetic on shapes that exporters leave in the graph, with symbolic sizes where they stand.
import type { Dimension, Shape } from "../../architecture";
import { divide, evaluate, minus, multiply, names, plus, unknown } from "../../dimensions";

import type { Use } from "./known";
import { maxValues } from "./tensor";

type Elements = readonly Dimension[];
type Fold = (use: Use) => Elements | null | undefined;

/** The elements of the node's first output, where its inputs' are known; null else. */
export function fold(use: Use): Elements | null {
  if (use.node.domain !== "" || !Object.hasOwn(table, use.node.op)) return null;
  const elements = table[use.node.op]?.(use);
  return elements && elements.length <= maxValues ? elements : null;
}

const isSmall = (size: number) => Number.isInteger(size) && size >= 0 && size <= maxValues;

const isInteger = (use: Use) => /^u?int/.test(use.inputs[0]?.dtype ?? "");

/** Element by element, a single element standing for all; several axes only where the shapes agree. */
function zip(use: Use, ...fs: ((a: Dimension, b: Dimension) => Dimension)[]): Elements | null {
  const [a, b, f] = [use.elements(0), use.elements(1), fs[0]];
  if (!a || !b || !f) return null;
  if (a.length === b.length) return a.map((item, i) => f(item, b[i] ?? unknown));
  if (b.length === 1) return a.map((item) => f(item, b[0] ?? unknown));
  if (a.length === 1) return b.map((item) => f(a[0] ?? unknown, item));
  return null;
}

const map =
  (f: (a: number) => number): Fold =>
  (use) =>
    use.numbers(0)?.map(f);

const compare =
  (f: (a: number, b: number) => boolean): Fold =>
  (use) => {
    const numeric = zip(use, (a, b) =>
      typeof a === "number" && typeof b === "number" ? Number(f(a, b)) : sameOrUnknown(a, b, f),
    );
    return numeric?.includes(unknown) ? null : numeric;
  };

const extreme =
  (f: (...list: number[]) => number): Fold =>
  (use) => {
    const elements = use.numbers(0);
    return elements?.length && (use.shape(0)?.length ?? 2) <= 1 ? [f(...elements)] : null;
  };

/** A symbolic size is positive, so it is known to differ from -1 and 0, and to equal itself. */
function sameOrUnknown(a: Dimension, b: Dimension, f: (a: number, b: number) => boolean): Dimension {
  if (a === b && a !== unknown) return Number(f(1, 1));
  const [symbolic, fixed] = typeof a === "number" ? [b, a] : [a, b];
  if (
    typeof fixed === "number" &&
    fixed < 1 &&
    names(symbolic).length > 0 &&
    !String(symbolic).includes("-")
  ) {
    return Number(typeof a === "number" ? f(fixed, 2) : f(2, fixed));
  }
  return unknown;
}

const table: Record<string, Fold> = {
  Shape: (use) => {
    const shape = use.shape(0);
    if (!shape) return null;
    const end = use.attribute("end");
    return shape.slice(use.int("start", 0), typeof end === "number" ? end : undefined);
  },
  Size: (use) => {
    const shape = use.shape(0);
    return shape ? [shape.reduce<Dimension>(multiply, 1)] : null;
  },
  Identity: (use) => use.elements(0),
  Cast: (use) => {
    const to = use.attribute("to");
    const elements = use.elements(0);
    // To an integer type: 2-9, 12, 13 (bool is 9).
    if (elements && to === 9) return use.numbers(0)?.map((item) => Number(item !== 0));
    const whole = typeof to === "number" && [2, 3, 4, 5, 6, 7, 12, 13].includes(to);
    return whole ? elements?.map((item) => (typeof item === "number" ? Math.trunc(item) : item)) : elements;
  },
  CastLike: (use) => use.elements(0),
  Reshape: (use) => use.elements(0),
  Squeeze: (use) => use.elements(0),
  Unsqueeze: (use) => use.elements(0),
  Flatten: (use) => use.elements(0),
  Concat: (use) => {
    if (use.inputs.some((input) => !input?.elements || (input.shape?.length ?? 1) > 1)) return null;
    return use.inputs.flatMap((input) => input?.elements ?? []);
  },
  Gather: (use) => {
    const [data, shape, indices] = [use.elements(0), fixed(use.shape(0)), use.numbers(1)];
    const axis = use.int("axis", 0);
    if (!data || !indices || !shape || (use.shape(1)?.length ?? 2) > 1) return null;
    const at = axis < 0 ? axis + shape.length : axis;
    return take(
      data,
      shape,
      shape.map((size, i) => (i === at ? indices.map((k) => (k < 0 ? k + size : k)) : all(size))),
    );
  },
  Slice: (use) => {
    const [data, shape] = [use.elements(0), fixed(use.shape(0))];
    const starts = use.ints("starts") ?? use.numbers(1);
    const ends = use.ints("ends") ?? use.numbers(2);
    const axes = use.ints("axes") ?? use.numbers(3) ?? starts?.map((_, i) => i);
    const steps = use.numbers(4);
    if (!data || !shape || !starts || !ends || !axes || (use.has(4) && !steps)) return null;
    const kept = shape.map(all);
    axes.forEach((axis, i) => {
      const at = axis < 0 ? axis + shape.length : axis;
      kept[at] = sliced(shape[at] ?? 0, starts[i] ?? 0, ends[i] ?? 0, steps?.[i] ?? 1);
    });
    return take(data, shape, kept);
  },
  Split: (use) => {
    const data = use.elements(0);
    if (!data || use.shape(0)?.length !== 1) return null;
    const size =
      (use.ints("split") ?? use.numbers(1))?.[0] ?? Math.ceil(data.length / use.node.outputs.length);
    return data.slice(0, size);
  },
  Transpose: (use) => {
    const [data, shape] = [use.elements(0), fixed(use.shape(0))];
    if (!data || !shape) return null;
    const order = use.ints("perm") ?? shape.map((_, i) => shape.length - 1 - i);
    return take(data, shape, shape.map(all), order);
  },
  Expand: (use) => {
    const [data, shape] = [use.elements(0), use.numbers(1)];
    const size = shape?.reduce((a, b) => a * b, 1) ?? Number.NaN;
    return data?.length === 1 && size <= maxValues
      ? new Array<Dimension>(size).fill(data[0] ?? unknown)
      : null;
  },
  Tile: (use) => {
    const [data, repeats] = [use.elements(0), use.numbers(1)];
    if (!data || repeats?.length !== 1 || use.shape(0)?.length !== 1) return null;
    const times = repeats[0] ?? 1;
    return isSmall(times) && times * data.length <= maxValues ? new Array(times).fill(data).flat() : null;
  },
  ConstantOfShape: (use) => {
    const size = use.numbers(0)?.reduce((a, b) => a * b, 1) ?? Number.NaN;
    if (!isSmall(size)) return null;
    const value = use.node.attributes.value;
    const fill = typeof value === "object" && "dims" in value ? (value.values?.[0] ?? unknown) : 0;
    return new Array<Dimension>(size).fill(fill);
  },
  Range: (use) => {
    const [start, limit, delta] = [use.scalar(0), use.scalar(1), use.scalar(2)];
    if (start === undefined || limit === undefined || !delta) return null;
    const size = Math.max(0, Math.ceil((limit - start) / delta));
    return isSmall(size) ? Array.from({ length: size }, (_, i) => start + i * delta) : null;
  },
  Add: (use) => zip(use, plus),
  Sub: (use) => zip(use, minus),
  Mul: (use) => zip(use, multiply),
  Div: (use) =>
    zip(use, (a, b) => {
      if (isInteger(use))
        return typeof a === "number" && typeof b === "number" && b ? Math.trunc(a / b) : divide(a, b);
      return typeof a === "number" && typeof b === "number" ? a / b : divide(a, b);
    }),
  Mod: (use) =>
    zip(use, (a, b) => (typeof a === "number" && typeof b === "number" && b ? ((a % b) + b) % b : unknown)),
  Pow: (use) => zip(use, (a, b) => (typeof a === "number" && typeof b === "number" ? a ** b : unknown)),
  Min: (use) =>
    zip(use, (a, b) => (typeof a === "number" && typeof b === "number" ? Math.min(a, b) : unknown)),
  Max: (use) =>
    zip(use, (a, b) => {
      if (typeof a === "number" && typeof b === "number") return Math.max(a, b);
      // A symbolic size is at least 1.
      return a === 0 || a === 1 ? b : b === 0 || b === 1 ? a : unknown;
    }),
  Clip: (use) => {
    const low = use.scalar(1) ?? use.int("min", Number.NEGATIVE_INFINITY);
    const high = use.scalar(2) ?? use.int("max", Number.POSITIVE_INFINITY);
    if ([1, 2].some((i) => use.has(i) && use.scalar(i) === undefined)) return null;
    return use.numbers(0)?.map((a) => Math.min(high, Math.max(low, a)));
  },
  Equal: compare((a, b) => a === b),
  Less: compare((a, b) => a < b),
  LessOrEqual: compare((a, b) => a <= b),
  Greater: compare((a, b) => a > b),
  GreaterOrEqual: compare((a, b) => a >= b),
  And: compare((a, b) => a !== 0 && b !== 0),
  Or: compare((a, b) => a !== 0 || b !== 0),
  Not: map((a) => Number(a === 0)),
  Where: (use) => {
    const [condition, a, b] = [use.numbers(0), use.elements(1), use.elements(2)];
    if (!condition || !a || !b) return null;
    const size = Math.max(condition.length, a.length, b.length);
    const pick = <T>(list: readonly T[], i: number) => list[list.length === 1 ? 0 : i];
    return Array.from({ length: size }, (_, i) => (pick(condition, i) ? pick(a, i) : pick(b, i)) ?? unknown);
  },
  Neg: map((a) => -a),
  Abs: map(Math.abs),
  // Sizes stay sizes: a symbolic one is whole.
  Floor: (use) => use.elements(0)?.map((a) => (typeof a === "number" ? Math.floor(a) : a)),
  Ceil: (use) => use.elements(0)?.map((a) => (typeof a === "number" ? Math.ceil(a) : a)),
  Sqrt: map(Math.sqrt),
  Exp: map(Math.exp),
  Log: map(Math.log),
  Reciprocal: map((a) => 1 / a),
  ReduceProd: (use) => {
    const elements = use.elements(0);
    return elements && (use.shape(0)?.length ?? 2) <= 1 ? [elements.reduce<Dimension>(multiply, 1)] : null;
  },
  ReduceSum: (use) => {
    const elements = use.elements(0);
    return elements && (use.shape(0)?.length ?? 2) <= 1 ? [elements.reduce<Dimension>(plus, 0)] : null;
  },
  ReduceMax: extreme(Math.max),
  ReduceMin: extreme(Math.min),
};

/** A shape of numbers alone. */
function fixed(shape: Shape): readonly number[] | null {
  return shape?.every((size) => typeof size === "number") ? shape : null;
}

const all = (size: number) => Array.from({ length: isSmall(size) ? size : 0 }, (_, i) => i);

/** The places that a slice keeps of one axis. */
function sliced(size: number, start: number, end: number, step: number): number[] {
  const from = (place: number) => (place < 0 ? place + size : place);
  const [low, high] = step < 0 ? [-1, size - 1] : [0, size];
  const clamp = (place: number) => Math.min(high, Math.max(low, place));
  const [first, last] = [clamp(from(start)), clamp(from(end))];
  const count = step === 0 || !isSmall(size) ? 0 : Math.max(0, Math.ceil((last - first) / step));
  return Array.from({ length: count }, (_, i) => first + i * step);
}

/**
 * Elements at the places given for each axis, the axes perhaps in another order.
 *
 * @param data elements of a tensor of this shape, row by row
 */
function take(
  data: Elements,
  shape: readonly number[],
  places: readonly (readonly number[])[],
  order: readonly number[] = shape.map((_, i) => i),
): Elements | null {
  const strides = shape.map((_, i) => shape.slice(i + 1).reduce((a, b) => a * b, 1));
  const total = places.reduce((size, list) => size * list.length, 1);
  if (data.length !== shape.reduce((a, b) => a * b, 1) || total > maxValues) return null;
  let offsets = [0];
  for (const axis of order) {
    const list = places[axis] ?? [];
    const stride = strides[axis] ?? 0;
    offsets = offsets.flatMap((offset) => list.map((place) => offset + place * stride));
  }
  return offsets.map((offset) => data[offset] ?? unknown);
}

/** How many numbers `Range` gives, where it can be said. */
export function rangeSize(use: Use): Dimension {
  const [start, limit, delta] = [use.elements(0)?.[0], use.elements(1)?.[0], use.elements(2)?.[0]];
  if (start === undefined || limit === undefined || delta !== 1) return unknown;
  const size = minus(limit, start);
  return typeof size === "number" ? Math.max(0, size) : evaluate(size) === null ? unknown : size;
}
