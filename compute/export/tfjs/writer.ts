// A graph of TensorFlow as TensorFlow.js reads it: nodes in JSON, and weights beside it.
import type { Step } from "../../model/plan";

/** Of a node, in TensorFlow's JSON. */
type TfAttribute = Record<string, unknown>;

export interface TfNode {
  name: string;
  op: string;
  input: string[];
  attr: Record<string, TfAttribute>;
}

export interface TfWeight {
  name: string;
  shape: number[];
  dtype: "float32" | "int32";
  data: Float32Array | Int32Array;
}

export const float32 = { type: "DT_FLOAT" };
export const int32 = { type: "DT_INT32" };
export const int = (value: number): TfAttribute => ({ i: String(value) });
export const ints = (values: readonly number[]): TfAttribute => ({ list: { i: values.map(String) } });
export const flag = (value: boolean): TfAttribute => ({ b: value });
export const text = (value: string): TfAttribute => ({ s: Buffer.from(value).toString("base64") });

/** What the translation of one node gets. Pictures lie as [batch, height, width, channels]. */
export interface TfCall extends Pick<Step, "node" | "shapes" | "shape" | "turned" | "executor"> {
  inputs: readonly string[];
  /** Name of the value to make. */
  output: string;
  has(key: string): boolean;
  /** The numbers of a parameter as they lie for the backend. */
  numbers(key: string): { shape: readonly number[]; data: Float32Array };
  /** The parameter as a constant of the graph. */
  weight(key: string): string;
  /** Numbers as a constant under a name of the node's own. */
  constant(key: string, shape: readonly number[], data: Float32Array): string;
  number(value: number): string;
  ints(values: readonly number[], isScalar?: boolean): string;
  /** @returns the name of the value it makes: a fresh one where `output` is not given */
  op(type: string, inputs: readonly string[], attr?: Record<string, TfAttribute>, output?: string): string;
}

export class TfWriter {
  readonly nodes: TfNode[] = [];
  readonly weights: TfWeight[] = [];
  private readonly constants = new Map<string, string>();
  private readonly names = new Set<string>();

  /** @param laid parameters by name, as they lie for the backend */
  constructor(private readonly laid: ReadonlyMap<string, { shape: readonly number[]; data: Float32Array }>) {}

  input(name: string, shape: readonly number[]): void {
    this.names.add(name);
    const dim = [-1, ...shape].map((size) => ({ size: String(size) }));
    this.nodes.push({
      name,
      op: "Placeholder",
      input: [],
      attr: { dtype: float32, shape: { shape: { dim } } },
    });
  }

  call({ node, executor, shapes, shape, turned, output }: Step): TfCall {
    const numbers = (key: string) => {
      const found = this.laid.get(`${node.id}.${key}`);
      if (!found) throw new Error(`internal: ${node.id} has no ${key}`);
      return found;
    };
    const constant = (key: string, size: readonly number[], data: Float32Array) =>
      this.once(`${node.id}.${key}`, `${node.id}.${key}`, size, data);
    const ints = (values: readonly number[], isScalar = false) =>
      this.once(
        `int ${isScalar} ${values.join()}`,
        undefined,
        isScalar ? [] : [values.length],
        Int32Array.from(values),
      );
    const op: TfCall["op"] = (type, inputs, attr = {}, made) => {
      const name = made ?? this.fresh(`${node.id}/${type}`);
      this.names.add(name);
      this.nodes.push({ name, op: type, input: [...inputs], attr: { T: float32, ...attr } });
      return name;
    };
    // As when it is computed: what knows nothing of turned values gets none.
    const isStraightened = turned.map((lies) => lies && executor.turns === undefined);
    return {
      node,
      executor,
      shapes,
      shape,
      turned: turned.map((lies, i) => lies && !isStraightened[i]),
      inputs: node.inputs.map((id, i) =>
        isStraightened[i] ? op("Transpose", [id, ints([0, 2, 1])], { Tperm: int32 }) : id,
      ),
      output,
      has: (key) => this.laid.has(`${node.id}.${key}`),
      numbers,
      constant,
      weight: (key) => constant(key, numbers(key).shape, numbers(key).data),
      number: (value) => this.once(`float ${value}`, undefined, [], Float32Array.of(value)),
      ints,
      op,
    };
  }

  /** The constant of this content, made at its first use. */
  private once(
    content: string,
    wanted: string | undefined,
    shape: readonly number[],
    data: Float32Array | Int32Array,
  ): string {
    const known = this.constants.get(content);
    if (known !== undefined) return known;
    const name = this.fresh(wanted ?? `constant_${this.constants.size}`);
    this.names.add(name);
    this.constants.set(content, name);
    const dtype = data instanceof Float32Array ? "float32" : "int32";
    this.weights.push({ name, shape: [...shape], dtype, data });
    const type = dtype === "float32" ? float32 : int32;
    const tensorShape = { dim: shape.map((size) => ({ size: String(size) })) };
    // Shapes, axes and single numbers stand in the graph too, as TensorFlow has them: who reads no weights still knows it.
    const isTold = data instanceof Int32Array || shape.length === 0;
    const numbers = data instanceof Int32Array ? { intVal: [...data] } : { floatVal: [...data] };
    const value = { tensor: { dtype: type.type, tensorShape, ...(isTold ? numbers : {}) } };
    this.nodes.push({ name, op: "Const", input: [], attr: { dtype: type, value } });
    return name;
  }

  private fresh(name: string): string {
    let unused = name;
    for (let i = 2; this.names.has(unused); i++) unused = `${name}_${i}`;
    return unused;
  }
}
