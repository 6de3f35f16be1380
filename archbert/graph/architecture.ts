// The architecture of a network as plain data: a directed acyclic graph of typed ops, without weights.

/** A known size, or the name of a symbolic one ("batch", "sequence"). */
export type Dimension = number | string;

/** `null` where a file gives no shape and none could be inferred. */
export type Shape = readonly Dimension[] | null;

/** Element types under the names of NumPy; "unknown" where the file gives none. */
export type DType =
  | "float64"
  | "float32"
  | "float16"
  | "bfloat16"
  | "float8"
  | "int64"
  | "int32"
  | "int16"
  | "int8"
  | "int4"
  | "uint64"
  | "uint32"
  | "uint16"
  | "uint8"
  | "uint4"
  | "bool"
  | "string"
  | "complex64"
  | "complex128"
  | "unknown";

/** A tensor that flows between nodes. */
export interface Value {
  /** Unique within the architecture. */
  id: string;
  shape: Shape;
  dtype: DType;
}

/** A weight or other constant tensor of a node: its shape, never its numbers. */
export interface Parameter {
  name: string;
  shape: readonly number[];
  dtype: DType;
  /** False for running statistics, constants and frozen weights. */
  trainable: boolean;
}

export type Attribute = string | number | boolean | readonly number[] | readonly string[];

export interface ArchNode {
  /** Unique within the architecture. */
  id: string;
  /** A key of the op vocabulary, or `custom:NAME` for what is not in it. */
  op: string;
  /** Ids of the values it reads, in the order of its arguments; parameters are not among them. */
  inputs: readonly string[];
  outputs: readonly Value[];
  /** In the field's terms (kernelSize, strides, groups, dilations, heads, axis), whatever the file called them. */
  attributes: Readonly<Record<string, Attribute>>;
  parameters: readonly Parameter[];
  /** Where it came from: the name the file gave it, and the ops of the file it stands for. */
  source: { name: string; ops: readonly string[] };
}

/** Plain JSON data; `JSON.parse(JSON.stringify(a))` is the same architecture. */
export interface Architecture {
  /** Version of this schema. */
  version: 1;
  name: string;
  /** The format it was read from: "onnx", "architecture" (this project's language), … */
  format: string;
  inputs: readonly Value[];
  /** Ids of the values it returns. */
  outputs: readonly string[];
  /** In topological order: each node after those it reads from. */
  nodes: readonly ArchNode[];
  /** What else the file said: producer, opset, licence. Text, to be escaped wherever it is shown. */
  metadata: Readonly<Record<string, string>>;
}
