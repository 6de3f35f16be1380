// What can be claimed about a network, and asked of it, in canonical words: the language between English and the facts.

/** Parts a network may have; each can be counted, and its nodes named. */
export const things = [
  // layers
  "conv",
  "depthwiseConv",
  "pointwiseConv",
  "groupedConv",
  "dilatedConv",
  "stridedConv",
  "transposedConv",
  "linear",
  "attention",
  "recurrent",
  "embedding",
  "normalization",
  "batchNorm",
  "layerNorm",
  "groupNorm",
  "rmsNorm",
  "activation",
  "relu",
  "relu6",
  "leakyRelu",
  "elu",
  "gelu",
  "silu",
  "hardSwish",
  "tanh",
  "sigmoid",
  "softmax",
  "pool",
  "maxPool",
  "averagePool",
  "globalPool",
  "dropout",
  "concat",
  "upsample",
  // what layers form
  "residual",
  "basicBlock",
  "bottleneck",
  "invertedResidual",
  "squeezeExcitation",
  "depthwiseSeparable",
  "transformerBlock",
  "denseBlock",
  "inception",
  "fire",
  "skipConnection",
  "channelShuffle",
  "patchEmbedding",
] as const;
export type Thing = (typeof things)[number];

/** Numbers a network has. The last two are of one stage: the first is 1, and 0 means the last. */
export const quantities = [
  "parameters",
  "multiplyAdds",
  "bytes",
  "depth",
  "ops",
  "stages",
  "blocks",
  "widest",
  "largestKernel",
  "smallestKernel",
  "stemKernel",
  "stemStride",
  "stemWidth",
  "heads",
  "downsampling",
  "classes",
  "inputHeight",
  "inputWidth",
  "inputChannels",
  "inputFeatures",
  "stageWidth",
  "stageBlocks",
] as const;
export type Quantity = (typeof quantities)[number];

/** What kind of network it is, by what does most of its work. */
export const types = ["convolutional", "transformer", "mlp", "recurrent", "hybrid"] as const;
export type Type = (typeof types)[number];

/** Vague words, each with a stated meaning (`adjectiveMeanings`). */
export const adjectives = ["tiny", "small", "large", "deep", "shallow", "wide", "narrow", "cheap"] as const;
export type Adjective = (typeof adjectives)[number];

/** Families as `facts` names them. */
export const families = [
  "ResNet",
  "ResNeXt",
  "Wide ResNet",
  "VGG",
  "AlexNet",
  "SqueezeNet",
  "DenseNet",
  "GoogLeNet",
  "MobileNetV1",
  "MobileNetV2",
  "MnasNet",
  "MobileNetV3",
  "EfficientNet",
  "EfficientNetV2",
  "U-Net",
  "BERT-like",
  "GPT-like",
  "Llama-like",
  "ViT",
  "ConvNeXt",
  "Swin",
  "CRNN",
  "MLP",
] as const;
export type FamilyName = (typeof families)[number];

/** "~" is "about": within a tenth. */
export const relations = ["<", "<=", "=", ">=", ">", "~"] as const;
export type Relation = (typeof relations)[number];

/** A number as it was written: 25.6 million means 25,600,000 give or take 50,000. */
export interface Amount {
  value: number;
  /** Half a unit of the last digit written; 0 for numbers written in full. */
  tolerance: number;
}

/** One claim; a statement is a list of them, all of which must hold. */
export type Claim =
  | { kind: "has"; not: boolean; thing: Thing }
  | { kind: "count"; thing: Thing; relation: Relation; amount: Amount }
  | { kind: "number"; quantity: Quantity; stage: number | null; relation: Relation; amount: Amount }
  /** The first is there more often than the second. */
  | { kind: "more"; thing: Thing; than: Thing }
  /** Some convolution has a kernel of this size ("only": every one). */
  | { kind: "kernel"; not: boolean; only: boolean; size: readonly number[] }
  /** The input is of this size: height, width and perhaps channels; or features. */
  | { kind: "input"; not: boolean; size: readonly number[] }
  /** The stages repeat their blocks so often: [3, 4, 6, 3]. */
  | { kind: "stages"; not: boolean; blocks: readonly number[] }
  | { kind: "is"; not: boolean; word: Type | Adjective | FamilyName };

/** What is asked: the answer is a number, yes or no, a name or a list. */
export type Query =
  | { kind: "askNumber"; quantity: Quantity; stage: number | null }
  | { kind: "askCount"; thing: Thing }
  /** Yes or no: do all of these hold? */
  | { kind: "askWhether"; claims: readonly Claim[] }
  | { kind: "askWhat"; topic: Topic };

/** What a question may ask for by name; several answers are joined with ", ", the commonest first. */
export const topics = [
  "kernelSizes",
  "activation",
  "normalization",
  "pooling",
  "block",
  "family",
  "type",
  "input",
  "stageBlocks",
  "stageWidths",
] as const;
export type Topic = (typeof topics)[number];

/** What a text means; null where the language of claims cannot say it. */
export type Meaning =
  | { kind: "statement"; claims: readonly Claim[] }
  | { kind: "question"; query: Query }
  | null;
