// Where each node of a network is drawn, given which repeats are folded.
import type { Architecture, ArchNode, Shape } from "../architecture";
import { opOf } from "../ops";
import { endBox, manyBox, manyEnds } from "./ends";
import { clip, dressed, kindOf, labelOf, plumbing, sameShape, shapeText, tally, wordsOf } from "./labels";
import type { Box, Edge, Frame, Plan } from "./plan";
import { type Repeat, repeatText, type Span } from "./repeats";

/** Layers named in a box that stands for a block. */
const closedLines = 5;

export interface Choice {
  repeats: readonly Repeat[];
  /** Whether activations, norms and reshapes join the layer before them. */
  merges: boolean;
  /** Repeats drawn as one box. */
  closed?: ReadonlySet<Repeat>;
}

export class Planner {
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
    return { label: repeatText(repeat), note: clip(note, 64), folds: spanOf(repeat) };
  }

  private closedBox(repeat: Repeat, order: number): Box {
    const { kind, blocks } = repeat;
    const { start, end } = spanOf(repeat);
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
      folds: { start, end },
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

function spanOf({ blocks }: Repeat): Span {
  return { start: blocks[0]?.start ?? 0, end: blocks.at(-1)?.end ?? 0 };
}

type Connect = (from: number | undefined, to: number | undefined, shape: Shape, isNews: boolean) => void;
