// How an op of ONNX becomes one of the vocabulary: the parts that the table in translate.ts is made of.
import type { Attribute, Dimension } from "../../architecture";
import type { OpName } from "../../ops";
import type { Use } from "./known";

export interface Translation {
  op: OpName | `custom:${string}`;
  attributes: Record<string, Attribute>;
  /** Which inputs carry data; all when not given. Constants among them become operands. */
  data?: readonly number[];
  /** Inputs that hold learned weights when constant. */
  weights?: readonly number[];
  /** Inputs that hold running statistics. */
  statistics?: readonly number[];
}

/** Null where the op only passes its first input on. */
export type Translate = (use: Use) => Translation | null;

/** Sizes as an attribute: numbers where all are, else text. */
export function sizes(dimensions: readonly Dimension[] | null | undefined): Attribute | undefined {
  if (!dimensions) return undefined;
  return dimensions.every((size) => typeof size === "number") ? dimensions : dimensions.map(String);
}

/** Without the entries that have no value. */
export function given(entries: Record<string, Attribute | undefined>): Record<string, Attribute> {
  const out: Record<string, Attribute> = {};
  for (const [name, value] of Object.entries(entries)) if (value !== undefined) out[name] = value;
  return out;
}

export const plain =
  (op: OpName, attributes?: (use: Use) => Record<string, Attribute | undefined>): Translate =>
  (use) => ({ op, attributes: attributes ? given(attributes(use)) : {} });

/** Like `plain`, but only the first input carries data; the rest are attributes in disguise. */
export const only =
  (op: OpName, attributes?: (use: Use) => Record<string, Attribute | undefined>): Translate =>
  (use) => ({ op, attributes: attributes ? given(attributes(use)) : {}, data: [0] });

export const pass: Translate = () => null;

export function window(use: Use, spatial: number): Record<string, Attribute | undefined> {
  const kernel = use.ints("kernel_shape");
  const ones = new Array<number>(spatial).fill(1);
  const auto = use.text("auto_pad", "NOTSET");
  const padding = use.ints("pads");
  return {
    kernelSize: kernel,
    strides: use.ints("strides") ?? ones,
    dilations: use.ints("dilations")?.some((size) => size !== 1) ? use.ints("dilations") : undefined,
    padding: auto.startsWith("SAME") ? "same" : padding?.some((size) => size !== 0) ? padding : undefined,
    ceil: use.int("ceil_mode", 0) === 1 ? true : undefined,
  };
}

/** @param weight index of the kernel among the inputs, of which the first is the image */
export const convolution =
  (op: "conv" | "convTranspose", weight: number, bias: number, quantized = false): Translate =>
  (use) => {
    const shape = use.shape(weight);
    const groups = use.int("group", 1);
    const spatial = Math.max(0, (shape?.length ?? use.shape(0)?.length ?? 2) - 2);
    const kernel = shape?.slice(2).every((size) => typeof size === "number") ? shape.slice(2) : undefined;
    const [out, into] = [shape?.[0], shape?.[1]];
    const scaled = (size: Dimension | undefined) => (typeof size === "number" ? size * groups : undefined);
    const known = (size: Dimension | undefined) => (typeof size === "number" ? size : undefined);
    return {
      op,
      attributes: given({
        ...window(use, spatial),
        kernelSize: use.ints("kernel_shape") ?? (kernel as number[] | undefined),
        groups,
        inChannels: op === "conv" ? scaled(into) : known(out),
        outChannels: op === "conv" ? known(out) : scaled(into),
        bias: use.has(bias) ? true : undefined,
        quantized: quantized || undefined,
        activation: use.text("activation", "") || undefined,
        outputPadding: use.ints("output_padding"),
        outputShape: use.ints("output_shape"),
      }),
      data: use.constant(weight) ? [0] : [0, weight],
      weights: [weight, bias],
    };
  };

