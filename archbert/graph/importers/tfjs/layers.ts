// TensorFlow's ops that hold weights, alone or fused with what follows.
import type { Attribute, Parameter } from "../../architecture";
import type { OpName } from "../../ops";
import { shapeOf, type Tensor } from "../writer";
import type { Use } from "./node";
import { operand } from "./operands";

const activations = new Map<string, OpName>(
  Object.entries({
    Relu: "relu",
    Relu6: "relu6",
    LeakyRelu: "leakyRelu",
    Elu: "elu",
    Sigmoid: "sigmoid",
    Tanh: "tanh",
    Prelu: "prelu",
    GeluExact: "gelu",
    GeluApproximate: "gelu",
  } as const),
);

const known = (size: number | undefined) => (typeof size === "number" && size >= 0 ? size : undefined);

/** The sizes of a four-number attribute that belong to height and width. */
function spatial(use: Use, name: string): number[] | undefined {
  const values = use.numbers(name);
  if (values.length !== 4 && values.length !== 5) return undefined;
  return use.channelsLast ? values.slice(1, -1) : values.slice(2);
}

function paddingOf(use: Use): Attribute | undefined {
  const padding = use.text("padding", "VALID");
  if (padding === "SAME") return "same";
  const explicit = use.numbers("explicit_paddings");
  if (padding !== "EXPLICIT" || explicit.length !== 8) return undefined;
  const from = use.channelsLast ? 2 : 4;
  const [top = 0, bottom = 0, left = 0, right = 0] = explicit.slice(from, from + 4);
  return [top, left, bottom, right];
}

export const convolution =
  (isDepthwise: boolean) =>
  (use: Use): Tensor | undefined => {
    const input = use.picture();
    const filter = use.constant(1);
    if (!input || !filter || filter.shape.length < 4) return undefined;
    const kernelSize = filter.shape.slice(0, -2);
    const [into = 1, out = 1] = filter.shape.slice(-2);
    const size = shapeOf(input)?.[1];
    const inChannels = isDepthwise ? into : typeof size === "number" ? size : into;
    const outChannels = isDepthwise ? into * out : out;
    const groups = isDepthwise ? into : Math.max(1, Math.floor(inChannels / Math.max(1, into)));
    const dilations = spatial(use, "dilations");
    const { bias, parameters } = biasOf(use);
    const attributes = {
      kernelSize,
      strides: spatial(use, "strides"),
      dilations: dilations?.some((step) => step !== 1) ? dilations : undefined,
      padding: paddingOf(use),
      groups,
      inChannels,
      outChannels,
      bias,
    };
    const weights = use.weight(1, [outChannels, isDepthwise ? 1 : into, ...kernelSize]);
    return fused(use, use.add("conv", [input], attributes, { parameters: [...weights, ...parameters] }));
  };

export function transposed(use: Use): Tensor | undefined {
  // Inputs: sizes of the result, filter, picture.
  const input = use.picture(2);
  const filter = use.constant(1);
  if (!input || !filter || filter.shape.length !== 4) return undefined;
  const [outChannels, inChannels] = filter.shape.slice(-2);
  const kernelSize = filter.shape.slice(0, 2);
  const attributes = {
    kernelSize,
    strides: spatial(use, "strides"),
    padding: paddingOf(use),
    groups: 1,
    inChannels,
    outChannels,
  };
  const parameters = use.weight(1, [inChannels ?? 1, outChannels ?? 1, ...kernelSize]);
  return use.add("convTranspose", [input], attributes, { parameters });
}

export function product(use: Use): Tensor | undefined {
  const input = use.data(0);
  const weight = use.constant(1);
  if (!input || weight?.shape.length !== 2 || use.flag("transpose_a")) return matrixProduct(use);
  const [a, b] = weight.shape;
  const [inFeatures, outFeatures] = use.flag("transpose_b") ? [b, a] : [a, b];
  const { bias, parameters } = biasOf(use);
  const attributes = { inFeatures, outFeatures, bias };
  const weights = use.weight(1, [outFeatures ?? 1, inFeatures ?? 1]);
  const made = use.add("linear", [use.writer.plain(input)], attributes, {
    parameters: [...weights, ...parameters],
  });
  return fused(use, made);
}

