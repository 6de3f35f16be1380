// Puts the nodes of a file in topological order, or says why that cannot be.
import { ImportError } from "../../errors";
import { type FileGraph, type FileNode, isGraph } from "./file";
import { quote } from "./tensor";

/** @param isKnown whether a value exists before any of these nodes */
export function order(
  nodes: readonly FileNode[],
  isKnown: (name: string) => boolean,
  where: string,
): readonly FileNode[] {
  const maker = new Map<string, number>();
  nodes.forEach((node, i) => {
    for (const name of node.outputs) {
      if (name === "") continue;
      if (maker.has(name)) throw new ImportError(`two nodes make ${quote(name)}`, { where });
      maker.set(name, i);
    }
  });
  const needs = nodes.map((node, i) => {
    const makers: number[] = [];
    for (const name of reads(node)) {
      const from = maker.get(name);
      if (from !== undefined) makers.push(from);
      else if (!isKnown(name)) {
        const title = node.name || node.op || String(i);
        throw new ImportError(`node ${quote(title)} reads ${quote(name)}, which nothing makes`, { where });
      }
    }
    return makers;
  });
  if (needs.every((makers, i) => makers.every((from) => from < i))) return nodes;
  return sort(nodes, needs, where);
}

function sort(nodes: readonly FileNode[], needs: readonly (readonly number[])[], where: string): FileNode[] {
  const readers: number[][] = nodes.map(() => []);
  const open = needs.map((makers) => makers.length);
  needs.forEach((makers, i) => {
    for (const from of makers) readers[from]?.push(i);
  });
  const ready = open.flatMap((count, i) => (count === 0 ? [i] : []));
  const sorted: FileNode[] = [];
  for (const i of ready) {
    const node = nodes[i];
    if (node) sorted.push(node);
    for (const reader of readers[i] ?? []) {
      const left = (open[reader] ?? 0) - 1;
      open[reader] = left;
      if (left === 0) ready.push(reader);
    }
  }
  if (sorted.length < nodes.length) {
    const stuck = nodes.find((_, i) => (open[i] ?? 0) > 0);
    throw new ImportError(`the graph has a cycle through node ${quote(stuck?.name || stuck?.op || "")}`, {
      where,
    });
  }
  return sorted;
}

/** Values a node reads, those its subgraphs take from outside among them. */
function reads(node: FileNode): string[] {
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
