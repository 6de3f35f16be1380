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
    const blocks = blocksIn(stage, motifs, places);
    const first = blocks?.[0];
    const last = blocks?.at(-1);
    if (!blocks || !first || !last || first.start < free) continue;
    last.end = withTail(nodes, last);
    found.push({ kind: stage.kind, blocks });
    free = last.end;
  }
  return found;
}

/** The spans of a stage's blocks; undefined where they cannot be told apart. */
function blocksIn(
  stage: Stage,
  motifs: Facts["motifs"],
  places: ReadonlyMap<string, number>,
): Span[] | undefined {
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

/** The end of the block with the activation that follows it and reads nothing else. */
function withTail(nodes: readonly ArchNode[], { end }: Span): number {
  const [last, next] = [nodes[end - 1], nodes[end]];
  const follows =
    last && next && next.inputs.length === 1 && last.outputs.some(({ id }) => id === next.inputs[0]);
  return follows && opOf(next.op).role === "activation" ? end + 1 : end;
}

/** Which nodes are alike: the same op, attributes and shapes, reading from alike places. */
class Likeness {
  private readonly looks: number[] = [];
  private readonly makers: number[][];

  constructor({ nodes }: Architecture) {
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
        const first = i - run;
        const blocks = Array.from({ length: count }, (_, k) => ({
          start: first + k * period,
          end: first + (k + 1) * period,
        }));
        taken.fill(1, first - start, first + count * period - start);
        found.push({ kind: "block", blocks });
      }
      run = 0;
    }
  }
  return found;
}
