// Blocks that follow one another and are alike: what a drawing or a table shows once, with a count.
import type { Architecture, ArchNode } from "../architecture";
import type { Facts, Stage } from "../facts";
import { opOf } from "../ops";

/** Nodes from `start` up to, not including, `end`, as they lie in `architecture.nodes`. */
export interface Span {
  start: number;
  end: number;
}

/** Blocks that lie side by side: each ends where the next begins. */
export interface Repeat {
  /** "bottleneck", "transformer", …; "block" where only the repetition is known. */
  kind: string;
  blocks: Span[];
  /** How many blocks it holds; more than `blocks` has where they cannot be told apart. */
  count: number;
}

const words: Readonly<Record<string, string>> = {
  basic: "basic block",
  bottleneck: "bottleneck block",
  invertedResidual: "inverted residual",
  fusedInvertedResidual: "fused inverted residual",
  depthwiseSeparable: "depthwise separable block",
  transformer: "transformer block",
  inception: "inception module",
  fire: "fire module",
};

/** "12 × transformer block", as papers write it beside the block. */
export function repeatText({ kind, count }: Pick<Repeat, "kind" | "count">): string {
  if (kind === "dense") return `dense block of ${count} ${count === 1 ? "layer" : "layers"}`;
  const name = words[kind] ?? "block";
  return count === 1 ? name : `${count} × ${name}`;
}

/** Longest block that is looked for without knowing its kind, in nodes. */
const longestPeriod = 600;

/**
 * The stages that the facts prove, split into their blocks; and elsewhere, runs of nodes that are wired and sized alike.
 *
 * @returns in order, none overlapping; a stage of one block is there too, as a part that belongs together
 */
export function repeatsOf(architecture: Architecture, facts: Pick<Facts, "stages" | "motifs">): Repeat[] {
  const found = provedRepeats(architecture, facts);
  const { nodes } = architecture;
  const gaps: Span[] = [];
  let at = 0;
  for (const { blocks } of found) {
    const start = blocks[0]?.start ?? at;
    if (start > at) gaps.push({ start: at, end: start });
    at = blocks.at(-1)?.end ?? at;
  }
  if (at < nodes.length) gaps.push({ start: at, end: nodes.length });
  const likeness = new Likeness(architecture);
  for (const gap of gaps) found.push(...plainRepeats(likeness, gap));
  return found.sort((a, b) => (a.blocks[0]?.start ?? 0) - (b.blocks[0]?.start ?? 0));
}

/** The motif that tells a stage's blocks apart, where it has another name. */
const motifsOf: Readonly<Record<string, readonly string[]>> = {
  basic: ["basicBlock"],
  transformer: ["transformerEncoderBlock", "transformerDecoderBlock"],
};

/** Kinds whose stages are single layers, which need no box around them. */
const loose = new Set(["convolution"]);

function provedRepeats(
  { nodes }: Architecture,
  { stages, motifs }: Pick<Facts, "stages" | "motifs">,
): Repeat[] {
  const places = new Map(nodes.map(({ id }, i) => [id, i]));
  const found: Repeat[] = [];
  let free = 0;
  for (const stage of stages) {
    if (loose.has(stage.kind)) continue;
    const blocks = evened(nodes, blocksIn(stage, motifs, places));
    const [first, last] = [blocks[0], blocks.at(-1)];
    if (!first || !last || first.start < free) continue;
    found.push({ kind: stage.kind, blocks, count: stage.blocks });
    free = last.end;
  }
  return found;
}

/** The spans of a stage's blocks; all in one where they cannot be told apart. */
function blocksIn(stage: Stage, motifs: Facts["motifs"], places: ReadonlyMap<string, number>): Span[] {
  const own = new Set(stage.nodes);
  const names = motifsOf[stage.kind] ?? [stage.kind];
  const spans = motifs
    .filter(({ kind }) => names.includes(kind))
    .flatMap(({ nodes }) => nodes.filter((block) => block.every((id) => own.has(id))))
    .map((block) => spanOf(block, places));
  if (spans.length !== stage.blocks) return [spanOf(stage.nodes, places)];
  spans.sort((a, b) => a.start - b.start);
  for (const [i, span] of spans.entries()) {
    const next = spans[i + 1];
    if (!next) break;
    if (next.start < span.end) return [spanOf(stage.nodes, places)];
    // What stands between two blocks (an activation after the addition) belongs to the first.
    span.end = next.start;
  }
  return spans;
}

