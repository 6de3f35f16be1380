// Which blocks follow one on the other, and which only stand beside them.
import type { View } from "./view";

interface Placed {
  nodes: readonly number[];
  end: number;
}

/** With less than this share of the blocks in one chain, a network has no sequence of stages. */
const most = 0.65;

/**
 * The longest chain of blocks, each of which reads from the one before: blocks of heads and side branches fall away.
 * Where networks of several inputs have a chain each (two towers), all of them.
 *
 * @param blocks in the order of their ends
 * @returns empty when the blocks stand in parallel branches, none of which is the main one
 */
export function mainChain<T extends Placed>(graph: View, blocks: readonly T[]): T[] {
  const sources = sourcesOf(graph);
  const groups = new Map<string, T[]>();
  for (const block of blocks) {
    const key = sources[block.end] ?? "";
    // A group that shares an input joins the one it shares it with.
    const joined = [...groups.keys()].find((other) => shares(other, key)) ?? key;
    groups.set(joined, [...(groups.get(joined) ?? []), block]);
  }
  const chains = [...groups.values()].map((group) => ({ group, chain: longest(graph, group) }));
  // One chain after the other, though a file may write their nodes in turns.
  const kept = chains
    .sort((a, b) => (a.chain[0]?.end ?? 0) - (b.chain[0]?.end ?? 0))
    .flatMap(({ chain }) => chain);
  return kept.length < most * blocks.length ? [] : kept;
}

/** For each node, the network's inputs that it depends on, as text. */
function sourcesOf(graph: View): string[] {
  const found: string[] = [];
  graph.nodes.forEach(({ inputs }, i) => {
    const own = new Set<string>();
    graph.makers(i).forEach((from, k) => {
      if (from < 0) own.add(inputs[k] ?? "");
      else for (const id of found[from]?.split("\n") ?? []) if (id !== "") own.add(id);
    });
    found.push([...own].sort().join("\n"));
  });
  return found;
}

function shares(a: string, b: string): boolean {
  const names = new Set(a.split("\n"));
  return b.split("\n").some((name) => names.has(name));
}

function longest<T extends Placed>(graph: View, blocks: readonly T[]): T[] {
  const byEnd = new Map(blocks.map((block, i) => [block.end, i]));
  const before = blocks.map(() => -1);
  const lengths = blocks.map(() => 1);
  /** The last block of the longest chain that leads to each node. */
  const last: number[] = [];
  graph.nodes.forEach((_, i) => {
    let best = -1;
    for (const from of graph.makers(i)) {
      const chain = last[from] ?? -1;
      if ((lengths[chain] ?? 0) > (lengths[best] ?? 0)) best = chain;
    }
    const block = byEnd.get(i);
    if (block !== undefined) {
      before[block] = best;
      lengths[block] = (lengths[best] ?? 0) + 1;
      best = block;
    }
    last.push(best);
  });
  let at = lengths.reduce((best, length, i) => (length > (lengths[best] ?? 0) ? i : best), 0);
  const chain: T[] = [];
  while (at >= 0) {
    const block = blocks[at];
    if (block) chain.unshift(block);
    at = before[at] ?? -1;
  }
  return chain;
}
