// Convolutions. A depthwise convolution is a `conv` whose `groups` equal its input channels (`isDepthwise`), as in
// every framework's own terms; a pointwise one is a `conv` of kernel size 1.
import type { ArchNode, Dimension, Shape } from "../architecture";
import { divide, multiply, plus, unknown } from "../dimensions";
import { type Call, first, number, numbers, type Op, type SizedCall, volume } from "./op";

/** How a window moves along one axis, and what it leaves of a size. */
export function windowed(
  call: Call,
  input: Dimension,
  axis: number,
  spatial: number,
  ceil = false,
): Dimension {
  const kernel = numbers(call, "kernelSize")?.[axis] ?? 1;
  const stride = numbers(call, "strides")?.[axis] ?? 1;
  const dilation = numbers(call, "dilations")?.[axis] ?? 1;
  if (call.attributes.padding === "same") return divide(plus(input, stride - 1), stride);
  const padding = numbers(call, "padding");
  const padded = plus(input, (padding?.[axis] ?? 0) + (padding?.[axis + spatial] ?? 0));
  const span = plus(padded, -dilation * (kernel - 1) - 1);
  if (typeof span === "number" && span < 0) return unknown;
  const steps = plus(divide(ceil ? plus(span, stride - 1) : span, stride), 1);
  if (!ceil || typeof steps !== "number" || typeof input !== "number") return steps;
  // A window that would begin in the padding after the end does not count.
  return (steps - 1) * stride >= input + (padding?.[axis] ?? 0) ? steps - 1 : steps;
}

function inferConv(call: Call): Shape[] {
  const input = call.inputs[0];
  if (!input || input.length < 3) return first(null, call.outputs);
  const out = call.attributes.outChannels;
  const spatial = input.slice(2);
  const sizes = spatial.map((size, axis) => windowed(call, size, axis, spatial.length));
  return first([input[0] ?? unknown, typeof out === "number" ? out : unknown, ...sizes], call.outputs);
}

function convCost(call: SizedCall, at: readonly (readonly number[])[]): number {
  const places = at[0];
  if (!places) return 0;
  const kernel = volume(numbers(call, "kernelSize") ?? []);
  const [inChannels, outChannels, groups] = channels(call);
  return (places[0] ?? 1) * volume(places.slice(2)) * kernel * ((inChannels * outChannels) / groups);
}

function channels(call: SizedCall): [number, number, number] {
  return [number(call, "inChannels", 0), number(call, "outChannels", 0), number(call, "groups", 1)];
}

/** Attributes: kernelSize, strides, dilations, padding (begins then ends, or "same"), groups, inChannels, outChannels. */
export const conv: Op = {
  role: "weights",
  words: ["convolution", "convolutions"],
  infer: inferConv,
  multiplyAdds: (call) => convCost(call, call.outputs),
};

/** As `conv`, and outputPadding. */
export const convTranspose: Op = {
  role: "weights",
  words: ["transposed convolution", "transposed convolutions"],
  infer: (call) => {
    const input = call.inputs[0];
    if (!input || input.length < 3) return first(null, call.outputs);
    const spatial = input.slice(2);
    const given = numbers(call, "outputShape");
    const sizes = spatial.map((size, axis) => {
      if (given && given.length === spatial.length) return given[axis] ?? unknown;
      const stride = numbers(call, "strides")?.[axis] ?? 1;
      if (call.attributes.padding === "same") return multiply(size, stride);
      const kernel = numbers(call, "kernelSize")?.[axis] ?? 1;
      const dilation = numbers(call, "dilations")?.[axis] ?? 1;
      const padding = numbers(call, "padding");
      const cut = (padding?.[axis] ?? 0) + (padding?.[axis + spatial.length] ?? 0);
      const extra = numbers(call, "outputPadding")?.[axis] ?? 0;
      return plus(multiply(plus(size, -1), stride), dilation * (kernel - 1) + 1 + extra - cut);
    });
    return first([input[0] ?? unknown, number(call, "outChannels", 0), ...sizes], call.outputs);
  },
  multiplyAdds: (call) => convCost(call, call.inputs),
};

export function isDepthwise(node: Pick<ArchNode, "op" | "attributes">): boolean {
  const { groups, inChannels } = node.attributes;
  return node.op === "conv" && typeof groups === "number" && groups > 1 && groups === inChannels;
}

export function isPointwise(node: Pick<ArchNode, "op" | "attributes">): boolean {
  const kernel = numbers(node, "kernelSize");
  return (
    node.op === "conv" && kernel !== undefined && kernel.length > 0 && kernel.every((size) => size === 1)
  );
}
