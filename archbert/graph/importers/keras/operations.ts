// Functions that stand in a model as layers: `x + y`, `keras.ops.mean(x)`, `tf.nn.relu6(x)`.
import type { Attribute } from "../../architecture";
import type { OpName } from "../../ops";
import { isNumbers } from "../json";
import { axisIn, type Tensor } from "../writer";
import { activate } from "./activations";
import { type Argument, isTensor, type LayerCall } from "./call";
import { custom, permuted, reshaped } from "./features";
import { dtypeOf } from "./values";

type Operation = (call: LayerCall) => Tensor | Tensor[];

/** An argument by its place, its keyword, or the operation's own configuration. */
function argument(call: LayerCall, at: number, ...names: string[]): unknown {
  for (const name of names) {
    const named = call.use.kwargs[name];
    if (named !== undefined && named !== null) return named;
    if (call.config[name] !== undefined && call.config[name] !== null) return call.config[name];
  }
  return call.use.args[at];
}

const isArgument = (value: unknown): value is Argument => value !== undefined;

const binary =
  (op: OpName): Operation =>
  (call) => {
    const [a, b] = [argument(call, 0, "x", "x1"), argument(call, 1, "y", "x2")].filter(
      isArgument,
    ) as Argument[];
    if (isTensor(a) && isTensor(b)) return call.add(op, call.writer.alike([a, b]));
    const tensor = isTensor(a) ? a : isTensor(b) ? b : call.input();
    const constant = isTensor(a) ? b : a;
    const attributes: Record<string, Attribute | undefined> = {
      operandFirst: isTensor(a) ? undefined : true,
    };
    if (typeof constant === "number") attributes.operand = constant;
    else if (Array.isArray(constant)) attributes.operandShape = [constant.length];
    return call.add(op, [tensor], attributes);
  };

const unary =
  (op: OpName, attributes: Record<string, Attribute> = {}): Operation =>
  (call) =>
    call.add(op, [call.input()], attributes);

function axesGiven(call: LayerCall, at: number): readonly number[] | undefined {
  const value = argument(call, at, "axis", "dim");
  return typeof value === "number" ? [value] : isNumbers(value) ? value : undefined;
}

const reduction =
  (op: OpName): Operation =>
  (call) => {
    const input = call.input();
    const keepDims = argument(call, 2, "keepdims", "keep_dims") === true;
    const axes = axesGiven(call, 1)?.map((axis) => axisIn(input, axis) ?? axis);
    return call.add(
      op,
      [input],
      { axes, keepDims },
      { moved: keepDims && input.moved, shape: keepDims ? undefined : reduced(call, input) },
    );
  };

/** The file's shape behind a reduction: the axes of a moved value do not stay in their order. */
function reduced(call: LayerCall, { shape, moved }: Tensor) {
  const axes = axesGiven(call, 1);
  if (!moved || !shape || !axes) return undefined;
  const gone = axes.map((axis) => (axis < 0 ? axis + shape.length : axis));
  return shape.filter((_, axis) => !gone.includes(axis));
}

const concat: Operation = (call) => {
  const tensors = call.writer.alike(call.use.inputs);
  const axis = axesGiven(call, 1)?.[0] ?? 0;
  return call.add("concat", tensors, { axis: tensors[0] ? (axisIn(tensors[0], axis) ?? axis) : axis });
};

const split: Operation = (call) => {
  const parts = argument(call, 1, "indices_or_sections", "num_or_size_splits");
  const input = call.input();
  const axis = axesGiven(call, 2)?.[0] ?? 0;
  const count =
    typeof parts === "number"
      ? parts
      : isNumbers(parts)
        ? parts.length + (call.config.indices_or_sections ? 1 : 0)
        : 0;
  if (!Number.isSafeInteger(count) || count < 1 || count > 1024) return custom(call);
  return call.writer.addAll(
    "split",
    call.use.id,
    [input],
    { axis: axisIn(input, axis) ?? axis },
    { outputs: count },
  );
};

const reshape: Operation = (call) => {
  const target = argument(call, 1, "newshape", "shape");
  return isNumbers(target) ? reshaped(call, call.input(), target.slice(1)) : shapeless("reshape")(call);
};

const transpose: Operation = (call) => {
  const axes = argument(call, 1, "axes", "perm");
  return permuted(
    call,
    call.input(),
    isNumbers(axes) ? axes : [...Array(call.rank(call.input())).keys()].reverse(),
  );
};

const swapAxes: Operation = (call) => {
  const rank = call.rank(call.input());
  const [a, b] = [argument(call, 1, "axis1"), argument(call, 2, "axis2")].map((axis) =>
    typeof axis === "number" ? (axis < 0 ? axis + rank : axis) : 0,
  );
  const order = Array.from({ length: rank }, (_, axis) =>
    axis === a ? (b ?? 0) : axis === b ? (a ?? 0) : axis,
  );
  return permuted(call, call.input(), order);
};

/** Kept as the op; its shape is what the file says. */
const shapeless =
  (op: OpName): Operation =>
  (call) =>
    call.add(
      op,
      call.use.inputs.map((tensor) => call.writer.plain(tensor)),
      {},
      { shape: null },
    );

