// Writes an architecture for importers of channels-last frameworks (Keras, TensorFlow), channels first as everywhere here.
//
// A tensor keeps the shape that its file gives it, and whether its value in the architecture has the last axis moved to
// the second place. Layers over pictures want it moved, layers over features do not; a transposition is written only
// where one meets the other, as it stands in networks that were channels first from the beginning.
import type {
  Architecture,
  ArchNode,
  Attribute,
  Dimension,
  DType,
  Parameter,
  Shape,
  Value,
} from "../architecture";
import { unknown } from "../dimensions";
import { ImportError } from "../errors";
import { type OpName, opOf } from "../ops";
import { alive } from "./order";

export interface Tensor {
  /** Of the value in the architecture. */
  id: string;
  /** In the file's order of axes. */
  shape: Shape;
  dtype: DType;
  /** Whether the value has the file's last axis second. */
  moved: boolean;
}

export interface Written {
  parameters?: readonly Parameter[];
  /** Of the outputs; that of the first input when not given. */
  moved?: boolean;
  dtype?: DType;
  /** Number of outputs; 1 when not given. */
  outputs?: number;
  /** Ops of the file that it stands for. */
  ops?: readonly string[];
  /** Of the first output, in the file's order, where the vocabulary cannot tell it; null: no output's shape is known. */
  shape?: Shape;
}

/** Writes a node called like a layer or node of the file, or like a part of it. */
export type Add = (
  op: OpName | `custom:${string}`,
  inputs: readonly Tensor[],
  attributes?: Record<string, Attribute | undefined>,
  written?: Written & { part?: string },
) => Tensor;

/** Bound on a graph, as for other formats. */
export const maxNodes = 250_000;

export class Writer {
  /** The op of the file that nodes come from. */
  origin = "";
  /** What the file leaves open, for the metadata. */
  readonly notes: Record<string, string> = {};
  readonly nodes: ArchNode[] = [];
  readonly inputs: Value[] = [];
  private readonly ids = new Set<string>();
  private readonly values = new Map<string, { shape: Shape }>();
  private readonly turned = new Map<string, Tensor>();

  constructor(readonly where: string) {}

  input(name: string, shape: Shape, dtype: DType, moved: boolean): Tensor {
    const tensor: Tensor = { id: this.fresh(name), shape, dtype, moved: moved && canMove(shape) };
    const value = { id: tensor.id, shape: shapeOf(tensor), dtype };
    this.inputs.push(value);
    this.values.set(tensor.id, value);
    return tensor;
  }

  /** Writes a node; its shapes are the vocabulary's. */
  add(
    op: OpName | `custom:${string}`,
    name: string,
    inputs: readonly Tensor[],
    attributes: Record<string, Attribute | undefined> = {},
    written: Written = {},
  ): Tensor {
    const [first] = this.addAll(op, name, inputs, attributes, written);
    if (!first) throw new Error("internal: a node without outputs");
    return first;
  }

  /** What writes the nodes of the layer or node of the file that is called so. */
  under(name: string): Add {
    return (op, inputs, attributes, { part, ...written } = {}) =>
      this.add(op, part === undefined ? name : `${name}/${part}`, inputs, attributes, written);
  }

  /** The same, with all outputs. */
  addAll(
    op: OpName | `custom:${string}`,
    name: string,
    inputs: readonly Tensor[],
    given: Record<string, Attribute | undefined>,
    { parameters = [], moved = inputs[0]?.moved ?? false, outputs = 1, ops, ...written }: Written,
  ): Tensor[] {
    if (this.nodes.length >= maxNodes)
      throw new ImportError(`more than ${maxNodes} nodes`, { where: this.where });
    if (this.values.size + outputs > 2 * maxNodes)
      throw new ImportError(`more than ${2 * maxNodes} values`, { where: this.where });
    const attributes: Record<string, Attribute> = {};
    for (const [key, value] of Object.entries(given)) if (value !== undefined) attributes[key] = value;
    const id = this.fresh(name);
    const known = opOf(op);
    const shapes = known.infer({ attributes, inputs: inputs.map(shapeOf), parameters, outputs });
    const dtype = written.dtype ?? known.dtype ?? inputs[0]?.dtype ?? "float32";
    const values = Array.from({ length: outputs }, (_, i): Value => {
      const made = shapes[i] ?? null;
      const said = written.shape === null || (i === 0 && written.shape !== undefined);
      const shape = said ? arrange(written.shape ?? null, moved) : made;
      return { id: i === 0 ? id : this.fresh(`${id}:${i}`), shape, dtype };
    });
    const source = { name: id, ops: ops ?? (this.origin === "" ? [] : [this.origin]) };
    this.nodes.push({
      id,
      op,
      inputs: inputs.map((tensor) => tensor.id),
      outputs: values,
      attributes,
      parameters,
      source,
    });
    return values.map((value) => {
      this.values.set(value.id, value);
      const turned = moved && canMove(value.shape);
      return { id: value.id, shape: restore(value.shape, turned), dtype, moved: turned };
    });
  }

