// What is drawn: boxes of one or more nodes, frames around a block that repeats, and the edges between boxes.
import type { Architecture } from "../architecture";
import type { Facts } from "../facts";
import { cut } from "./cut";
import { manyEnds } from "./ends";
import type { Kind } from "./labels";
import { Planner } from "./planner";
import { repeatsOf, type Span } from "./repeats";

export interface Box {
  kind: Kind;
  /** The first in bold. */
  lines: string[];
  /** What a pointer on it reads. */
  hint: string;
  /** Index of the frame it lies in. */
  frame?: number;
  /** Where it stands in the network's order. */
  order: number;
  /** The nodes it stands for, where it is a block that is drawn closed. */
  folds?: Span;
  /** Set apart from a network that has no such box. */
  marked?: boolean;
}

/** A block that repeats, drawn once. */
export interface Frame {
  label: string;
  note: string;
  /** The nodes of all its copies. */
  folds: Span;
  marked?: boolean;
}

export interface Edge {
  from: number;
  to: number;
  /** The shape that flows, where it is news. */
  label: string;
}

export interface Plan {
  boxes: Box[];
  frames: Frame[];
  edges: Edge[];
  /** Whether anything is folded, merged or left out. */
  folded: boolean;
}

export interface PlanOptions {
  /** Every node as a box of its own. */
  open: boolean;
  /** Boxes that are drawn at most when it is not open. */
  maxNodes: number;
  /** Draws each block of a repeat, where there is room for all. */
  unfolded?: boolean;
}

/** Up to this many nodes, all are shown. */
const small = 20;
/** Arrows between parts of a network that is cut to size. */
const mostEdges = 120;
export function planOf(
  architecture: Architecture,
  facts: Facts,
  { open, maxNodes, unfolded = false }: PlanOptions,
): Plan {
  const { nodes } = architecture;
  if (open || nodes.length <= Math.min(small, maxNodes)) {
    return new Planner(architecture, { repeats: [], merges: false }).plan();
  }
  if (unfolded) {
    const planner = new Planner(architecture, { repeats: [], merges: true });
    if (planner.size <= maxNodes) return planner.plan();
  }
  const repeats = repeatsOf(architecture, facts);
  // The room that is left for nodes once inputs and outputs are drawn.
  const room = Math.max(4, maxNodes - ends(architecture.inputs.length) - ends(architecture.outputs.length));
  // Some closed and some open would say that they differ: so all of them, or those that have no parts to show.
  const undivided = new Set(repeats.filter(({ blocks, count }) => blocks.length < count));
  for (const closed of [undivided, new Set(repeats)]) {
    const planner = new Planner(architecture, { repeats, merges: true, closed });
    if (planner.size <= room) return planner.plan();
  }
  // Where everything reads from everywhere, fewer boxes: arrows that nobody can follow take minutes to place.
  for (let parts = room; ; parts = Math.floor(parts / 2)) {
    const pieces = cut(nodes.length, repeats, parts);
    const closed = new Set(pieces);
    const plan = new Planner(architecture, { repeats: pieces, merges: true, closed }).plan();
    if (plan.edges.length <= mostEdges || parts <= 4) return plan;
  }
}

function ends(count: number): number {
  return count > manyEnds ? 1 : count;
}
