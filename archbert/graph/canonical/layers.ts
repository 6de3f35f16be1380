// Layers that exporters split: a bias added apart, pooling as a mean, flattening as a reshape, pairs that cancel.
import type { ArchNode, Shape } from "../architecture";
import { unknown } from "../dimensions";
import type { Match, Pattern } from "./rewriter";

const bias: Pattern = (node, graph) => {
  if (node.op !== "add" || node.inputs.length !== 1 || node.parameters.length !== 1) return undefined;
  const layer = graph.from(node, 0);
  if (!layer || (layer.op !== "linear" && layer.op !== "conv") || layer.attributes.bias) return undefined;
  if (graph.readers(layer.outputs[0]?.id ?? "") > 1) return undefined;
  const width = layer.op === "linear" ? layer.attributes.outFeatures : layer.attributes.outChannels;
  const shape = node.attributes.operandShape;
  const rank = layer.outputs[0]?.shape?.length ?? 0;
  if (!Array.isArray(shape) || typeof width !== "number") return undefined;
  // One number an output: on the last axis of a linear layer, on the channels of a convolution.
  const axis = layer.op === "linear" ? shape.length - 1 : shape.length - rank + 1;
  if (!shape.every((size, i) => size === (i === axis ? width : 1))) return undefined;
  return {
    op: layer.op,
    inputs: layer.inputs,
    attributes: { ...layer.attributes, bias: true },
    absorbs: [layer],
  };
};

const spatialMean: Pattern = (node, graph): Match | undefined => {
  const shape = graph.shape(node.inputs[0]);
  if (!shape || shape.length < 3) return undefined;
  const spatial = shape.map((_, i) => i).slice(2);
  if (node.op === "reduceMean" || node.op === "reduceMax") {
    const axes = node.attributes.axes;
    if (!Array.isArray(axes) || shape.length < 4) return undefined;
    const sorted = axes.map((axis) => (Number(axis) < 0 ? Number(axis) + shape.length : Number(axis))).sort();
    if (sorted.join() !== spatial.join()) return undefined;
    const op = node.op === "reduceMean" ? "globalAveragePool" : "globalMaxPool";
    return {
      op,
      inputs: node.inputs,
      attributes: { keepDims: node.attributes.keepDims !== false },
      absorbs: [],
    };
  }
  if (node.op !== "averagePool" && node.op !== "maxPool") return undefined;
  const kernel = node.attributes.kernelSize;
  const whole =
    Array.isArray(kernel) && spatial.every((axis, i) => shape[axis] === kernel[i] && kernel[i] !== 1);
  const single = node.outputs[0]?.shape?.slice(2).every((size) => size === 1);
  if (!whole || !single) return undefined;
  const op = node.op === "averagePool" ? "globalAveragePool" : "globalMaxPool";
  return { op, inputs: node.inputs, attributes: {}, absorbs: [] };
};

/** Two averages, over one spatial axis each, are one over both. */
const twoMeans: Pattern = (node, graph) => {
  const inner = node.op === "reduceMean" ? graph.from(node, 0, "reduceMean") : undefined;
  const x = inner?.inputs[0];
  const shape = graph.shape(x);
  if (!inner || x === undefined || shape?.length !== 4) return undefined;
  const axes = [inner.attributes.axes, node.attributes.axes].map((list) =>
    Array.isArray(list) ? list.join() : "",
  );
  const keep = inner.attributes.keepDims !== false;
  const both = keep
    ? [
        ["3", "2"],
        ["-1", "-2"],
        ["2", "3"],
        ["-2", "-1"],
      ].some(([a, b]) => axes[0] === a && axes[1] === b)
    : (axes[0] === "3" || axes[0] === "-1") && (axes[1] === "2" || axes[1] === "-1");
  if (!both) return undefined;
  return {
    op: "globalAveragePool",
    inputs: [x],
    attributes: { keepDims: keep && node.attributes.keepDims !== false },
    absorbs: [inner],
  };
};

