// Families by signature: what a network must have, and must not have, to be called one. To add a family: one entry.
import { isDepthwise } from "../ops";
import type { Attention, TransformerBlock } from "./attention";
import type { Separable } from "./convolutional";
import type { Facts, Family } from "./index";
import type { Residual } from "./residuals";
import { pathConvs } from "./residuals";
import type { Block, StageOf } from "./stages";
import { role, type View } from "./view";

/** What signatures look at. */
export interface Evidence {
  facts: Omit<Facts, "family">;
  graph: View;
  sums: readonly Residual[];
  stages: readonly StageOf[];
  separables: readonly Separable[];
  attentions: readonly Attention[];
  transformers: readonly TransformerBlock[];
  blocks: readonly Block[];
  dense: readonly { layers: number }[];
}

type Condition = (evidence: Evidence) => boolean;

interface Signature {
  name: string;
  /** All must hold. */
  needs: readonly Condition[];
  /** How sure one may be when they do; 1 where nothing else is built so. */
  confidence: number;
}

const all =
  (...conditions: Condition[]): Condition =>
  (evidence) =>
    conditions.every((condition) => condition(evidence));
const not =
  (condition: Condition): Condition =>
  (evidence) =>
    !condition(evidence);
const has =
  (op: string, atLeast = 1): Condition =>
  ({ facts }) =>
    (facts.ops[op] ?? 0) >= atLeast;
const motif =
  (kind: string, atLeast = 1): Condition =>
  ({ facts }) =>
    (facts.motifs.find((item) => item.kind === kind)?.count ?? 0) >= atLeast;
/** All blocks are of these kinds, and there are some. */
const blocks =
  (...kinds: Block["kind"][]): Condition =>
  (evidence) =>
    evidence.blocks.length > 0 && evidence.blocks.every(({ kind }) => kinds.includes(kind));
/** Stage by stage: how many blocks. */
const stages =
  (...choices: readonly number[][]): Condition =>
  (evidence) =>
    choices.some((choice) => choice.join() === evidence.stages.map((stage) => stage.blocks).join());
const stageCount =
  (count: number): Condition =>
  (evidence) =>
    evidence.stages.length === count;
/** Activations of the network, softmax and gates aside, are among these. */
const activations =
  (...allowed: string[]): Condition =>
  ({ graph }) =>
    graph.nodes.every(
      ({ op }) =>
        role({ op } as never) !== "activation" ||
        [...allowed, "softmax", "logSoftmax", "sigmoid", "hardSigmoid"].includes(op),
    );
const depthwise: Condition = ({ graph }) => graph.nodes.some(isDepthwise);
const grouped: Condition = ({ graph }) =>
  graph.nodes.some((node) => node.op === "conv" && Number(node.attributes.groups) > 1 && !isDepthwise(node));
/** Ends in pooling over all of space (or a flattening) and linear layers, if in anything: a classifier, not a detector. */
const classifier: Condition = ({ facts, graph }) => {
  if (facts.outputs.length !== 1 || facts.inputs.length !== 1) return false;
  const pooled = (facts.ops.globalAveragePool ?? 0) > 0 || (facts.ops.flatten ?? 0) > 0;
  return (
    pooled &&
    !graph.nodes.some(({ op }) => ["upsample", "convTranspose", "nonMaxSuppression", "roiAlign"].includes(op))
  );
};
const firstConv =
  (kernel: number, stride: number): Condition =>
  ({ graph }) => {
    const first = graph.nodes.find(({ op }) => op === "conv");
    return (
      String(first?.attributes.kernelSize) === `${kernel},${kernel}` &&
      String(first?.attributes.strides) === `${stride},${stride}`
    );
  };
/** Widths double from stage to stage. */
const doubling: Condition = (evidence) =>
  evidence.stages.every(({ width }, i) => i === 0 || width === 2 * (evidence.stages[i - 1]?.width ?? 0));
/** Every addition of the blocks is followed by an activation: ResNet as first published. */
const activationAfterSum: Condition = ({ graph, sums }) =>
  sums.every(({ add }) => graph.readers(add).every((i) => role(graph.nodes[i]) === "activation"));
