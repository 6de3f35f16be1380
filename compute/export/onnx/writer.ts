// An ONNX graph as it is written: nodes, and the tensors that come with them.
import type { onnx } from "onnx-proto";
import type { Step } from "../../model/plan";

/** A list is of whole numbers, a number a float; a whole number alone is `{ int }`. */
export type OnnxAttribute = number | string | readonly number[] | { int: number };

const attributeTypes = { float: 1, int: 2, string: 3, ints: 7 } as const;
const tensorTypes = { float32: 1, int64: 7 } as const;

/** What the translation of one node gets. */
export interface OnnxCall extends Pick<Step, "node" | "shapes" | "shape"> {
  inputs: readonly string[];
  /** Name of the value to make. */
  output: string;
  /** The parameter as a tensor of the file, seen as this shape where given. */
  weight(key: string, shape?: readonly number[]): string;
  weightShape(key: string): readonly number[];
  /** A matrix with its two axes swapped. */
  turnedWeight(key: string): string;
  has(key: string): boolean;
  floats(values: readonly number[], shape?: readonly number[]): string;
  ints(values: readonly number[]): string;
  /** @returns the name of the value it makes: a fresh one, but for the last op of a node, which makes `output` */
  op(
    type: string,
    inputs: readonly string[],
    attributes?: Record<string, OnnxAttribute>,
    output?: string,
  ): string;
}

interface Numbers {
  shape: readonly number[];
  data: Float32Array;
}

export class OnnxWriter {
  readonly nodes: onnx.INodeProto[] = [];
  private readonly tensors = new Map<string, onnx.ITensorProto>();
  private readonly constants = new Map<string, string>();
  private readonly names = new Set<string>();

  /** @param weights borrowed, by name, in the architecture's order */
  constructor(private readonly weights: ReadonlyMap<string, Numbers>) {}

  get initializers(): onnx.ITensorProto[] {
    return [...this.tensors.values()];
  }

  call({ node, shapes, shape, output }: Step): OnnxCall {
    const numbers = (key: string): Numbers => {
      const found = this.weights.get(`${node.id}.${key}`);
      if (!found) throw new Error(`internal: ${node.id} has no ${key}`);
      return found;
    };
    return {
      node,
      shapes,
      shape,
      inputs: node.inputs,
      output,
      has: (key) => this.weights.has(`${node.id}.${key}`),
      weight: (key, as) => {
        const { shape: own, data } = numbers(key);
        return this.floats(`${node.id}.${key}`, as ?? own, data);
      },
      weightShape: (key) => numbers(key).shape,
      turnedWeight: (key) => {
        const { shape: [rows = 1, columns = 1] = [], data } = numbers(key);
        const turned = new Float32Array(data.length);
        data.forEach((value, i) => {
          turned[(i % columns) * rows + Math.floor(i / columns)] = value;
        });
        return this.floats(`${node.id}.${key}`, [columns, rows], turned);
      },
      floats: (values, as = []) =>
        this.floats(this.constant([...as, "of", ...values].join(" ")), as, Float32Array.from(values)),
      ints: (values) => this.ints(this.constant(`integers ${values.join(" ")}`), values),
      op: (type, inputs, attributes = {}, made) => this.op(node.id, type, inputs, attributes, made),
    };
  }

  private op(
    id: string,
    type: string,
    inputs: readonly string[],
    attributes: Record<string, OnnxAttribute>,
    output: string | undefined,
  ): string {
    let name = output === undefined ? `${id}/${type}` : id;
    for (let i = 2; this.names.has(name); i++) name = `${id}/${type}${i}`;
    this.names.add(name);
    const made = output ?? name;
    this.nodes.push({
      name,
      opType: type,
      input: [...inputs],
      output: [made],
      attribute: Object.entries(attributes).map(([key, value]) => attribute(key, value)),
    });
    return made;
  }

  /** The name of a constant: the same for the same numbers. */
  private constant(content: string): string {
    const name = this.constants.get(content) ?? `constant_${this.constants.size}`;
    this.constants.set(content, name);
    return name;
  }

  private floats(name: string, shape: readonly number[], data: Float32Array): string {
    const rawData = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    this.tensors.set(name, { name, dims: [...shape], dataType: tensorTypes.float32, rawData });
    return name;
  }

  private ints(name: string, values: readonly number[]): string {
    const rawData = new Uint8Array(BigInt64Array.from(values.map(BigInt)).buffer);
    this.tensors.set(name, { name, dims: [values.length], dataType: tensorTypes.int64, rawData });
    return name;
  }
}

function attribute(name: string, value: OnnxAttribute): onnx.IAttributeProto {
  if (typeof value === "number") return { name, type: attributeTypes.float, f: value };
  if (typeof value === "string")
    return { name, type: attributeTypes.string, s: new TextEncoder().encode(value) };
  if ("int" in value) return { name, type: attributeTypes.int, i: value.int };
  return { name, type: attributeTypes.ints, ints: [...value] };
}
