// A node with subgraphs: what runs inside is counted, and the node stays one.

import type { ArchNode, Attribute } from "../../architecture";
import { evaluateShape } from "../../dimensions";
import { opOf } from "../../ops";
import type { Builder } from "./build";
import { type FileGraph, type FileNode, isGraph } from "./file";
import { nothingKnown } from "./known";
import type { Translation } from "./translators";

export interface Body extends Translation {
  /** Nodes of all branches, with their weights. */
  nodes: readonly ArchNode[];
}

export function bodyOf(node: FileNode, builder: Builder): Body {
  const nodes: ArchNode[] = [];
  let dearest = 0;
  for (const graph of Object.values(node.attributes)) {
    if (!isGraph(graph)) continue;
    const inside = builder.inside();
    for (const input of graph.inputs)
      inside.define(input.id, { ...nothingKnown, shape: input.shape, dtype: input.dtype });
    inside.graph(graph);
    nodes.push(...inside.nodes);
    dearest = Math.max(dearest, cost(inside.nodes, inside));
  }
  const inner = nodes.flatMap(({ op, attributes: { bodyOps } }) =>
    Array.isArray(bodyOps) ? [op, ...bodyOps.map(String)] : [op],
  );
  const kinds = [...new Set(inner)].sort();
  const attributes: Record<string, Attribute> = { bodyOps: kinds };
  if (Number.isFinite(dearest)) attributes.bodyMultiplyAdds = dearest;
  if (node.op !== "If") attributes.kind = node.op.toLowerCase();
  return { op: node.op === "If" ? "branch" : "loop", attributes, nodes };
}

/** Multiply-adds of a branch at the sizes known, symbolic ones taken as 1; NaN where a cost depends on a size unknown. */
function cost(nodes: readonly ArchNode[], inside: Builder): number {
  let total = 0;
  for (const { op, attributes, inputs, outputs, parameters } of nodes) {
    const multiplyAdds = opOf(op).multiplyAdds;
    if (!multiplyAdds) continue;
    if (attributes.bodyOps !== undefined && attributes.bodyMultiplyAdds === undefined) return Number.NaN;
    const read = inputs.map((id) => evaluateShape(inside.lookup(id)?.shape ?? null));
    const made = outputs.map(({ shape }) => evaluateShape(shape));
    if (
      attributes.bodyOps === undefined &&
      (read.slice(0, 1).includes(null) || made.slice(0, 1).includes(null))
    )
      return Number.NaN;
    const known = (shapes: readonly (readonly number[] | null)[]) => shapes.map((shape) => shape ?? []);
    total += multiplyAdds({ attributes, parameters, inputs: known(read), outputs: known(made) });
  }
  return total;
}

/** A graph whose free names are others; its own stay. */
export function renamedInside(graph: FileGraph, rename: (name: string) => string): FileGraph {
  const own = new Set([...graph.tensors.keys(), ...graph.inputs.map(({ id }) => id)]);
  for (const node of graph.nodes) for (const name of node.outputs) own.add(name);
  const map = (name: string) => (own.has(name) ? name : rename(name));
  return {
    ...graph,
    nodes: graph.nodes.map((node) => renamedNode({ ...node, inputs: node.inputs.map(map) }, map)),
    outputs: graph.outputs.map((value) => ({ ...value, id: map(value.id) })),
  };
}

/** The same for the subgraphs of a node. */
export function renamedNode(node: FileNode, rename: (name: string) => string): FileNode {
  const attributes = Object.entries(node.attributes).map(([name, value]) =>
    isGraph(value) ? [name, renamedInside(value, rename)] : [name, value],
  );
  return { ...node, attributes: Object.fromEntries(attributes) as FileNode["attributes"] };
}

/** Values a node reads, those its subgraphs take from outside among them. */
export function reads(node: FileNode): string[] {
  const names = node.inputs.filter((name) => name !== "");
  for (const attribute of Object.values(node.attributes)) {
    if (isGraph(attribute)) names.push(...captured(attribute));
  }
  return names;
}

export function captured(graph: FileGraph): string[] {
  const own = new Set<string>([...graph.tensors.keys(), ...graph.inputs.map(({ id }) => id)]);
  for (const node of graph.nodes) for (const name of node.outputs) own.add(name);
  const names = new Set<string>();
  for (const node of graph.nodes) for (const name of reads(node)) if (!own.has(name)) names.add(name);
  for (const { id } of graph.outputs) if (!own.has(id)) names.add(id);
  return [...names];
}
