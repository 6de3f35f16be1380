// Attention layers: projections, the attention itself, and the projection of what it gives.
import { isNumbers, list } from "../json";
import type { Tensor } from "../writer";
import { activated } from "./activations";
import { isTensor, type LayerCall } from "./call";
import { linear } from "./features";

/** A tensor of the call by its place or its keyword. */
function given(call: LayerCall, at: number, name: string): Tensor | undefined {
  const named = call.use.kwargs[name];
  if (isTensor(named)) return named;
  const placed = call.use.args[at];
  if (isTensor(placed)) return placed;
  // Keras 2 gives the first by place and the others by keyword.
  return at === 0 ? call.input() : undefined;
}

export function multiHead(call: LayerCall): Tensor {
  const query = given(call, 0, "query") ?? call.input();
  const value = given(call, 1, "value") ?? query;
  const key = given(call, 2, "key") ?? value;
  const grouped = call.config.num_query_heads !== undefined;
  const heads = call.count(grouped ? "num_query_heads" : "num_heads");
  const kvHeads = grouped ? call.count("num_key_value_heads") : heads;
  const headSize = call.count(grouped ? "head_dim" : "key_dim");
  const valueSize = grouped ? headSize : call.number("value_dim", headSize);
  const bias = call.flag("use_bias", true);
  const project = (tensor: Tensor, part: string, width: number) =>
    linear(call, tensor, width, { bias, part });
  const inputs = [
    project(query, "query", heads * headSize),
    project(key, "key", kvHeads * headSize),
    project(value, "value", kvHeads * valueSize),
  ];
  const mask = given(call, 3, "attention_mask");
  const attributes = {
    heads,
    kvHeads: kvHeads === heads ? undefined : kvHeads,
    headSize,
    layout: "joined",
    causal: call.use.kwargs.use_causal_mask === true ? true : mask ? undefined : false,
    mask: mask ? true : undefined,
  };
  const seen = call.add("attention", mask ? [...inputs, mask] : inputs, attributes, { part: "attention" });
  const shape = call.config.output_shape;
  const width = isNumbers(shape)
    ? (shape.at(-1) ?? 0)
    : typeof shape === "number"
      ? shape
      : call.width(query);
  if (width === undefined) return seen;
  return linear(call, seen, width, { bias, part: "attention_output" });
}

/** Attention without projections; by default not scaled. */
export function dotProduct(call: LayerCall): Tensor {
  const [query, value] = [call.input(0), call.input(call.use.inputs.length > 1 ? 1 : 0)];
  const key = call.use.inputs[2] ?? value;
  const causal = call.config.causal === true || call.use.kwargs.use_causal_mask === true;
  const attributes = { heads: 1, headSize: call.width(query), layout: "joined", causal };
  const parameters = call.flag("use_scale", false) ? call.weight("scale", []) : [];
  return call.add(
    "attention",
    [query, key, value].map((tensor) => call.writer.plain(tensor)),
    attributes,
    { parameters },
  );
}

/** A tensor product with a kernel: a linear layer where it goes over the last axis only. */
export function einsumDense(call: LayerCall): Tensor {
  const input = call.writer.plain(call.input());
  const equation = call.text("equation", "").replace(/\s/g, "").replaceAll("...", "");
  const [terms = "", output = ""] = equation.split("->");
  const [data = "", kernel = ""] = terms.split(",");
  const given = call.config.output_shape;
  const outer = typeof given === "number" ? [given] : list(given);
  const sizes = new Map<string, number | undefined>();
  [...output].forEach((letter, i) => {
    const size = outer[i - output.length + outer.length];
    sizes.set(letter, typeof size === "number" ? size : undefined);
  });
  [...data].forEach((letter, i) => {
    const size = input.shape?.at(i - data.length);
    if (typeof size === "number") sizes.set(letter, size);
  });
  const shape = [...kernel].map((letter) => sizes.get(letter));
  const axes = call.text("bias_axes", "");
  const parameters = [
    ...call.weight("kernel", shape),
    ...(axes === ""
      ? []
      : call.weight(
          "bias",
          [...axes].map((letter) => sizes.get(letter)),
        )),
  ];
  const isLinear =
    kernel.length === 2 && data.endsWith(kernel[0] ?? "?") && output === data.slice(0, -1) + kernel[1];
  const [inFeatures, outFeatures] = shape;
  if (isLinear && inFeatures !== undefined && outFeatures !== undefined) {
    return call.add(
      "linear",
      [input],
      { inFeatures, outFeatures, bias: axes !== "" || undefined },
      { parameters },
    );
  }
  const known = shape.every((size) => size !== undefined) ? (shape as number[]) : undefined;
  return activated(call, call.add("einsum", [input], { equation, operandShape: known }, { parameters }));
}
