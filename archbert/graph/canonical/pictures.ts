// What frameworks write apart around layers over pictures: their padding, and means over pictures of channels last.
import type { ArchNode } from "../architecture";
import type { Pattern } from "./rewriter";

/** Zeros around a picture before a window goes over it are the window's padding. */
const padded: Pattern = (node, graph) => {
  if (node.op !== "conv" && node.op !== "maxPool") return undefined;
  const pad = graph.from(node, 0, "pad");
  const x = pad?.inputs[0];
  const own = node.attributes.padding;
  const none = own === undefined || (Array.isArray(own) && own.every((size) => size === 0));
  if (!pad || x === undefined || pad.inputs.length !== 1 || !none) return undefined;
  if (pad.attributes.mode !== "constant" || pad.attributes.value !== 0) return undefined;
  // The largest of a window is the same with zeros as with nothing only where no number is below zero.
  if (node.op === "maxPool" && !["relu", "relu6"].includes(graph.made(x)?.op ?? "")) return undefined;
  const padding = spatial(pad, (graph.shape(x) ?? []).length);
  return padding && { op: node.op, inputs: [x], attributes: { ...node.attributes, padding }, absorbs: [pad] };
};

/** Begins then ends of the axes behind the channels; undefined where others are padded too, or by less than nothing. */
function spatial({ attributes }: ArchNode, rank: number): number[] | undefined {
  const { padding, axes } = attributes;
  if (!Array.isArray(padding) || rank < 3) return undefined;
  const at = Array.isArray(axes) ? axes.map(Number) : Array.from({ length: rank }, (_, axis) => axis);
  const sizes = padding.map(Number);
  if (sizes.length !== 2 * at.length || !sizes.every((size) => size >= 0)) return undefined;
  const ends = [0, 1].map((end) => {
    const along = new Array<number>(rank).fill(0);
    at.forEach((axis, i) => {
      along[axis < 0 ? axis + rank : axis] = sizes[i + end * at.length] ?? 0;
    });
    return along;
  });
  if (ends.some((along) => along[0] !== 0 || along[1] !== 0 || along.length !== rank)) return undefined;
  return ends.flatMap((along) => along.slice(2));
}

/** The mean over height and width of a picture that was turned channels last for it. */
const turnedMean: Pattern = (node, graph) => {
  const { axes, keepDims } = node.attributes;
  if (node.op !== "reduceMean" || keepDims !== false || !Array.isArray(axes)) return undefined;
  const turn = graph.from(node, 0, "transpose");
  const x = turn?.inputs[0];
  if (!turn || x === undefined || turn.attributes.permutation?.toString() !== "0,2,3,1") return undefined;
  const at = axes.map((axis) => (Number(axis) < 0 ? Number(axis) + 4 : Number(axis))).sort();
  if (at.join() !== "1,2") return undefined;
  return { op: "globalAveragePool", inputs: [x], attributes: { keepDims: false }, absorbs: [turn] };
};

/** A learned scale and a learned shift a channel behind a convolution: a batch norm whose statistics are folded in. */
const scaleAndShift: Pattern = (node, graph) => {
  if (node.op !== "add" || !isPerChannel(node)) return undefined;
  const scale = graph.from(node, 0, "mul");
  const layer = graph.from(scale, 0, "conv");
  const x = scale?.inputs[0];
  if (!scale || !layer || x === undefined || !isPerChannel(scale)) return undefined;
  if (graph.readers(x) > 1 || graph.readers(scale.outputs[0]?.id ?? "") > 1) return undefined;
  return { op: "batchNorm", inputs: [x], attributes: {}, absorbs: [scale] };
};

/** Whether the node's one operand is a weight of one number a channel of a picture. */
function isPerChannel({ inputs, parameters, attributes, outputs }: ArchNode): boolean {
  const { operandShape } = attributes;
  const shape = outputs[0]?.shape;
  if (inputs.length !== 1 || parameters.length !== 1 || !Array.isArray(operandShape) || !shape) return false;
  const axis = operandShape.length - shape.length + 1;
  return shape.length >= 4 && operandShape.every((size, i) => size === (i === axis ? shape[1] : 1));
}

export const pictures: readonly Pattern[] = [padded, turnedMean, scaleAndShift];
