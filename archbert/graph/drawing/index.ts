// A picture of a network: its layers as boxes, blocks that repeat drawn once.
import type { Architecture } from "../architecture";
import { ArchError } from "../errors";
import { type Facts, facts as factsOf } from "../facts";
import { amount } from "../words";
import { markDiffering } from "./differing";
import { clip } from "./labels";
import { type Direction, layOut } from "./layout";
import { partOf } from "./part";
import { type Plan, type PlanOptions, planOf } from "./plan";
import { type Fold, foldsOf, type Placed, sizesOf, toSvg } from "./svg";

export { labelOf, shapeText, wordsOf } from "./labels";
export { type Repeat, repeatsOf, repeatText, type Span } from "./repeats";
export { escapeXml, type Fold } from "./svg";

export interface DrawOptions {
  /** Which way the data flows. */
  direction?: Direction;
  /** Draws every op as a box of its own. */
  open?: boolean;
  /** Boxes at most; a network that needs more is folded until it fits. */
  maxNodes?: number;
  /** Facts already computed for this architecture, to save doing it again. */
  facts?: Facts;
}

/** Plain data. */
export interface Drawing {
  name: string;
  svg: string;
  /** In points. */
  width: number;
  height: number;
  /** Boxes drawn, inputs and outputs among them. */
  nodes: number;
  /** Ops of the network. */
  ops: number;
  /** Whether a box or frame stands for more than one op. */
  folded: boolean;
  /** Blocks that are drawn once for all their copies, or closed: `drawFold` draws one of them open. */
  folds: Fold[];
}

/** Two networks in one picture. */
export interface PairDrawing extends Omit<Drawing, "folds"> {
  /** Boxes and frames of either that the other lacks; they have a red edge. */
  differing: number;
}

/** Boxes that Graphviz places in seconds; more would take minutes and nobody could read them. */
const mostOpen = 5000;
/** Boxes of a block that is drawn open. */
const mostInFold = 150;

/**
 * Draws the network as SVG. Blocks that repeat are drawn once, in a frame with their count; activations and
 * normalizations share the box of their layer, and reshapes that of what they read. A network of up to 20 ops is shown
 * op by op.
 *
 * @throws ArchError for an option that cannot be, or when `open` is asked of a network too large for it
 */
export async function draw(architecture: Architecture, options: DrawOptions = {}): Promise<Drawing> {
  const { direction, plan, facts } = planned(architecture, options);
  const placed = await place(plan, direction, headingOf(architecture, facts, plan.folded));
  const { length: ops } = architecture.nodes;
  const { length: nodes } = plan.boxes;
  const { folded } = plan;
  return { name: architecture.name, ...toSvg(placed), nodes, ops, folded, folds: foldsOf(placed) };
}

/**
 * Draws two networks side by side; boxes and frames that stand in one and not in the other have a red edge.
 *
 * @param options without facts, since they are of one network
 * @throws ArchError as `draw` does
 */
export async function drawPair(
  a: Architecture,
  b: Architecture,
  options: Omit<DrawOptions, "facts"> = {},
): Promise<PairDrawing> {
  const [first, second] = [planned(a, options), planned(b, options)];
  const differing = markDiffering(first.plan, second.plan);
  const panels: Placed[] = [];
  for (const [architecture, { plan, facts, direction }] of [
    [a, first],
    [b, second],
  ] as const) {
    const heading = headingOf(architecture, facts, plan.folded);
    const marks = [...plan.boxes, ...plan.frames].filter(({ marked }) => marked).length;
    const subtitle = marks > 0 ? `${heading.subtitle}; red: not in the other` : heading.subtitle;
    panels.push(await place(plan, direction, { ...heading, subtitle }));
  }
  return {
    name: `${a.name} | ${b.name}`,
    ...toSvg(...panels),
    nodes: first.plan.boxes.length + second.plan.boxes.length,
    ops: a.nodes.length + b.nodes.length,
    folded: first.plan.folded || second.plan.folded,
    differing,
  };
}

/**
 * Draws what a drawing has folded: each of the copies, where that is no more than 150 boxes.
 *
 * @param architecture of which the drawing is
 */
export async function drawFold(architecture: Architecture, { label, nodes }: Fold): Promise<Drawing> {
  const part = partOf(architecture, nodes, label);
  const facts = factsOf(part);
  const plan = planOf(part, facts, { open: false, maxNodes: mostInFold, unfolded: true });
  const placed = await place(plan, "down", headingOf(part, facts, plan.folded));
  const { folded } = plan;
  const ops = part.nodes.length;
  return { name: label, ...toSvg(placed), nodes: plan.boxes.length, ops, folded, folds: [] };
}

function planned(
  architecture: Architecture,
  options: DrawOptions,
): { plan: Plan; facts: Facts; direction: Direction } {
  const { direction = "down", open = false, maxNodes = 50, facts = factsOf(architecture) } = options;
  const ops = architecture.nodes.length;
  if (direction !== "down" && direction !== "right") {
    throw new ArchError(`no direction "${String(direction)}"`, { fix: 'Choose "down" or "right"' });
  }
  if (!Number.isInteger(maxNodes) || maxNodes < 8) {
    throw new ArchError(`maxNodes is ${String(maxNodes)}`, { fix: "Give a whole number from 8 up" });
  }
  if (open && ops > mostOpen) {
    throw new ArchError(`${ops} ops are too many to draw open`, {
      where: architecture.name,
      fix: `Leave open out to have it folded; up to ${mostOpen} ops can be drawn open`,
    });
  }
  const asked: PlanOptions = { open, maxNodes };
  return { plan: planOf(architecture, facts, asked), facts, direction };
}

async function place(plan: Plan, direction: Direction, heading: Placed["heading"]): Promise<Placed> {
  const sizes = sizesOf(plan);
  return { plan, sizes, layout: await layOut(plan, sizes, direction), heading };
}

function headingOf({ name, nodes }: Architecture, facts: Facts, folded: boolean): Placed["heading"] {
  const least = facts.unknownWeights.length > 0 ? "at least " : "";
  const parameters = facts.parameters > 0 ? `${least}${amount(facts.parameters)} parameters, ` : "";
  const ops = `${nodes.length} ${nodes.length === 1 ? "op" : "ops"}`;
  return { title: clip(name || "network", 60), subtitle: `${parameters}${ops}${folded ? ", folded" : ""}` };
}
