// Which constants of a file are learned weights, and which are arithmetic, masks and positions.
import type { Attribute, Dimension, Parameter, Shape } from "../../architecture";
import { unknown } from "../../dimensions";
import { opOf } from "../../ops";
import { type FileGraph, isTensor } from "./file";
import type { Known, Root, Use } from "./known";
import type { Mask } from "./masks";
import { sizes, type Translation } from "./translators";

/** Constants that no training touches, by the names exporters give buffers. */
const bufferName =
  /inv_freq|\.pe$|_buffer$|embed_scale$|running_(mean|var)|final_logits_bias|embed_positions\.weights$|num_batches|position_ids|token_type_ids|(attn|attention|causal)_?mask|relative_(position|coords)_(index|table)|anchor/i;

/** Ops whose constant operands can be learned: a bias, a scale, a table, a class token. */
export function takesWeights(op: string): boolean {
  return (
    [
      "add",
      "sub",
      "mul",
      "div",
      "matmul",
      "einsum",
      "concat",
      "gather",
      "gatherND",
      "expand",
      "tile",
      "pow",
      "where",
      "attention",
    ].includes(op) || op.startsWith("custom:")
  );
}

/** Names that exporters give to constants they computed: none of a learned tensor's path ("encoder.0.weight"). */
export const madeName = /^[^.]*$|^onnx::|^p2o\.helper|constant/i;

/** A table to multiply with that the exporter computed, such as rotary cosines: a learned scale has one axis. */
export function isComputed({ name, shape }: Root, op: string): boolean {
  // Constants that PyTorch computed carry the name of the op that made them.
  if (
    /^(clamp|clamp_min|sqrt|rsqrt|where|full|ones|zeros|arange|_to_copy|sum|mean|eq|ne|cos|sin)(_\d+)?$/.test(
      name,
    )
  )
    return ["add", "sub", "mul", "div", "where"].includes(op);
  return (op === "mul" || op === "div") && madeName.test(name) && shape.filter((size) => size > 1).length > 1;
}

/** Whether a constant in the place of an operand is a weight rather than arithmetic. */
export function learned(root: Root): boolean {
  if (!/^(float|bfloat)/.test(root.dtype) || root.kind === "generated" || bufferName.test(root.name))
    return false;
  if (root.stored > 1) return true;
  // A single number is a weight only where the file names it like one: PyTorch's names, ours, or Paddle's ("x.w_0").
  const named = /(^|[./_])(weight|bias|gamma|beta|alpha|scale|shift|gain)$/.test(root.name);
  return (named && root.kind === "initializer") || /\.[wb]_\d+$/.test(root.name);
}

export function isWeight(root: Root, made: Translation): boolean {
  if (bufferName.test(root.name) || root.dtype === "bool" || root.dtype === "string") return false;
  // A norm without scale and shift is exported with ones and zeros under names of the exporter's own.
  if (opOf(made.op).role === "normalization" && /^(val_\d+|onnx::.*)$/.test(root.name)) return false;
  const whole = /^u?int/.test(root.dtype);
  if (made.op.startsWith("custom:")) return learned(root);
  if (made.op === "gather" || made.op === "matmul" || made.op === "einsum") return learned(root);
  // Quantized weights are whole numbers; shapes and indices are too, but only int64 and never in a weight's place.
  return !whole || root.dtype !== "int64";
}

/**
 * What is learned of a weight that is computed from constants: standardised, scaled, masked. A tensor of as many numbers
 * as the weight is the weight itself, which exporters write once more where they have reshaped it; smaller ones are
 * gains, unless they stand in a node of their own: those are the ones and zeros of the arithmetic.
 */
export function ofWeight(roots: readonly Root[], shape: Shape): readonly Root[] {
  if (roots.length < 2 || !shape?.every((size) => typeof size === "number")) return roots;
  const size = shape.reduce((a, b) => a * b, 1);
  const [whole] = roots.filter(({ stored }) => stored === size);
  if (!whole) return roots;
  return [whole, ...roots.filter(({ stored, kind }) => stored < size && kind !== "constant")];
}

/** Whether the file keeps most kernels and matrices as initializers. */
export function namesWeights({ nodes, tensors }: FileGraph): boolean {
  const products = ["Conv", "Gemm", "MatMul"];
  const made = new Set(nodes.flatMap(({ op, outputs }) => (op === "Constant" ? outputs : [])));
  const kernels = nodes
    .filter(({ op }) => products.includes(op))
    .map(({ inputs }) => inputs[1] ?? "")
    .filter((name) => tensors.has(name) || made.has(name));
  return kernels.filter((name) => tensors.has(name)).length * 2 > kernels.length;
}

/** One number spread over a whole tensor: zeros for a bias that is not there. */
export function isFill(root: Root, { shape }: Known): boolean {
  return root.stored === 1 && shape?.some((size) => size !== 1) === true;
}

export function parametersOf(roots: readonly Root[], trainable: boolean): Parameter[] {
  return roots.map(({ name, shape, dtype, stored }) => {
    const size = shape.reduce((a, b) => a * b, 1);
    return { name, shape: size === stored ? shape : [stored], dtype, trainable };
  });
}

