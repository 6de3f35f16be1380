// TensorFlow's ops in the vocabulary's terms: one line an op.
import type { Attribute, Dimension, Shape } from "../../architecture";
import { product as total, unknown } from "../../dimensions";
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

/** Undefined where the op is not used as it is known: it is kept by its name then. */
type Translate = (use: Use) => Tensor | Tensor[] | undefined;

const unary =
  (op: OpName, attributes?: (use: Use) => Record<string, Attribute | undefined>): Translate =>
  (use) => {
    const input = use.data(0);
    return input && use.add(op, [input], attributes?.(use));
  };

/** Its shape is computed from numbers among the weights: what its readers or the signature say of it, else nothing. */
const shapeless =
  (op: OpName, moved?: boolean): Translate =>
  (use) => {
    const tensors = use.tensors().map((tensor) => (moved === undefined ? use.writer.plain(tensor) : tensor));
    return tensors.length > 0 ? use.add(op, tensors, {}, { shape: null }) : undefined;
  };

const softmax =
  (op: OpName): Translate =>
  (use) => {
    const input = use.data(0);
    return input && use.add(op, [input], { axis: input.moved ? axisIn(input, -1) : -1 });
  };

/** Over which axes is among the weights, but how many are not: two of a picture are its height and width. */
const reduction =
  (op: OpName, global?: OpName): Translate =>
  (use) => {
    const input = use.data(0);
    const count = use.constant(1)?.shape.reduce((a, b) => a * b, 1);
    if (!input) return undefined;
    const rank = input.shape?.length;
    const keepDims = use.flag("keep_dims");
    if (rank === 4 && count === 2 && global) {
      use.writer.origin = use.op;
      const picture = use.writer.channelsFirst(input);
      return use.add(global, [picture], { keepDims }, { moved: keepDims });
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

/** Along which axis is among the weights: the one where sizes differ; of pictures of one size, the channels. */
const concat: Translate = (use) => {
  const given = use.tensors();
  const tensors = sizedAlike(use, use.writer.alike(given));
  const [first] = tensors;
  if (!first?.shape || use.constants().length > 1) return shapeless("concat")(use);
  const { shape } = first;
  const sameRank = tensors.every((tensor) => tensor.shape?.length === shape.length);
  if (!sameRank) return shapeless("concat")(use);
  const differing = shape.flatMap((_, axis) =>
    new Set(tensors.map((tensor) => tensor.shape?.[axis])).size > 1 ? [axis] : [],
  );
  const said = use.said;
  const grown =
    said?.length === shape.length
      ? shape.findIndex((size, axis) => size !== said[axis] && said[axis] !== -1 && axis > 0)
      : -1;
  const axis =
    differing.length === 1
      ? differing[0]
      : differing.length === 0
        ? grown > 0
          ? grown
          : shape.length - 1
        : undefined;
  if (axis === undefined) return shapeless("concat")(use);
  return use.add("concat", tensors, { axis: axisIn(first, axis) ?? axis });
};

/** Pictures that are joined have one height and width: those that a resizing does not tell are the others'. */
function sizedAlike(use: Use, tensors: readonly Tensor[]): Tensor[] {
  const known = tensors.find(({ shape }) => shape?.length === 4 && !shape.includes(unknown));
  if (!known?.shape) return [...tensors];
  const [batch = unknown, height = unknown, width = unknown] = known.shape;
  return tensors.map((tensor) =>
    tensor.shape?.length === 4 && tensor.shape.includes(unknown)
      ? use.writer.settle(tensor, [batch, height, width, tensor.shape[3] ?? unknown])
      : tensor,
  );
}

/** How much is among the weights: what the layer behind needs, lest it makes the picture smaller than its stride does. */
const pad: Translate = (use) => {
  const input = use.data(0);
  if (!input) return undefined;
  const rank = input.shape?.length;
  const { said } = use;
  const shape =
    said?.length === rank && said ? said.map((size): Dimension => (size < 0 ? unknown : size)) : null;
  const open = rank === undefined ? null : new Array<Dimension>(rank).fill(unknown);
  return use.add("pad", [input], {}, { shape: shape ?? open });
};

const reshape: Translate = (use) => {
  const tensor = use.data(0);
  if (!tensor) return undefined;
  const rank = use.constant(1)?.shape[0] ?? shapeOfPack(use);
  const { said } = use;
  if (rank === 2 && (tensor.shape?.length ?? 0) > 2 && tensor.shape) {
    const rest = total(tensor.shape.slice(1));
    const width = said?.at(-1) ?? -1;
    // Everything behind the batch in one row, unless what follows wants another width.
    if (width < 0 || rest === width || rest === unknown) {
      const shape = [tensor.shape[0] ?? unknown, width >= 0 ? width : rest];
      return use.add("flatten", [tensor], { axis: 1 }, { moved: false, shape });
    }
  }
  const plain = use.writer.plain(tensor);
  if (rank === undefined) return use.add("reshape", [plain], {}, { shape: null });
  const shape = filled(
    plain.shape,
    Array.from({ length: rank }, (_, i): Dimension => {
      const size = said?.length === rank ? said[i] : undefined;
      if (size !== undefined && size >= 0) return size;
      return i === 0 && typeof plain.shape?.[0] === "string" ? plain.shape[0] : unknown;
    }),
  );
  return use.add(
    "reshape",
    [plain],
    { shape: shape.includes(unknown) ? undefined : shape.map(String) },
    { shape },
  );
};

/** Of the sizes at most one is not told: as many as are left. */
function filled(from: Shape, sizes: readonly Dimension[]): Dimension[] {
  const open = sizes.flatMap((size, i) => (size === unknown ? [i] : []));
  const all = from ? total(from) : unknown;
  const known = total(sizes.filter((size) => size !== unknown));
  if (open.length !== 1 || typeof all !== "number" || typeof known !== "number" || known === 0)
    return [...sizes];
  return sizes.map((size) => (size === unknown ? all / known : size));
}

function shapeOfPack(use: Use): number | undefined {
  const size = use.data(1)?.shape?.[0];
  return typeof size === "number" ? size : undefined;
}

/** Tensors of one shape along a new axis. */
const pack: Translate = (use) => {
  const tensors = use.tensors().map((tensor) => use.writer.plain(tensor));
  const shape = tensors.find((tensor) => tensor.shape !== null)?.shape;
  if (tensors.length === 0) return undefined;
  const axis = use.number("axis", 0);
  const at = axis < 0 ? axis + (shape?.length ?? 0) + 1 : axis;
  const packed = shape ? [...shape.slice(0, at), use.inputs.length, ...shape.slice(at)] : null;
  return use.add("concat", tensors, { axis: at }, { shape: packed });
};

/** A tensor's slices along an axis, which goes. */
const unpack: Translate = (use) => {
  const input = use.data(0);
  if (!input) return undefined;
  const plain = use.writer.plain(input);
  const axis = axisIn(plain, use.number("axis", 0));
  const count = Math.max(use.number("num", 1), use.outputs);
  if (count > 1024) return undefined;
  const shape = plain.shape && axis !== undefined ? plain.shape.filter((_, i) => i !== axis) : null;
  const made = use.writer.addAll(
    "split",
    use.name,
    [plain],
    { axis },
    { outputs: count, shape, moved: false },
  );
  return made.map((tensor, i) => (i === 0 ? tensor : use.writer.settle({ ...tensor, shape: null }, shape)));
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

const squeeze: Translate = (use) => {
  const input = use.data(0);
  const dims = use.numbers("squeeze_dims");
  if (!input) return undefined;
  const plain = input.moved && dims.join() === "1,2" ? input : use.writer.plain(input);
  const axes = dims.map((axis) => axisIn(plain, axis) ?? axis);
  return use.add("squeeze", [plain], { axes: axes.length > 0 ? axes : undefined }, { moved: false });
};

const expandDims: Translate = (use) => {
  const input = use.data(0);
  if (!input) return undefined;
  const rank = input.shape?.length;
  return use.add(
    "unsqueeze",
    [use.writer.plain(input)],
    {},
    { shape: rank === undefined ? null : new Array<Dimension>(rank + 1).fill(unknown) },
  );
};

const split: Translate = (use) => {
  const [input] = use.tensors();
  const count = Math.max(use.number("num_split", use.outputs), use.outputs);
  if (!input || count < 1 || count > 1024) return undefined;
  const plain = use.writer.plain(input);
  const outputs = use.writer.addAll(
    "split",
    use.name,
    [plain],
    { axisUnknown: true },
    { outputs: count, shape: null },
  );
  return outputs;
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
  Transpose: shapeless("transpose"),
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
