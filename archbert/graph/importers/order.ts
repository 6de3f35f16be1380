// What importers of every format need of graphs: topological order, no dead code, names fit for an error.
import type { ArchNode } from "../architecture";
import { ImportError } from "../errors";

/** A node of a file, as far as order goes. */
export interface Ordered {
  /** As the user may know it. */
  title: string;
  reads: readonly string[];
  makes: readonly string[];
}

/**
 * The nodes in topological order, those that are so already as they stand.
 *
 * @param describe what a node reads and makes
 * @param isKnown whether a value exists before any of these nodes
 * @throws ImportError for two nodes that make one value, a value that nothing makes, or a cycle
 */
export function order<T>(
  nodes: readonly T[],
  describe: (node: T, index: number) => Ordered,
  isKnown: (name: string) => boolean,
  where: string,
): readonly T[] {
  const maker = new Map<string, number>();
  const ordered = nodes.map(describe);
  ordered.forEach(({ makes }, i) => {
    for (const name of makes) {
      if (name === "") continue;
      if (maker.has(name)) throw new ImportError(`two nodes make ${quote(name)}`, { where });
      maker.set(name, i);
    }
  });
  const needs = ordered.map(({ title, reads }) => {
    const makers: number[] = [];
    for (const name of reads) {
      const from = maker.get(name);
      if (from !== undefined) makers.push(from);
      else if (!isKnown(name)) {
        throw new ImportError(`node ${quote(title)} reads ${quote(name)}, which nothing makes`, { where });
      }
    }
    return makers;
  });
  if (needs.every((makers, i) => makers.every((from) => from < i))) return nodes;
  const sorted = sort(needs);
  if (sorted.length < nodes.length) {
    const placed = new Set(sorted);
    const stuck = ordered.find((_, i) => !placed.has(i));
    throw new ImportError(`the graph has a cycle through node ${quote(stuck?.title ?? "")}`, { where });
  }
  return sorted.map((i) => nodes[i] as T);
}

/** Indices in topological order; those on a cycle, or behind one, are left out. */
function sort(needs: readonly (readonly number[])[]): number[] {
  const readers: number[][] = needs.map(() => []);
  const open = needs.map((makers) => makers.length);
  needs.forEach((makers, i) => {
    for (const from of makers) readers[from]?.push(i);
  });
  const ready = open.flatMap((count, i) => (count === 0 ? [i] : []));
  for (const i of ready) {
    for (const reader of readers[i] ?? []) {
      const left = (open[reader] ?? 0) - 1;
      open[reader] = left;
      if (left === 0) ready.push(reader);
    }
  }
  return ready;
}

/** Only what the outputs depend on. */
export function alive(nodes: readonly ArchNode[], outputs: readonly string[]): ArchNode[] {
  const wanted = new Set(outputs);
  const kept: ArchNode[] = [];
  for (let i = nodes.length - 1; i >= 0; i--) {
    const node = nodes[i];
    if (!node?.outputs.some(({ id }) => wanted.has(id))) continue;
    for (const id of node.inputs) wanted.add(id);
    kept.push(node);
  }
  return kept.reverse();
}

/** A name out of a file, as it may stand in an error. */
export function quote(name: string): string {
  const short = name.length > 80 ? `${name.slice(0, 77)}...` : name;
  return JSON.stringify(short);
}
