// The numbers of the claims, each with the nodes it is read from. To add one: a name in claim.ts, an entry here, its
// words in words.ts.
import type { ArchNode } from "../architecture";
import { countMultiplyAdds, countParameters, depthOf } from "../facts/cost";
import { hasUnknownWeights, holdsWeights, role, shapeAfter } from "../facts/view";
import type { Quantity } from "./claim";
import { classifierOf } from "./classifier";
import type { Known } from "./known";

export interface Measure {
  /** Null where there is no such number. */
  value: number | null;
  /** With null: true where the network certainly has none, false where its graph does not tell. */
  absent: boolean;
  nodes: readonly string[];
}

const none: Measure = { value: null, absent: true, nodes: [] };
const unknown: Measure = { value: null, absent: false, nodes: [] };

function found(value: number, nodes: readonly (ArchNode | undefined)[]): Measure {
  return { value, absent: false, nodes: nodes.flatMap((node) => node?.id ?? []) };
}

export const quantities: Record<Quantity, (known: Known, stage: number) => Measure> = {
  /** Not told where weights are missing. */
  parameters: ({ architecture: { nodes }, architecture }) =>
    nodes.some(hasUnknownWeights)
      ? unknown
      : found(
          countParameters(architecture).parameters,
          nodes.filter(({ parameters }) => parameters.some(({ trainable }) => trainable)),
        ),

  /** For one input; not told where a size besides the batch is open. */
  multiplyAdds: ({ graph, architecture }) => {
    const open = architecture.inputs.some(
      ({ shape }) => shape === null || shape.some((size, i) => i > 0 && typeof size === "string"),
    );
    const value = open ? null : countMultiplyAdds(graph, {});
    return value === null ? unknown : found(value, graph.nodes.filter(isWeighted));
  },

  /** Four a parameter: float32. */
  bytes: (known) => {
    const { value, ...rest } = known.measure("parameters");
    return { ...rest, value: value === null ? null : 4 * value };
  },

  /** Layers with weights on the longest path; not told where it is open whether a layer has some. */
  depth: ({ graph }) =>
    graph.nodes.some((node) => hasUnknownWeights(node) && !holdsWeights(node))
      ? unknown
      : found(depthOf(graph), graph.nodes.filter(holdsWeights)),
  ops: ({ graph }) => found(graph.nodes.length, graph.nodes),
  stages: (known) => ofStages(known, (stages) => stages.length),
  blocks: (known) => ofStages(known, (stages) => stages.reduce((sum, { blocks }) => sum + blocks, 0)),

  /** The most channels or features that a layer gives, layers that give the network's output aside. */
  widest: (known) => {
    const { graph } = known;
    const last = classifierOf(known)?.layer;
    const gives = (node: ArchNode) => node === last || node.outputs.some(({ id }) => graph.isOutput(id));
    const layers = graph.nodes.filter((node) => widthOf(node) > 0 && !gives(node));
    const value = layers.reduce((most, node) => Math.max(most, widthOf(node)), 0);
    return value === 0
      ? none
      : found(
          value,
          layers.filter((node) => widthOf(node) === value),
        );
  },

  largestKernel: (known) => kernel(known, (sizes) => Math.max(...sizes)),
  smallestKernel: (known) => kernel(known, (sizes) => Math.min(...sizes)),
  stemKernel: (known) => stem(known, ({ attributes }) => largest(attributes.kernelSize)),
  stemStride: (known) => stem(known, ({ attributes }) => largest(attributes.strides)),
  stemWidth: (known) => stem(known, widthOf),

  /** Of a layer of attention, the most; 0 without attention. */
  heads: ({ graph }) => {
    const layers = graph.nodes.filter(({ op }) => op === "attention");
    const counts = layers.map(({ attributes }) => Number(attributes.heads));
    if (counts.some((heads) => !(heads >= 1))) return unknown;
    const value = Math.max(0, ...counts);
    return found(
      value,
      layers.filter(({ attributes }) => attributes.heads === value),
    );
  },

  /** The input's height over that of the coarsest picture inside, what comes after global pooling aside. */
  downsampling: (known) => {
    const input = known.measure("inputHeight");
    if (input.value === null) return input;
    const coarse = coarsest(known);
    if (coarse === null) return unknown;
    if (coarse === undefined) return none;
    return found(roundFactor(input.value / coarse.height), [coarse.node]);
  },

  classes: (known) => {
    if (known.facts.outputs.some(({ shape }) => shape === null)) return unknown;
    const classifier = classifierOf(known);
    return classifier ? found(classifier.classes, [classifier.layer]) : none;
  },

  inputHeight: (known) => input(known, 4, 2),
  inputWidth: (known) => input(known, 4, 3),
  inputChannels: (known) => input(known, 4, 1),
  inputFeatures: (known) => input(known, 2, 1),
  stageWidth: (known, stage) => ofStage(known, stage, ({ width }) => width),
  stageBlocks: (known, stage) => ofStage(known, stage, ({ blocks }) => blocks),
};

