// Writes nodes one after the other: ids from where the program says them, shapes from the op vocabulary.
import type { Architecture, ArchNode, Attribute, Parameter, Shape, Value } from "../../architecture";
import { type OpName, opOf } from "../../ops";

export interface Writer {
  /** What ids begin with from now on: "stage1.block2". */
  scope: string;
  /** The line of the program that the nodes come from, in its own words: "residual". */
  origin: string;
  shape(value: string): Shape;
  /** @returns the id of the value that the new node makes */
  add(
    op: OpName,
    name: string,
    inputs: readonly string[],
    attributes?: Record<string, Attribute>,
    weights?: Readonly<Record<string, readonly number[]>>,
  ): string;
  finish(name: string, output: string): Architecture;
}

/** Kept, but moved by no optimizer. */
const statistics = new Set(["mean", "variance"]);

export function writer(input: Value): Writer {
  const nodes: ArchNode[] = [];
  const shapes = new Map<string, Shape>([[input.id, input.shape]]);
  const shape = (id: string) => shapes.get(id) ?? null;
  return {
    scope: "",
    origin: "",
    shape,
    add(op, name, inputs, attributes = {}, weights = {}) {
      const id = this.scope === "" ? name : `${this.scope}.${name}`;
      if (shapes.has(id)) throw new Error(`internal: two nodes are called ${id}`);
      const parameters = Object.entries(weights).map(
        ([key, size]): Parameter => ({
          name: `${id}.${key}`,
          shape: [...size],
          dtype: "float32",
          trainable: !statistics.has(key),
        }),
      );
      const [made = null] = opOf(op).infer({ attributes, inputs: inputs.map(shape), parameters, outputs: 1 });
      shapes.set(id, made);
      nodes.push({
        id,
        op,
        inputs: [...inputs],
        outputs: [{ id, shape: made, dtype: "float32" }],
        attributes,
        parameters,
        source: { name: id, ops: [this.origin] },
      });
      return id;
    },
    finish: (name, output) => ({
      version: 1,
      name,
      format: "architecture",
      inputs: [input],
      outputs: [output],
      nodes,
      metadata: {},
    }),
  };
}
