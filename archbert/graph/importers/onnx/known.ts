// What is known of a value of the file while it is read: its shape, and its contents where they are small or constant.
import type { Dimension, DType, Shape } from "../../architecture";
import { unknown } from "../../dimensions";
import type { FileNode, Tensor } from "./file";
import type { Mask } from "./masks";

/** A tensor of the file that a constant was computed from. */
export interface Root {
  name: string;
  shape: readonly number[];
  dtype: DType;
  /** Numbers the file stores for it. */
  stored: number;
  /** An initializer, a Constant node, or made by ConstantOfShape. */
  kind: "initializer" | "constant" | "generated";
  /** Which places it lets see, if it is a mask; undefined where that cannot be told. */
  mask?: Mask;
  /** All its numbers are one and the same. */
  uniform?: boolean;
  /** All its rows are the same. */
  repeats?: boolean;
}

export interface Known {
  shape: Shape;
  dtype: DType;
  /** Its numbers, flattened, some perhaps symbolic (a shape that holds "batch"); null when many or not known. */
  elements: readonly Dimension[] | null;
  /** Non-null for a constant: what it was computed from. */
  roots: readonly Root[] | null;
}

export const nothingKnown: Known = { shape: null, dtype: "unknown", elements: null, roots: null };

export function fromTensor(tensor: Tensor, kind: Root["kind"], name = tensor.name): Known {
  return {
    shape: tensor.dims,
    dtype: tensor.dtype,
    elements: tensor.values,
    roots: [
      {
        name,
        shape: tensor.dims,
        dtype: tensor.dtype,
        stored: tensor.stored,
        kind,
        mask: tensor.mask,
        uniform: tensor.uniform,
        repeats: tensor.repeats,
      },
    ],
  };
}

/** A node of the file together with what is known of its inputs. */
export class Use {
  constructor(
    readonly node: FileNode,
    readonly inputs: readonly (Known | undefined)[],
    readonly opset: number,
  ) {}

  shape(i: number): Shape {
    return this.inputs[i]?.shape ?? null;
  }

  has(i: number): boolean {
    return this.inputs[i] !== undefined;
  }

  constant(i: number): boolean {
    const input = this.inputs[i];
    return input !== undefined && input.roots !== null;
  }

  elements(i: number): readonly Dimension[] | null {
    return this.inputs[i]?.elements ?? null;
  }

  /** Its elements when all are numbers. */
  numbers(i: number): readonly number[] | undefined {
    const elements = this.elements(i);
    return elements?.every((item) => typeof item === "number") ? elements : undefined;
  }

  scalar(i: number): number | undefined {
    const numbers = this.numbers(i);
    return numbers?.length === 1 ? numbers[0] : undefined;
  }

  attribute(name: string): number | string | undefined {
    const value = this.node.attributes[name];
    return typeof value === "number" || typeof value === "string" ? value : undefined;
  }

  int(name: string, byDefault: number): number {
    const value = this.node.attributes[name];
    return typeof value === "number" ? value : byDefault;
  }

  text(name: string, byDefault: string): string {
    const value = this.node.attributes[name];
    return typeof value === "string" ? value : byDefault;
  }

  ints(name: string): readonly number[] | undefined {
    const value = this.node.attributes[name];
    return Array.isArray(value) && value.every((item) => typeof item === "number") ? value : undefined;
  }

  /** What older opsets keep in an attribute and newer ones in an input. */
  listOf(name: string, input: number): readonly Dimension[] | undefined {
    return this.ints(name) ?? this.elements(input) ?? undefined;
  }

  size(input: number, axis: number): Dimension {
    return this.shape(input)?.at(axis) ?? unknown;
  }
}
