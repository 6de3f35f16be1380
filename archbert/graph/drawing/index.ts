// A picture of a network: its layers as boxes, blocks that repeat drawn once.
import type { Architecture } from "../architecture";
import { ArchError } from "../errors";
import { type Facts, facts as factsOf } from "../facts";
import { amount } from "../words";
import { clip } from "./labels";
import { type Direction, layOut } from "./layout";
import { planOf } from "./plan";
import { sizesOf, toSvg } from "./svg";

export { labelOf, shapeText, wordsOf } from "./labels";
export { type Repeat, repeatsOf, repeatText, type Span } from "./repeats";
export { escapeXml } from "./svg";

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
}

/** Boxes that Graphviz places in seconds; more would take minutes and nobody could read them. */
const mostOpen = 5000;

/**
 * Draws the network as SVG. Blocks that repeat are drawn once, in a frame with their count; activations and
 * normalizations share the box of their layer, and reshapes that of what they read. A network of up to 20 ops is shown
 * op by op.
 *
 * @throws ArchError for an option that cannot be, or when `open` is asked of a network too large for it
 */
export async function draw(architecture: Architecture, options: DrawOptions = {}): Promise<Drawing> {
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
  const plan = planOf(architecture, facts, { open, maxNodes });
  const sizes = sizesOf(plan);
  const layout = await layOut(plan, sizes, direction);
  const parameters = facts.parameters > 0 ? `${amount(facts.parameters)} parameters, ` : "";
  const subtitle = `${parameters}${ops} ${ops === 1 ? "op" : "ops"}${plan.folded ? ", folded" : ""}`;
  const title = clip(architecture.name || "network", 60);
  const picture = toSvg(plan, layout, sizes, { title, subtitle });
  return { name: architecture.name, ...picture, nodes: plan.boxes.length, ops, folded: plan.folded };
}
