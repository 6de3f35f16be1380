// What no member of a family is without, and what none has: where `facts` proves no family, this still refutes some.
import type { FamilyName, Thing } from "./claim";

interface Marks {
  has: readonly Thing[];
  lacks: readonly Thing[];
}

const convolutional: readonly Thing[] = ["attention", "recurrent", "embedding"];
const classic: readonly Thing[] = [...convolutional, "residual", "depthwiseConv"];
const mobile: Marks = { has: ["invertedResidual", "depthwiseConv"], lacks: ["recurrent", "embedding"] };
const language: Marks = { has: ["embedding", "transformerBlock"], lacks: ["conv", "recurrent"] };

export const familyMarks: Record<FamilyName, Marks> = {
  ResNet: { has: ["conv", "residual"], lacks: [...convolutional, "depthwiseConv", "groupedConv"] },
  ResNeXt: { has: ["groupedConv", "residual"], lacks: [...convolutional, "depthwiseConv"] },
  "Wide ResNet": { has: ["conv", "residual"], lacks: [...convolutional, "depthwiseConv", "groupedConv"] },
  VGG: { has: ["conv", "maxPool"], lacks: [...classic, "groupedConv"] },
  AlexNet: { has: ["conv", "maxPool", "linear"], lacks: classic },
  SqueezeNet: { has: ["fire"], lacks: convolutional },
  DenseNet: { has: ["denseBlock"], lacks: convolutional },
  GoogLeNet: { has: ["inception"], lacks: convolutional },
  MobileNetV1: { has: ["depthwiseSeparable"], lacks: [...convolutional, "residual"] },
  MobileNetV2: { ...mobile, lacks: [...convolutional, "squeezeExcitation"] },
  MnasNet: { ...mobile, lacks: convolutional },
  MobileNetV3: { ...mobile, lacks: convolutional },
  EfficientNet: { ...mobile, lacks: convolutional },
  EfficientNetV2: { has: ["invertedResidual"], lacks: convolutional },
  "U-Net": { has: ["conv", "skipConnection"], lacks: ["recurrent", "embedding"] },
  "BERT-like": language,
  "GPT-like": language,
  "Llama-like": { ...language, has: [...language.has, "rmsNorm"] },
  ViT: { has: ["patchEmbedding", "transformerBlock"], lacks: ["recurrent", "embedding"] },
  ConvNeXt: { has: ["depthwiseConv", "residual", "gelu"], lacks: convolutional },
  Swin: { has: ["transformerBlock", "conv"], lacks: ["recurrent", "embedding"] },
  CRNN: { has: ["conv", "recurrent"], lacks: [] },
  MLP: { has: ["linear"], lacks: ["conv", "attention", "recurrent", "embedding"] },
};

/** Families that are a kind of another: what is true of being the first is true of being the second. */
export const kinds: Readonly<Record<string, FamilyName>> = { ResNetV2: "ResNet", DeiT: "ViT" };
