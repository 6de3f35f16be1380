// Element-wise arithmetic and comparison. An operand that is a constant of the file is not an input: a single number
// is the attribute `operand`, anything larger has its shape in `operandShape` (and its numbers among the parameters
// when it is a weight); `operandFirst` tells that it stands on the left.
import type { Shape } from "../architecture";
import { broadcast, type Call, dimensions, first, type Op, simple } from "./op";

function inferBroadcast(call: Call): Shape[] {
  const constant = dimensions(call, "operandShape");
  const shapes: Shape[] = [...call.inputs];
  if (constant) shapes.push(constant);
  let shape = shapes[0] ?? null;
  for (const other of shapes.slice(1)) shape = broadcast(shape, other);
  return first(shape, call.outputs);
}

const binary = (one: string, many?: string): Op => simple("elementwise", one, many, inferBroadcast);
const comparison = (one: string): Op => ({ ...binary(one), dtype: "bool" });
const unary = (one: string): Op => simple("elementwise", one);

export const add = binary("addition");
export const sub = binary("subtraction");
export const mul = binary("product");
export const div = binary("division");
export const pow = binary("power");
export const mod = binary("remainder");
export const min = binary("minimum", "minima");
export const max = binary("maximum", "maxima");
export const mean = binary("mean");
/** Pairs of features turned by an angle that grows with the place; the angles may be inputs. RoFormer, arXiv:2104.09864. */
export const rotaryEmbedding = unary("rotary position embedding");
export const where = binary("choice");
export const bitwise = binary("bitwise operation");
export const equal = comparison("comparison");
export const less = comparison("comparison");
export const greater = comparison("comparison");
export const logical: Op = { ...binary("logical operation"), dtype: "bool" };
export const sqrt = unary("square root");
export const exp = unary("exponential");
export const log = unary("logarithm");
export const abs = unary("absolute value");
export const neg = unary("negation");
export const reciprocal = unary("reciprocal");
export const sign = unary("sign");
export const round = unary("rounding");
export const erf = unary("error function");
export const trigonometric = unary("trigonometric function");
/** Attributes: min, max. */
export const clip = unary("clipping");
export const cast = unary("cast");
export const isInvalid: Op = { ...unary("check"), dtype: "bool" };
export const trilu = unary("triangle");
export const cumSum = unary("running sum");
export const dropout: Op = {
  ...simple("elementwise", "dropout"),
  infer: (call) => new Array(call.outputs).fill(call.inputs[0] ?? null),
};
