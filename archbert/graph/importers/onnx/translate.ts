// ONNX's ops in the vocabulary's terms: one line an op, and the few that need more below the table's helpers.
import type { Attribute, Dimension } from "../../architecture";
import type { OpName } from "../../ops";
import { axisOf } from "../../ops/op";
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
type Translate = (use: Use) => Translation | null;

/** Sizes as an attribute: numbers where all are, else text. */
export function sizes(dimensions: readonly Dimension[] | null | undefined): Attribute | undefined {
  if (!dimensions) return undefined;
  return dimensions.every((size) => typeof size === "number") ? dimensions : dimensions.map(String);
}

/** Without the entries that have no value. */
function given(entries: Record<string, Attribute | undefined>): Record<string, Attribute> {
  const out: Record<string, Attribute> = {};
  for (const [name, value] of Object.entries(entries)) if (value !== undefined) out[name] = value;
  return out;
}

const plain =
  (op: OpName, attributes?: (use: Use) => Record<string, Attribute | undefined>): Translate =>
  (use) => ({ op, attributes: attributes ? given(attributes(use)) : {} });

/** Like `plain`, but only the first input carries data; the rest are attributes in disguise. */
const only =
  (op: OpName, attributes?: (use: Use) => Record<string, Attribute | undefined>): Translate =>
  (use) => ({ op, attributes: attributes ? given(attributes(use)) : {}, data: [0] });

const pass: Translate = () => null;