type Stages = Known["facts"]["stages"];

/** Without stages, a program says that there are none; of other networks the graph does not tell. */
function ofStages({ facts, architecture }: Known, count: (stages: Stages) => number): Measure {
  const { stages } = facts;
  if (stages.length === 0 && architecture.format !== "architecture") return unknown;
  return { value: count(stages), absent: false, nodes: stages.flatMap(({ nodes }) => nodes) };
}

function ofStage(known: Known, stage: number, number: (stage: Stages[number]) => number): Measure {
  const { stages } = known.facts;
  const one = stage === 0 ? stages.at(-1) : stages[stage - 1];
  if (!one) return stages.length === 0 && known.architecture.format !== "architecture" ? unknown : none;
  const value = number(one);
  return value === 0 ? unknown : { value, absent: false, nodes: one.nodes };
}

function kernel({ graph }: Known, choose: (sizes: number[]) => number): Measure {
  const convs = graph.nodes.filter(({ op }) => op === "conv" || op === "convTranspose");
  if (convs.length === 0) return none;
  const edges = convs.map(({ attributes }) => largest(attributes.kernelSize));
  if (edges.includes(0)) return unknown;
  const value = choose(edges);
  return found(
    value,
    convs.filter((_, i) => edges[i] === value),
  );
}

/** The first convolution. */
function stem({ graph }: Known, number: (node: ArchNode) => number): Measure {
  const first = graph.nodes.find(({ op }) => op === "conv");
  if (!first) return none;
  const value = number(first);
  return value > 0 ? found(value, [first]) : unknown;
}

function input({ architecture, graph }: Known, rank: number, axis: number): Measure {
  const { inputs } = architecture;
  if (inputs.some(({ shape }) => shape === null)) return unknown;
  const value = inputs.find(
    ({ shape, dtype }) => shape?.length === rank && !/^u?int(64|32)|bool/.test(dtype),
  );
  if (!value) return none;
  const size = value.shape?.[axis];
  const readers = graph.nodes.filter((node) => node.inputs.includes(value.id));
  return typeof size === "number" ? found(size, readers) : unknown;
}

/** Null where a height is not known, undefined where there is no picture. */
function coarsest({ graph }: Known): { height: number; node: ArchNode } | null | undefined {
  let least: { height: number; node: ArchNode } | null | undefined;
  const pooled = new Set<number>();
  for (const [i, node] of graph.nodes.entries()) {
    const makers = graph.makers(i);
    const isGlobal = node.op.startsWith("global") || (node.op === "averagePool" && spansAll(graph, i));
    if (isGlobal || (makers.length > 0 && makers.every((from) => pooled.has(from)))) {
      pooled.add(i);
      continue;
    }
    const isWindow = node.op === "conv" || role(node) === "pooling";
    const shape = shapeAfter(graph, i);
    if (!isWindow || (shape !== null && shape.length !== 4)) continue;
    const height = shape?.[2];
    if (typeof height !== "number") return null;
    if (least === undefined || least === null || height < least.height) least = { height, node };
  }
  return least;
}

/** Where sides do not divide evenly, a power of two is meant: 224 to 13 is "by 16". */
function roundFactor(factor: number): number {
  const power = 2 ** Math.round(Math.log2(factor));
  return Number.isInteger(factor) || Math.abs(factor - power) > 0.15 * power ? factor : power;
}

/** Pooling with a window as large as the picture is global pooling by another name. */
function spansAll(graph: Known["graph"], i: number): boolean {
  const node = graph.nodes[i];
  const height = graph.shape(node?.inputs[0])?.[2];
  return typeof height === "number" && height > 1 && largest(node?.attributes.kernelSize) >= height;
}

function isWeighted(node: ArchNode): boolean {
  return role(node) === "weights";
}

function widthOf({ op, attributes }: ArchNode): number {
  const width =
    op === "linear"
      ? attributes.outFeatures
      : op === "embedding"
        ? attributes.width
        : op === "conv" || op === "convTranspose"
          ? attributes.outChannels
          : 0;
  return typeof width === "number" ? width : 0;
}

function largest(sizes: unknown): number {
  if (!Array.isArray(sizes)) return 0;
  const most = Math.max(0, ...sizes.map(Number));
  return Number.isFinite(most) ? most : 0;
}
