// Ops that move numbers without computing: reshape, transpose, concat, split, slice, pad.
import type { Dimension, Shape } from "../architecture";
import { divide, minus, multiply, plus, product, unknown } from "../dimensions";
import {
  axesOf,
  axisOf,
  broadcast,
  type Call,
  dimensions,
  first,
  number,
  numbers,
  type Op,
  simple,
} from "./op";

const shape = (one: string, infer: Op["infer"], many?: string): Op => simple("shape", one, many, infer);

/** Attribute: shape, where -1 takes what is left and 0 copies the input's size (unless `allowZero`). */
export const reshape = shape("reshape", (call) => {
  const target = dimensions(call, "shape");
  const input = call.inputs[0] ?? null;
  if (!target) return first(null, call.outputs);
  const sizes = target.map((size, axis): Dimension => {
    if (size === 0 && call.attributes.allowZero !== true) return input?.[axis] ?? unknown;
    return size;
  });
  const open = sizes.indexOf(-1);
  if (open >= 0) {
    const rest = product(sizes.filter((_, axis) => axis !== open));
    sizes[open] = input ? divide(product(input), rest) : unknown;
  }
  return first(sizes, call.outputs);
});

/** Attribute: axis; all before it become one axis, all from it on another. */
export const flatten = shape("flattening", (call) => {
  const input = call.inputs[0];
  if (!input) return first(null, call.outputs);
  const axis = number(call, "axis", 1);
  const at = axis < 0 ? axis + input.length : axis;
  return first([product(input.slice(0, at)), product(input.slice(at))], call.outputs);
});

/** Attribute: permutation. */
export const transpose = shape("transposition", (call) => {
  const input = call.inputs[0];
  if (!input) return first(null, call.outputs);
  const order = numbers(call, "permutation") ?? input.map((_, i) => input.length - 1 - i);
  if (order.length !== input.length) return first(null, call.outputs);
  return first(
    order.map((axis) => input[axis] ?? unknown),
    call.outputs,
  );
});

/** Attribute: axes. */
export const squeeze = shape("squeeze", (call) => {
  const input = call.inputs[0];
  if (!input) return first(null, call.outputs);
  const given = numbers(call, "axes");
  const axes = given
    ? axesOf(given, input.length)
    : input.flatMap((size, axis) => (size === 1 ? [axis] : []));
  if (!axes || (!given && input.includes(unknown))) return first(null, call.outputs);
  return first(
    input.filter((_, axis) => !axes.includes(axis)),
    call.outputs,
  );
});

export const unsqueeze = shape("unsqueeze", (call) => {
  const input = call.inputs[0];
  const given = numbers(call, "axes");
  if (!input || !given) return first(null, call.outputs);
  const rank = input.length + given.length;
  const axes = axesOf(given, rank);
  if (!axes || rank > 64) return first(null, call.outputs);
  const rest = [...input];
  return first(
    Array.from(
      { length: rank },
      (_, axis): Dimension => (axes.includes(axis) ? 1 : (rest.shift() ?? unknown)),
    ),
    call.outputs,
  );
});

/** Attribute: axis; operandShape of a constant joined in. */
export const concat = shape("concatenation", (call) => {
  const constant = dimensions(call, "operandShape");
  const shapes: Shape[] = constant ? [...call.inputs, constant] : [...call.inputs];
  const known = shapes.find((item) => item !== null);
  if (!known) return first(null, call.outputs);
  const axis = axisOf(number(call, "axis", 0), known.length);
  if (axis === undefined) return first(null, call.outputs);
  let total: Dimension = 0;
  for (const item of shapes) total = plus(total, item?.[axis] ?? unknown);
  // Off the axis all agree: take a number where any input has one.
  const sizes = known.map((size, at): Dimension => {
    const given = shapes.map((item) => item?.[at] ?? unknown);
    return given.find((item) => typeof item === "number") ?? given.find((item) => item !== unknown) ?? size;
  });
  sizes[axis] = total;
  return first(sizes, call.outputs);
});

