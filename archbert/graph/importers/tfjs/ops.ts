// TensorFlow's ops in the vocabulary's terms: one line an op.
import type { Attribute, Dimension, Shape } from "../../architecture";
import { unknown } from "../../dimensions";
import type { OpName } from "../../ops";
import { axisIn, type Tensor } from "../writer";
import {
  batchNorm,
  bias,
  convolution,
  lookup,
  matrixProduct,
  pooling,
  prelu,
  product,
  transposed,
} from "./layers";
import type { Use } from "./node";
import { binary, matched, operand } from "./operands";
import {
  concat,
  expandDims,
  pack,
  pad,
  reshape,
  shapeless,
  split,
  squeeze,
  type Translate,
  transpose,
  unpack,
} from "./shaping";

const unary =
  (op: OpName, attributes?: (use: Use) => Record<string, Attribute | undefined>): Translate =>
  (use) => {
    const input = use.data(0);
    return input && use.add(op, [input], attributes?.(use));
  };

const softmax =
  (op: OpName): Translate =>
  (use) => {
    const input = use.data(0);
    return input && use.add(op, [input], { axis: input.moved ? axisIn(input, -1) : -1 });
  };

/** Over which axes is mostly among the weights, but how many are not: two of a picture are its height and width. */
const reduction =
  (op: OpName, global?: OpName): Translate =>
  (use) => {
    const input = use.data(0);
    const count = use.constant(1)?.shape.reduce((a, b) => a * b, 1);
    if (!input) return undefined;
    const rank = input.shape?.length;
    const keepDims = use.flag("keep_dims");
    const told = use.integers(1)?.map((axis) => (axis < 0 ? axis + (rank ?? 0) : axis));
    const isPicture = !told || [...told].sort().join() === "1,2";
    if (rank === 4 && count === 2 && global && isPicture) {
      use.writer.origin = use.op;
      const picture = use.writer.channelsFirst(input);
      return use.add(global, [picture], { keepDims }, { moved: keepDims });
    }
    if (told && rank !== undefined && told.every((axis) => axis >= 0 && axis < rank)) {
      const from = keepDims ? input : use.writer.plain(input);
      const at = told.map((axis) => axisIn(from, axis) ?? axis).sort((a, b) => a - b);
      return use.add(op, [from], { axes: at, keepDims });
    }
    const axes =
      rank !== undefined && count !== undefined && count === rank - 1
        ? input.shape?.map((_, i) => i).slice(1)
        : undefined;
    const at = axes?.map((axis) => axisIn(input, axis) ?? axis);
    const left =
      rank === undefined || count === undefined
        ? null
        : new Array<Dimension>(Math.max(0, rank - (keepDims ? 0 : count))).fill(unknown);
    const shape: Shape | undefined = at ? undefined : left;
    return use.add(
      op,
      [input],
      { axes: at, axesUnknown: at ? undefined : true, keepDims },
      { shape, moved: keepDims && input.moved },
    );
  };

const resize =
  (mode: string): Translate =>
  (use) => {
    const input = use.picture();
    const [batch = unknown, , , channels = unknown] = use.data(0)?.shape ?? [];
    const said = use.said?.length === 4 ? use.said : undefined;
    const size = (i: number): Dimension => (said && (said[i] ?? -1) >= 0 ? (said[i] ?? unknown) : unknown);
    return input && use.add("upsample", [input], { mode }, { shape: [batch, size(1), size(2), channels] });
  };

const outputs =
  (op: OpName, count: number): Translate =>
  (use) => {
    const input = use.data(0);
    return (
      input && use.writer.addAll(op, use.name, [use.writer.plain(input)], {}, { outputs: count, shape: null })
    );
  };

const addN: Translate = (use) => {
  const tensors = matched(use, use.writer.alike(use.tensors()));
  return tensors.length > 0 ? use.add("add", tensors) : undefined;
};

const cast: Translate = (use) => {
  const input = use.data(0);
  return input && use.add("cast", [input], {}, { dtype: use.dtype("DstT") });
};

const blocks =
  (op: OpName): Translate =>
  (use) => {
    const input = use.picture();
    return input && use.add(op, [input], { blockSize: use.number("block_size", 1) });
  };

/** The vocabulary's body of a loop or a branch, in a function of the file's library, is kept as its name. */
const control =
  (op: OpName, kind?: string): Translate =>
  (use) =>
    use.writer.addAll(
      op,
      use.name,
      use.tensors(),
      { kind },
      { outputs: Math.max(1, use.outputs), moved: false },
    );

