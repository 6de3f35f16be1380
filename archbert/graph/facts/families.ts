// Families by signature: what a network must have, and must not have, to be called one. To add a family: one entry.
import {
  activations,
  all,
  allBlocks,
  blocks,
  bottleneckRatio,
  type Condition,
  classifier,
  depthwise,
  depthwiseKernel,
  doubling,
  type Evidence,
  firstConv,
  grouped,
  has,
  kernelsOnly,
  layers,
  mobile,
  motif,
  noConvolutions,
  not,
  oneStage,
  onlyOps,
  onlySelf,
  patches,
  plain,
  planar,
  residualNet,
  sameResolution,
  stageCount,
  stages,
  tokens,
  widths,
} from "./conditions";
import type { Family } from "./index";

interface Signature {
  name: string;
  /** All must hold. */
  needs: readonly Condition[];
  /** How sure one may be when they do; 1 where nothing else is built so. */
  confidence: number;
}

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
      sameResolution,
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
    name: "ConvNeXt",
    confidence: 0.95,
    needs: [
      classifier,
      stageCount(4),
      doubling,
      depthwiseKernel(7),
      activations("gelu"),
      has("layerNorm", 4),
      firstConv(4, 4),
      not(has("attention")),
    ],
  },
  {
    name: "Swin",
    confidence: 0.9,
    needs: [
      patches,
      allBlocks("encoder", "pre"),
      onlySelf,
      doubling,
      stages([2, 2, 6, 2], [2, 2, 18, 2]),
      not(tokens),
      has("gelu", 2),
    ],
  },
  {
    name: "CRNN",
    confidence: 0.9,
    needs: [
      has("conv", 3),
      planar,
      motif("recurrent"),
      not(motif("residual")),
      not(has("attention")),
      not(tokens),
      not(has("upsample")),
    ],
  },
  {
    name: "MLP",
    confidence: 0.95,
    needs: [
      has("linear", 2),
      not(tokens),
      onlyOps("linear", "flatten", "reshape", "squeeze", "unsqueeze", "dropout", "cast", "identity"),
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