export const pool = (op: OpName): Translate =>
  only(op, (use) => {
    const attributes = window(use, Math.max(0, (use.shape(0)?.length ?? 4) - 2));
    const counts = attributes.padding !== undefined && use.int("count_include_pad", 0) === 1;
    return { ...attributes, countsPadding: counts ? true : undefined };
  });

export const reduce = (op: OpName): Translate =>
  only(op, (use) => {
    const axes = use.ints("axes") ?? use.numbers(1);
    const none = axes === undefined || axes.length === 0;
    if (none && use.int("noop_with_empty_axes", 0) === 1) return { axes: [], keepDims: true };
    return {
      axes: none ? undefined : axes,
      axesUnknown: use.has(1) && use.numbers(1) === undefined ? true : undefined,
      keepDims: use.int("keepdims", 1) === 1,
    };
  });

/** A product whose right side is a weight matrix is a linear layer. */
export function product(use: Use, a: number, b: number, transposed = false, quantized = false): Translation {
  const shape = use.shape(b);
  if (use.constant(b) && !use.constant(a) && shape?.length === 2) {
    const [rows, columns] = transposed ? [shape[1], shape[0]] : [shape[0], shape[1]];
    if (typeof rows === "number" && typeof columns === "number") {
      return {
        op: "linear",
        attributes: given({ inFeatures: rows, outFeatures: columns, quantized: quantized || undefined }),
        data: [a],
        weights: [b],
      };
    }
  }
  return {
    op: "matmul",
    attributes: given({ quantized: quantized || undefined }),
    data: [a, b],
    weights: [a, b],
  };
}

export const gemm: Translate = (use) => {
  const made = product(use, 0, 1, use.int("transB", 0) === 1);
  if (made.op !== "linear" || use.int("transA", 0) === 1) {
    const [rows, inner] = use.int("transA", 0) === 1 ? [-1, -2] : [-2, -1];
    const columns = use.int("transB", 0) === 1 ? -2 : -1;
    const shape = sizes([use.size(0, rows), use.size(1, columns)]);
    return {
      op: "einsum",
      attributes: given({
        equation: `${use.int("transA", 0) ? "ki" : "ik"},${use.int("transB", 0) ? "jk" : "kj"}->ij`,
        inner: sizes([use.size(0, inner)]),
        shape,
      }),
      data: [0, 1],
      weights: [0, 1, 2],
    };
  }
  if (use.has(2)) made.attributes.bias = true;
  return { ...made, data: use.has(2) && !use.constant(2) ? [0, 2] : [0], weights: [1, 2] };
};

export const norm =
  (op: OpName, attributes?: (use: Use) => Record<string, Attribute | undefined>): Translate =>
  (use) => ({
    op,
    attributes: given({ epsilon: use.int("epsilon", 1e-5), ...attributes?.(use) }),
    data: [0],
    weights: [1, 2],
    statistics: [3, 4],
  });

export const recurrent =
  (op: "lstm" | "gru" | "rnn"): Translate =>
  (use) => {
    const width = use.shape(1)?.at(-1);
    return {
      op,
      attributes: given({
        hiddenSize: use.int("hidden_size", 0),
        inputSize: typeof width === "number" ? width : undefined,
        directions: use.text("direction", "forward") === "bidirectional" ? 2 : 1,
      }),
      data: [0, 4, 5, 6].filter((i) => use.has(i) && !use.constant(i)),
      weights: [1, 2, 3, 7],
    };
  };

export const clip: Translate = (use) => {
  const low = use.attribute("min") ?? use.scalar(1);
  const high = use.attribute("max") ?? use.scalar(2);
  if (low === 0 && high === 6) return { op: "relu6", attributes: {}, data: [0] };
  const fixed = [1, 2].every((i) => !use.has(i) || use.constant(i));
  return { op: "clip", attributes: given({ min: low, max: high }), data: fixed ? [0] : [0, 1, 2] };
};