const table: Record<string, Translate> = {
  Conv2D: convolution(false),
  _FusedConv2D: convolution(false),
  Conv3D: convolution(false),
  DepthwiseConv2dNative: convolution(true),
  FusedDepthwiseConv2dNative: convolution(true),
  _FusedDepthwiseConv2dNative: convolution(true),
  Conv2DBackpropInput: transposed,
  MatMul: product,
  _FusedMatMul: product,
  BatchMatMul: matrixProduct,
  BatchMatMulV2: matrixProduct,
  Einsum: (use) => {
    const tensors = use.tensors().map((tensor) => use.writer.plain(tensor));
    const { attributes, parameters } = operand(use);
    return tensors.length > 0
      ? use.add("einsum", tensors, { ...attributes, equation: use.text("equation", "") }, { parameters })
      : undefined;
  },
  BiasAdd: bias,
  FusedBatchNorm: batchNorm,
  FusedBatchNormV2: batchNorm,
  FusedBatchNormV3: batchNorm,
  LRN: unary("localResponseNorm"),
  Prelu: prelu,

  Relu: unary("relu"),
  Relu6: unary("relu6"),
  LeakyRelu: unary("leakyRelu", (use) => ({ slope: use.number("alpha", 0.2) })),
  Elu: unary("elu"),
  Selu: unary("selu"),
  Sigmoid: unary("sigmoid"),
  Tanh: unary("tanh"),
  Softplus: unary("softplus"),
  Softsign: unary("softsign"),
  Softmax: softmax("softmax"),
  LogSoftmax: softmax("logSoftmax"),
  ClipByValue: unary("clip"),

  MaxPool: pooling("maxPool"),
  AvgPool: pooling("averagePool"),
  Mean: reduction("reduceMean", "globalAveragePool"),
  Max: reduction("reduceMax", "globalMaxPool"),
  Sum: reduction("reduceSum"),
  Min: reduction("reduceMin"),
  Prod: reduction("reduceProd"),
  All: reduction("reduceMin"),
  Any: reduction("reduceMax"),

  Add: binary("add"),
  AddV2: binary("add"),
  AddN: addN,
  Sub: binary("sub"),
  Mul: binary("mul"),
  RealDiv: binary("div"),
  Div: binary("div"),
  DivNoNan: binary("div"),
  FloorDiv: binary("div"),
  Pow: binary("pow"),
  FloorMod: binary("mod"),
  Mod: binary("mod"),
  Maximum: binary("max"),
  Minimum: binary("min"),
  SquaredDifference: binary("custom:SquaredDifference" as OpName),
  Equal: binary("equal"),
  NotEqual: binary("equal"),
  Less: binary("less"),
  LessEqual: binary("less"),
  Greater: binary("greater"),
  GreaterEqual: binary("greater"),
  LogicalAnd: binary("logical"),
  LogicalOr: binary("logical"),
  LogicalNot: unary("logical", () => ({ kind: "not" })),
  Select: shapeless("where"),
  SelectV2: shapeless("where"),
  Sqrt: unary("sqrt"),
  Rsqrt: unary("pow", () => ({ operand: -0.5 })),
  Square: unary("pow", () => ({ operand: 2 })),
  Exp: unary("exp"),
  Log: unary("log"),
  Abs: unary("abs"),
  Neg: unary("neg"),
  Reciprocal: unary("reciprocal"),
  Sign: unary("sign"),
  Floor: unary("round", () => ({ mode: "floor" })),
  Ceil: unary("round", () => ({ mode: "ceil" })),
  Round: unary("round", () => ({ mode: "nearest" })),
  Erf: unary("erf"),
  Sin: unary("trigonometric", () => ({ kind: "sin" })),
  Cos: unary("trigonometric", () => ({ kind: "cos" })),
  Cast: cast,

  Reshape: reshape,
  Squeeze: squeeze,
  ExpandDims: expandDims,
  ConcatV2: concat,
  Concat: concat,
  Pack: pack,
  Unpack: unpack,
  Split: split,
  SplitV: split,
  Slice: shapeless("slice"),
  StridedSlice: shapeless("slice"),
  Transpose: transpose,
  Tile: shapeless("tile"),
  BroadcastTo: shapeless("expand"),
  Pad: pad,
  PadV2: pad,
  MirrorPad: pad,
  ReverseV2: unary("reverse"),
  DepthToSpace: blocks("depthToSpace"),
  SpaceToDepth: blocks("spaceToDepth"),
  ResizeBilinear: resize("linear"),
  ResizeNearestNeighbor: resize("nearest"),
  CropAndResize: shapeless("roiAlign"),

  Gather: lookup,
  GatherV2: lookup,
  GatherNd: shapeless("gatherND"),
  ScatterNd: shapeless("scatter"),
  TensorScatterUpdate: shapeless("scatter"),
  OneHot: shapeless("oneHot"),
  Range: shapeless("range"),
  Fill: shapeless("constant"),
  ZerosLike: unary("custom:ZerosLike" as OpName),
  Shape: (use) => {
    const input = use.data(0);
    return input && use.add("shapeOf", [use.writer.plain(input)]);
  },
  Size: shapeless("sizeOf"),
  ArgMax: shapeless("argMax"),
  ArgMin: shapeless("argMax"),
  TopKV2: outputs("topK", 2),
  NonMaxSuppressionV3: shapeless("nonMaxSuppression"),
  NonMaxSuppressionV4: outputs("nonMaxSuppression", 2),
  NonMaxSuppressionV5: outputs("nonMaxSuppression", 3),
  Where: shapeless("nonZero"),

  While: control("loop", "loop"),
  StatelessWhile: control("loop", "loop"),
  If: control("branch"),
  StatelessIf: control("branch"),
};

/** Ops that pass their first input on. */
const passing = new Set([
  "Identity",
  "IdentityN",
  "StopGradient",
  "PreventGradient",
  "Snapshot",
  "CheckNumerics",
  "PlaceholderWithDefault",
]);

/** @returns the outputs that something reads */
export function translate(use: Use): Tensor[] {
  if (passing.has(use.op) && use.tensors().length > 0) return use.tensors();
  const known = Object.hasOwn(table, use.op) ? table[use.op]?.(use) : undefined;
  const made = known ?? kept(use);
  return Array.isArray(made) ? made : [made];
}

function kept(use: Use): Tensor[] {
  const tensors = use.tensors().map((tensor) => use.writer.plain(tensor));
  const { parameters } = operand(use);
  const outputs = Math.min(64, Math.max(1, use.outputs));
  return use.writer.addAll(
    `custom:${use.op.slice(0, 80)}`,
    use.name,
    tensors,
    {},
    { parameters, outputs, moved: false },
  );
}