function spanOf(ids: readonly string[], places: ReadonlyMap<string, number>): Span {
  const span = { start: Number.POSITIVE_INFINITY, end: 0 };
  for (const id of ids) {
    const at = places.get(id) ?? 0;
    span.start = Math.min(span.start, at);
    span.end = Math.max(span.end, at + 1);
  }
  return span;
}

/**
 * The same blocks, cut where their neighbours are cut: the last takes the norm or activation that ends the others, the
 * first leaves out what only happens to stand before it (a mask that all of them read).
 */
function evened(nodes: readonly ArchNode[], blocks: Span[]): Span[] {
  const [first, last, model] = [blocks[0], blocks.at(-1), blocks.at(-2)];
  if (!first || !last) return blocks;
  const isLike = (start: number, { start: from, end }: Span) =>
    nodes.slice(from, end).every(({ op }, k) => nodes[start + k]?.op === op);
  const longer = model && model.end - model.start > last.end - last.start;
  if (longer && isLike(last.start, model)) last.end = last.start + model.end - model.start;
  else if (follows(nodes[last.end - 1], nodes[last.end])) last.end++;
  const start = first.end - (last.end - last.start);
  if (model && start > first.start && isLike(start, last)) first.start = start;
  return blocks;
}

/** Whether the next node is an activation of this one's result alone. */
function follows(node: ArchNode | undefined, next: ArchNode | undefined): boolean {
  if (!node || !next || next.inputs.length !== 1 || opOf(next.op).role !== "activation") return false;
  return node.outputs.some(({ id }) => id === next.inputs[0]);
}

/** Which nodes are alike: the same op, attributes and shapes, reading from alike places. */
class Likeness {
  private readonly looks: number[] = [];
  private readonly makers: number[][];
  /** Per node, whether it does more than dress the result of another. */
  private readonly begins: boolean[];

  constructor({ nodes }: Architecture) {
    this.begins = nodes.map(({ op }) => !["activation", "normalization", "shape"].includes(opOf(op).role));
    const numbers = new Map<string, number>();
    const makerOf = new Map<string, number>();
    for (const { op, attributes, outputs, parameters } of nodes) {
      const look = JSON.stringify([
        op,
        attributes,
        outputs.map(({ shape }) => shape),
        parameters.map(({ shape }) => shape),
      ]);
      const number = numbers.get(look) ?? numbers.size;
      numbers.set(look, number);
      this.looks.push(number);
    }
    nodes.forEach((node, i) => {
      for (const { id } of node.outputs) makerOf.set(id, i);
    });
    // Inputs of the network are negative: each its own place.
    const outside = new Map<string, number>();
    this.makers = nodes.map(({ inputs }) =>
      inputs.map((id) => {
        const maker = makerOf.get(id);
        if (maker !== undefined) return maker;
        const place = outside.get(id) ?? -1 - outside.size;
        outside.set(id, place);
        return place;
      }),
    );
  }

  /** How far to shift the blocks' beginning, at most by `slack`, for them to begin with a layer and not its activation. */
  phase(start: number, slack: number): number {
    for (let shift = 0; shift <= slack; shift++) if (this.begins[start + shift]) return shift;
    return 0;
  }

  /** Whether node `i` is to the block that begins `period` later what node `i + period` is. */
  alike(i: number, period: number): boolean {
    if (this.looks[i] === undefined || this.looks[i] !== this.looks[i + period]) return false;
    const [here, there] = [this.makers[i] ?? [], this.makers[i + period] ?? []];
    return (
      here.length === there.length && here.every((from, k) => there[k] === from || there[k] === from + period)
    );
  }
}

/** Runs that repeat with some period, the shortest first; a pair of nodes alike is not yet a block. */
function plainRepeats(likeness: Likeness, { start, end }: Span): Repeat[] {
  const taken = new Uint8Array(end - start);
  const found: Repeat[] = [];
  for (let period = 2; period <= Math.min(longestPeriod, (end - start) / 2); period++) {
    let run = 0;
    for (let i = start; i + period <= end; i++) {
      const alike =
        i + period < end &&
        taken[i - start] === 0 &&
        taken[i + period - start] === 0 &&
        likeness.alike(i, period);
      if (alike) {
        run++;
        continue;
      }
      const count = Math.floor(run / period) + 1;
      if (count >= 2) {
        const first = i - run + likeness.phase(i - run, run % period);
        const blocks = Array.from({ length: count }, (_, k) => ({
          start: first + k * period,
          end: first + (k + 1) * period,
        }));
        taken.fill(1, first - start, first + count * period - start);
        found.push({ kind: "block", blocks, count });
      }
      run = 0;
    }
  }
  return found;
}
