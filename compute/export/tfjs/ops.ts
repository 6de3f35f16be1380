// Each op in TensorFlow's terms, as its inference needs it: norms over the batch become one product and one sum.
import { numberOf, numbersOf, windowOf } from "../../model/ops/op";
import { flag, int, int32, ints, type TfCall, text } from "./writer";

type Translate = (call: TfCall) => void;

const first = ({ inputs }: TfCall): string => inputs[0] ?? "";
const sizes = { Tshape: int32 };
const axes = (keep: boolean) => ({ Tidx: int32, keep_dims: flag(keep) });

const plain =
  (type: string, attr?: (call: TfCall) => Parameters<TfCall["op"]>[2]): Translate =>
  (call) => {
    call.op(type, call.inputs, attr?.(call), call.output);
  };

const binary =
  (type: string): Translate =>
  (call) => {
    const operands = call.inputs.length > 1 ? call.inputs : [...call.inputs, call.weight("weight")];
    call.op(type, operands, {}, call.output);
  };

function windowAttributes({ node }: TfCall) {
  const { strides } = windowOf(node);
  return { strides: ints([1, ...strides, 1]), padding: text("SAME"), data_format: text("NHWC") };
}

const pool = (type: string) =>
  plain(type, (call) => ({ ...windowAttributes(call), ksize: ints([1, ...windowOf(call.node).kernel, 1]) }));

/** The last op of a layer, or its bias after it. */
function withBias(call: TfCall, make: (output?: string) => string, output?: string): string {
  return call.has("bias") ? call.op("BiasAdd", [make(), call.weight("bias")], {}, output) : make(output);
}

const conv: Translate = (call) => {
  const groups = numberOf(call.node, "groups", 1);
  const attr = { ...windowAttributes(call), dilations: ints([1, 1, 1, 1]) };
  withBias(
    call,
    (output) => {
      if (groups === 1) return call.op("Conv2D", [first(call), call.weight("weight")], attr, output);
      if (groups === numberOf(call.node, "inChannels", 1)) {
        return call.op("DepthwiseConv2dNative", [first(call), call.weight("weight")], attr, output);
      }
      return grouped(call, groups, attr, output);
    },
    call.output,
  );
};

/** TensorFlow.js has no convolution in groups: channels are split, convolved apart, and joined. */
function grouped(call: TfCall, groups: number, attr: Parameters<TfCall["op"]>[2], output?: string): string {
  const { shape, data } = call.numbers("weight");
  const [height = 1, width = 1, into = 1, out = 1] = shape;
  const size = out / groups;
  const parts = call.op("Split", [call.ints([3], true), first(call)], { num_split: int(groups) });
  const made = Array.from({ length: groups }, (_, group) => {
    const kernel = new Float32Array(height * width * into * size);
    for (let i = 0; i < kernel.length; i++) {
      kernel[i] = data[Math.floor(i / size) * out + group * size + (i % size)] as number;
    }
    const weight = call.constant(`weight/${group}`, [height, width, into, size], kernel);
    return call.op("Conv2D", [group === 0 ? parts : `${parts}:${group}`, weight], attr);
  });
  return call.op("ConcatV2", [...made, call.ints([3], true)], { N: int(groups), Tidx: int32 }, output);
}

const linear: Translate = (call) => {
  const isFlat = call.shape.length === 1;
  const [features = 1] = (call.shapes[0] ?? []).slice(-1);
  const x = isFlat ? first(call) : call.op("Reshape", [first(call), call.ints([-1, features])], sizes);
  const attr = { transpose_a: flag(false), transpose_b: flag(false) };
  const rows = withBias(
    call,
    (output) => call.op("MatMul", [x, call.weight("weight")], attr, output),
    isFlat ? call.output : undefined,
  );
  if (!isFlat) call.op("Reshape", [rows, call.ints([-1, ...call.shape])], sizes, call.output);
};

/** Mixes values by how queries and keys agree, each [batch, heads, tokens, size]. */
function mixed(
  call: TfCall,
  [query, key, value]: readonly [string, string, string],
  { size, isKeyTransposed = false }: { size: number; isKeyTransposed?: boolean },
): string {
  const turns = { adj_x: flag(false), adj_y: flag(!isKeyTransposed) };
  const scores = call.op("Mul", [
    call.op("BatchMatMulV2", [query, key], turns),
    call.number(1 / Math.sqrt(size)),
  ]);
  const shares = call.op("Softmax", [scores]);
  return call.op("BatchMatMulV2", [shares, value], { adj_x: flag(false), adj_y: flag(false) });
}

const attention: Translate = (call) => {
  if (call.node.attributes.layout !== "joined") {
    const [query, key, value] = [straight(call, 0), straight(call, 1), straight(call, 2)];
    const [, , size = 1] = call.shapes[0] ?? [];
    const isKeyTransposed = call.node.attributes.keyTransposed === true;
    laid(call, mixed(call, [query, key, value], { size, isKeyTransposed }));
    return;
  }
  const heads = numberOf(call.node, "heads", 1);
  const [count = 1, width = 1] = call.shapes[0] ?? [];
  const turn = (x: string) => call.op("Transpose", [x, call.ints([0, 2, 1, 3])], { Tperm: int32 });
  const [query = "", key = "", value = ""] = call.inputs.map((x) =>
    turn(call.op("Reshape", [x, call.ints([-1, count, heads, width / heads])], sizes)),
  );
  const joined = turn(mixed(call, [query, key, value], { size: width / heads }));
  call.op("Reshape", [joined, call.ints([-1, count, width])], sizes, call.output);
};