/** Width inside the bottleneck over the width it returns. */
const bottleneckRatio =
  (ratio: number): Condition =>
  ({ graph, sums }) =>
    sums.every((sum) => {
      const convs = pathConvs(graph, sum.main);
      return (
        Number(convs[1]?.attributes.outChannels) === ratio * Number(convs.at(-1)?.attributes.outChannels)
      );
    });
const residualNet: Condition = all(
  blocks("basic", "bottleneck"),
  stageCount(4),
  doubling,
  activationAfterSum,
  classifier,
  activations("relu"),
  not(motif("squeezeExcitation")),
  not(depthwise),
  not(has("attention")),
);
/** Widths of the stages. */
const widths =
  (...expected: number[]): Condition =>
  (evidence) =>
    evidence.stages.map(({ width }) => width).join() === expected.join();

const plain: Condition = all(
  not(motif("residual")),
  not(has("concat")),
  not(depthwise),
  not(has("attention")),
  not(motif("recurrent")),
  classifier,
);
const kernelsOnly =
  (...sizes: string[]): Condition =>
  ({ facts }) =>
    facts.kernelSizes.length > 0 && facts.kernelSizes.every(({ size }) => sizes.includes(size.join("x")));
const mobile: Condition = all(
  classifier,
  motif("invertedResidual", 6),
  not(grouped),
  not(has("attention")),
  firstConv(3, 2),
);

const tokens: Condition = ({ graph }) =>
  graph.nodes.some(({ op, attributes }) => op === "embedding" && Number(attributes.entries) >= 256);
const allBlocks =
  (kind: "encoder" | "decoder", norm: "pre" | "post"): Condition =>
  ({ transformers }) =>
    transformers.length >= 2 && transformers.every((block) => block.kind === kind && block.norm === norm);
const noConvolutions: Condition = not(has("conv"));
/** The one convolution cuts the picture into patches. */
const patches: Condition = ({ graph }) => {
  const convs = graph.nodes.filter(({ op }) => op === "conv");
  const kernel = String(convs[0]?.attributes.kernelSize);
  const edge = Array.isArray(convs[0]?.attributes.kernelSize)
    ? Number(convs[0]?.attributes.kernelSize[0])
    : 0;
  return convs.length === 1 && kernel === String(convs[0]?.attributes.strides) && edge >= 4;
};
const onlySelf: Condition = ({ attentions }) =>
  attentions.length > 0 && attentions.every(({ kind }) => kind === "self");
const oneStage: Condition = (evidence) => evidence.stages.length === 1;
const layers =
  (op: string, exactly: number): Condition =>
  ({ facts }) =>
    facts.ops[op] === exactly;