export function operand(attributes: Record<string, Attribute>, known: Known, i: number): void {
  const value = known.elements?.length === 1 ? known.elements[0] : undefined;
  if (typeof value === "number" && attributes.operand === undefined) attributes.operand = value;
  const shape = sizes(known.shape);
  if (shape !== undefined && attributes.operandShape === undefined) attributes.operandShape = shape;
  if (i === 0) attributes.operandFirst = true;
  if (known.roots?.some(({ repeats }) => repeats)) attributes.operandRepeats = true;
  const mask = maskOf(known);
  if (mask !== undefined) attributes.operandTriangle = mask.causal;
  if (mask?.window !== undefined) attributes.operandWindow = mask.window;
}

/** Constants that are joined with data stand as one operand, as long as all of them along the axis. */
export function joined(attributes: Record<string, Attribute>, parts: readonly Known[]): void {
  const shapes = parts.flatMap(({ shape }) =>
    shape?.every((size) => typeof size === "number") ? [shape] : [],
  );
  const [first] = shapes;
  if (!first || shapes.length < parts.length) return;
  const axis = Number(attributes.axis);
  const at = axis < 0 ? axis + first.length : axis;
  const length = shapes.reduce((sum, shape) => sum + Number(shape[at] ?? 0), 0);
  attributes.operandShape = first.map((size, i) => (i === at ? length : Number(size)));
}

/** Which places a constant lets see, or what it is made from; undefined where that cannot be told. */
function maskOf({ shape, roots }: Known): Mask | undefined {
  if (!isSquare(shape)) return undefined;
  const masks = roots?.flatMap(({ mask }) => mask ?? []) ?? [];
  const window = masks.find((mask) => mask.window !== undefined)?.window;
  if (masks.some(({ causal }) => causal)) return { causal: true, window };
  // A table that becomes a square by reshaping, such as one of biases a distance and head, is no mask.
  const isTable = (root: Root) =>
    root.shape.length >= 2 && root.dtype.startsWith("float") && root.shape.at(-1) !== root.shape.at(-2);
  const closed = roots?.every((root) => root.mask !== undefined || root.stored === 1 || isTable(root));
  return closed ? { causal: false, window } : undefined;
}

function isSquare(shape: Shape): boolean {
  return shape !== null && shape.length >= 2 && shape.at(-1) === shape.at(-2) && shape.at(-1) !== 1;
}

/** What a comparison of constants gives: a triangle where a row of positions meets a column of them. */
function comparison(use: Use): Root {
  const shapes = [0, 1].map((i) => use.shape(i) ?? [unknown, unknown]);
  const row = (shape: readonly Dimension[]) =>
    shape.length > 0 && shape.at(-1) !== 1 && (shape.at(-2) ?? 1) === 1;
  const column = (shape: readonly Dimension[]) =>
    shape.length > 1 && shape.at(-1) === 1 && shape.at(-2) !== 1;
  const [a = [], b = []] = shapes;
  const crosses = (row(a) && column(b)) || (row(b) && column(a));
  const flat = shapes.every((shape) => !isSquare(shape) && !shape.includes(unknown));
  // A triangle compared with a number is one again.
  const triangle = use.inputs.some((input) => input?.roots?.some(({ mask }) => mask?.causal));
  // Equal labels make blocks, as of the regions in a shifted window; only what is ordered makes triangles.
  const isHidden = ({ shape, mask }: Root) => isSquare(shape) && mask === undefined;
  const known = !use.inputs.some((input) => input?.roots?.some(isHidden));
  const equal = use.node.op === "Equal" && known ? false : undefined;
  const ordered = /^(Less|Greater)/.test(use.node.op) || equal;
  const causal = triangle || (crosses ? ordered : flat ? false : equal);
  return {
    name: use.node.outputs[0] ?? "",
    shape: [],
    dtype: "bool",
    stored: 0,
    kind: "generated",
    ...(causal === undefined ? {} : { mask: { causal } }),
  };
}

export function rootsOf(use: Use): Root[] {
  // Where only the shape is read, or the result is a position or an angle, nothing learned flows on.
  const { op } = use.node;
  if (/^(Equal|Less|Greater)/.test(op)) return [comparison(use)];
  if (op === "Trilu") {
    const id = use.node.outputs[0] ?? "";
    return [{ name: id, shape: [], dtype: "bool", stored: 0, kind: "generated", mask: { causal: true } }];
  }
  if (["Shape", "Size", "Sin", "Cos", "NonZero", "ArgMax", "Range"].includes(op)) return [];
  if (op === "ConstantOfShape") {
    const shape = use.numbers(0);
    const id = use.node.outputs[0] ?? "";
    const value = use.node.attributes.value;
    const dtype = isTensor(value) ? value.dtype : "float32";
    const stored = shape?.reduce((a, b) => a * b, 1) ?? 0;
    return shape ? [{ name: id, shape, dtype, stored, kind: "generated", mask: { causal: false } }] : [];
  }
  // What scales a quantized weight, or says where to look, is not the weight.
  const carriers: Record<string, number> = {
    DequantizeLinear: 1,
    Reshape: 1,
    Expand: 1,
    Slice: 1,
    Tile: 1,
    Unsqueeze: 1,
    Squeeze: 1,
    Gather: 1,
    GatherND: 1,
    GatherElements: 1,
    Pad: 1,
  };
  const roots = new Map<string, Root>();
  for (const input of use.inputs.slice(0, carriers[op])) {
    for (const root of input?.roots ?? []) if (roots.size < 64) roots.set(root.name, root);
  }
  return [...roots.values()];
}
