// What can be computed about an architecture, each with the nodes that prove it.
import type { Architecture, Dimension, Shape, Value } from "../architecture";
import { opOf } from "../ops";
import { attentions, transformerBlocks } from "./attention";
import { blocksOf } from "./blocks";
import { cells } from "./cells";
import { branched, denseBlocks, separables, skips, squeezeExcitations } from "./convolutional";
import { type Counts, countMultiplyAdds, countParameters, depthOf, symbols } from "./cost";
import { familyOf } from "./families";
import { lazily } from "./lazily";
import { type ActivationMemory, activationMemory } from "./memory";
import { mixers } from "./mixers";
import { dilatedContexts, featurePyramids } from "./pyramids";
import { residuals } from "./residuals";
import { sequenceMotifs } from "./sequence";
import { plainStages, type StageOf, stagesOf, writtenStages } from "./stages";
import { isPatchEmbedding, stem } from "./stem";
import { hasUnknownWeights, type View, view } from "./view";

export type { ActivationMemory };

export interface Motif {
  /** "residual", "bottleneck", "squeezeExcitation", "selfAttention", … */
  kind: string;
  count: number;
  /** Ids of the nodes that prove it, one list an occurrence. */
  nodes: string[][];
}

export interface Stage {
  /** How many blocks repeat in it. */
  blocks: number;
  /** Channels or features at its end; 0 where not known. */
  width: number;
  /** Height and width at its end where known, in pixels or tokens. */
  resolution: number[] | null;
  nodes: string[];
  /** What its blocks are: "bottleneck", "transformer", "convolution", … */
  kind: string;
}

export interface Family {
  name: string;
  /** 0 to 1. */
  confidence: number;
  /** The nearest others: their confidence, scaled by the share of their marks that the network has. */
  alternatives: { name: string; confidence: number }[];
}

export interface Facts {
  name: string;
  format: string;
  /**
   * Learned numbers, each once; running statistics and constants are not among them. The least there can be where
   * `unknownWeights` names a node.
   */
  parameters: number;
  trainableParameters: number;
  /** Running means and variances: numbers the file keeps, which no optimizer touches. */
  statistics: number;
  /** Ids of the nodes of whose weights, if they have any, the file does not tell how many: custom layers, unknown widths. */
  unknownWeights: string[];
  /** For one input at the sizes of `inputs`, symbolic ones as `assumed`; null where shapes or weights are missing. */
  multiplyAdds: number | null;
  /** Likewise; see `ActivationMemory`. */
  activationMemory: ActivationMemory | null;
  /** The number taken for each symbolic size of the inputs. */
  assumed: Record<string, number>;
  inputs: Value[];
  outputs: Value[];
  /** Op kind to how often it stands. */
  ops: Record<string, number>;
  /** Of convolutions, the commonest first, with how often. */
  kernelSizes: { size: number[]; count: number }[];
  /** Of convolutions and pooling, the commonest first, with how often. */
  strides: { size: number[]; count: number }[];
  /** Longest path, counted in ops that hold weights. */
  depth: number;
  stages: Stage[];
  motifs: Motif[];
  /** Null where structure does not prove one. */
  family: Family | null;
}

export interface FactsOptions {
  /** Numbers for symbolic sizes, by name: { sequence: 128 }; 1 for those not named. */
  sizes?: Readonly<Record<string, number>>;
}

/**
 * Everything known about the network, computed from its graph alone.
 *
 * @param architecture borrowed, not changed
 * @returns plain data, owned by the caller
 */
export function facts(architecture: Architecture, options: FactsOptions = {}): Facts {
  return { ...lazyFacts(architecture, view(architecture), options) };
}

