// Activations by Keras' names.
import type { Attribute } from "../../architecture";
import { isNumbers, isObject, object, text } from "../json";
import { axisIn, type Tensor } from "../writer";
import type { LayerCall } from "./call";

/** A function of Keras as an op of the vocabulary; null for the one that does nothing. */
const functions: Record<
  string,
  readonly [Parameters<LayerCall["add"]>[0], Record<string, Attribute>?] | null
> = {
  linear: null,
  relu: ["relu"],
  relu6: ["relu6"],
  leaky_relu: ["leakyRelu", { slope: 0.2 }],
  elu: ["elu", { alpha: 1 }],
  selu: ["selu"],
  celu: ["celu"],
  gelu: ["gelu", { approximate: "none" }],
  silu: ["silu"],
  swish: ["silu"],
  mish: ["mish"],
  sigmoid: ["sigmoid"],
  hard_sigmoid: ["hardSigmoid"],
  hard_silu: ["hardSwish"],
  hard_swish: ["hardSwish"],
  tanh: ["tanh"],
  hard_tanh: ["clip", { min: -1, max: 1 }],
  softplus: ["softplus"],
  softsign: ["softsign"],
  softmax: ["softmax", { axis: -1 }],
  log_softmax: ["logSoftmax", { axis: -1 }],
  exponential: ["exp"],
};

/**
 * @param value a name, or the configuration of a function or of a layer that is one
 * @returns the tensor itself where the activation is linear
 */
export function activate(call: LayerCall, tensor: Tensor, value: unknown, part?: string): Tensor {
  if (value === null || value === undefined) return tensor;
  if (isObject(value) && isObject(value.config)) {
    // A layer: { class_name: "LeakyReLU", config: {…} }.
    return call.use.inner(value, part ?? "activation", [tensor])[0] ?? tensor;
  }
  const named = isObject(value) ? text(value.config, text(value.class_name)) : text(value);
  const name = named.replace(/^.*[>.]/, "");
  if (Object.hasOwn(functions, name)) {
    const known = functions[name];
    return known ? call.add(known[0], [tensor], located(known[1] ?? {}, tensor), { part }) : tensor;
  }
  return call.add(`custom:${name.slice(0, 80)}`, [tensor], {}, { part, shape: tensor.shape });
}

function located(attributes: Record<string, Attribute>, tensor: Tensor) {
  if (attributes.axis !== -1 || !tensor.moved) return attributes;
  return { ...attributes, axis: axisIn(tensor, -1) ?? -1 };
}

/** The layers that are activations. */
export function relu(call: LayerCall): Tensor {
  const slope = call.number("negative_slope", call.number("alpha", 0));
  const limit = call.config.max_value;
  const threshold = call.number("threshold", call.number("theta", 0));
  if (threshold !== 0) return call.add("thresholdedRelu", [call.input()], { threshold });
  if (slope !== 0) return call.add("leakyRelu", [call.input()], { slope });
  if (limit === 6) return call.add("relu6", [call.input()]);
  return typeof limit === "number"
    ? call.add("clip", [call.input()], { min: 0, max: limit })
    : call.add("relu", [call.input()]);
}

export function leakyRelu(call: LayerCall): Tensor {
  return call.add("leakyRelu", [call.input()], {
    slope: call.number("negative_slope", call.number("alpha", 0.3)),
  });
}

export function thresholdedRelu(call: LayerCall): Tensor {
  return call.add("thresholdedRelu", [call.input()], { threshold: call.number("theta", 1) });
}

export function prelu(call: LayerCall): Tensor {
  const input = call.input();
  const shared = isNumbers(call.config.shared_axes) ? call.config.shared_axes : [];
  const shape = (input.shape ?? [])
    .slice(1)
    .map((size, i) => (shared.includes(i + 1) ? 1 : typeof size === "number" ? size : undefined));
  return call.add("prelu", [input], {}, { parameters: call.weight("alpha", shape) });
}

export function elu(call: LayerCall): Tensor {
  return call.add("elu", [call.input()], { alpha: call.number("alpha", 1) });
}

export function softmax(call: LayerCall): Tensor {
  const input = call.input();
  const { axis } = call.config;
  const at = typeof axis === "number" ? axis : isNumbers(axis) ? (axis[0] ?? -1) : -1;
  return call.add("softmax", [input], { axis: input.moved ? axisIn(input, at) : at });
}

export function activation(call: LayerCall): Tensor {
  return activate(call, call.input(), call.config.activation);
}

/** What stands under "activation" of a layer with weights, after what the layer computes. */
export function activated(call: LayerCall, tensor: Tensor): Tensor {
  const value = call.config.activation;
  return activate(
    call,
    tensor,
    value,
    isObject(value) ? text(object(value).class_name, "activation") : text(value, "activation"),
  );
}
