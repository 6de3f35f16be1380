// Each op in ONNX's terms, opset 17. What opset 17 lacks is spelled out as common exporters do, so that readers know it.
import { isInputFirst } from "../../model/ops/linear";
import { numberOf, numbersOf, samePadding, windowOf } from "../../model/ops/op";
import type { OnnxCall } from "./writer";

type Translate = (call: OnnxCall) => void;

const first = ({ inputs }: OnnxCall): string => inputs[0] ?? "";

/** One op of the same meaning. */
const plain =
  (type: string, attributes?: (call: OnnxCall) => Parameters<OnnxCall["op"]>[2]): Translate =>
  (call) => {
    call.op(type, call.inputs, attributes?.(call), call.output);
  };

/** Of two values, or of one and a parameter. */
const binary =
  (type: string): Translate =>
  (call) => {
    const operands = call.inputs.length > 1 ? call.inputs : [...call.inputs, call.weight("weight")];
    call.op(type, operands, {}, call.output);
  };

/** Begins then ends, as numbers: not every reader knows "same". */
function windowAttributes({ node, shapes }: OnnxCall) {
  const { kernel, strides } = windowOf(node);
  const pads = kernel.map((size, axis) => samePadding(shapes[0]?.[axis + 1] ?? 1, size, strides[axis] ?? 1));
  return {
    kernel_shape: kernel,
    strides,
    pads: [...pads.map(([before]) => before), ...pads.map(([, after]) => after)],
  };
}

const conv: Translate = (call) => {
  const inputs = [first(call), call.weight("weight"), ...(call.has("bias") ? [call.weight("bias")] : [])];
  const attributes = { ...windowAttributes(call), group: { int: numberOf(call.node, "groups", 1) } };
  call.op("Conv", inputs, attributes, call.output);
};

const linear: Translate = (call) => {
  const isTurned = isInputFirst(call.weightShape("weight"), call.node);
  if (call.shape.length === 1) {
    const inputs = [first(call), call.weight("weight"), ...(call.has("bias") ? [call.weight("bias")] : [])];
    call.op("Gemm", inputs, { transB: { int: isTurned ? 0 : 1 } }, call.output);
    return;
  }
  const product = [first(call), isTurned ? call.weight("weight") : call.turnedWeight("weight")];
  if (!call.has("bias")) call.op("MatMul", product, {}, call.output);
  else call.op("Add", [call.op("MatMul", product), call.weight("bias")], {}, call.output);
};

/** Mixes values by how queries and keys agree, each [batch, heads, tokens, size], the keys already turned. */
function mixed(
  call: OnnxCall,
  [query, key, value]: readonly [string, string, string],
  size: number,
  output?: string,
) {
  const scores = call.op("Mul", [call.op("MatMul", [query, key]), call.floats([1 / Math.sqrt(size)])]);
  const shares = call.op("Softmax", [scores], { axis: { int: -1 } });
  return call.op("MatMul", [shares, value], {}, output);
}

const attention: Translate = (call) => {
  if (call.node.attributes.layout !== "joined") {
    const [query = "", key = "", value = ""] = call.inputs;
    const [, , size = 1] = call.shapes[0] ?? [];
    const turned =
      call.node.attributes.keyTransposed === true ? key : call.op("Transpose", [key], { perm: [0, 1, 3, 2] });
    mixed(call, [query, turned, value], size, call.output);
    return;
  }
  const heads = numberOf(call.node, "heads", 1);
  const [count = 1, width = 1] = call.shapes[0] ?? [];
  const split = (value: string | undefined, perm: readonly number[]) =>
    call.op("Transpose", [call.op("Reshape", [value ?? "", call.ints([0, count, heads, width / heads])])], {
      perm,
    });
  const query = split(call.inputs[0], [0, 2, 1, 3]);
  const key = split(call.inputs[1], [0, 2, 3, 1]);
  const value = split(call.inputs[2], [0, 2, 1, 3]);
  const joined = call.op("Transpose", [mixed(call, [query, key, value], width / heads)], {
    perm: [0, 2, 1, 3],
  });
  call.op("Reshape", [joined, call.ints([0, count, width])], {}, call.output);
};

const batchNorm: Translate = (call) => {
  const inputs = [first(call), ...["scale", "shift", "mean", "variance"].map((key) => call.weight(key))];
  call.op("BatchNormalization", inputs, { epsilon: epsilonOf(call) }, call.output);
};

