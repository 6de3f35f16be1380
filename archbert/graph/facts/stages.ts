// Blocks that repeat, and the stages they form: [3, 4, 6, 3] of a ResNet-50.

import type { Architecture, ArchNode, Dimension } from "../architecture";
import { isPointwise } from "../ops";
import { type Block, isReduction } from "./blocks";
import { mainChain } from "./chain";
import type { Stage } from "./index";
import { holdsWeights, role, shapeAfter, type View } from "./view";

export interface StageOf extends Stage {
  kind: Block["kind"];
  /** Kinds of its blocks, where they are mixed. */
  kinds: Block["kind"][];
}

/** The stages that the main chain of blocks forms; none where blocks stand in parallel branches. */
export function stagesOf(graph: View, blocks: readonly Block[]): StageOf[] {
  return withLateStrides(runs(graph, mainChain(graph, blocks)));
}

/** A block that halves the picture and keeps the width ends its stage where the next has another width: Keras' ResNets. */
function withLateStrides(stages: readonly StageOf[]): StageOf[] {
  const merged: StageOf[] = [];
  stages.forEach((stage, i) => {
    const [before, next] = [merged.at(-1), stages[i + 1]];
    const isLast =
      before &&
      next &&
      stage.blocks === 1 &&
      stage.width === before.width &&
      next.width !== stage.width &&
      String(next.resolution) === String(stage.resolution);
    if (!isLast) merged.push(stage);
    else {
      before.blocks++;
      before.nodes.push(...stage.nodes);
    }
  });
  return merged;
}

/** Runs of blocks of one width and resolution; where widths grow block by block (inception, fire), of one resolution. */
function runs(graph: View, blocks: readonly Block[]): StageOf[] {
  const stages: StageOf[] = [];
  for (const block of blocks) {
    if (isReduction(graph, block)) continue;
    const { width, resolution } = sizeOf(graph, block.end);
    const last = stages.at(-1);
    const free = ["inception", "fire", "cell", "convolution"].includes(block.kind);
    const fits =
      last &&
      isOfSize(last, resolution, block.kind) &&
      (free ? last.kind === block.kind : last.width === width) &&
      (last.kind === "transformer") === (block.kind === "transformer");
    const nodes = [...block.nodes, ...activationOf(graph, block)].flatMap((i) => graph.nodes[i]?.id ?? []);
    if (!fits) stages.push({ blocks: 1, width, resolution, nodes, kind: block.kind, kinds: [block.kind] });
    else {
      last.blocks++;
      last.width = width;
      last.resolution = resolution;
      last.nodes.push(...nodes);
      if (!last.kinds.includes(block.kind)) last.kinds.push(block.kind);
    }
  }
  return stages;
}

/** Plain convolutions without padding lose an edge each; what halves or doubles the picture begins another stage. */
function isOfSize({ resolution }: StageOf, next: readonly number[] | null, kind: Block["kind"]): boolean {
  if (kind !== "convolution" || !resolution || !next) return String(resolution) === String(next);
  return resolution.every((size, i) => (next[i] ?? 0) <= size && (next[i] ?? 0) * 4 > size * 3);
}

/** The activation that ends a residual block: it alone reads the sum, and nothing else. */
function activationOf(graph: View, { end }: Block): number[] {
  const [reader, ...others] = graph.readers(end);
  if (graph.nodes[end]?.op !== "add" || reader === undefined || others.length > 0) return [];
  const alone = graph.makers(reader).length === 1 && role(graph.nodes[reader]) === "activation";
  return alone ? [reader] : [];
}

/** A network of plain convolutions: its layers between changes of resolution. */
export function plainStages(graph: View): StageOf[] {
  const convs = graph.nodes.flatMap((node, i): Block[] => {
    const spatial = node.outputs[0]?.shape?.slice(2);
    const isPicture = node.op === "conv" && spatial?.some((size) => size !== 1);
    return isPicture && !isHead(graph, i) && !isPartOfUpsampling(graph, i)
      ? [{ kind: "convolution", nodes: [i], end: i }]
      : [];
  });
  const layers = graph.nodes.filter(holdsWeights).length;
  return convs.length * 2 < layers ? [] : stagesOf(graph, convs);
}

/** The 1x1 convolution that gives an enlarged picture its width, as a transposed convolution does at once. */
function isPartOfUpsampling(graph: View, i: number): boolean {
  const node = graph.nodes[i];
  return node !== undefined && isPointwise(node) && graph.nodes[graph.makers(i)[0] ?? -1]?.op === "upsample";
}

