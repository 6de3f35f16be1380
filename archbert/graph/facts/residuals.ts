// Residual connections: an addition whose one side is what the other began with.
import type { ArchNode } from "../architecture";
import { isDepthwise, isPointwise } from "../ops";
import { fork, holdsWeights, role, type View } from "./view";

export interface Residual {
  add: number;
  /** The node after which the paths part; -1 for the network's input. */
  at: number;
  /** The path that computes. */
  main: readonly number[];
  /** What stands on the shortcut: nothing, or a projection. */
  shortcut: readonly number[];
}

const shortcutOps = new Set([
  "conv",
  "linear",
  "batchNorm",
  "layerNorm",
  "groupNorm",
  "averagePool",
  "maxPool",
  "pad",
  "slice",
  "transpose",
  "reshape",
  "cast",
]);

export function residuals(graph: View): Residual[] {
  const found: Residual[] = [];
  graph.nodes.forEach((node, add) => {
    if (node.op !== "add" || node.inputs.length !== 2 || node.inputs[0] === node.inputs[1]) return;
    const split = fork(graph, node.inputs);
    if (!split) return;
    const sides = split.branches.map((branch) => branch.filter((i) => i !== split.at));
    const [first = [], second = []] = sides;
    const [main, shortcut] =
      weightOf(graph, first) >= weightOf(graph, second) ? [first, second] : [second, first];
    if (weightOf(graph, main) === 0) return;
    // A mean and a spread times noise are a sample, no residual.
    if (main.some((i) => graph.nodes[i]?.op === "random")) return;
    if (isShortcut(graph, shortcut)) found.push({ add, at: split.at, main, shortcut });
    else {
      // x + a(x) + b(x), summed from the left: two paths beside one shortcut.
      const makers = graph.makers(add);
      const starts = [
        split.at,
        ...(role(graph.nodes[split.at]) === "normalization" ? graph.makers(split.at) : []),
      ];
      const inner = found.findIndex((item) => makers.includes(item.add) && starts.includes(item.at));
      const sum = found[inner];
      if (!sum || sum.shortcut.length > 0) return;
      const other = [first, second].find((side) => !side.includes(sum.add)) ?? [];
      found.splice(inner, 1);
      found.push({ ...sum, add, main: [...new Set([...sum.main, sum.add, ...other])].sort((a, b) => a - b) });
    }
  });
  return found;
}

function weightOf(graph: View, branch: readonly number[]): number {
  return branch.filter((i) => {
    const node = graph.nodes[i];
    return node && (holdsWeights(node) || node.op === "attention" || role(node) === "weights");
  }).length;
}

/** At most one layer, at most a handful of nodes, and nothing that would make it a second main path. */
function isShortcut(graph: View, branch: readonly number[]): boolean {
  if (branch.length > 6 || weightOf(graph, branch) > 1) return false;
  return branch.every((i) => shortcutOps.has(graph.nodes[i]?.op ?? ""));
}

/** Convolutions of the path that see the picture, not those of a squeeze-and-excitation's gate. */
export function pathConvs(graph: View, path: readonly number[]): ArchNode[] {
  const convs = path.flatMap((i) => {
    const node = graph.nodes[i];
    return node?.op === "conv" ? [node] : [];
  });
  const isPoint = (node: ArchNode) => node.outputs[0]?.shape?.slice(2).every((size) => size === 1) ?? false;
  // A gate begins with a mean over the picture.
  const hasGate = path.some((i) => ["pooling", "reduction"].includes(role(graph.nodes[i])));
  return !hasGate || convs.every(isPoint) ? convs : convs.filter((node) => !isPoint(node));
}

export type BlockKind = "basic" | "bottleneck" | "invertedResidual" | "fusedInvertedResidual" | "other";

/** What the main path of a residual block of convolutions is. */
export function blockKind(graph: View, { main }: Pick<Residual, "main">): BlockKind {
  const convs = pathConvs(graph, main);
  const first = convs[0];
  const last = convs.at(-1);
  const middle = convs.slice(1, -1);
  if (!first || !last || main.some((i) => graph.nodes[i]?.op === "attention")) return "other";
  const width = (node: ArchNode) => Number(node.attributes.outChannels);
  if (convs.some(isDepthwise))
    return isInverted(convs) ? "invertedResidual" : isNarrow(convs) ? "bottleneck" : "other";
  if (
    convs.length === 3 &&
    isPointwise(first) &&
    isPointwise(last) &&
    middle.every((node) => !isPointwise(node))
  ) {
    return width(first) <= width(last) || middle.some((node) => Number(node.attributes.groups) > 1)
      ? "bottleneck"
      : "other";
  }
  const planar = convs.every(
    ({ attributes }) => Array.isArray(attributes.kernelSize) && attributes.kernelSize.length === 2,
  );
  if (planar && convs.length === 2 && !isPointwise(first) && isPointwise(last) && width(first) > width(last))
    return "fusedInvertedResidual";
  if (convs.length === 2 && convs.every((node) => !isPointwise(node))) return "basic";
  return "other";
}

/** A bottleneck whose middle has as many groups as channels, and fewer of them than the block gives. */
function isNarrow([first, middle, last, ...more]: readonly ArchNode[]): boolean {
  if (!first || !middle || !last || more.length > 0) return false;
  const [inner, outer] = [middle, last].map(({ attributes }) => Number(attributes.outChannels));
  return isPointwise(first) && isDepthwise(middle) && isPointwise(last) && Number(inner) < Number(outer);
}

/** One depthwise convolution between one that widens, if any, and one that narrows; MobileNetV4 has a second before. */
function isInverted(convs: readonly ArchNode[]): boolean {
  const width = (node: ArchNode | undefined) => Number(node?.attributes.outChannels);
  const [expand, depth, project] =
    convs.length === 4 && convs[0] && isDepthwise(convs[0]) ? convs.slice(1) : convs;
  if (convs.length === 2) return expand !== undefined && isDepthwise(expand) && width(expand) >= width(depth);
  if (!expand || !depth || !project || convs.length > 4) return false;
  return isPointwise(expand) && isDepthwise(depth) && isPointwise(project) && width(depth) >= width(project);
}
