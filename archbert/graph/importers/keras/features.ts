// Layers over features: dense layers, normalizations, embeddings, what changes shapes, and what is kept as arithmetic.
import type { Attribute, Dimension } from "../../architecture";
import { product } from "../../dimensions";
import { isNumbers } from "../json";
import { axisIn, shapeOf, type Tensor } from "../writer";
import { activated } from "./activations";
import type { LayerCall } from "./call";
import { sizesOf } from "./values";

export function dense(call: LayerCall): Tensor {
  return activated(
    call,
    linear(call, call.input(), call.count("units"), { bias: call.flag("use_bias", true) }),
  );
}

/** A linear layer over the last axis. */
export function linear(
  call: LayerCall,
  tensor: Tensor,
  outFeatures: number,
  { bias, part, weight = part }: { bias: boolean; part?: string; weight?: string },
): Tensor {
  const input = call.writer.plain(tensor);
  const inFeatures = call.width(input);
  const prefix = weight === undefined ? "" : `${weight}/`;
  const parameters = [
    ...call.weight(`${prefix}kernel`, [outFeatures, inFeatures]),
    ...(bias ? call.weight(`${prefix}bias`, [outFeatures]) : []),
  ];
  return call.add(
    "linear",
    [input],
    { inFeatures, outFeatures, bias: bias || undefined },
    { parameters, part },
  );
}

/** The axes that a normalization goes over, or keeps. */
function axesOf(call: LayerCall): readonly number[] {
  const { axis } = call.config;
  return typeof axis === "number" ? [axis] : isNumbers(axis) ? axis : [-1];
}

export function batchNorm(call: LayerCall): Tensor {
  const input = call.input();
  const [axis = -1] = axesOf(call);
  const isLast = axis === -1 || axis === call.rank(input) - 1;
  const picture = isLast && call.rank(input) >= 4 ? call.writer.channelsFirst(input) : input;
  const at = axisIn(picture, axis);
  const size = at === undefined ? undefined : shapeOf(picture)?.[at];
  const width = typeof size === "number" ? size : undefined;
  const parameters = [
    ...(call.flag("scale", true) ? call.weight("gamma", [width]) : []),
    ...(call.flag("center", true) ? call.weight("beta", [width]) : []),
    ...call.weight("moving_mean", [width], false),
    ...call.weight("moving_variance", [width], false),
  ];
  return call.add(
    "batchNorm",
    [picture],
    { epsilon: call.number("epsilon", 1e-3), axis: at === 1 ? undefined : at },
    { parameters },
  );
}

export function layerNorm(call: LayerCall): Tensor {
  const input = call.writer.plain(call.input());
  const axes = axesOf(call);
  const sizes = axes
    .map((axis) => input.shape?.at(axis))
    .map((size) => (typeof size === "number" ? size : undefined));
  const rms = call.kind === "RMSNormalization" || call.flag("rms_scaling", false);
  const parameters = [
    ...(rms || call.flag("scale", true) ? call.weight("gamma", sizes) : []),
    ...(!rms && call.flag("center", true) ? call.weight("beta", sizes) : []),
  ];
  const attributes = {
    axis: axes[0],
    axes: axes.length > 1 ? axes : undefined,
    epsilon: call.number("epsilon", rms ? 1e-6 : 1e-3),
  };
  return call.add(rms ? "rmsNorm" : "layerNorm", [input], attributes, { parameters });
}

export function groupNorm(call: LayerCall): Tensor {
  const input = call.input();
  const picture = call.rank(input) >= 4 ? call.writer.channelsFirst(input) : input;
  const width = call.width(input);
  const groups = call.number("groups", 32);
  const parameters = [
    ...(call.flag("scale", true) ? call.weight("gamma", [width]) : []),
    ...(call.flag("center", true) ? call.weight("beta", [width]) : []),
  ];
  const attributes = { groups: groups === -1 ? width : groups, epsilon: call.number("epsilon", 1e-3) };
  return call.add("groupNorm", [picture], attributes, { parameters });
}