/** The last convolution of a network, which gives its answer: a layer of no stage. */
function isHead(graph: View, i: number): boolean {
  let at = i;
  for (let steps = 0; steps < 4; steps++) {
    if (graph.nodes[at]?.outputs.some(({ id }) => graph.isOutput(id))) return true;
    const [reader, ...others] = graph.readers(at);
    const node = reader === undefined ? undefined : graph.nodes[reader];
    if (reader === undefined || others.length > 0 || !node) return false;
    if (!["sigmoid", "softmax", "tanh", "upsample", "reshape", "transpose", "slice"].includes(node.op))
      return false;
    at = reader;
  }
  return false;
}

/** What blocks of the architecture language are called here, by the word of their line. */
const written: Readonly<Record<string, Block["kind"]>> = {
  conv: "convolution",
  residual: "basic",
  bottleneck: "bottleneck",
  inverted: "invertedResidual",
  separable: "depthwiseSeparable",
  mlp: "mlp",
  transformer: "transformer",
};

/**
 * The stages of a program as its text says them, one a line: also those of plain convolutions beside other blocks, of
 * one width as the line before, and of layers without a picture. Undefined for nodes that no program builds.
 */
export function writtenStages({ format, nodes }: Architecture): Stage[] | undefined {
  if (format !== "architecture") return undefined;
  const stages: (Stage & { last: ArchNode })[] = [];
  for (const node of nodes) {
    const [, line, block] = /^stage(\d+)\.block(\d+)\./.exec(node.id) ?? [];
    const kind = written[node.source.ops[0] ?? ""];
    if (line === undefined) continue;
    const at = Number(line) - 1;
    if (kind === undefined || at < 0 || at > stages.length || at < stages.length - 1) return undefined;
    const stage = stages[at];
    if (!stage) {
      stages.push({ blocks: Number(block), width: 0, resolution: null, nodes: [node.id], kind, last: node });
    } else {
      stage.blocks = Number(block);
      stage.nodes.push(node.id);
      stage.last = node;
    }
  }
  return stages.map(({ last, ...stage }) => ({ ...stage, ...sizeWritten(last.outputs[0]?.shape ?? []) }));
}

/** Programs lay out pictures as [batch, channels, height, width], tokens as [batch, places, features]. */
function sizeWritten(shape: readonly Dimension[]): Pick<Stage, "width" | "resolution"> {
  const [width, sizes] = shape.length === 4 ? [shape[1], shape.slice(2)] : [shape.at(-1), shape.slice(1, -1)];
  const resolution = sizes.filter((size) => typeof size === "number");
  return { width: typeof width === "number" ? width : 0, resolution: sizes.length > 0 ? resolution : null };
}

function sizeOf(graph: View, i: number): { width: number; resolution: number[] | null } {
  const shape = shapeAfter(graph, i);
  const node = graph.nodes[i];
  // Channels come second in a picture, last in a sequence or a picture of tokens.
  const op = node?.op === "add" ? lastLayer(graph, i) : node && overPicture(node) ? "conv" : node?.op;
  const last = op === "linear" || op === "layerNorm" || op === "matmul";
  const channels = last ? shape?.at(-1) : shape?.[1];
  const spatial = last ? shape?.slice(1, -1) : shape?.slice(2);
  const resolution = spatial?.every((size) => typeof size === "number") ? (spatial as number[]) : null;
  return { width: typeof channels === "number" ? channels : 0, resolution };
}

/** A layer normalization over a whole picture leaves the channels where they are: second. */
function overPicture({ op, attributes, outputs }: ArchNode): boolean {
  return op === "layerNorm" && attributes.axis === 1 && outputs[0]?.shape?.length === 4;
}

function lastLayer(graph: View, add: number): string | undefined {
  const open = [...graph.makers(add)];
  for (let steps = 0; steps < 40; steps++) {
    const at = open.shift();
    const node = at === undefined ? undefined : graph.nodes[at];
    if (at === undefined || !node) continue;
    if (overPicture(node)) return "conv";
    if (["conv", "linear", "matmul", "layerNorm"].includes(node.op)) return node.op;
    // A transposition moves the channels: what stands before it says nothing.
    if (node.op === "transpose")
      return node.attributes.permutation?.toString() === "0,3,1,2" ? "conv" : "linear";
    open.push(...graph.makers(at));
  }
  return undefined;
}