/** Where the target is known, it is an attribute; else the node reads it. */
export const target =
  (op: OpName, name: string, attribute: string): Translate =>
  (use) => {
    const shape = use.listOf(attribute, 1);
    return {
      op,
      attributes: given({
        [name]: sizes(shape),
        allowZero: use.int("allowzero", 0) === 1 ? true : undefined,
      }),
      data: shape ? [0] : [0, 1],
    };
  };

export const resize: Translate = (use) => {
  // Upsample: scales at 1. Resize: opset 10 scales at 1, from 11 roi, scales, sizes at 1, 2, 3.
  const late = use.node.op === "Resize" && use.inputs.length > 2;
  const scales = use.numbers(late ? 2 : 1) ?? use.ints("scales");
  const wanted = late ? use.elements(3) : null;
  const fits = wanted && wanted.length > 0;
  return {
    op: "upsample",
    attributes: given({
      mode: use.text("mode", "nearest"),
      scales: !fits && scales?.length ? scales : undefined,
      sizes: fits ? sizes(wanted) : undefined,
    }),
    data: [0],
  };
};

export const gather: Translate = (use) => {
  const shape = use.shape(0);
  const [entries, width] = shape ?? [];
  const indices = use.inputs[1]?.dtype;
  const learned = use.constant(0) && /^(float|bfloat|int8|uint8|int4|uint4)/.test(use.inputs[0]?.dtype ?? "");
  if (
    learned &&
    !use.constant(1) &&
    use.int("axis", 0) === 0 &&
    indices !== "float32" &&
    shape?.length === 2
  ) {
    return {
      op: "embedding",
      attributes: given({
        entries: typeof entries === "number" ? entries : undefined,
        width: typeof width === "number" ? width : undefined,
      }),
      data: [1],
      weights: [0],
    };
  }
  return { op: "gather", attributes: { axis: use.int("axis", 0) }, weights: [0] };
};

export const slice: Translate = (use) => {
  const [starts, ends] = [use.listOf("starts", 1), use.listOf("ends", 2)];
  const axes = use.ints("axes") ?? use.numbers(3);
  const steps = use.numbers(4);
  return {
    op: "slice",
    attributes: given({
      starts: sizes(starts),
      ends: sizes(ends),
      axes,
      steps: steps?.some((s) => s !== 1) ? steps : undefined,
    }),
    data: starts && ends ? [0] : [0, 1, 2],
  };
};

export const attentionOp: Translate = (use) => {
  const rank = use.shape(0)?.length;
  const heads = rank === 4 ? use.size(0, 1) : use.int("q_num_heads", use.int("num_heads", 0));
  const isCausal =
    use.int("is_causal", use.int("unidirectional", 0)) === 1 || use.node.op === "GroupQueryAttention";
  const kvHeads =
    rank === 4 ? use.size(1, 1) : use.int("kv_num_heads", typeof heads === "number" ? heads : 0);
  const width = use.size(0, -1);
  const inner =
    rank === 4 ? width : typeof width === "number" && typeof heads === "number" ? width / heads : "?";
  return {
    op: "attention",
    attributes: given({
      heads: typeof heads === "number" ? heads : undefined,
      kvHeads: typeof kvHeads === "number" && kvHeads !== heads ? kvHeads : undefined,
      headSize: typeof inner === "number" ? inner : undefined,
      layout: rank === 4 ? "split" : "joined",
      causal: isCausal ? true : use.has(3) ? undefined : false,
      mask: use.has(3) ? true : undefined,
    }),
    data: [0, 1, 2, 3].filter((i) => use.has(i)),
  };
};

export const convert: Translate = (use) => ({
  op: "cast",
  attributes: { to: use.attribute("to") ?? 0 },
  data: [0],
});

/** x·sigmoid(αx): SiLU under another name where α is one. */
export const quickGelu: Translate = (use) => {
  const attributes: Record<string, Attribute> = {};
  if (Math.abs(use.int("alpha", 1.702) - 1) < 1e-3) return { op: "silu", attributes, data: [0] };
  return { op: "gelu", attributes: { approximate: "sigmoid" }, data: [0] };
};