/** Attributes: axis, sizes (when not equal parts). */
export const split = shape("split", (call) => {
  const input = call.inputs[0];
  const axis = input ? axisOf(number(call, "axis", 0), input.length) : undefined;
  if (!input || axis === undefined) return new Array<Shape>(call.outputs).fill(null);
  const sizes = numbers(call, "sizes");
  const total = input[axis] ?? unknown;
  const part = divide(plus(total, call.outputs - 1), call.outputs);
  return Array.from({ length: call.outputs }, (_, i) => {
    const last = i === call.outputs - 1 ? minus(total, multiply(part, i)) : part;
    return input.map((size, at) => (at === axis ? (sizes?.[i] ?? last) : size));
  });
});

/** Attributes: starts, ends, axes, steps. */
export const slice = shape("slice", (call) => {
  const input = call.inputs[0];
  const starts = dimensions(call, "starts");
  const ends = dimensions(call, "ends");
  if (!input) return first(null, call.outputs);
  if (!starts || !ends)
    return first(
      input.map(() => unknown),
      call.outputs,
    );
  const axes = numbers(call, "axes") ?? starts.map((_, i) => i);
  const sizes = [...input];
  axes.forEach((axis, i) => {
    const at = axisOf(axis, input.length);
    if (at === undefined) return;
    sizes[at] = sliced(
      input[at] ?? unknown,
      starts[i] ?? 0,
      ends[i] ?? unknown,
      numbers(call, "steps")?.[i] ?? 1,
    );
  });
  return first(sizes, call.outputs);
});

function sliced(size: Dimension, start: Dimension, end: Dimension, step: number): Dimension {
  const toEnd = typeof end === "number" && end >= 2 ** 31 - 1;
  if (typeof size === "number" && typeof start === "number" && typeof end === "number" && step !== 0) {
    const clamp = (at: number, low: number, high: number) =>
      Math.min(Math.max(at < 0 ? at + size : at, low), high);
    const [from, to] =
      step > 0
        ? [clamp(start, 0, size), clamp(end, 0, size)]
        : [clamp(start, 0, size - 1), end < -size ? -1 : clamp(end, -1, size - 1)];
    return Math.max(0, Math.ceil((to - from) / step));
  }
  if (step === -1 && (start === -1 || start === size) && typeof end === "number" && end < -(2 ** 31))
    return size;
  if (step < 1) return unknown;
  const from = typeof start === "number" && start < 0 ? plus(size, start) : start;
  const to = toEnd ? size : typeof end === "number" && end < 0 ? plus(size, end) : end;
  // A symbolic size may be shorter than a fixed end; exporters slice within bounds.
  return divide(plus(minus(to, from), step - 1), step);
}

/** Attributes: padding (begins then ends), mode, operand. */
export const pad = shape("padding", (call) => {
  const input = call.inputs[0];
  if (!input) return first(null, call.outputs);
  const padding = dimensions(call, "padding");
  const axes = axesOf(numbers(call, "axes") ?? input.map((_, i) => i), input.length);
  if (!padding || !axes || padding.length !== 2 * axes.length)
    return first(
      input.map(() => unknown),
      call.outputs,
    );
  const sizes = [...input];
  axes.forEach((axis, i) => {
    const both = plus(padding[i] ?? unknown, padding[i + axes.length] ?? unknown);
    sizes[axis] = plus(sizes[axis] ?? unknown, both);
  });
  return first(sizes, call.outputs);
});

/** Attribute: shape. */
export const expand = shape("broadcast", (call) => {
  const target = dimensions(call, "shape");
  if (!target) return first(null, call.outputs);
  return first(
    broadcast(
      call.inputs[0] ?? [],
      target.map((size) => (size === -1 ? 1 : size)),
    ),
    call.outputs,
  );
});

/** Attribute: repeats. */
export const tile = shape("repetition", (call) => {
  const repeats = dimensions(call, "repeats");
  const input = call.inputs[0];
  if (!input) return first(null, call.outputs);
  return first(
    input.map((size, i) => (repeats ? multiply(size, repeats[i] ?? unknown) : unknown)),
    call.outputs,
  );
});

/** Channels dealt out over groups again, between grouped convolutions. Attribute: groups. */
export const channelShuffle = shape("channel shuffle", (call: Call) =>
  first(call.inputs[0] ?? null, call.outputs),
);
export const reverse = shape("reversal", (call: Call) => first(call.inputs[0] ?? null, call.outputs));
/** The input as it is; kept only where it is also an output of the network. */
export const identity = shape(
  "identity",
  (call: Call) => first(call.inputs[0] ?? null, call.outputs),
  "identities",
);