const layerNorm: Translate = (call) => {
  const x = first(call);
  if (call.shape.length < 3) {
    const attributes = { axis: { int: -1 }, epsilon: epsilonOf(call) };
    call.op("LayerNormalization", [x, call.weight("scale"), call.weight("shift")], attributes, call.output);
    return;
  }
  // LayerNormalization over a picture wants a scale of its whole size.
  const mean = (value: string) => call.op("ReduceMean", [value], { axes: [1, 2, 3], keepdims: { int: 1 } });
  const centred = call.op("Sub", [x, mean(x)]);
  const variance = mean(call.op("Mul", [centred, centred]));
  const spread = call.op("Sqrt", [call.op("Add", [variance, call.floats([epsilonOf(call)])])]);
  scaled(call, call.op("Div", [centred, spread]));
};

/** As instance normalization, with each group in the place of a channel. */
const groupNorm: Translate = (call) => {
  const groups = numberOf(call.node, "groups", 1);
  const folded = call.op("Reshape", [first(call), call.ints([0, groups, -1])]);
  const ones = call.floats(new Array<number>(groups).fill(1), [groups]);
  const zeros = call.floats(new Array<number>(groups).fill(0), [groups]);
  const standard = call.op("InstanceNormalization", [folded, ones, zeros], { epsilon: epsilonOf(call) });
  scaled(call, call.op("Reshape", [standard, call.ints([0, ...call.shape])]));
};

/** A scale and a shift a channel, after a norm over a picture. */
function scaled(call: OnnxCall, standard: string): void {
  const size = [call.shape[0] ?? 1, 1, 1];
  const scale = call.op("Mul", [standard, call.weight("scale", size)]);
  call.op("Add", [scale, call.weight("shift", size)], {}, call.output);
}

const epsilonOf = ({ node }: OnnxCall) => numberOf(node, "epsilon", 1e-5);

const gelu: Translate = (call) => {
  const x = first(call);
  const erf = call.op("Erf", [call.op("Mul", [x, call.floats([Math.SQRT1_2])])]);
  const double = call.op("Mul", [x, call.op("Add", [erf, call.floats([1])])]);
  call.op("Mul", [double, call.floats([0.5])], {}, call.output);
};

export const translations: Readonly<Record<string, Translate>> = {
  conv,
  linear,
  attention,
  batchNorm,
  layerNorm,
  groupNorm,
  relu: plain("Relu"),
  relu6: (call) => call.op("Clip", [first(call), call.floats([0]), call.floats([6])], {}, call.output),
  leakyRelu: plain("LeakyRelu", ({ node }) => ({ alpha: numberOf(node, "slope", 0.01) })),
  elu: plain("Elu", () => ({ alpha: 1 })),
  gelu,
  silu: (call) => call.op("Mul", [first(call), call.op("Sigmoid", [first(call)])], {}, call.output),
  hardSwish: plain("HardSwish"),
  tanh: plain("Tanh"),
  sigmoid: plain("Sigmoid"),
  dropout: (call) =>
    call.op("Dropout", [first(call), call.floats([numberOf(call.node, "rate", 0)])], {}, call.output),
  maxPool: plain("MaxPool", windowAttributes),
  averagePool: plain("AveragePool", (call) => ({ ...windowAttributes(call), count_include_pad: { int: 0 } })),
  globalAveragePool: (call) => {
    if (call.node.attributes.keepDims !== false) call.op("GlobalAveragePool", [first(call)], {}, call.output);
    else call.op("ReduceMean", [first(call)], { axes: [2, 3], keepdims: { int: 0 } }, call.output);
  },
  reduceMean: plain("ReduceMean", ({ node }) => ({
    axes: numbersOf(node, "axes") ?? [],
    keepdims: { int: node.attributes.keepDims === false ? 0 : 1 },
  })),
  add: binary("Add"),
  mul: binary("Mul"),
  reshape: (call) =>
    call.op("Reshape", [first(call), call.ints(numbersOf(call.node, "shape") ?? [])], {}, call.output),
  transpose: plain("Transpose", ({ node }) => ({ perm: numbersOf(node, "permutation") ?? [] })),
  flatten: plain("Flatten", () => ({ axis: { int: 1 } })),
  unsqueeze: (call) =>
    call.op("Unsqueeze", [first(call), call.ints(numbersOf(call.node, "axes") ?? [])], {}, call.output),
};