  /** The same tensor with its last axis second, by a transposition where it is not; only pictures and sequences have one. */
  channelsFirst(tensor: Tensor): Tensor {
    return tensor.moved || !canMove(tensor.shape) ? tensor : this.turn(tensor, true);
  }

  /** The same tensor in the file's own order. */
  plain(tensor: Tensor): Tensor {
    return tensor.moved ? this.turn(tensor, false) : tensor;
  }

  /** All in one order: channels first where one of them is and all have as many axes. */
  alike(tensors: readonly Tensor[]): Tensor[] {
    const rank = tensors[0]?.shape?.length;
    const moved =
      tensors.some((tensor) => tensor.moved) && tensors.every(({ shape }) => shape?.length === rank);
    return tensors.map((tensor) => (moved ? this.channelsFirst(tensor) : this.plain(tensor)));
  }

  /** What the file says of a shape, for sizes that could not be inferred. */
  settle(tensor: Tensor, said: Shape): Tensor {
    const value = this.values.get(tensor.id);
    if (said === null || !value) return tensor;
    const { shape } = tensor;
    const merged =
      shape?.length === said.length
        ? shape.map((size, i) => (size === unknown ? (said[i] ?? size) : size))
        : (shape ?? said);
    const moved = tensor.moved && canMove(merged);
    value.shape = arrange(merged, moved);
    return { ...tensor, shape: merged, moved };
  }

  /** @throws ImportError when the network returns nothing */
  finish(
    name: string,
    format: string,
    outputs: readonly Tensor[],
    metadata: Record<string, string>,
  ): Architecture {
    if (outputs.length === 0) throw new ImportError("the network has no outputs", { where: this.where });
    const returned = [...new Set(outputs.map(({ id }) => id))];
    return {
      version: 1,
      name,
      format,
      inputs: this.inputs,
      outputs: returned,
      nodes: alive(this.nodes, returned),
      metadata: { ...metadata, ...this.notes },
    };
  }

  private turn(tensor: Tensor, moved: boolean): Tensor {
    const known = this.turned.get(`${tensor.id}\n${moved}`);
    if (known) return known;
    const axes = (tensor.shape ?? []).map((_, axis) => axis);
    const last = axes.length - 1;
    const permutation = moved ? [0, last, ...axes.slice(1, -1)] : [0, ...axes.slice(2), 1];
    const made = this.add(
      "transpose",
      `${tensor.id}/${moved ? "first" : "last"}`,
      [tensor],
      { permutation },
      { moved, ops: [] },
    );
    this.turned.set(`${tensor.id}\n${moved}`, made);
    this.turned.set(`${made.id}\n${!moved}`, tensor);
    return made;
  }

  private fresh(name: string): string {
    let id = name;
    for (let i = 2; this.ids.has(id); i++) id = `${name}#${i}`;
    this.ids.add(id);
    return id;
  }
}

/** Shapes with a last axis that may stand second. */
function canMove(shape: Shape): boolean {
  return shape !== null && shape.length >= 3;
}

function arrange(shape: Shape, moved: boolean): Shape {
  if (!moved || shape === null || shape.length < 3) return shape;
  return [shape[0] ?? unknown, shape.at(-1) ?? unknown, ...shape.slice(1, -1)];
}

function restore(shape: Shape, moved: boolean): Shape {
  if (!moved || shape === null || shape.length < 3) return shape;
  return [shape[0] ?? unknown, ...shape.slice(2), shape[1] ?? unknown];
}

/** The shape of the tensor's value in the architecture. */
export function shapeOf({ shape, moved }: Tensor): Shape {
  return arrange(shape, moved);
}

/** Where an axis of the file, perhaps counted from the end, stands in the architecture; undefined where there is none. */
export function axisIn({ shape, moved }: Tensor, axis: number): number | undefined {
  const rank = shape?.length;
  if (rank === undefined) return undefined;
  const at = axis < 0 ? axis + rank : axis;
  if (!Number.isInteger(at) || at < 0 || at >= rank) return undefined;
  if (!moved || at === 0) return at;
  return at === rank - 1 ? 1 : at + 1;
}

export function sizeAt({ shape }: Tensor, axis: number): Dimension {
  return shape?.at(axis) ?? unknown;
}
