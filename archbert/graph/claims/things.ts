// Where each thing of the claims stands in a network. To add one: a name in claim.ts, a line here, its words in words.ts.
import type { ArchNode, Attribute } from "../architecture";
import { isPatchEmbedding } from "../facts/stem";
import { role, type View } from "../facts/view";
import { isDepthwise, isPointwise } from "../ops";
import type { Thing } from "./claim";
import type { Known } from "./known";

/** A thing is a kind of op, or a motif of `facts`, one or several names of it. */
type Where = { op: (node: ArchNode, i: number, graph: View) => boolean } | { motifs: readonly string[] };

const op = (...names: string[]): Where => ({ op: (node) => names.includes(node.op) });
const motif = (...motifs: string[]): Where => ({ motifs });
const ofRole = (name: string, ...but: string[]): Where => ({
  op: (node) => role(node) === name && !but.includes(node.op),
});

const globalPools = ["globalAveragePool", "globalMaxPool"];

/**
 * Every op counts, also those inside a larger part: the gate of a squeeze-and-excitation holds a global pooling, two 1x1
 * convolutions and a sigmoid. Attention is one op, whose softmax is not another.
 */
export const thingTable: Record<Thing, Where> = {
  conv: op("conv"),
  depthwiseConv: { op: isDepthwise },
  pointwiseConv: { op: isPointwise },
  groupedConv: { op: (node) => Number(node.attributes.groups) > 1 && isConv(node) && !isDepthwise(node) },
  dilatedConv: { op: (node) => isConv(node) && exceeds(node.attributes.dilations, 1) },
  stridedConv: { op: (node) => node.op === "conv" && exceeds(node.attributes.strides, 1) },
  transposedConv: op("convTranspose"),
  linear: op("linear"),
  attention: op("attention"),
  recurrent: op("lstm", "gru", "rnn"),
  embedding: op("embedding"),
  normalization: ofRole("normalization"),
  batchNorm: op("batchNorm"),
  layerNorm: op("layerNorm"),
  groupNorm: op("groupNorm"),
  rmsNorm: op("rmsNorm"),
  activation: ofRole("activation", "softmax", "logSoftmax", "hardmax"),
  relu: op("relu"),
  relu6: op("relu6"),
  leakyRelu: op("leakyRelu"),
  elu: op("elu"),
  gelu: op("gelu"),
  silu: op("silu"),
  hardSwish: op("hardSwish"),
  tanh: op("tanh"),
  sigmoid: op("sigmoid"),
  softmax: op("softmax", "logSoftmax"),
  pool: { op: (node, i, graph) => isWindowed(node) || isGlobalPool(node, i, graph) },
  maxPool: op("maxPool"),
  averagePool: op("averagePool"),
  globalPool: { op: isGlobalPool },
  dropout: op("dropout"),
  concat: op("concat"),
  upsample: op("upsample"),
  residual: motif("residual"),
  basicBlock: motif("basicBlock"),
  bottleneck: motif("bottleneck"),
  invertedResidual: motif("invertedResidual", "fusedInvertedResidual"),
  squeezeExcitation: motif("squeezeExcitation"),
  depthwiseSeparable: motif("depthwiseSeparable"),
  transformerBlock: motif("transformerEncoderBlock", "transformerDecoderBlock", "transformerBlock"),
  denseBlock: motif("denseBlock"),
  inception: motif("inception"),
  fire: motif("fire"),
  skipConnection: motif("skipConnection"),
  channelShuffle: op("channelShuffle"),
  patchEmbedding: { op: isPatchEmbedding },
};

/** Ids of the nodes that prove it, one list an occurrence. */
export function occurrencesOf(thing: Thing, known: Known): readonly (readonly string[])[] {
  const where = thingTable[thing];
  if ("motifs" in where) {
    const { motifs } = known.facts;
    return motifs.filter(({ kind }) => where.motifs.includes(kind)).flatMap(({ nodes }) => nodes);
  }
  const { graph } = known;
  const found: string[][] = [];
  graph.nodes.forEach((node, i) => {
    if (where.op(node, i, graph)) found.push([node.id]);
  });
  return found;
}

function isConv({ op }: ArchNode): boolean {
  return op === "conv" || op === "convTranspose";
}

function isWindowed({ op }: ArchNode): boolean {
  return op === "maxPool" || op === "averagePool" || op === "lpPool";
}

/** Over all of space; also the mean over all tokens, or over height and width, which some files write as a reduction. */
function isGlobalPool({ op, attributes }: ArchNode, i: number, graph: View): boolean {
  if (globalPools.includes(op)) return true;
  if (op !== "reduceMean" || !Array.isArray(attributes.axes)) return false;
  const rank = graph.shape(graph.nodes[i]?.inputs[0])?.length;
  const axes = attributes.axes.map((axis) => (Number(axis) < 0 ? Number(axis) + (rank ?? 0) : Number(axis)));
  return (rank === 3 && axes.join() === "1") || (rank === 4 && axes.sort().join() === "2,3");
}

function exceeds(attribute: Attribute | undefined, bound: number): boolean {
  return Array.isArray(attribute) && attribute.some((size) => Number(size) > bound);
}
