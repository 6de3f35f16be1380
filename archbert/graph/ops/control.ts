// Control flow and quantization, kept as what they are. What runs inside a branch or loop is told by `bodyOps`.
import type { Shape } from "../architecture";
import { type Call, first, nothing, number, type Op, simple } from "./op";

const control = (one: string): Op => ({
  ...simple("control", one, `${one}s`, nothing),
  multiplyAdds: (call) => number(call, "bodyMultiplyAdds", 0),
});

/** Attributes: bodyOps (of all branches), bodyMultiplyAdds (of the dearest branch). */
export const branch = control("conditional branch");
/** Attributes: bodyOps, bodyMultiplyAdds (of one turn), kind ("loop" or "scan"). */
export const loop = control("loop");
export const sequence = simple("control", "sequence operation", undefined, nothing);
export const text = simple("control", "text operation", undefined, nothing);

const keep = (call: Call): Shape[] => first(call.inputs[0] ?? null, call.outputs);
/** Gives the scale and the zero point as well where they are computed. */
export const quantize: Op = {
  ...simple("quantization", "quantization", undefined, (call) =>
    keep(call).map((shape, i) => (i === 0 ? shape : [])),
  ),
};
export const dequantize: Op = {
  ...simple("quantization", "dequantization", undefined, keep),
  dtype: "float32",
};
