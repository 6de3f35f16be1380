// An ONNX file as plain data: what the protobuf messages hold, checked, in our types, without weights.
import type { DType, Value } from "../../architecture";
import type { Mask } from "./masks";

/** A constant of the file. */
export interface Tensor {
  name: string;
  dims: readonly number[];
  dtype: DType;
  /** Its numbers, flattened; null for a large one, whose payload stays in the file. */
  values: readonly number[] | null;
  /** Numbers that are really there: fewer than `dims` say for a sparse tensor. */
  stored: number;
  /** For a square one, which places it lets see; undefined where its numbers are not in the file. */
  mask?: Mask;
  /** All its numbers are one and the same: exporters merge such tensors, whatever they belong to. */
  uniform?: boolean;
  /** All its rows are the same, of which one is counted. */
  repeats?: boolean;
  /** Equal for tensors that hold the same numbers, transposed or not; undefined where it holds its own, or none can tell. */
  content?: string;
  /** Whether it stands under its own name among the file's initializers, as learned weights do. */
  initializer: boolean;
}

export type FileAttribute = number | string | readonly number[] | readonly string[] | Tensor | FileGraph;

export interface FileNode {
  name: string;
  op: string;
  /** "" for ONNX's own. */
  domain: string;
  inputs: readonly string[];
  outputs: readonly string[];
  attributes: Readonly<Record<string, FileAttribute>>;
}

export interface FileGraph {
  name: string;
  inputs: Value[];
  outputs: Value[];
  nodes: FileNode[];
  /** Initializers by name. */
  tensors: Map<string, Tensor>;
  /** Shapes the file gives for values in between. */
  values: Map<string, Value>;
}

export interface OnnxFile {
  graph: FileGraph;
  metadata: Record<string, string>;
  /** Version of ONNX's own ops. */
  opset: number;
}

export function isTensor(attribute: FileAttribute | undefined): attribute is Tensor {
  return typeof attribute === "object" && "dims" in attribute;
}

export function isGraph(attribute: FileAttribute | undefined): attribute is FileGraph {
  return typeof attribute === "object" && "nodes" in attribute;
}

/** The number under that name, or the default ONNX gives it. */
export function int(node: FileNode, name: string, byDefault: number): number {
  const value = node.attributes[name];
  return typeof value === "number" ? value : byDefault;
}

export function ints(node: FileNode, name: string): readonly number[] | undefined {
  const value = node.attributes[name];
  if (!Array.isArray(value)) return undefined;
  return value.every((item) => typeof item === "number") ? value : undefined;
}

export function text(node: FileNode, name: string, byDefault: string): string {
  const value = node.attributes[name];
  return typeof value === "string" ? value : byDefault;
}