const flat: Pattern = (node, graph) => {
  const [before, after] = [graph.shape(node.inputs[0]), node.outputs[0]?.shape];
  if (
    node.op !== "reshape" ||
    node.inputs.length !== 1 ||
    !before ||
    before.length < 3 ||
    after?.length !== 2
  )
    return undefined;
  if (before[0] !== after[0] || before[0] === unknown) return undefined;
  return { op: "flatten", inputs: node.inputs, attributes: { axis: 1 }, absorbs: [] };
};

/** A linear layer over rows, the leading axes folded into one for it and parted again. */
const rows: Pattern = (node, graph): Match | undefined => {
  const layer = node.op === "reshape" && node.inputs.length === 1 ? graph.from(node, 0, "linear") : undefined;
  const fold = layer?.inputs.length === 1 ? graph.from(layer, 0) : undefined;
  const x = fold?.inputs[0];
  if (!layer || (fold?.op !== "reshape" && fold?.op !== "flatten") || x === undefined) return undefined;
  const [before, folded, after] = [graph.shape(x), fold.outputs[0]?.shape, node.outputs[0]?.shape];
  if (!before || !after || folded?.length !== 2 || before.length !== after.length || before.length < 3)
    return undefined;
  const same = isSame(before.slice(0, -1), after.slice(0, -1));
  if (!same || before.at(-1) !== folded[1] || after.at(-1) !== layer.attributes.outFeatures) return undefined;
  return { op: "linear", inputs: [x], attributes: { ...layer.attributes }, absorbs: [fold, layer] };
};

/** Reshapes and broadcasts that change nothing, and quantizing only to undo it. */
const cancel: Pattern = (node, graph) => {
  const [from] = node.inputs;
  if (from === undefined) return undefined;
  if (["reshape", "expand", "squeeze", "unsqueeze", "upsample", "slice"].includes(node.op)) {
    return isSame(graph.shape(from), node.outputs[0]?.shape ?? null) &&
      (node.op !== "slice" || isForward(node))
      ? { alias: from }
      : undefined;
  }
  if (node.op === "dequantize") {
    const inner = graph.from(node, 0, "quantize");
    return inner?.inputs[0] === undefined ? undefined : { alias: inner.inputs[0] };
  }
  if (node.op === "transpose") {
    const order = node.attributes.permutation;
    return Array.isArray(order) && order.every((axis, i) => axis === i) ? { alias: from } : undefined;
  }
  return undefined;
};

function isForward(node: ArchNode): boolean {
  const steps = node.attributes.steps;
  return !Array.isArray(steps) || steps.every((step) => step === 1);
}

function isSame(a: Shape, b: Shape): boolean {
  return (
    a !== null &&
    b !== null &&
    a.length === b.length &&
    a.every((size, i) => size === b[i] && size !== unknown)
  );
}

/** Channels split into groups, groups and channels swapped, and joined again. */
const shuffle: Pattern = (node, graph) => {
  if (node.op !== "reshape") return undefined;
  const swap = graph.from(node, 0, "transpose");
  const fold = graph.from(swap, 0, "reshape");
  const x = fold?.inputs[0];
  const [before, folded, after] = [graph.shape(x), fold?.outputs[0]?.shape, node.outputs[0]?.shape];
  const order = swap?.attributes.permutation;
  if (!swap || !fold || x === undefined || before?.length !== 4 || folded?.length !== 5 || !after)
    return undefined;
  if (!Array.isArray(order) || order.join() !== "0,2,1,3,4" || !isSame(before, after)) return undefined;
  const groups = folded[1];
  if (typeof groups !== "number") return undefined;
  return { op: "channelShuffle", inputs: [x], attributes: { groups }, absorbs: [fold, swap] };
};

export const layers: readonly Pattern[] = [cancel, bias, rows, spatialMean, twoMeans, shuffle, flat];