function window(use: Use, spatial: number): Record<string, Attribute | undefined> {
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
const convolution =
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

const pool = (op: OpName): Translate =>
  only(op, (use) => window(use, Math.max(0, (use.shape(0)?.length ?? 4) - 2)));

const reduce = (op: OpName): Translate =>
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
function product(use: Use, a: number, b: number, transposed = false, quantized = false): Translation {
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

const gemm: Translate = (use) => {
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

const norm =
  (op: OpName, attributes?: (use: Use) => Record<string, Attribute | undefined>): Translate =>
  (use) => ({
    op,
    attributes: given({ epsilon: use.int("epsilon", 1e-5), ...attributes?.(use) }),
    data: [0],
    weights: [1, 2],
    statistics: [3, 4],
  });

const recurrent =
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

const clip: Translate = (use) => {
  const low = use.attribute("min") ?? use.scalar(1);
  const high = use.attribute("max") ?? use.scalar(2);
  if (low === 0 && high === 6) return { op: "relu6", attributes: {}, data: [0] };
  const fixed = [1, 2].every((i) => !use.has(i) || use.constant(i));
  return { op: "clip", attributes: given({ min: low, max: high }), data: fixed ? [0] : [0, 1, 2] };
};

/** Where the target is known, it is an attribute; else the node reads it. */
const target =
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

const resize: Translate = (use) => {
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

const gather: Translate = (use) => {
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

const slice: Translate = (use) => {
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

const attentionOp: Translate = (use) => {
  const rank = use.shape(0)?.length;
  const heads = rank === 4 ? use.size(0, 1) : use.int("q_num_heads", use.int("num_heads", 0));
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
      causal:
        use.int("is_causal", use.int("unidirectional", 0)) === 1 || use.node.op === "GroupQueryAttention",
      mask: use.has(3) ? true : undefined,
    }),
    data: [0, 1, 2, 3].filter((i) => use.has(i)),
  };
};

const convert: Translate = (use) => ({ op: "cast", attributes: { to: use.attribute("to") ?? 0 }, data: [0] });

const table: Record<string, Translate> = {
  Conv: convolution("conv", 1, 2),
  FusedConv: convolution("conv", 1, 2),
  ConvInteger: convolution("conv", 1, -1, true),
  QLinearConv: convolution("conv", 3, 8, true),
  DeformConv: convolution("conv", 1, 3),
  ConvTranspose: convolution("convTranspose", 1, 2),
  Gemm: gemm,
  MatMul: (use) => product(use, 0, 1),
  FusedMatMul: (use) => product(use, 0, 1, use.int("transB", 0) === 1),
  MatMulInteger: (use) => product(use, 0, 1, false, true),
  DynamicQuantizeMatMul: (use) => product(use, 0, 1, false, true),
  MatMulIntegerToFloat: (use) => product(use, 0, 1, false, true),
  QLinearMatMul: (use) => product(use, 0, 3, false, true),
  MatMulNBits: (use) => ({
    op: "linear",
    attributes: {
      inFeatures: use.int("K", 0),
      outFeatures: use.int("N", 0),
      bits: use.int("bits", 4),
      quantized: true,
    },
    data: [0],
    weights: [1],
  }),
  Einsum: plain("einsum", (use) => ({ equation: use.text("equation", "") })),
  Attention: attentionOp,
  MultiHeadAttention: attentionOp,
  GroupQueryAttention: attentionOp,

  BatchNormalization: norm("batchNorm"),
  LayerNormalization: norm("layerNorm", (use) => ({ axis: use.int("axis", -1) })),
  SkipLayerNormalization: () => ({
    op: "layerNorm",
    attributes: { axis: -1 },
    data: [0, 1],
    weights: [2, 3, 4],
  }),
  RMSNormalization: norm("rmsNorm", (use) => ({ axis: use.int("axis", -1) })),
  SimplifiedLayerNormalization: norm("rmsNorm", (use) => ({ axis: use.int("axis", -1) })),
  SkipSimplifiedLayerNormalization: () => ({
    op: "rmsNorm",
    attributes: { axis: -1 },
    data: [0, 1],
    weights: [2, 3],
  }),
  GroupNormalization: norm("groupNorm", (use) => ({ groups: use.int("num_groups", 1) })),
  InstanceNormalization: norm("instanceNorm"),
  LRN: only("localResponseNorm", (use) => ({ size: use.int("size", 1) })),
  LpNormalization: only("lpNorm", (use) => ({ p: use.int("p", 2), axis: use.int("axis", -1) })),
  MeanVarianceNormalization: only("instanceNorm"),

  Relu: only("relu"),
  LeakyRelu: only("leakyRelu", (use) => ({ slope: use.int("alpha", 0.01) })),
  PRelu: () => ({ op: "prelu", attributes: {}, data: [0], weights: [1] }),
  Elu: only("elu"),
  Selu: only("selu"),
  Celu: only("celu"),
  ThresholdedRelu: only("thresholdedRelu"),
  Gelu: only("gelu", (use) => ({ approximate: use.text("approximate", "none") })),
  FastGelu: () => ({ op: "gelu", attributes: { approximate: "tanh" }, data: [0], weights: [1] }),
  BiasGelu: () => ({ op: "gelu", attributes: { approximate: "none" }, data: [0], weights: [1] }),
  QuickGelu: only("gelu", () => ({ approximate: "sigmoid" })),
  Swish: only("silu"),
  Mish: only("mish"),
  Sigmoid: only("sigmoid"),
  HardSigmoid: only("hardSigmoid"),
  HardSwish: only("hardSwish"),
  Tanh: only("tanh"),
  Softplus: only("softplus"),
  Softsign: only("softsign"),
  Softmax: only("softmax", (use) => ({ axis: use.int("axis", use.opset < 13 ? 1 : -1) })),
  LogSoftmax: only("logSoftmax", (use) => ({ axis: use.int("axis", use.opset < 13 ? 1 : -1) })),
  Hardmax: only("hardmax"),
  Clip: clip,

  MaxPool: pool("maxPool"),
  AveragePool: pool("averagePool"),
  LpPool: pool("lpPool"),
  GlobalAveragePool: only("globalAveragePool"),
  GlobalMaxPool: only("globalMaxPool"),
  Resize: resize,
  Upsample: resize,
  DepthToSpace: only("depthToSpace", (use) => ({ blockSize: use.int("blocksize", 1) })),
  SpaceToDepth: only("spaceToDepth", (use) => ({ blockSize: use.int("blocksize", 1) })),
  GridSample: plain("gridSample"),
  RoiAlign: plain("roiAlign", (use) => ({ size: [use.int("output_height", 1), use.int("output_width", 1)] })),
  MaxRoiPool: plain("roiAlign", (use) => ({ size: use.ints("pooled_shape") })),

  Add: plain("add"),
  Sub: plain("sub"),
  Mul: plain("mul"),
  Div: plain("div"),
  Pow: plain("pow"),
  Mod: plain("mod"),
  Min: plain("min"),
  Max: plain("max"),
  Sum: plain("add"),
  Mean: plain("mean"),
  Where: plain("where"),
  Equal: plain("equal"),
  Less: plain("less"),
  LessOrEqual: plain("less", () => ({ orEqual: true })),
  Greater: plain("greater"),
  GreaterOrEqual: plain("greater", () => ({ orEqual: true })),
  And: plain("logical", () => ({ kind: "and" })),
  Or: plain("logical", () => ({ kind: "or" })),
  Xor: plain("logical", () => ({ kind: "xor" })),
  Not: plain("logical", () => ({ kind: "not" })),
  BitShift: plain("bitwise"),
  BitwiseAnd: plain("bitwise"),
  BitwiseOr: plain("bitwise"),
  BitwiseXor: plain("bitwise"),
  BitwiseNot: plain("bitwise"),
  Sqrt: plain("sqrt"),
  Exp: plain("exp"),
  Log: plain("log"),
  Abs: plain("abs"),
  Neg: plain("neg"),
  Reciprocal: plain("reciprocal"),
  Sign: plain("sign"),
  Floor: plain("round", () => ({ mode: "floor" })),
  Ceil: plain("round", () => ({ mode: "ceil" })),
  Round: plain("round", () => ({ mode: "nearest" })),
  Erf: plain("erf"),
  Sin: plain("trigonometric", () => ({ kind: "sin" })),
  Cos: plain("trigonometric", () => ({ kind: "cos" })),
  Tan: plain("trigonometric", () => ({ kind: "tan" })),
  Atan: plain("trigonometric", () => ({ kind: "atan" })),
  Cast: convert,
  CastLike: () => ({ op: "cast", attributes: {}, data: [0] }),
  IsNaN: plain("isInvalid"),
  IsInf: plain("isInvalid"),
  Trilu: only("trilu", (use) => ({ upper: use.int("upper", 1) === 1 })),
  CumSum: only("cumSum"),
  Dropout: only("dropout"),

  Reshape: target("reshape", "shape", "shape"),
  Flatten: only("flatten", (use) => ({ axis: use.int("axis", 1) })),
  Transpose: only("transpose", (use) => ({ permutation: use.ints("perm") })),
  Squeeze: only("squeeze", (use) => ({ axes: use.ints("axes") ?? use.numbers(1) })),
  Unsqueeze: only("unsqueeze", (use) => ({ axes: use.ints("axes") ?? use.numbers(1) })),
  Concat: plain("concat", (use) => ({ axis: use.int("axis", 1) })),
  Split: only("split", (use) => ({ axis: use.int("axis", 0), sizes: use.ints("split") ?? use.numbers(1) })),
  Slice: slice,
  Pad: (use) => {
    const padding = use.listOf("pads", 1) ?? use.ints("paddings");
    const axes = use.numbers(3);
    return {
      op: "pad",
      attributes: given({ padding: sizes(padding), axes, mode: use.text("mode", "constant") }),
      data: [0],
    };
  },
  Expand: target("expand", "shape", "shape"),
  Tile: target("tile", "repeats", "repeats"),
  ReverseSequence: plain("reverse"),
  Identity: pass,

  Gather: gather,
  GatherElements: plain("gatherElements"),
  GatherND: plain("gatherND", (use) => ({ batchDims: use.int("batch_dims", 0) })),
  ScatterND: plain("scatter"),
  ScatterElements: plain("scatter"),
  Scatter: plain("scatter"),
  TensorScatter: plain("scatter"),
  ConstantOfShape: (use) => ({
    op: "constant",
    attributes: given({ shape: sizes(use.elements(0)) }),
    data: use.elements(0) ? [] : [0],
  }),
  Range: plain("range"),
  RandomNormal: plain("random", (use) => ({ shape: use.ints("shape") })),
  RandomUniform: plain("random", (use) => ({ shape: use.ints("shape") })),
  RandomNormalLike: (use) => ({ op: "random", attributes: given({ shape: sizes(use.shape(0)) }), data: [0] }),
  RandomUniformLike: (use) => ({
    op: "random",
    attributes: given({ shape: sizes(use.shape(0)) }),
    data: [0],
  }),
  OneHot: only("oneHot", (use) => ({ depth: use.scalar(1) })),
  EyeLike: plain("eyeLike"),
  NonZero: plain("nonZero"),
  Shape: plain("shapeOf"),
  Size: plain("sizeOf"),
  TopK: only("topK", (use) => ({ axis: use.int("axis", -1), k: use.attribute("k") ?? use.scalar(1) })),
  NonMaxSuppression: plain("nonMaxSuppression"),
  Unique: plain("unique"),

  ReduceMean: reduce("reduceMean"),
  ReduceSum: reduce("reduceSum"),
  ReduceMax: reduce("reduceMax"),
  ReduceMin: reduce("reduceMin"),
  ReduceProd: reduce("reduceProd"),
  ReduceL1: reduce("reduceNorm"),
  ReduceL2: reduce("reduceNorm"),
  ReduceSumSquare: reduce("reduceNorm"),
  ReduceLogSum: reduce("reduceLogSum"),
  ReduceLogSumExp: reduce("reduceLogSum"),
  ArgMax: only("argMax", (use) => ({ axis: use.int("axis", 0), keepDims: use.int("keepdims", 1) === 1 })),
  ArgMin: only("argMax", (use) => ({
    axis: use.int("axis", 0),
    keepDims: use.int("keepdims", 1) === 1,
    least: true,
  })),

  LSTM: recurrent("lstm"),
  GRU: recurrent("gru"),
  RNN: recurrent("rnn"),

  QuantizeLinear: only("quantize"),
  DequantizeLinear: () => ({ op: "dequantize", attributes: {}, data: [0] }),
  DynamicQuantizeLinear: only("quantize"),
  SequenceConstruct: plain("sequence"),
  SequenceAt: plain("sequence"),
  SequenceEmpty: plain("sequence"),
  SequenceInsert: plain("sequence"),
  SplitToSequence: plain("sequence"),
  ConcatFromSequence: plain("sequence"),
};

/** Ops of these domains mean the same under the same name. */
const domains = new Set(["", "ai.onnx", "com.microsoft", "com.ms.internal.nhwc"]);

export function translate(use: Use): Translation | null {
  const { op, domain } = use.node;
  const known = domains.has(domain) && Object.hasOwn(table, op) ? table[op] : undefined;
  if (known) return known(use);
  const attributes: Record<string, Attribute> = {};
  for (const [name, value] of Object.entries(use.node.attributes)) {
    if (typeof value === "number" || (typeof value === "string" && value.length <= 200))
      attributes[name] = value;
  }
  return { op: `custom:${op.slice(0, 80)}`, attributes, weights: use.inputs.map((_, i) => i) };
}

/** The axis of a softmax and the like counted from the end, where the rank is known. */
export function lastAxis(axis: number, rank: number | undefined): boolean {
  return axis === -1 || (rank !== undefined && axisOf(axis, rank) === rank - 1);
}
