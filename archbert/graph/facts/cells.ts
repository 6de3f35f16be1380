// Cells: the unit that architecture search repeats, whose branches are added in pairs and then all joined.
import type { View } from "./view";

export interface Cell {
  nodes: number[];
  end: number;
  /** How many values it joins. */
  joins: number;
}

/** A concatenation of channels whose parts are mostly sums of two branches, with all that leads to it. */
export function cells(graph: View): Cell[] {
  const found: Cell[] = [];
  const taken = new Set<number>();
  graph.nodes.forEach((node, end) => {
    if (node.op !== "concat" || node.attributes.axis !== 1 || node.inputs.length < 4) return;
    const sums = graph.makers(end).filter((i) => isSum(graph, i)).length;
    if (sums < 3) return;
    const nodes = new Set<number>();
    const open = [end];
    while (open.length > 0 && nodes.size < 600) {
      const at = open.pop() ?? -1;
      if (at < 0 || taken.has(at) || nodes.has(at)) continue;
      nodes.add(at);
      open.push(...graph.makers(at));
    }
    for (const i of nodes) taken.add(i);
    found.push({ nodes: [...nodes].sort((a, b) => a - b), end, joins: node.inputs.length });
  });
  // One alone is a join like any other.
  return found.length < 3 ? [] : found;
}

/** Of two computed values: an addition of a constant is a bias. */
function isSum(graph: View, i: number): boolean {
  const node = graph.nodes[i];
  return node?.op === "add" && node.inputs.length === 2;
}
