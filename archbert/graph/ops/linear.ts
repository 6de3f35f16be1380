// Products of matrices: linear layers, plain products, attention.
import type { Dimension, Shape } from "../architecture";
import { unknown } from "../dimensions";
import { broadcast, type Call, dimensions, first, number, type Op, volume } from "./op";

/** Attributes: inFeatures, outFeatures, bias. Over the last axis. */
export const linear: Op = {
  role: "weights",
  words: ["linear layer", "linear layers"],
  infer: (call) => {
    const input = call.inputs[0];
    if (!input || input.length === 0) return first(null, call.outputs);
    return first([...input.slice(0, -1), number(call, "outFeatures", 0)], call.outputs);
  },
  multiplyAdds: (call) => volume(call.outputs[0] ?? []) * number(call, "inFeatures", 0),
};

/** The shape of a matrix product, as NumPy's `matmul` gives it. */
export function productShape(a: Shape, b: Shape): Shape {
  if (!a || !b || a.length === 0 || b.length === 0) return null;
  const left = a.length === 1 ? [1, ...a] : a;
  const right = b.length === 1 ? [...b, 1] : b;
  const batch = broadcast(left.slice(0, -2), right.slice(0, -2));
  if (!batch) return null;
  const rows: Dimension[] = a.length === 1 ? [] : [left.at(-2) ?? unknown];
  const columns: Dimension[] = b.length === 1 ? [] : [right.at(-1) ?? unknown];
  return [...batch, ...rows, ...columns];
}

/** The two operands' shapes: one may be a parameter, on the left where `operandFirst` says so. */
function operands(
  call: Pick<Call, "attributes" | "parameters"> & { inputs: readonly Shape[] },
): [Shape, Shape] {
  const constant = dimensions(call, "operandShape") ?? null;
  const [a, b] = call.inputs;
  if (call.inputs.length >= 2 || constant === null) return [a ?? null, b ?? null];
  return call.attributes.operandFirst ? [constant, a ?? null] : [a ?? null, constant];
}

/** A product of two computed tensors, or with a parameter that is not a plain matrix (`operandShape`). */
export const matmul: Op = {
  role: "weights",
  words: ["matrix product", "matrix products"],
  infer: (call) => first(productShape(...operands(call)), call.outputs),
  multiplyAdds: (call) => {
    const [left] = operands(call);
    const inner = left?.at(-1);
    return typeof inner === "number" ? volume(call.outputs[0] ?? []) * inner : 0;
  },
};

/** Attribute: equation. */
export const einsum: Op = {
  role: "weights",
  words: ["tensor product", "tensor products"],
  infer: (call) => {
    const equation = String(call.attributes.equation ?? "").replace(/\s/g, "");
    const sizes = einsumSizes(equation, terms(call));
    const output = equation.split("->")[1];
    if (!sizes || output === undefined) return first(null, call.outputs);
    return first(
      [...output].map((letter) => sizes.get(letter) ?? unknown),
      call.outputs,
    );
  },
  multiplyAdds: (call) => {
    const shapes = terms(call);
    if (shapes.length < 2) return 0;
    const sizes = einsumSizes(String(call.attributes.equation ?? "").replace(/\s/g, ""), shapes);
    return sizes ? volume([...sizes.values()].map(Number)) : 0;
  },
};

/** Shapes of all factors, a constant one in its place. */
function terms(call: Pick<Call, "attributes"> & { inputs: readonly Shape[] }): Shape[] {
  const constant = dimensions(call, "operandShape");
  if (!constant) return [...call.inputs];
  return call.attributes.operandFirst ? [constant, ...call.inputs] : [...call.inputs, constant];
}

function einsumSizes(equation: string, inputs: readonly Shape[]): Map<string, Dimension> | null {
  const terms = equation.split("->")[0]?.split(",") ?? [];
  const sizes = new Map<string, Dimension>();
  for (const [i, term] of terms.entries()) {
    const shape = inputs[i];
    if (!shape || shape.length !== term.length || term.includes(".")) return null;
    [...term].forEach((letter, axis) => {
      if (!sizes.has(letter) || sizes.get(letter) === 1) sizes.set(letter, shape[axis] ?? unknown);
    });
  }
  return sizes;
}

/**
 * Scaled dot-product attention: softmax(QKᵀ·scale + mask)V, heads and all.
 * Inputs: query, key, value, then a mask or what else the file's op reads. Attributes: heads, kvHeads, headSize,
 * causal (true only where proved), layout ("split" [B, H, N, D] or "joined" [B, N, H·D]),
 * keyTransposed (the key comes as [B, H, D, N]).
 */
export const attention: Op = {
  role: "weights",
  words: ["attention", "attentions"],
  infer: (call) => {
    const [query, , value] = call.inputs;
    if (!query || !value || query.length < 2) return first(null, call.outputs);
    const heads = number(call, "heads", 1);
    const kvHeads = number(call, "kvHeads", heads);
    const width = value.at(-1) ?? unknown;
    const joined = call.attributes.layout === "joined";
    const last = joined && typeof width === "number" && heads !== kvHeads ? (width / kvHeads) * heads : width;
    return first([...query.slice(0, -1), last], call.outputs);
  },
  multiplyAdds: (call) => {
    const [query, , value] = call.inputs;
    if (!query || !value || query.length < 2 || value.length < 2) return 0;
    const keys = value.at(-2) ?? 1;
    // Scores cost |Q| products a key, the mix |output| a key; leading axes are batch and heads.
    return (volume(query) + volume(call.outputs[0] ?? [])) * keys;
  },
};
