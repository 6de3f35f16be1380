// What is drawn: boxes of one or more nodes, frames around a block that repeats, and the edges between boxes.
import type { Architecture, ArchNode, Shape } from "../architecture";
import type { Facts } from "../facts";
import { opOf } from "../ops";
import { cut } from "./cut";
import { endBox, manyBox } from "./ends";
import { clip, type Kind, kindOf, labelOf, sameShape, shapeText, wordsOf } from "./labels";
import { type Repeat, repeatsOf, repeatText, type Span } from "./repeats";

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
}

/** A block that repeats, drawn once. */
export interface Frame {
  label: string;
  note: string;
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
}

/** Up to this many nodes, all are shown. */
const small = 20;
/** Arrows between parts of a network that is cut to size. */
const mostEdges = 120;
/** Layers named in a box that stands for a block. */
const closedLines = 5;
/** More inputs or outputs than this share a box. */
const manyEnds = 8;

export function planOf(architecture: Architecture, facts: Facts, { open, maxNodes }: PlanOptions): Plan {
  const { nodes } = architecture;
  if (open || nodes.length <= Math.min(small, maxNodes)) {
    return new Planner(architecture, { repeats: [], merges: false }).plan();
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

interface Choice {
  repeats: readonly Repeat[];
  /** Whether activations, norms and reshapes join the layer before them. */
  merges: boolean;
  /** Repeats drawn as one box. */
  closed?: ReadonlySet<Repeat>;
}

class Planner {
  private readonly nodes: readonly ArchNode[];
  private readonly maker = new Map<string, number>();
  private readonly readers: number[][];
  private readonly shapes = new Map<string, Shape>();
  /** Per node, the repeat it belongs to. */
  private readonly repeatAt: (Repeat | undefined)[];
  /** Per node, the node whose box it is drawn in; -1 where it is not drawn. */
  private readonly home: number[] = [];
  private readonly lines = new Map<number, string[]>();
  /** Boxes for nodes. */
  size = 0;

  constructor(
    private readonly architecture: Architecture,
    private readonly choice: Choice,
  ) {
    const { nodes, inputs } = architecture;
    this.nodes = nodes;
    for (const { id, shape } of inputs) this.shapes.set(id, shape);
    nodes.forEach(({ outputs }, i) => {
      for (const { id, shape } of outputs) {
        this.maker.set(id, i);
        this.shapes.set(id, shape);
      }
    });
    this.readers = nodes.map(() => []);
    nodes.forEach((node, i) => {
      for (const from of this.makersOf(node)) this.readers[from]?.push(i);
    });
    this.repeatAt = new Array(nodes.length);
    for (const repeat of choice.repeats) {
      for (const { start, end } of repeat.blocks) this.repeatAt.fill(repeat, start, end);
    }
    nodes.forEach((_, i) => {
      this.home.push(this.homeOf(i));
    });
  }

  private makersOf({ inputs }: ArchNode): Set<number> {
    return new Set(inputs.flatMap((id) => this.maker.get(id) ?? []));
  }

  /** The repeat a node belongs to, where that is drawn as one box. */
  private closedAt(i: number): Repeat | undefined {
    const repeat = this.repeatAt[i];
    return repeat && this.choice.closed?.has(repeat) ? repeat : undefined;
  }

  private homeOf(i: number): number {
    const repeat = this.repeatAt[i];
    const node = this.nodes[i];
    if (!node) return -1;
    const closed = this.closedAt(i);
    if (closed) {
      const start = closed.blocks[0]?.start ?? i;
      if (start === i) this.size++;
      return start;
    }
    const drawn = repeat?.blocks.at(-1);
    if (drawn && i < drawn.start) return -1;
    const joined = this.choice.merges ? this.joins(node, repeat) : undefined;
    if (joined !== undefined) return joined;
    this.lines.set(i, [labelOf(node)]);
    this.size++;
    return i;
  }

  /** The box that a node joins: that of the one node it reads from, when it only dresses its result. */
  private joins(node: ArchNode, repeat: Repeat | undefined): number | undefined {
    const [from, ...others] = this.makersOf(node);
    if (from === undefined || others.length > 0 || node.inputs.some((id) => !this.maker.has(id)))
      return undefined;
    const home = this.home[from] ?? -1;
    const lines = this.lines.get(home);
    if (this.repeatAt[from] !== repeat || !lines) return undefined;
    if (plumbing.has(node.op)) return home;
    const { role } = opOf(node.op);
    const dresses = role === "activation" || role === "normalization";
    const isOutput = this.nodes[from]?.outputs.some(({ id }) => this.architecture.outputs.includes(id));
    const head = this.nodes[home];
    if (!dresses || isOutput || this.readers[from]?.length !== 1 || !head || !dressed(head)) return undefined;
    lines.push(labelOf(node));
    return home;
  }

  /** The drawn nodes that stand for a node. */
  private standIns(i: number, end: "entry" | "exit"): number[] {
    const home = this.home[i] ?? -1;
    if (home >= 0) return [home];
    const repeat = this.repeatAt[i];
    const drawn = repeat?.blocks.at(-1);
    const own = repeat?.blocks.find((block) => i < block.end);
    if (!repeat || !drawn || !own) return [];
    const twin = drawn.start + i - own.start;
    const congruent =
      own.end - own.start === drawn.end - drawn.start && this.nodes[twin]?.op === this.nodes[i]?.op;
    if (congruent) return [this.home[twin] ?? -1].filter((at) => at >= 0);
    const ports: number[] = [];
    for (let at = drawn.start; at < drawn.end; at++) {
      const beyond =
        end === "entry" ? this.readsPrevious(at, repeat, drawn.start) : this.leaves(at, drawn.end);
      const place = this.home[at] ?? -1;
      if (beyond && place >= 0 && !ports.includes(place)) ports.push(place);
    }
    return ports;
  }

  private readsPrevious(at: number, repeat: Repeat, start: number): boolean {
    const node = this.nodes[at];
    return (
      node !== undefined &&
      [...this.makersOf(node)].some((from) => from < start && this.repeatAt[from] === repeat)
    );
  }

  private leaves(at: number, end: number): boolean {
    const outputs = this.nodes[at]?.outputs ?? [];
    return (
      this.readers[at]?.some((reader) => reader >= end) === true ||
      outputs.some(({ id }) => this.architecture.outputs.includes(id))
    );
  }

  plan(): Plan {
    const boxes: Box[] = [];
    const frames: Frame[] = [];
    const boxAt = new Map<number, number>();
    const frameOf = new Map<Repeat, number>();
    this.home.forEach((home, i) => {
      const repeat = this.repeatAt[i];
      if (home !== i) return;
      boxAt.set(i, boxes.length);
      const closed = this.closedAt(i);
      if (closed) {
        boxes.push(this.closedBox(closed, i));
        return;
      }
      const box = this.boxOf(i);
      if (repeat && repeat.blocks.length > 1) {
        const frame = frameOf.get(repeat) ?? frames.push(this.frameOf(repeat)) - 1;
        frameOf.set(repeat, frame);
        box.frame = frame;
      }
      boxes.push(box);
    });
    const edges = new Map<string, Edge>();
    const connect = (from: number | undefined, to: number | undefined, shape: Shape, isNews: boolean) => {
      if (from === undefined || to === undefined || from === to) return;
      const key = `${from} ${to}`;
      if (!edges.has(key)) edges.set(key, { from, to, label: isNews ? shapeText(shape) : "" });
    };
    const told = new Set<string>();
    this.nodes.forEach((node, i) => {
      for (const value of node.inputs) {
        const from = this.maker.get(value);
        if (from === undefined || this.isInside(from, i)) continue;
        const exits = this.standIns(from, "exit");
        for (const source of exits) {
          for (const target of this.standIns(i, "entry")) {
            const isNews = !told.has(value) && this.changes(from);
            connect(boxAt.get(source), boxAt.get(target), this.shapes.get(value) ?? null, isNews);
            told.add(value);
          }
        }
      }
    });
    this.addInputs(boxes, boxAt, connect);
    this.addOutputs(boxes, boxAt, connect);
    return { boxes, frames, edges: [...edges.values()], folded: this.home.some((home, i) => home !== i) };
  }

  /** Whether an edge is within a box, or from one copy of a block to another. */
  private isInside(from: number, to: number): boolean {
    const repeat = this.repeatAt[from];
    const hidden = (this.home[from] ?? -1) < 0 || (this.home[to] ?? -1) < 0;
    return (
      repeat !== undefined && repeat === this.repeatAt[to] && (hidden || this.closedAt(to) !== undefined)
    );
  }

  /** Whether a box gives another shape than it gets. */
  private changes(i: number): boolean {
    const home = this.home[i] ?? -1;
    const before = this.nodes[home]?.inputs[0];
    const after = this.nodes[i]?.outputs[0]?.shape ?? null;
    if (home < 0 || this.closedAt(i)) return true;
    return before === undefined || !sameShape(this.shapes.get(before) ?? null, after);
  }

  private boxOf(i: number): Box {
    const node = this.nodes[i] as ArchNode;
    const lines = this.lines.get(i) ?? [labelOf(node)];
    const [first = "", ...dress] = lines;
    const shape = shapeText(node.outputs[0]?.shape ?? null);
    const hint = [node.source.name || node.id, ...lines, shape].filter(Boolean).map((text) => clip(text, 80));
    return {
      kind: kindOf(node),
      lines: dress.length > 0 ? [first, clip(dress.join(" · "))] : [first],
      hint: hint.join("\n"),
      order: i,
    };
  }

  private labelsIn({ start, end }: Span): string[] {
    return this.nodes.slice(start, end).map(labelOf);
  }

  /** What the copies that are not drawn have otherwise. */
  private frameOf(repeat: Repeat): Frame {
    const drawn = repeat.blocks.slice(-1);
    const usual = new Set(drawn.flatMap((block) => this.labelsIn(block)));
    const differing = repeat.blocks
      .map((block) => this.labelsIn(block).filter((label) => !usual.has(label)))
      .filter((labels) => labels.length > 0);
    const others = [...new Set(differing.flat())];
    const isFirst = differing.length === 1 && others.length > 0;
    const listed = `${others.slice(0, 2).join("; ")}${others.length > 2 ? "; …" : ""}`;
    const note = others.length > 0 ? `${isFirst ? "first" : "others"}: ${listed}` : "";
    return { label: repeatText(repeat), note: clip(note, 64) };
  }

  private closedBox(repeat: Repeat, order: number): Box {
    const { kind, blocks } = repeat;
    const [start, end] = [blocks[0]?.start ?? 0, blocks.at(-1)?.end ?? 0];
    const all = this.nodes.slice(start, end);
    const [first, last] = [all[0], all.at(-1)];
    if (first && kind === "part" && all.length === 1) return this.boxOf(start);
    const inside = this.nodes.slice(blocks.at(-1)?.start, end).filter(({ op }) => !plumbing.has(op));
    const main = inside.filter(({ op }) => opOf(op).role === "weights");
    let lines = tally((main.length > 0 ? main : inside).map(labelOf));
    if (kind === "part" && lines.length > closedLines) lines = tally(inside.map(({ op }) => wordsOf(op)));
    const more = lines.length - closedLines;
    const listed = more > 1 ? [...lines.slice(0, closedLines), `… ${more} more kinds`] : lines;
    const nameOf = (node: ArchNode | undefined) => clip(node?.source.name || node?.id || "", 80);
    return {
      kind: "block",
      lines: [kind === "part" ? `${all.length} ops` : repeatText(repeat), ...listed],
      hint: `${all.length} ops, from ${nameOf(first)} to ${nameOf(last)}`,
      order,
    };
  }

  private addInputs(boxes: Box[], boxAt: ReadonlyMap<number, number>, connect: Connect): void {
    const { inputs } = this.architecture;
    const shared =
      inputs.length > manyEnds ? boxes.push(manyBox(inputs.length, "inputs", -1)) - 1 : undefined;
    const boxOf = new Map(
      inputs.map((value) => [value.id, shared ?? boxes.push(endBox(value, "input", -1)) - 1]),
    );
    this.nodes.forEach((node, i) => {
      for (const id of node.inputs) {
        const from = boxOf.get(id);
        if (from === undefined) continue;
        for (const target of this.standIns(i, "entry")) connect(from, boxAt.get(target), null, false);
      }
    });
  }

  private addOutputs(boxes: Box[], boxAt: ReadonlyMap<number, number>, connect: Connect): void {
    const { outputs } = this.architecture;
    const last = this.nodes.length;
    const shared =
      outputs.length > manyEnds ? boxes.push(manyBox(outputs.length, "outputs", last)) - 1 : undefined;
    for (const id of outputs) {
      const from = this.maker.get(id);
      if (from === undefined) continue;
      const value = this.nodes[from]?.outputs.find((output) => output.id === id);
      if (!value) continue;
      const to = shared ?? boxes.push(endBox(value, "output", last)) - 1;
      for (const source of this.standIns(from, "exit")) connect(boxAt.get(source), to, null, false);
    }
  }
}

/** "3 × conv 3x3, 64", the commonest first. */
function tally(labels: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  // Sorting is stable: of those equally common, the first stays first.
  const sorted = [...counts].sort(([, a], [, b]) => b - a);
  return sorted.map(([label, count]) => (count > 1 ? `${count} × ${clip(label, 30)}` : clip(label)));
}

type Connect = (from: number | undefined, to: number | undefined, shape: Shape, isNews: boolean) => void;

/** Ops that move numbers and compute nothing: drawn with what they read. */
export const plumbing: ReadonlySet<string> = new Set([
  "reshape",
  "flatten",
  "transpose",
  "squeeze",
  "unsqueeze",
  "expand",
  "identity",
  "cast",
  "dropout",
]);

/** Whether norms and activations are drawn as part of this layer. */
function dressed(node: ArchNode): boolean {
  const { role } = opOf(node.op);
  return role === "weights" || role === "normalization" || node.op === "add";
}
