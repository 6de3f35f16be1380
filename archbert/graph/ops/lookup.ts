// Lookups, scatters, and tensors made out of nothing.
import type { Dimension, Shape } from "../architecture";
import { unknown } from "../dimensions";
import { axisOf, type Call, count, dimensions, first, number, type Op, simple } from "./op";

const lookup = (one: string, infer: Op["infer"], many?: string): Op => simple("lookup", one, many, infer);

/** Rows of a learned table by index. Attributes: entries, width. */
export const embedding: Op = {
  ...lookup("embedding", (call) => {
    const input = call.inputs[0];
    return first(input ? [...input, number(call, "width", 0)] : null, call.outputs);
  }),
  dtype: "float32",
};

/** Attribute: axis; the indices are the second input, or `operandShape` with `operandFirst` unset. */
export const gather = lookup("lookup", (call) => {
  const [data, indices] = gatherShapes(call);
  const axis = data ? axisOf(number(call, "axis", 0), data.length) : undefined;
  if (!data || !indices || axis === undefined) return first(null, call.outputs);
  return first([...data.slice(0, axis), ...indices, ...data.slice(axis + 1)], call.outputs);
});

function gatherShapes(call: Call): [Shape, Shape] {
  const constant = dimensions(call, "operandShape") ?? null;
  const [a = null, b = null] = call.inputs;
  if (!constant) return [a, b];
  return call.attributes.operandFirst ? [constant, a] : [a, constant];
}

export const gatherElements = lookup("lookup", (call) => first(gatherShapes(call)[1], call.outputs));
export const gatherND = lookup("lookup", (call) => {
  const [data, indices] = gatherShapes(call);
  const depth = indices?.at(-1);
  if (!data || !indices || typeof depth !== "number") return first(null, call.outputs);
  return first([...indices.slice(0, -1), ...data.slice(depth + number(call, "batchDims", 0))], call.outputs);
});
export const scatter = lookup("scatter", (call) => first(call.inputs[0] ?? null, call.outputs));
/** Attribute: shape. */
export const constant = lookup("constant", (call) => first(dimensions(call, "shape") ?? null, call.outputs));
export const range = lookup("range", (call) => first(dimensions(call, "shape") ?? [unknown], call.outputs));
export const random = lookup("random tensor", (call) =>
  first(dimensions(call, "shape") ?? null, call.outputs),
);
export const oneHot = lookup("one-hot encoding", (call) => {
  const input = call.inputs[0];
  return first(input ? [...input, number(call, "depth", 0) || unknown] : null, call.outputs);
});
export const eyeLike = lookup("identity matrix", (call) => first(call.inputs[0] ?? null, call.outputs));
export const nonZero: Op = {
  ...lookup("search for non-zeros", (call) =>
    first(call.inputs[0] ? [call.inputs[0].length, unknown] : null, call.outputs),
  ),
  dtype: "int64",
};
export const shapeOf: Op = {
  ...lookup("reading of a shape", (call) =>
    first(call.inputs[0] ? [call.inputs[0].length] : null, call.outputs),
  ),
  dtype: "int64",
};
export const sizeOf: Op = {
  ...lookup("reading of a size", (call) => first([], call.outputs)),
  dtype: "int64",
};
/** Attributes: axis, k. */
export const topK = lookup("top-k", (call) => {
  const input = call.inputs[0];
  const axis = input ? axisOf(number(call, "axis", -1), input.length) : undefined;
  const k: Dimension = number(call, "k", 0) || unknown;
  return new Array<Shape>(call.outputs).fill(
    input ? input.map((size, at) => (at === axis ? k : size)) : null,
  );
});
export const nonMaxSuppression: Op = {
  ...lookup("non-maximum suppression", (call) => first([unknown, 3], call.outputs)),
  dtype: "int64",
};
export const unique = lookup("search for distinct values", (call) =>
  first(count(call.inputs[0] ?? null) ? [unknown] : null, call.outputs),
);
