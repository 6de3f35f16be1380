// A call of a Keras layer: its configuration, what it is given, and writing nodes for it.
import type { Parameter, Shape } from "../../architecture";
import { ImportError } from "../../errors";
import { type Json, object, text } from "../json";
import { quote } from "../order";
import { type Add, shapeOf, type Tensor, type Writer } from "../writer";

/** An argument of a call. */
export type Argument = Tensor | number | string | boolean | null | readonly Argument[];

/** Shapes of the weights of a file, in the order it lists them, by the path of their layer. */
export type ParameterShapes = ReadonlyMap<string, readonly { name: string; shape: readonly number[] }[]>;

export interface LayerUse {
  where: string;
  /** Class of the layer. */
  kind: string;
  module: string;
  config: Json;
  /** What Keras 3 keeps of how it was built. */
  build: Json;
  /** Of the layer: what names its weights, whichever call this is. */
  path: string;
  /** Of this call. */
  id: string;
  inputs: readonly Tensor[];
  args: readonly Argument[];
  kwargs: Readonly<Record<string, Argument>>;
  weights: ParameterShapes;
  channelsLast: boolean;
  /** Calls a layer that this one wraps. */
  inner(layer: Json, name: string, inputs: readonly Tensor[]): Tensor[];
}

const volume = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);

export function isTensor(value: Argument | undefined): value is Tensor {
  return typeof value === "object" && value !== null && "id" in value;
}

export class LayerCall {
  readonly add: Add;
  private hasUnknownWeights = false;

  constructor(
    readonly writer: Writer,
    readonly use: LayerUse,
  ) {
    const add = writer.under(use.id);
    this.add = (op, inputs, attributes, written = {}) =>
      add(op, inputs, written.parameters ? { ...attributes, ...this.unknownWeights() } : attributes, written);
  }

  get kind(): string {
    return this.use.kind;
  }

  /** Whether it is a function among the layers, which has no weights; nor does Keras let a `Lambda` own any. */
  get isFunction(): boolean {
    return (
      /^(Lambda|TFOpLambda|SlicingOpLambda)$/.test(this.kind) || /^keras\.(src\.)?ops\b/.test(this.use.module)
    );
  }

  get config(): Json {
    return this.use.config;
  }

  /** @throws ImportError when the call is given fewer tensors */
  input(i = 0): Tensor {
    const tensor = this.use.inputs[i];
    if (!tensor) throw this.error(`is given ${this.use.inputs.length} tensors, too few`);
    return tensor;
  }

  error(problem: string): ImportError {
    return new ImportError(`layer ${quote(this.use.path)} (${this.kind.slice(0, 80)}) ${problem}`, {
      where: this.use.where,
    });
  }

  number(name: string, byDefault: number): number {
    const value = this.config[name];
    return typeof value === "number" && Number.isFinite(value) ? value : byDefault;
  }

  /** A count of channels, units, heads. @throws ImportError when it is missing or no count */
  count(name: string): number {
    const value = this.config[name];
    if (typeof value === "number" && Number.isSafeInteger(value) && value > 0) return value;
    throw this.error(`has no usable ${quote(name)}`);
  }

  text(name: string, byDefault: string): string {
    return text(this.config[name], byDefault);
  }

  flag(name: string, byDefault: boolean): boolean {
    const value = this.config[name];
    return typeof value === "boolean" ? value : byDefault;
  }

  /** Whole numbers, one an axis; a single number stands for all. Undefined when there are none. */
  sizes(name: string, axes: number): number[] | undefined {
    const value = this.config[name];
    const sizes = typeof value === "number" ? new Array<number>(axes).fill(value) : value;
    if (sizes === undefined || sizes === null) return undefined;
    if (
      !Array.isArray(sizes) ||
      sizes.length !== axes ||
      !sizes.every((size) => Number.isSafeInteger(size) && size >= 0)
    ) {
      throw this.error(`has no usable ${quote(name)}`);
    }
    return sizes as number[];
  }

  /** A weight of this layer, shared by all calls of it; none where its shape is not known: see `unknownWeights`. */
  weight(name: string, shape: readonly (number | undefined)[], trainable = true): Parameter[] {
    const known = shape.filter((size) => size !== undefined);
    const missing = known.length < shape.length ? this.sizeListed(name, known) : undefined;
    if (known.length < shape.length - 1 || (known.length < shape.length && missing === undefined)) {
      this.hasUnknownWeights ||= trainable;
      return [];
    }
    const full = shape.map((size) => size ?? missing ?? 0);
    return [{ name: `${this.use.path}/${name}`, shape: full, dtype: "float32", trainable }];
  }

  /** The attribute of the node that weights without a known shape belong to, those asked for since the last node. */
  unknownWeights(): { unknownWeights?: true } {
    const has = this.hasUnknownWeights;
    this.hasUnknownWeights = false;
    return has ? { unknownWeights: true } : {};
  }

  /** The one size that is missing of a weight, where the file lists its shape, in whatever order. */
  private sizeListed(name: string, known: readonly number[]): number | undefined {
    const { weights, path } = this.use;
    const listed = weights.get(path)?.find((item) => item.name === `${path}/${name}`);
    const size = listed ? volume(listed.shape) / volume(known) : 0;
    return Number.isSafeInteger(size) && size > 0 ? size : undefined;
  }

  /** Whether its pictures are channels last; as the layer says, else as the file does. */
  get channelsLast(): boolean {
    const format = this.config.data_format;
    return format === "channels_last" || (format !== "channels_first" && this.use.channelsLast);
  }

  /** The input as layers over pictures want it: channels second in the architecture. */
  picture(i = 0): Tensor {
    const tensor = this.input(i);
    return this.channelsLast ? this.writer.channelsFirst(tensor) : this.writer.plain(tensor);
  }

  /** Channels of a picture, in the architecture's order. */
  channels(picture: Tensor): number | undefined {
    const size = shapeOf(picture)?.[1];
    return typeof size === "number" ? size : undefined;
  }

  /** Size of the last axis in the file's order. */
  width(tensor: Tensor): number | undefined {
    const size = tensor.shape?.at(-1);
    return typeof size === "number" ? size : undefined;
  }

  inner(name: string): Json {
    return object(this.config[name]);
  }

  rank(tensor: Tensor): number {
    return tensor.shape?.length ?? 0;
  }

  reshaped(tensor: Tensor, shape: Shape, part: string): Tensor {
    const sizes = shape?.map((size) => (typeof size === "number" ? size : 0));
    return this.add("reshape", [tensor], { shape: sizes }, { part });
  }
}
