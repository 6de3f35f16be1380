// Reductions over axes. Attributes: axes (all when not given), keepDims.
import type { Shape } from "../architecture";
import { unknown } from "../dimensions";
import { axesOf, axisOf, type Call, first, number, numbers, type Op } from "./op";

function inferReduce(call: Call): Shape[] {
  const input = call.inputs[0];
  if (!input) return first(null, call.outputs);
  const keep = call.attributes.keepDims !== false;
  if (call.attributes.axesUnknown === true)
    return first(keep ? input.map(() => unknown) : null, call.outputs);
  const axes = axesOf(numbers(call, "axes") ?? input.map((_, i) => i), input.length);
  if (!axes) return first(null, call.outputs);
  if (keep)
    return first(
      input.map((size, i) => (axes.includes(i) ? 1 : size)),
      call.outputs,
    );
  return first(
    input.filter((_, i) => !axes.includes(i)),
    call.outputs,
  );
}

const reduction = (one: string, many: string): Op => ({
  role: "reduction",
  words: [one, many],
  infer: inferReduce,
});

export const reduceMean = reduction("mean over axes", "means over axes");
export const reduceSum = reduction("sum over axes", "sums over axes");
export const reduceMax = reduction("maximum over axes", "maxima over axes");
export const reduceMin = reduction("minimum over axes", "minima over axes");
export const reduceProd = reduction("product over axes", "products over axes");
export const reduceNorm = reduction("norm over axes", "norms over axes");
export const reduceLogSum = reduction("log-sum over axes", "log-sums over axes");
/** Attributes: axis, keepDims. */
export const argMax: Op = {
  role: "reduction",
  words: ["arg-max", "arg-maxes"],
  dtype: "int64",
  infer: (call) => {
    const input = call.inputs[0];
    const axis = input ? axisOf(number(call, "axis", 0), input.length) : undefined;
    if (!input || axis === undefined) return first(null, call.outputs);
    if (call.attributes.keepDims === false)
      return first(
        input.filter((_, i) => i !== axis),
        call.outputs,
      );
    return first(
      input.map((size, i) => (i === axis ? 1 : size)),
      call.outputs,
    );
  },
};
