// A node of a TensorFlow graph: its attributes, and what is known of its inputs.
import type { DType, Parameter } from "../../architecture";
import { type Json, list, object, text } from "../json";
import type { Add, Tensor, Writer } from "../writer";

/** A constant of the graph: its shape, for its numbers mostly stay in the file of weights. */
export interface Constant {
  name: string;
  shape: readonly number[];
  dtype: DType;
  /** Its numbers, where they are few and stand in the graph. */
  values?: readonly number[];
}

export type Input = Tensor | Constant;

export function isConstant(input: Input | undefined): input is Constant {
  return input !== undefined && "name" in input;
}

const dtypes: Record<string, DType> = {
  DT_FLOAT: "float32",
  DT_HALF: "float16",
  DT_DOUBLE: "float64",
  DT_BFLOAT16: "bfloat16",
  DT_INT8: "int8",
  DT_UINT8: "uint8",
  DT_INT16: "int16",
  DT_INT32: "int32",
  DT_INT64: "int64",
  DT_BOOL: "bool",
  DT_STRING: "string",
  DT_COMPLEX64: "complex64",
  float32: "float32",
  float16: "float16",
  int32: "int32",
  bool: "bool",
  string: "string",
  complex64: "complex64",
};

export function dtypeOf(value: unknown): DType {
  const name = text(value);
  return (Object.hasOwn(dtypes, name) ? dtypes[name] : undefined) ?? "unknown";
}

/** `{ dim: [{ size: "-1" }, …] }`, with -1 for what is open; undefined where nothing is said. */
export function dimsOf(value: unknown): number[] | undefined {
  const shape = object(value);
  if (!Array.isArray(shape.dim) || shape.unknownRank === true || shape.dim.length > 16) return undefined;
  return shape.dim.map((dim) => {
    const size = Number(object(dim).size ?? 0);
    return Number.isSafeInteger(size) && size >= 0 ? size : -1;
  });
}

/** A use of an op of TensorFlow. */
export class Use {
  readonly add: Add;
  private readonly attributes: Json;

  constructor(
    readonly writer: Writer,
    readonly name: string,
    readonly op: string,
    node: Json,
    readonly inputs: readonly (Input | undefined)[],
    /** How many of its outputs are read. */
    readonly outputs: number,
    /** What the readers of its first output, or the signature, say of its shape. */
    readonly said: readonly number[] | undefined,
    /** Sizes of the window that goes over its first output without padding. */
    readonly window?: readonly number[],
  ) {
    this.attributes = object(node.attr);
    this.add = writer.under(name);
  }

  /** The tensor at that place; undefined for a constant. */
  data(i: number): Tensor | undefined {
    const input = this.inputs[i];
    return input === undefined || isConstant(input) ? undefined : input;
  }

  constant(i: number): Constant | undefined {
    const input = this.inputs[i];
    return isConstant(input) ? input : undefined;
  }

  /** Whole numbers among the inputs (a shape, axes, an order of axes), where the graph has them; undefined if not. */
  integers(i: number): readonly number[] | undefined {
    const values = this.constant(i)?.values;
    return values?.every((value) => Number.isSafeInteger(value)) ? values : undefined;
  }

  tensors(): Tensor[] {
    return this.inputs.flatMap((input) => (input === undefined || isConstant(input) ? [] : [input]));
  }

  constants(): Constant[] {
    return this.inputs.filter(isConstant);
  }

  number(name: string, byDefault: number): number {
    const { i, f } = object(this.attributes[name]);
    const value = Number(i ?? f ?? byDefault);
    return Number.isFinite(value) ? value : byDefault;
  }

  flag(name: string): boolean {
    return object(this.attributes[name]).b === true;
  }

  /** Texts are written in base 64. */
  text(name: string, byDefault: string): string {
    const { s } = object(this.attributes[name]);
    return typeof s === "string" ? decoded(s) : byDefault;
  }

  texts(name: string): string[] {
    return list(object(object(this.attributes[name]).list).s).map((item) => decoded(text(item)));
  }

  numbers(name: string): number[] {
    return list(object(object(this.attributes[name]).list).i)
      .map(Number)
      .filter(Number.isFinite);
  }

  dtype(name: string): DType {
    return dtypeOf(object(this.attributes[name]).type);
  }

  get channelsLast(): boolean {
    return !this.text("data_format", "NHWC").startsWith("NC");
  }

  /** A picture as layers want it: channels second in the architecture. */
  picture(i = 0): Tensor | undefined {
    const given = this.data(i);
    // What is read as a picture is one, even where nothing before says so.
    const tensor = given?.shape === null ? this.writer.settle(given, ["?", "?", "?", "?"]) : given;
    return tensor && (this.channelsLast ? this.writer.channelsFirst(tensor) : this.writer.plain(tensor));
  }

  weight(i: number, shape?: readonly number[], trainable = true): Parameter[] {
    const constant = this.constant(i);
    return constant
      ? [{ name: constant.name, shape: shape ?? constant.shape, dtype: constant.dtype, trainable }]
      : [];
  }
}

function decoded(base64: string): string {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(base64) || base64.length % 4 !== 0) return base64;
  return atob(base64);
}
