// What the vocabulary says about an op: its name in words, the shapes it gives, and what it costs.
import type { Attribute, Dimension, DType, Parameter, Shape } from "../architecture";
import { multiply, unknown } from "../dimensions";

/** A use of an op, as shape inference sees it. */
export interface Call {
  attributes: Readonly<Record<string, Attribute>>;
  /** Shapes of its inputs, in order; parameters are not among them. */
  inputs: readonly Shape[];
  parameters: readonly Parameter[];
  /** How many outputs are wanted. */
  outputs: number;
}

/** The same with numbers for sizes, as cost sees it. */
export interface SizedCall {
  attributes: Readonly<Record<string, Attribute>>;
  inputs: readonly (readonly number[])[];
  outputs: readonly (readonly number[])[];
  parameters: readonly Parameter[];
}

export type Role =
  | "weights"
  | "normalization"
  | "activation"
  | "pooling"
  | "elementwise"
  | "shape"
  | "lookup"
  | "reduction"
  | "control"
  | "quantization";

export interface Op {
  role: Role;
  /** As a practitioner says it, one and many: ["convolution", "convolutions"]. */
  words: readonly [string, string];
  /** One shape an output; null where it cannot be known. */
  infer(call: Call): Shape[];
  /** Element type of the outputs, where it is not that of the first input. */
  dtype?: DType;
  /** Products summed, each with its addition counted as one; 0 when not given. See facts/cost.ts. */
  multiplyAdds?(call: SizedCall): number;
}

export function number(call: { attributes: Call["attributes"] }, name: string, byDefault: number): number {
  const value = call.attributes[name];
  return typeof value === "number" ? value : byDefault;
}

export function numbers(
  call: { attributes: Call["attributes"] },
  name: string,
): readonly number[] | undefined {
  const value = call.attributes[name];
  if (typeof value === "number") return [value];
  return Array.isArray(value) && value.every((item) => typeof item === "number") ? value : undefined;
}

/** Sizes that may be symbolic are kept in attributes as text. */
export function dimensions(call: { attributes: Call["attributes"] }, name: string): Dimension[] | undefined {
  const value = call.attributes[name];
  if (!Array.isArray(value)) return undefined;
  return value.map((item: string | number) =>
    typeof item === "string" && /^-?\d+$/.test(item) ? Number(item) : item,
  );
}

/** An axis counted from the front; undefined when it is out of range. */
export function axisOf(axis: number, rank: number): number | undefined {
  const at = axis < 0 ? axis + rank : axis;
  return at >= 0 && at < rank ? at : undefined;
}

export function axesOf(axes: readonly number[], rank: number): number[] | undefined {
  const out: number[] = [];
  for (const axis of axes) {
    const at = axisOf(axis, rank);
    if (at === undefined) return undefined;
    out.push(at);
  }
  return out;
}

/** The shape of two tensors taken together as NumPy does. */
export function broadcast(a: Shape, b: Shape): Shape {
  if (a === null || b === null) return null;
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i): Dimension => {
    const x = a[i - rank + a.length] ?? 1;
    const y = b[i - rank + b.length] ?? 1;
    if (x === y) return x;
    if (x === 1) return y;
    if (y === 1) return x;
    // One of them is symbolic: where sizes agree at all, they agree with the number.
    if (typeof x === "number" && typeof y === "number") return unknown;
    if (typeof x === "number") return x;
    if (typeof y === "number") return y;
    return x === unknown ? y : x;
  });
}

/** All outputs have the shape of the first input. */
export function same(call: Call): Shape[] {
  return new Array<Shape>(call.outputs).fill(call.inputs[0] ?? null);
}

/** All outputs' shapes are unknown. */
export function nothing(call: Call): Shape[] {
  return new Array<Shape>(call.outputs).fill(null);
}

export function first(shape: Shape, outputs: number): Shape[] {
  return [shape, ...new Array<Shape>(Math.max(0, outputs - 1)).fill(null)];
}

export function volume(shape: readonly number[]): number {
  return shape.reduce((a, b) => a * b, 1);
}

export function count(shape: Shape): Dimension {
  return shape === null ? unknown : shape.reduce<Dimension>(multiply, 1);
}

export function simple(role: Role, one: string, many = `${one}s`, infer: Op["infer"] = same): Op {
  return { role, words: [one, many], infer };
}