const batchNorm: Translate = (call) => {
  const [scale, shift, mean, variance] = ["scale", "shift", "mean", "variance"].map(
    (key) => call.numbers(key).data,
  );
  if (!scale || !shift || !mean || !variance) throw new Error("internal: a norm without its numbers");
  const epsilon = numberOf(call.node, "epsilon", 1e-5);
  const factor = scale.map((value, i) => value / Math.sqrt((variance[i] as number) + epsilon));
  const offset = shift.map((value, i) => value - (mean[i] as number) * (factor[i] as number));
  const product = call.op("Mul", [first(call), call.constant("factor", [factor.length], factor)]);
  call.op("AddV2", [product, call.constant("offset", [offset.length], offset)], {}, call.output);
};

/** (x − mean) / √(variance + ε) over the axes, of a value and of what is made of it. */
function standardized(call: TfCall, x: string, over: readonly number[]): string {
  const mean = (value: string) => call.op("Mean", [value, call.ints(over)], axes(true));
  const centred = call.op("Sub", [x, mean(x)]);
  const variance = mean(call.op("Square", [centred]));
  const epsilon = call.number(numberOf(call.node, "epsilon", 1e-5));
  return call.op("Mul", [centred, call.op("Rsqrt", [call.op("AddV2", [variance, epsilon])])]);
}

function scaled(call: TfCall, standard: string): void {
  const product = call.op("Mul", [standard, call.weight("scale")]);
  call.op("AddV2", [product, call.weight("shift")], {}, call.output);
}

function groupNorm(call: TfCall): void {
  const groups = numberOf(call.node, "groups", 1);
  const [channels = 1, height = 1, width = 1] = call.shape;
  const folded = call.ints([-1, height * width, groups, channels / groups]);
  const standard = standardized(call, call.op("Reshape", [first(call), folded], sizes), [1, 3]);
  scaled(call, call.op("Reshape", [standard, call.ints([-1, height, width, channels])], sizes));
}

const layerNorm: Translate = (call) => {
  const over = call.shape.length === 3 ? [1, 2, 3] : [call.shape.length];
  scaled(call, standardized(call, first(call), over));
};

const gelu: Translate = (call) => {
  const x = first(call);
  const erf = call.op("Erf", [call.op("Mul", [x, call.number(Math.SQRT1_2)])]);
  const double = call.op("Mul", [x, call.op("AddV2", [erf, call.number(1)])]);
  call.op("Mul", [double, call.number(0.5)], {}, call.output);
};

/** A picture as [batch, channels, height, width]; turned tokens as the architecture says them. */
function straight(call: TfCall, input = 0): string {
  const order = call.turned[input] ? [0, 2, 1] : call.shapes[input]?.length === 3 ? [0, 3, 1, 2] : undefined;
  const x = call.inputs[input] ?? "";
  return order ? call.op("Transpose", [x, call.ints(order)], { Tperm: int32 }) : x;
}

/** Makes the output out of what is in the architecture's order. */
function laid(call: TfCall, value: string): void {
  if (call.shape.length !== 3) call.op("Identity", [value], {}, call.output);
  else call.op("Transpose", [value, call.ints([0, 2, 3, 1])], { Tperm: int32 }, call.output);
}

const reshape: Translate = (call) => {
  const { executor, node, shapes, shape, turned } = call;
  const [channels = 0, height = 0, width = 0] = shape;
  const turns = executor.turns?.(node, shapes, turned) === true;
  // Turned or back, the numbers stay where they are.
  if (turns || (turned[0] && shape.length === 3 && shapes[0]?.[0] === channels)) {
    const target = turns ? [-1, height, channels] : [-1, height, width, channels];
    call.op("Reshape", [first(call), call.ints(target)], sizes, call.output);
    return;
  }
  laid(call, call.op("Reshape", [straight(call), call.ints([-1, ...shape])], sizes));
};

const transpose: Translate = (call) => {
  const permutation = numbersOf(call.node, "permutation") ?? [];
  if (permutation.join() === "0,2,1") call.op("Identity", [first(call)], {}, call.output);
  else laid(call, call.op("Transpose", [straight(call), call.ints(permutation)], { Tperm: int32 }));
};

export const translations: Readonly<Record<string, Translate>> = {
  conv,
  linear,
  attention,
  batchNorm,
  layerNorm,
  groupNorm,
  relu: plain("Relu"),
  relu6: plain("Relu6"),
  leakyRelu: plain("LeakyRelu", ({ node }) => ({ alpha: { f: numberOf(node, "slope", 0.01) } })),
  elu: plain("Elu"),
  gelu,
  silu: (call) => call.op("Mul", [first(call), call.op("Sigmoid", [first(call)])], {}, call.output),
  hardSwish: (call) => {
    const gate = call.op("Relu6", [call.op("AddV2", [first(call), call.number(3)])]);
    call.op("Mul", [call.op("Mul", [first(call), gate]), call.number(1 / 6)], {}, call.output);
  },
  tanh: plain("Tanh"),
  sigmoid: plain("Sigmoid"),
  dropout: plain("Identity"),
  maxPool: pool("MaxPool"),
  averagePool: pool("AvgPool"),
  globalAveragePool: (call) => {
    const keep = call.node.attributes.keepDims !== false;
    call.op("Mean", [first(call), call.ints([1, 2])], axes(keep), call.output);
  },
  reduceMean: (call) => {
    const keep = call.node.attributes.keepDims !== false;
    call.op("Mean", [straight(call), call.ints(numbersOf(call.node, "axes") ?? [])], axes(keep), call.output);
  },
  add: binary("AddV2"),
  mul: binary("Mul"),
  reshape,
  transpose,
  flatten: (call) => call.op("Reshape", [straight(call), call.ints([-1, ...call.shape])], sizes, call.output),
  unsqueeze: (call) =>
    laid(call, call.op("Reshape", [straight(call), call.ints([-1, ...call.shape])], sizes)),
};
