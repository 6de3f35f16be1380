// Normalizations. Their learned scale and shift are parameters; running statistics are parameters that do not train.
import { first, type Op } from "./op";

const normalization = (one: string): Op => ({
  role: "normalization",
  words: [one, `${one}s`],
  infer: (call) => first(call.inputs[0] ?? null, call.outputs),
});

export const batchNorm = normalization("batch normalization");
/** Attributes: axis, epsilon. */
export const layerNorm = normalization("layer normalization");
export const rmsNorm = normalization("RMS normalization");
/** Attributes: groups. */
export const groupNorm = normalization("group normalization");
export const instanceNorm = normalization("instance normalization");
export const localResponseNorm = normalization("local response normalization");
/** Division by an Lp norm. */
export const lpNorm = normalization("vector normalization");