export function matrixProduct(use: Use): Tensor | undefined {
  const turns = [use.flag("adj_x") || use.flag("transpose_a"), use.flag("adj_y") || use.flag("transpose_b")];
  const tensors = [0, 1].flatMap((i) => {
    const tensor = use.data(i);
    if (!tensor) return [];
    const plain = use.writer.plain(tensor);
    return turns[i] ? turned(use, plain, i) : plain;
  });
  if (tensors.length === 0) return undefined;
  const isOpen = turns.some((turns, i) => turns && (use.data(i)?.shape ?? null) === null);
  const { attributes, parameters } = operand(use);
  const made = use.add("matmul", tensors, attributes, { parameters, shape: isOpen ? null : undefined });
  return use.op.startsWith("_Fused") ? fused(use, made) : made;
}

/** With its last two axes in each other's place, where it is known how many there are. */
function turned(use: Use, tensor: Tensor, i: number): Tensor {
  const rank = tensor.shape?.length ?? 0;
  if (rank < 2) return tensor;
  const axes = Array.from({ length: rank - 2 }, (_, axis) => axis);
  return use.add(
    "transpose",
    [tensor],
    { permutation: [...axes, rank - 1, rank - 2] },
    { part: `turned${i}`, moved: false },
  );
}

/** What a fused op adds first: the bias. */
function biasOf(use: Use): { bias: true | undefined; parameters: Parameter[] } {
  const has = use.texts("fused_ops").includes("BiasAdd");
  return { bias: has || undefined, parameters: has ? use.weight(2) : [] };
}

/** The ops that follow inside a fused one, each as a node. */
function fused(use: Use, from: Tensor): Tensor {
  let tensor = from;
  let argument = 2;
  for (const name of use.texts("fused_ops")) {
    if (name === "BiasAdd") argument++;
    else if (name === "FusedBatchNorm") {
      tensor = use.add("batchNorm", [tensor], {}, { part: "norm", parameters: norms(use, argument) });
      argument += 4;
    } else if (name === "Prelu") {
      tensor = use.add("prelu", [tensor], {}, { part: "prelu", parameters: use.weight(argument++) });
    } else if (name === "Add" || name === "AddV2") {
      const other = use.data(argument++);
      if (other) tensor = use.add("add", use.writer.alike([tensor, other]), {}, { part: "add" });
    } else {
      const slope = name === "LeakyRelu" ? use.number("leakyrelu_alpha", 0.2) : undefined;
      tensor = use.add(
        activations.get(name) ?? `custom:${name.slice(0, 80)}`,
        [tensor],
        { slope },
        { part: name, shape: activations.get(name) ? undefined : tensor.shape },
      );
    }
  }
  return tensor;
}

function norms(use: Use, from: number): Parameter[] {
  return [0, 1, 2, 3].flatMap((i) => use.weight(from + i, undefined, i < 2));
}

export function batchNorm(use: Use): Tensor | undefined {
  const input = use.picture();
  return (
    input &&
    use.add("batchNorm", [input], { epsilon: use.number("epsilon", 1e-4) }, { parameters: norms(use, 1) })
  );
}

export function bias(use: Use): Tensor | undefined {
  const input = use.data(0);
  if (!input) return undefined;
  return use.add("add", [input], operand(use).attributes, { parameters: use.weight(1) });
}

export function prelu(use: Use): Tensor | undefined {
  const input = use.data(0);
  return input && use.add("prelu", [input], {}, { parameters: use.weight(1) });
}

export const pooling =
  (op: "maxPool" | "averagePool") =>
  (use: Use): Tensor | undefined => {
    const input = use.picture();
    const attributes = {
      kernelSize: spatial(use, "ksize"),
      strides: spatial(use, "strides"),
      padding: paddingOf(use),
    };
    return input && use.add(op, [input], attributes);
  };

export function lookup(use: Use): Tensor | undefined {
  const [table, indices] = [use.constant(0), use.data(1)];
  if (table?.shape.length === 2 && indices && /^(float|bfloat)/.test(table.dtype)) {
    const [entries, width] = table.shape;
    return use.add(
      "embedding",
      [indices],
      { entries: known(entries), width: known(width) },
      { parameters: use.weight(0), dtype: table.dtype },
    );
  }
  const { attributes, parameters } = operand(use);
  // On which axis it looks is among the weights.
  return use.add(
    "gather",
    use.tensors().map((tensor) => use.writer.plain(tensor)),
    attributes,
    { parameters, shape: null },
  );
}