const unsqueeze: Operation = (call) => {
  const axes = axesGiven(call, 1);
  return axes ? call.add("unsqueeze", [call.writer.plain(call.input())], { axes }) : custom(call);
};

const squeeze: Operation = (call) =>
  call.add("squeeze", [call.writer.plain(call.input())], { axes: axesGiven(call, 1) });

const matmul: Operation = (call) =>
  call.add(
    "matmul",
    [call.input(0), call.input(1)].map((tensor) => call.writer.plain(tensor)),
  );

const clip: Operation = (call) => {
  const [min, max] = [
    argument(call, 1, "x_min", "clip_value_min"),
    argument(call, 2, "x_max", "clip_value_max"),
  ];
  if (min === 0 && max === 6) return call.add("relu6", [call.input()]);
  return call.add("clip", [call.input()], {
    min: typeof min === "number" ? min : undefined,
    max: typeof max === "number" ? max : undefined,
  });
};

const cast: Operation = (call) =>
  call.add("cast", [call.input()], {}, { dtype: dtypeOf(argument(call, 1, "dtype")) });

const table: Record<string, Operation> = {
  add: binary("add"),
  subtract: binary("sub"),
  sub: binary("sub"),
  multiply: binary("mul"),
  mul: binary("mul"),
  divide: binary("div"),
  truedivide: binary("div"),
  truediv: binary("div"),
  realdiv: binary("div"),
  power: binary("pow"),
  pow: binary("pow"),
  maximum: binary("max"),
  minimum: binary("min"),
  mod: binary("mod"),
  floormod: binary("mod"),
  equal: binary("equal"),
  less: binary("less"),
  greater: binary("greater"),
  mean: reduction("reduceMean"),
  reducemean: reduction("reduceMean"),
  sum: reduction("reduceSum"),
  reducesum: reduction("reduceSum"),
  max: reduction("reduceMax"),
  amax: reduction("reduceMax"),
  reducemax: reduction("reduceMax"),
  min: reduction("reduceMin"),
  reducemin: reduction("reduceMin"),
  prod: reduction("reduceProd"),
  norm: reduction("reduceNorm"),
  sqrt: unary("sqrt"),
  exp: unary("exp"),
  log: unary("log"),
  absolute: unary("abs"),
  abs: unary("abs"),
  negative: unary("neg"),
  neg: unary("neg"),
  reciprocal: unary("reciprocal"),
  rsqrt: unary("pow", { operand: -0.5 }),
  square: unary("pow", { operand: 2 }),
  sin: unary("trigonometric", { kind: "sin" }),
  cos: unary("trigonometric", { kind: "cos" }),
  erf: unary("erf"),
  l2normalize: unary("lpNorm", { p: 2 }),
  normalize: unary("lpNorm", { p: 2 }),
  stopgradient: (call) => call.input(),
  identity: (call) => call.input(),
  cast,
  concatenate: concat,
  concat,
  split,
  reshape,
  transpose,
  swapaxes: swapAxes,
  squeeze,
  expanddims: unsqueeze,
  matmul,
  clip,
  clipbyvalue: clip,
  getitem: shapeless("slice"),
  slice: shapeless("slice"),
  stridedslice: shapeless("slice"),
  stack: shapeless("concat"),
  tile: shapeless("tile"),
  repeat: shapeless("tile"),
  broadcastto: shapeless("expand"),
  pad: shapeless("pad"),
  take: shapeless("gather"),
  gather: shapeless("gather"),
  where: shapeless("where"),
  shape: shapeless("shapeOf"),
  onehot: shapeless("oneHot"),
  argmax: shapeless("argMax"),
  topk: shapeless("topK"),
  depthtospace: shapeless("depthToSpace"),
  spacetodepth: shapeless("spaceToDepth"),
  resize: shapeless("upsample"),
  resizeimages: shapeless("upsample"),
  einsum: shapeless("einsum"),
};

/** Names that activations have here, without the underscores of Keras' own. */
const activations: Record<string, string> = {
  relu: "relu",
  relu6: "relu6",
  leakyrelu: "leaky_relu",
  elu: "elu",
  selu: "selu",
  gelu: "gelu",
  silu: "silu",
  swish: "silu",
  sigmoid: "sigmoid",
  hardsigmoid: "hard_sigmoid",
  hardsilu: "hard_silu",
  tanh: "tanh",
  softplus: "softplus",
  softsign: "softsign",
  softmax: "softmax",
  logsoftmax: "log_softmax",
};

/**
 * @param name of the function: "Multiply", "math.reduce_mean", "__operators__.add"
 */
export function operation(call: LayerCall, name: string): Tensor[] {
  const plain = (name.split(".").at(-1) ?? "").replace(/_/g, "").toLowerCase().replace(/v2$/, "");
  if (Object.hasOwn(activations, plain)) return [activate(call, call.input(), activations[plain])];
  const known = Object.hasOwn(table, plain) ? table[plain] : undefined;
  const made = known ? known(call) : custom(call);
  return Array.isArray(made) ? made : [made];
}