/** The same, each of them computed when it is first read. */
export function lazyFacts(
  architecture: Architecture,
  graph: View,
  { sizes = {} }: FactsOptions = {},
): Readonly<Facts> {
  const parts = lazily<{ structure: ReturnType<typeof structure>; counts: Counts }>({
    structure: () => structure(graph),
    counts: () => countParameters(architecture),
  });
  const known: Readonly<Facts> = lazily<Facts>({
    name: () => architecture.name,
    format: () => architecture.format,
    parameters: () => parts.counts.parameters,
    trainableParameters: () => parts.counts.trainable,
    statistics: () => parts.counts.statistics,
    unknownWeights: () => graph.nodes.filter(hasUnknownWeights).map(({ id }) => id),
    multiplyAdds: () => countMultiplyAdds(graph, sizes),
    activationMemory: () => activationMemory(architecture, graph, sizes),
    assumed: () => Object.fromEntries(symbols(architecture).map((name) => [name, sizes[name] ?? 1])),
    inputs: () => [...architecture.inputs],
    outputs: () => outputsOf(architecture),
    ops: () => opsOf(graph),
    kernelSizes: () => sizesOf(graph, "kernelSize", isConvolution),
    strides: () => sizesOf(graph, "strides", (op) => isConvolution(op) || opOf(op).role === "pooling"),
    depth: () => depthOf(graph),
    stages: () =>
      writtenStages(architecture) ?? parts.structure.stages.map(({ kinds: _, ...stage }): Stage => stage),
    motifs: () => parts.structure.motifs,
    family: () => {
      const { stages, evidence } = parts.structure;
      return familyOf({ facts: known, graph, stages, ...evidence });
    },
  });
  return known;
}

function outputsOf({ nodes, inputs, outputs }: Architecture): Value[] {
  const values = new Map(nodes.flatMap((node) => node.outputs.map((value) => [value.id, value] as const)));
  for (const value of inputs) values.set(value.id, value);
  return outputs.flatMap((id) => values.get(id) ?? []);
}

function opsOf({ nodes }: View): Record<string, number> {
  const ops: Record<string, number> = {};
  for (const { op } of nodes) ops[op] = (ops[op] ?? 0) + 1;
  return Object.fromEntries(Object.entries(ops).sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)));
}

const isConvolution = (op: string) => op === "conv" || op === "convTranspose";

/** Values of an attribute that is a list of sizes, the commonest first. */
function sizesOf({ nodes }: View, name: string, fits: (op: string) => boolean): Facts["kernelSizes"] {
  const counts = new Map<string, { size: number[]; count: number }>();
  for (const { op, attributes } of nodes) {
    const value = attributes[name];
    if (!fits(op) || !Array.isArray(value)) continue;
    const size = value.map(Number);
    const entry = counts.get(size.join()) ?? { size, count: 0 };
    entry.count++;
    counts.set(size.join(), entry);
  }
  return [...counts.values()].sort((a, b) => b.count - a.count || a.size.join().localeCompare(b.size.join()));
}