const signatures: readonly Signature[] = [
  {
    name: "ResNet",
    confidence: 0.98,
    needs: [
      residualNet,
      not(grouped),
      not(all(blocks("bottleneck"), bottleneckRatio(0.5))),
      firstConv(7, 2),
      has("maxPool"),
    ],
  },
  {
    name: "ResNeXt",
    confidence: 0.95,
    needs: [residualNet, grouped, blocks("bottleneck"), firstConv(7, 2), has("maxPool")],
  },
  {
    name: "Wide ResNet",
    confidence: 0.95,
    needs: [residualNet, not(grouped), blocks("bottleneck"), bottleneckRatio(0.5), firstConv(7, 2)],
  },
  {
    name: "VGG",
    confidence: 0.97,
    needs: [
      plain,
      kernelsOnly("3x3"),
      stageCount(5),
      has("maxPool", 5),
      layers("linear", 3),
      widths(64, 128, 256, 512, 512),
    ],
  },
  {
    name: "AlexNet",
    confidence: 0.97,
    needs: [plain, firstConv(11, 4), layers("conv", 5), layers("linear", 3)],
  },
  {
    name: "SqueezeNet",
    confidence: 0.98,
    needs: [motif("fire", 6), blocks("fire"), not(motif("residual")), has("maxPool", 2)],
  },
  {
    name: "DenseNet",
    confidence: 0.98,
    needs: [
      (evidence) => evidence.dense.length >= 3,
      classifier,
      not(depthwise),
      activations("relu"),
      not(motif("residual")),
    ],
  },
  {
    name: "GoogLeNet",
    confidence: 0.95,
    needs: [classifier, blocks("inception"), stages([2, 5, 2]), firstConv(7, 2), not(motif("residual"))],
  },
  {
    name: "MobileNetV1",
    confidence: 0.95,
    needs: [classifier, blocks("depthwiseSeparable"), stages([1, 2, 2, 6, 2]), not(motif("residual"))],
  },
  {
    name: "MobileNetV2",
    confidence: 0.95,
    needs: [
      mobile,
      blocks("invertedResidual"),
      stages([1, 2, 3, 4, 3, 3, 1]),
      activations("relu6"),
      not(motif("squeezeExcitation")),
    ],
  },
  {
    name: "MnasNet",
    confidence: 0.9,
    needs: [mobile, stages([1, 3, 3, 3, 2, 4, 1]), activations("relu"), not(motif("squeezeExcitation"))],
  },
  {
    name: "MobileNetV3",
    confidence: 0.95,
    needs: [
      mobile,
      blocks("invertedResidual"),
      has("hardSwish", 4),
      motif("squeezeExcitation", 2),
      stages([1, 2, 3, 4, 2, 3], [1, 2, 3, 2, 3]),
    ],
  },
  {
    name: "EfficientNet",
    confidence: 0.95,
    needs: [
      mobile,
      blocks("invertedResidual"),
      activations("silu"),
      motif("squeezeExcitation", 10),
      stageCount(7),
    ],
  },
  {
    name: "EfficientNetV2",
    confidence: 0.95,
    needs: [mobile, motif("fusedInvertedResidual", 4), activations("silu"), motif("squeezeExcitation", 6)],
  },
  {
    name: "U-Net",
    confidence: 0.9,
    needs: [
      motif("skipConnection", 3),
      not(motif("dense")),
      not(has("attention")),
      not(tokens),
      (e) => e.facts.outputs.length === 1,
    ],
  },
  {
    name: "BERT-like",
    confidence: 0.9,
    needs: [
      tokens,
      allBlocks("encoder", "post"),
      onlySelf,
      noConvolutions,
      oneStage,
      has("gelu", 2),
      has("layerNorm"),
    ],
  },
  {
    name: "GPT-like",
    confidence: 0.9,
    needs: [
      tokens,
      allBlocks("decoder", "pre"),
      onlySelf,
      noConvolutions,
      oneStage,
      has("gelu", 2),
      has("layerNorm"),
    ],
  },
  {
    name: "Llama-like",
    confidence: 0.9,
    needs: [
      tokens,
      allBlocks("decoder", "pre"),
      onlySelf,
      noConvolutions,
      oneStage,
      has("silu", 2),
      has("rmsNorm", 4),
      not(has("layerNorm")),
    ],
  },
  {
    name: "ViT",
    confidence: 0.95,
    needs: [
      patches,
      allBlocks("encoder", "pre"),
      onlySelf,
      oneStage,
      not(tokens),
      has("gelu", 2),
      has("concat"),
    ],
  },
  {
    name: "CRNN",
    confidence: 0.9,
    needs: [has("conv", 3), motif("recurrent"), not(has("attention")), not(tokens), not(has("upsample"))],
  },
  {
    name: "MLP",
    confidence: 0.95,
    needs: [
      has("linear", 2),
      noConvolutions,
      not(has("attention")),
      not(tokens),
      not(motif("recurrent")),
      not(has("matmul")),
      not(has("concat")),
    ],
  },
];

/** The family whose signature holds; null when none does, or two do equally. */
export function familyOf(evidence: Evidence): Family | null {
  const matches = signatures
    .filter(({ needs }) => needs.every((condition) => condition(evidence)))
    .map(({ name, confidence }) => ({ name, confidence }))
    .sort((a, b) => b.confidence - a.confidence);
  const [best, ...alternatives] = matches;
  if (!best || alternatives[0]?.confidence === best.confidence) return null;
  return { ...best, alternatives };
}
