// Blocks: what a network repeats, none inside another.
import type { Shape } from "../architecture";
import { isDepthwise } from "../ops";
import type { TransformerBlock } from "./attention";
import type { Cell } from "./cells";
import { type Branched, downsamplingUnits, fusedPairs, type Separable } from "./convolutional";
import type { Mixer } from "./mixers";
import { type BlockKind, blockKind, type Residual } from "./residuals";
import { positionConvolutions } from "./sequence";
import { holdsWeights, role, shapeAfter, type View } from "./view";

export interface Block {
  kind:
    | BlockKind
    | "depthwiseSeparable"
    | "transformer"
    | "dense"
    | "inception"
    | "fire"
    | "cell"
    | "convolution"
    | "mixer"
    | "mlp";
  nodes: readonly number[];
  /** The node whose output is the block's. */
  end: number;
}

interface Parts {
  sums: readonly Residual[];
  separables: readonly Separable[];
  transformers: readonly TransformerBlock[];
  branched: readonly Branched[];
  cells: readonly Cell[];
  mixers: readonly Mixer[];
}

/** All blocks in order, none inside another: of those that overlap, the largest. */
export function blocksOf(graph: View, parts: Parts): Block[] {
  const found: Block[] = [];
  const taken = new Set<number>();
  const offer = (block: Block) => {
    if (block.nodes.some((i) => taken.has(i))) return;
    for (const i of block.nodes) taken.add(i);
    found.push(block);
  };
  const placing = new Set(positionConvolutions(graph).flat());
  for (const { nodes, end } of parts.cells) offer({ kind: "cell", nodes, end });
  for (const { nodes, end } of parts.transformers) offer({ kind: "transformer", nodes, end });
  for (const { nodes, end } of parts.mixers) offer({ kind: "mixer", nodes, end });
  const convolutional = parts.sums.filter(
    (sum) =>
      sum.main.some((i) => graph.nodes[i]?.op === "conv") &&
      !sum.main.some((i) => placing.has(i)) &&
      !(parts.transformers.length > 0 && isPlacing(graph, sum)),
  );
  // Sums over some of the channels last: in Res2Net they are steps of a larger block, in CSPNet blocks of their own.
  for (const partial of [false, true]) {
    for (const sum of convolutional) {
      if (isPartial(graph, sum) !== partial) continue;
      offer({ kind: blockKind(graph, sum), nodes: [...sum.main, ...sum.shortcut, sum.add], end: sum.add });
    }
  }
  for (const item of parts.separables) {
    const kind = item.linear && (item.expands || item.activates) ? "invertedResidual" : "depthwiseSeparable";
    offer({ kind, nodes: item.nodes, end: item.end });
  }
  if (found.filter(({ kind }) => kind === "fusedInvertedResidual").length >= 2) {
    for (const { nodes, end } of fusedPairs(graph)) offer({ kind: "fusedInvertedResidual", nodes, end });
    // Without expansion and without a shortcut, such a block is one convolution, after that of the stem.
    for (const nodes of secondConvolutions(graph, found))
      offer({ kind: "other", nodes, end: nodes.at(-1) ?? 0 });
  }
  for (const { nodes, end } of downsamplingUnits(graph)) offer({ kind: "other", nodes, end });
  for (const item of parts.branched) offer({ kind: item.kind, nodes: item.nodes, end: item.end });
  return found.sort((a, b) => a.end - b.end);
}

/** One depthwise convolution beside a shortcut: between blocks of attention it only tells tokens where they are. */
function isPlacing(graph: View, { main }: Residual): boolean {
  const layers = main.flatMap((i) => graph.nodes[i] ?? []).filter(holdsWeights);
  const [only] = layers;
  return layers.length === 1 && only !== undefined && isDepthwise(only);
}

/** The convolutions between the first and the first block, each with its norm and activation. */
function secondConvolutions(graph: View, blocks: readonly Block[]): number[][] {
  const begin = Math.min(...blocks.flatMap(({ nodes }) => nodes));
  const convs = graph.nodes.flatMap(({ op }, i) => (op === "conv" && i < begin ? [i] : []));
  return convs.slice(1).map((conv, k) => {
    const end = convs[k + 2] ?? begin;
    return graph.nodes.flatMap((node, i) =>
      i === conv || (i > conv && i < end && ["normalization", "activation"].includes(role(node))) ? [i] : [],
    );
  });
}

/** A sum over some of the channels only. */
function isPartial(graph: View, { at, shortcut }: Residual): boolean {
  const cuts = ["split", "slice"];
  return (
    cuts.includes(graph.nodes[at]?.op ?? "") || shortcut.some((i) => cuts.includes(graph.nodes[i]?.op ?? ""))
  );
}

/** Whether a block stands between stages and belongs to none: a module or cell of branches that reads a larger picture. */
export function isReduction(graph: View, { kind, nodes, end }: Block): boolean {
  if (kind !== "inception" && kind !== "cell") return false;
  const inside = new Set(nodes);
  const outside = nodes.flatMap(
    (i) => graph.nodes[i]?.inputs.filter((id) => !inside.has(graph.maker(id))) ?? [],
  );
  // The last value read, that is: a cell also reads one from before the reduction before it.
  const [last] = outside.sort((a, b) => graph.maker(b) - graph.maker(a));
  const [made, read] = [area(shapeAfter(graph, end)), area(graph.shape(last))];
  return made !== undefined && read !== undefined && read > made;
}

function area(shape: Shape): number | undefined {
  const [height, width] = shape?.slice(2) ?? [];
  return typeof height === "number" && typeof width === "number" ? height * width : undefined;
}