export function unitNorm(call: LayerCall): Tensor {
  const input = call.input();
  return call.add("lpNorm", [input], { p: 2, axis: axisIn(input, axesOf(call)[0] ?? -1) });
}

export function embedding(call: LayerCall): Tensor {
  const [entries, width] = [call.count("input_dim"), call.count("output_dim")];
  const parameters = call.weight("embeddings", [entries, width]);
  return call.add(
    "embedding",
    [call.input()],
    { entries, width },
    { parameters, dtype: "float32", moved: false },
  );
}

/** The order of numbers within the flat vector is the weights' business: no transposition for it. */
export function flatten(call: LayerCall): Tensor {
  return call.rank(call.input()) <= 2
    ? call.input()
    : call.add("flatten", [call.input()], { axis: 1 }, { moved: false });
}

export function reshape(call: LayerCall): Tensor {
  const target = call.config.target_shape;
  if (!isNumbers(target)) throw call.error('has no usable "target_shape"');
  return reshaped(call, call.input(), target);
}

/** @param target sizes behind the batch, at most one of them -1 */
export function reshaped(call: LayerCall, input: Tensor, target: readonly number[], part?: string): Tensor {
  const known = input.shape?.slice(1) ?? [];
  const rest = target.indexOf(-1);
  const total = product(known);
  const others = target.filter((size) => size !== -1).reduce((a, b) => a * b, 1);
  const sizes: Dimension[] = target.map((size, i) =>
    i === rest && typeof total === "number" && others > 0 ? Math.floor(total / others) : size,
  );
  const shape: Dimension[] = [input.shape?.[0] ?? "batch", ...sizes];
  const isPoint = (list: readonly Dimension[]) => list.slice(0, -1).every((size) => size === 1);
  const say = (list: readonly Dimension[]) => list.map(Number);
  const written = { part, shape: rest >= 0 && sizes.includes(-1) ? undefined : shape };
  if (target.length >= 3 && (known.length === 1 || (input.moved && isPoint(known) && isPoint(sizes)))) {
    // Features become a picture: which of them goes where is the weights' business.
    const last = sizes.at(-1) ?? 1;
    return call.add(
      "reshape",
      [input],
      { shape: [0, ...say([last, ...sizes.slice(0, -1)])] },
      { ...written, moved: true },
    );
  }
  if (input.moved && target.length === 1)
    return call.add("flatten", [input], { axis: 1 }, { ...written, moved: false });
  if (input.moved && target.length === 2 && sizes[1] === known.at(-1)) {
    // A picture becomes tokens: its places in a row, then features last.
    const places = call.add(
      "reshape",
      [input],
      { shape: [0, Number(sizes[1]), Number(sizes[0])] },
      { part: `${part ?? ""}places`, moved: true },
    );
    return call.writer.plain(places);
  }
  return call.add("reshape", [call.writer.plain(input)], { shape: [0, ...say(sizes)] }, written);
}

export function permute(call: LayerCall): Tensor {
  const { dims } = call.config;
  if (!isNumbers(dims)) throw call.error('has no usable "dims"');
  return permuted(call, call.input(), [0, ...dims]);
}

/** @param order of the file's axes */
export function permuted(call: LayerCall, input: Tensor, order: readonly number[], part?: string): Tensor {
  const permutation = order.map((axis) => axisIn(input, axis));
  if (permutation.length !== call.rank(input) || permutation.some((axis) => axis === undefined)) {
    throw call.error("has axes that its input has not");
  }
  return call.add("transpose", [input], { permutation: permutation as number[] }, { part, moved: false });
}

export function repeatVector(call: LayerCall): Tensor {
  const wide = call.add("unsqueeze", [call.input()], { axes: [1] }, { part: "expand" });
  return call.add("tile", [wide], { repeats: [1, call.count("n"), 1] });
}

export const merge =
  (op: "add" | "mul" | "sub" | "max" | "min" | "mean") =>
  (call: LayerCall): Tensor =>
    call.add(op, call.writer.alike(call.use.inputs));

