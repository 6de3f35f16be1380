// The graph as facts read it: who makes, who reads, and the nearest point where paths part.
import type { Architecture, ArchNode, Shape } from "../architecture";
import { opOf } from "../ops";

export interface View {
  nodes: readonly ArchNode[];
  /** Index of the node that makes the value; -1 for inputs of the network. */
  maker(value: string): number;
  shape(value: string | undefined): Shape;
  /** Nodes that read any output of node `i`, each once. */
  readers(i: number): readonly number[];
  /** Nodes whose outputs node `i` reads, in the order of its inputs; -1 for the network's inputs. */
  makers(i: number): readonly number[];
  isOutput(value: string): boolean;
}

export function view(architecture: Architecture): View {
  const { nodes } = architecture;
  const maker = new Map<string, number>();
  const shapes = new Map<string, Shape>(architecture.inputs.map(({ id, shape }) => [id, shape]));
  nodes.forEach((node, i) => {
    for (const { id, shape } of node.outputs) {
      maker.set(id, i);
      shapes.set(id, shape);
    }
  });
  const makers = nodes.map(({ inputs }) => inputs.map((id) => maker.get(id) ?? -1));
  const readers: number[][] = nodes.map(() => []);
  makers.forEach((list, i) => {
    for (const from of new Set(list)) readers[from]?.push(i);
  });
  const outputs = new Set(architecture.outputs);
  return {
    nodes,
    maker: (value) => maker.get(value) ?? -1,
    shape: (value) => (value === undefined ? null : (shapes.get(value) ?? null)),
    readers: (i) => readers[i] ?? [],
    makers: (i) => makers[i] ?? [],
    isOutput: (value) => outputs.has(value),
  };
}

export function shapeAfter(graph: View, i: number): Shape {
  return graph.nodes[i]?.outputs[0]?.shape ?? null;
}

export function role(node: ArchNode | undefined): string {
  return node ? opOf(node.op).role : "";
}

/** A layer with weights of its own: what depth counts. */
export function holdsWeights(node: ArchNode): boolean {
  return role(node) === "weights" && (node.parameters.length > 0 || hasUnknownWeights(node));
}

/** Whether it has weights, or may have, of which the file does not tell how many. */
export function hasUnknownWeights({ attributes }: ArchNode): boolean {
  return attributes.unknownWeights === true;
}

export interface Fork {
  /** The node after which the paths part; -1 for the network's input. */
  at: number;
  /** Per path, the nodes on it alone, in topological order; those that several share are in none. */
  branches: number[][];
}

/**
 * The nearest node that all the values come from, and what each path does since. Null when it lies more than `limit`
 * nodes back, or when a path also reads from before it.
 */
export function fork(graph: View, values: readonly string[], limit = 300): Fork | null {
  if (values.length < 2 || values.length > 30) return null;
  const all = 2 ** values.length - 1;
  const colors = new Map<number, number>();
  const open = new Heap();
  const paint = (i: number, color: number) => {
    const before = colors.get(i);
    if (before === undefined) open.push(i);
    colors.set(i, (before ?? 0) | color);
  };
  values.forEach((value, k) => {
    paint(graph.maker(value), 2 ** k);
  });
  const branches: number[][] = values.map(() => []);
  for (let steps = 0; steps < limit; steps++) {
    const i = open.pop();
    if (i === undefined) return null;
    const color = colors.get(i) ?? 0;
    if (color === all) return { at: i, branches: branches.map((branch) => branch.reverse()) };
    if (i < 0) return null;
    const k = Math.log2(color);
    if (Number.isInteger(k)) branches[k]?.push(i);
    for (const from of graph.makers(i)) paint(from, color);
  }
  return null;
}

/** Largest first. */
class Heap {
  private readonly items: number[] = [];

  push(item: number): void {
    const { items } = this;
    let at = items.push(item) - 1;
    while (at > 0) {
      const up = (at - 1) >> 1;
      if ((items[up] ?? 0) >= item) break;
      items[at] = items[up] ?? 0;
      at = up;
    }
    items[at] = item;
  }

  pop(): number | undefined {
    const { items } = this;
    const top = items[0];
    const last = items.pop();
    if (items.length === 0 || last === undefined) return top;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= items.length) break;
      if ((items[child + 1] ?? Number.NEGATIVE_INFINITY) > (items[child] ?? 0)) child++;
      if ((items[child] ?? 0) <= last) break;
      items[at] = items[child] ?? 0;
      at = child;
    }
    items[at] = last;
    return top;
  }
}
