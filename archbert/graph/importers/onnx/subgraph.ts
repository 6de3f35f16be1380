// A node with subgraphs: what runs inside is counted, and the node stays one.

import type { ArchNode, Attribute, Value } from "../../architecture";
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
  const kinds = [...new Set(nodes.map(({ op }) => op))].sort();
  const attributes: Record<string, Attribute> = { bodyOps: kinds };
  if (Number.isFinite(dearest)) attributes.bodyMultiplyAdds = dearest;
  if (node.op !== "If") attributes.kind = node.op.toLowerCase();
  return { op: node.op === "If" ? "branch" : "loop", attributes, nodes };
}

/** Multiply-adds of a branch at the sizes known, symbolic ones taken as 1. */
function cost(nodes: readonly ArchNode[], inside: Builder): number {
  const numeric = (values: readonly Pick<Value, "shape">[]) =>
    values.map(({ shape }) => evaluateShape(shape) ?? []);
  let total = 0;
  for (const { op, attributes, inputs, outputs, parameters } of nodes) {
    const read = inputs.map((id) => ({ shape: inside.lookup(id)?.shape ?? null }));
    total +=
      opOf(op).multiplyAdds?.({ attributes, parameters, inputs: numeric(read), outputs: numeric(outputs) }) ??
      0;
  }
  return total;
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
