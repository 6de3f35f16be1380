// What an executor of one op is, and what it gets.
import type * as tfjs from "@tensorflow/tfjs";
import type { ArchNode } from "../../../archbert/graph/architecture";
import type { Rng } from "../../../archbert/graph/random";
import type { Tf } from "../../backends";

export type { Tf } from "../../backends";
export type Tensor = tfjs.Tensor;
export type Variable = tfjs.Variable;

/**
 * How a parameter lies in memory: the architecture's numbers seen as `view`, with these axes in this order. So a
 * kernel [out, in, height, width] becomes the [height, width, in, out] that TensorFlow.js convolves with.
 */
export interface Layout {
  view: readonly number[];
  axes: readonly number[];
}

export interface Call {
  tf: Tf;
  node: ArchNode;
  /** Pictures as [batch, height, width, channels], all else as the architecture says; borrowed. */
  inputs: readonly Tensor[];
  /** The architecture's shapes of the inputs and of the output, without the batch. */
  shapes: readonly (readonly number[])[];
  shape: readonly number[];
  /** Which inputs lie turned: [batch, places, channels] where the architecture says [batch, channels, places]. */
  turned: readonly boolean[];
  /** @throws Error when the node has no such parameter */
  weight(key: string): Variable;
  has(key: string): boolean;
  /** Where the chance of dropout comes from; null when not training. */
  training: Rng | null;
}

export interface OpExecutor {
  /** Keys of the parameters that a node must have. */
  needs?: readonly string[];
  /** Why it cannot do this node, as the end of a sentence; undefined where it can. */
  refuses?(node: ArchNode, shapes: readonly (readonly number[])[]): string | undefined;
  /** Of the parameter with this key and shape; as the architecture says where not given. */
  layout?(key: string, shape: readonly number[], node: ArchNode): Layout;
  /** Whether its output lies turned. An executor without this gets inputs that are not. */
  turns?(node: ArchNode, shapes: readonly (readonly number[])[], turned: readonly boolean[]): boolean;
  /** The output, owned by the caller. Runs inside a tidy, and under a gradient tape when training. */
  run(call: Call): Tensor;
}

export function first(call: Call): Tensor {
  const [input] = call.inputs;
  if (!input) throw new Error(`internal: ${call.node.id} reads nothing`);
  return input;
}

export function numberOf(node: ArchNode, name: string, otherwise: number): number {
  const value = node.attributes[name];
  return typeof value === "number" ? value : otherwise;
}

export function numbersOf(node: ArchNode, name: string): readonly number[] | undefined {
  const value = node.attributes[name];
  return Array.isArray(value) && value.every((item) => typeof item === "number") ? value : undefined;
}

/** Height and width of a window and of its steps. */
export function windowOf(node: ArchNode): { kernel: [number, number]; strides: [number, number] } {
  const [height = 1, width = 1] = numbersOf(node, "kernelSize") ?? [];
  const [down = 1, right = 1] = numbersOf(node, "strides") ?? [];
  return { kernel: [height, width], strides: [down, right] };
}

/** What "same" puts before and after one axis. */
export function samePadding(size: number, kernel: number, stride: number): [before: number, after: number] {
  const padding = Math.max(0, (Math.ceil(size / stride) - 1) * stride + kernel - size);
  return [Math.floor(padding / 2), Math.ceil(padding / 2)];
}

/** Whether the padding is "same", or the numbers that it comes to for a picture of this size. */
function padsAsSame(node: ArchNode, sizes: readonly [number, number]): boolean {
  const { padding } = node.attributes;
  if (padding === "same") return true;
  const { kernel, strides } = windowOf(node);
  const pads = padding === undefined ? [0, 0, 0, 0] : numbersOf(node, "padding");
  return sizes.every((size, axis) => {
    const [before, after] = samePadding(size, kernel[axis] ?? 1, strides[axis] ?? 1);
    return pads?.length === 4 && pads[axis] === before && pads[axis + 2] === after;
  });
}

/** What windows of this room cannot do. */
export function refusesWindow(node: ArchNode, shapes: readonly (readonly number[])[]): string | undefined {
  const { attributes } = node;
  const [, height, width] = shapes[0] ?? [];
  if (shapes[0]?.length !== 3 || height === undefined || width === undefined) return "works on pictures only";
  if (!padsAsSame(node, [height, width])) return 'pads otherwise than "same"';
  if (attributes.countsPadding === true) return "counts what is padded";
  if (attributes.dilations !== undefined) return "is dilated";
  return attributes.ceil === true ? "rounds sizes up" : undefined;
}

/** The value in the architecture's own order: [batch, channels, height, width] for a picture. */
export function straight(tensor: Tensor, isTurned: boolean): Tensor {
  if (isTurned) return tensor.transpose([0, 2, 1]);
  if (tensor.rank !== 4) return tensor;
  const [batch = 0, height = 0, width = 0, channels = 0] = tensor.shape;
  return height * width === 1 || channels === 1
    ? tensor.reshape([batch, channels, height, width])
    : tensor.transpose([0, 3, 1, 2]);
}

/** From the architecture's own order back to how pictures lie here. */
export function laid(tensor: Tensor): Tensor {
  return tensor.rank === 4 ? tensor.transpose([0, 2, 3, 1]) : tensor;
}