export function concatenate(call: LayerCall): Tensor {
  const axis = call.number("axis", -1);
  const inputs = call.writer.alike(call.use.inputs);
  const [first] = inputs;
  if (!first) throw call.error("is given nothing");
  if (inputs.length === 1) return first;
  return call.add("concat", inputs, { axis: axisIn(first, axis) ?? axis });
}

/** A learned scale a channel, as ConvNeXt and CaiT have. */
export function layerScale(call: LayerCall): Tensor {
  const input = call.input();
  const width = call.number("projection_dim", call.width(input) ?? 0);
  const operandShape = input.moved ? [width, ...new Array<number>(call.rank(input) - 2).fill(1)] : [width];
  return call.add("mul", [input], { operandShape }, { parameters: call.weight("gamma", [width]) });
}

/** The second input, scaled, added to the first: the residual of Inception-ResNet. */
export function scaledSum(call: LayerCall): Tensor {
  const [x, residual] = call.writer.alike([call.input(0), call.input(1)]);
  if (!x || !residual) throw call.error("is given too few tensors");
  const scaled = call.add("mul", [residual], { operand: call.number("scale", 1) }, { part: "scale" });
  return call.add("add", [x, scaled]);
}

export function rescaling(call: LayerCall): Tensor {
  const scalar = (name: string, byDefault: number): Record<string, Attribute> => {
    const value = call.config[name];
    return isNumbers(value) ? { operandShape: [value.length] } : { operand: call.number(name, byDefault) };
  };
  const input = call.input();
  const scaled = call.add("mul", [input], scalar("scale", 1), { part: "scale", dtype: "float32" });
  return call.number("offset", 1) === 0 ? scaled : call.add("add", [scaled], scalar("offset", 0));
}

/** (x − mean) / deviation, both adapted to the data before training. */
export function normalization(call: LayerCall): Tensor {
  const input = call.input();
  const width = call.width(input);
  const given = call.config.mean !== undefined && call.config.mean !== null;
  const operandShape =
    width === undefined
      ? undefined
      : input.moved
        ? [width, ...new Array<number>(call.rank(input) - 2).fill(1)]
        : [width];
  const weight = (name: string) => (given ? [] : call.weight(name, [width], false));
  const count = given ? [] : call.weight("count", [], false);
  const centred = call.add(
    "sub",
    [input],
    { operandShape },
    { part: "mean", parameters: weight("mean"), dtype: "float32" },
  );
  return call.add("div", [centred], { operandShape }, { parameters: [...weight("variance"), ...count] });
}

/**
 * An op outside the vocabulary, kept by its name, with the weights that the file lists for it. Where the file lists no
 * weights at all, those of a layer are not known; a function has none.
 */
export function custom(call: LayerCall): Tensor {
  const { inputs, weights, path, build } = call.use;
  const own = [...weights].filter(([layer]) => layer === path || layer.startsWith(`${path}/`));
  const parameters = own.flatMap(([, listed]) =>
    listed.map(({ name, shape }) => ({ name, shape, dtype: "float32" as const, trainable: true })),
  );
  const attributes: Record<string, Attribute> = {};
  if (weights.size === 0 && !call.isFunction) {
    attributes.unknownWeights = true;
    call.writer.notes.weights = `of layers that are not Keras' own the weights are not known: ${call.kind.slice(0, 80)}`;
  }
  for (const [name, value] of Object.entries(call.config)) {
    if (typeof value === "number" || (typeof value === "string" && value.length <= 200 && name !== "name"))
      attributes[name] = value;
  }
  const shape = call.config.output_shape;
  const said = isNumbers(shape) ? [inputs[0]?.shape?.[0] ?? "batch", ...shape] : sizesOf(build.output_shape);
  return call.add(
    `custom:${call.kind.slice(0, 80)}`,
    inputs.map((tensor) => call.writer.plain(tensor)),
    attributes,
    {
      parameters,
      shape: said,
      moved: false,
    },
  );
}