function structure(graph: View) {
  const sums = residuals(graph);
  const pairs = separables(graph);
  const heads = attentions(graph);
  const transformers = transformerBlocks(graph, sums, heads);
  const joined = branched(graph);
  const dense = denseBlocks(graph);
  const searched = cells(graph);
  const mixing = mixers(graph, sums);
  const parts = { sums, separables: pairs, transformers, branched: joined, cells: searched, mixers: mixing };
  const blocks = blocksOf(graph, parts);
  let stages: StageOf[] = dense.length > 0 ? denseStages(graph, dense) : stagesOf(graph, blocks);
  if (blocks.length === 0 && dense.length === 0) stages = plainStages(graph);
  const motifs: Motif[] = [];
  const note = (kind: string, occurrences: readonly (readonly number[])[]) => {
    if (occurrences.length === 0) return;
    const nodes = occurrences.map((list) => [...new Set(list)].flatMap((i) => graph.nodes[i]?.id ?? []));
    motifs.push({ kind, count: nodes.length, nodes });
  };
  note(
    "residual",
    sums.map(({ main, shortcut, add }) => [...main, ...shortcut, add]),
  );
  for (const kind of ["basic", "bottleneck", "invertedResidual", "fusedInvertedResidual"] as const) {
    const name = kind === "basic" ? "basicBlock" : kind;
    note(
      name,
      blocks.filter((block) => block.kind === kind).map(({ nodes }) => nodes),
    );
  }
  note("squeezeExcitation", squeezeExcitations(graph));
  note(
    "depthwiseSeparable",
    pairs.map(({ nodes }) => nodes),
  );
  note(
    "denseBlock",
    dense.map(({ nodes }) => nodes),
  );
  note(
    "fire",
    joined.filter(({ kind }) => kind === "fire").map(({ nodes }) => nodes),
  );
  note(
    "inception",
    joined.filter(({ kind }) => kind === "inception").map(({ nodes }) => nodes),
  );
  note(
    "cell",
    searched.map(({ nodes }) => nodes),
  );
  note(
    "mlpMixer",
    mixing.filter(({ plain }) => plain).map(({ nodes }) => nodes),
  );
  const bridges = skips(graph);
  note("skipConnection", bridges);
  note("encoderDecoder", bridges.length >= 2 && isFine(graph) ? [bridges.flat()] : []);
  const pyramids = featurePyramids(graph);
  note(
    "featurePyramid",
    pyramids.map(({ nodes }) => nodes),
  );
  note("dilatedContext", dilatedContexts(graph));
  note(
    "patchEmbedding",
    graph.nodes.flatMap((node, i) => (isPatchEmbedding(node, i, graph) ? [[i]] : [])),
  );
  const beginning = stem(graph, blocks);
  note("convolutionalStem", beginning.length > 0 ? [beginning] : []);
  for (const kind of ["self", "cross"] as const) {
    note(
      `${kind}Attention`,
      heads.filter((item) => item.kind === kind).map(({ nodes }) => nodes),
    );
  }
  note(
    "causalAttention",
    heads.filter((item) => item.causal === true).map(({ nodes }) => nodes),
  );
  const blockNames = {
    encoder: "transformerEncoderBlock",
    decoder: "transformerDecoderBlock",
    unknown: "transformerBlock",
  };
  for (const kind of ["encoder", "decoder", "unknown"] as const) {
    const found = transformers.filter((item) => item.kind === kind);
    note(
      blockNames[kind],
      found.map(({ nodes }) => nodes),
    );
  }
  for (const [kind, found] of sequenceMotifs(graph, heads)) note(kind, found);
  note(
    "recurrent",
    graph.nodes.flatMap(({ op }, i) => (["lstm", "gru", "rnn"].includes(op) ? [[i]] : [])),
  );
  note(
    "channelShuffle",
    graph.nodes.flatMap(({ op }, i) => (op === "channelShuffle" ? [[i]] : [])),
  );
  return {
    motifs,
    stages,
    evidence: {
      sums,
      separables: pairs,
      attentions: heads,
      transformers,
      blocks,
      dense,
      cells: searched,
      pyramids,
    },
  };
}

/** Whether it gives a picture at least half as fine as the one it takes. */
function isFine(graph: View): boolean {
  const pictures = (values: readonly Shape[]) =>
    values.flatMap((shape) => (shape?.length === 4 ? [shape.slice(2)] : []));
  const read = pictures(
    graph.nodes.flatMap(({ inputs }) => inputs.filter((id) => graph.maker(id) < 0).map(graph.shape)),
  );
  const made = pictures(
    graph.nodes.flatMap(({ outputs }) =>
      outputs.filter(({ id }) => graph.isOutput(id)).map(({ shape }) => shape),
    ),
  );
  const area = (sizes: readonly Dimension[]) => sizes.reduce<number>((a, b) => a * Number(b), 1);
  return made.some((to) => read.some((from) => String(to) === String(from) || area(to) * 4 >= area(from)));
}

function denseStages(graph: View, dense: ReturnType<typeof denseBlocks>): StageOf[] {
  return dense.map(({ layers, nodes, end }) => {
    const shape = graph.nodes[end]?.outputs[0]?.shape;
    const width = shape?.[1];
    const spatial = shape?.slice(2);
    return {
      blocks: layers,
      width: typeof width === "number" ? width : 0,
      resolution: spatial?.every((size) => typeof size === "number") ? spatial : null,
      nodes: nodes.flatMap((i) => graph.nodes[i]?.id ?? []),
      kind: "dense",
      kinds: ["dense"],
    };
  });
}
