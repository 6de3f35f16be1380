// Kinds, vague words, families and what can be asked by name, as practitioners say them. `!` marks the test wordings.
import type { Adjective, FamilyName, Topic, Type } from "../../../archbert/graph";

export interface NameWords {
  /** After "it is": "a transformer", "convolutional", "tiny". */
  is: string;
  /** The head of a noun phrase: "vision transformer". */
  noun?: string;
  /** Before a noun: "tiny". */
  before?: string;
  /** Own sentences: "subject > verb rest". */
  full?: string;
}

export const typeWords: Readonly<Record<Type, NameWords>> = {
  convolutional: {
    is: "convolutional; a convolutional network; a CNN; a convnet; a ConvNet; a convolutional neural network; a conv net; purely convolutional; a convolutional model; a cnn; an all-convolutional design; !a convolutional architecture; !a network of convolutions",
    noun: "CNN; convnet; convolutional network; ConvNet; conv net; convolutional neural network; convolutional model; cnn; !convolutional architecture; !convolutional neural net",
    before: "convolutional; conv; CNN; !convolution-based",
    full: "> works by convolution; most of its work > is convolution; convolutions > do most of the work; > belongs to the convolutional networks; !> gets its work done by convolutions",
  },
  transformer: {
    is: "a transformer; transformer-based; a vision transformer; an attention-based network; a Transformer; a transformer network; a transformer model; based on self-attention; a pure transformer; !a transformer architecture; !a self-attention network",
    noun: "transformer; vision transformer; transformer network; transformer model; Transformer; transformer encoder; !transformer architecture; !self-attention network",
    before: "transformer; transformer-based; transformer-style; attention-first; !transformerlike",
    full: "> works by self-attention; transformer blocks > do most of the work; > belongs to the transformers; most of its work > is done by transformer layers; !> gets its work done by attention",
  },
  mlp: {
    is: "an MLP; a multilayer perceptron; a multi-layer perceptron; a feed-forward network; a fully connected network; a plain MLP; a feedforward net; a dense network; a fully-connected net; an mlp; !a stack of dense layers; !a perceptron with hidden layers",
    noun: "MLP; multilayer perceptron; multi-layer perceptron; feed-forward network; fully connected network; feedforward network; dense network; mlp; fully-connected net; !fully connected neural net; !feed forward net",
    before: "fully connected; feed-forward; MLP; MLP-style; !perceptron-style",
    full: "> is made of fully connected layers only; linear layers > do most of the work; > belongs to the multilayer perceptrons; > consists of linear layers; !> gets its work done by linear layers",
  },
  recurrent: {
    is: "recurrent; an RNN; a recurrent network; a recurrent neural network; LSTM-based; an LSTM network; a recurrent model; !a recurrent architecture; !RNN-based",
    noun: "RNN; recurrent network; recurrent neural network; LSTM network; recurrent model; !recurrent architecture; !recurrent net",
    before: "recurrent; RNN; LSTM-based; !RNN-style",
    full: "> works recurrently; recurrent layers > do most of the work; !> gets its work done by recurrence",
  },
  hybrid: {
    is: "a hybrid; a hybrid of convolutions and attention; a hybrid network; a conv-transformer hybrid; a mix of convolutions and transformer blocks; a CNN-transformer hybrid; a hybrid model; !a hybrid architecture; !a blend of convolution and attention",
    noun: "hybrid; hybrid network; CNN-transformer hybrid; conv-transformer hybrid; hybrid model; convolution-attention hybrid; !hybrid architecture; !hybrid of CNN and transformer",
    before: "hybrid; hybrid conv-attention; CNN-transformer; !conv-plus-attention",
    full: "> mixes convolutions and attention; > combines convolution with self-attention; > joins convolutions and transformer blocks; convolutions and attention > share the work; !> marries convolution and attention",
  },
};

export const adjectiveWords: Readonly<Record<Adjective, NameWords>> = {
  tiny: {
    is: "tiny; very small; really tiny; minuscule; extremely small; ultra-small; super small; micro-sized; !ultra-light; !teeny",
    before:
      "tiny; very small; minuscule; extremely small; ultra-small; really small; super tiny; !ultra-light; !teeny",
  },
  small: {
    is: "small; compact; lightweight; light; modest in size; on the small side; rather small; light-weight; parameter-light; !little; !slim in parameters",
    before:
      "small; compact; lightweight; light; light-weight; smallish; small-sized; little; !small-scale; !slimmed-down",
  },
  large: {
    is: "large; big; heavy; a large model; a big network; rather large; sizeable; heavyweight; on the large side; !bulky; !hefty",
    before: "large; big; heavy; sizeable; heavyweight; large-scale; !bulky; !hefty",
  },
  deep: {
    is: "deep; very deep; quite deep; rather deep; a deep network; a deep model; !really deep; !of great depth",
    before: "deep; very deep; quite deep; rather deep; !really deep; !many-layered",
  },
  shallow: {
    is: "shallow; not very deep at all; quite shallow; rather shallow; a shallow network; only a few layers deep; !really shallow; !of little depth",
    before: "shallow; quite shallow; rather shallow; few-layered; !really shallow; !flat",
  },
  wide: {
    is: "wide; very wide; quite wide; rather wide; a wide network; broad; !really wide; !wide in channels",
    before: "wide; very wide; quite wide; broad; rather wide; !really wide; !many-channel",
  },
  narrow: {
    is: "narrow; thin; quite narrow; rather narrow; a narrow network; slim; slender; !really narrow; !narrow in channels",
    before: "narrow; thin; slim; quite narrow; rather narrow; skinny; !really narrow; !few-channel",
  },
  cheap: {
    is: "cheap; cheap to run; inexpensive to run; computationally cheap; light on compute; low-cost; low in compute; cheap to compute; !inexpensive; !easy on compute",
    before:
      "cheap; low-cost; computationally cheap; inexpensive; low-compute; cheap-to-run; !low-MAC; !compute-light",
  },
};

export const familyWords: Readonly<Record<FamilyName, string>> = {
  ResNet: "ResNet; Resnet; resnet; standard ResNet; !residual net of the ResNet family",
  ResNeXt: "ResNeXt; resnext; ResNext; !grouped ResNet variant called ResNeXt",
  "Wide ResNet": "Wide ResNet; wide resnet; WideResNet; WRN; !wide-resnet",
  VGG: "VGG; VGG network; vgg; VGGNet; !vgg net",
  AlexNet: "AlexNet; alexnet; Alexnet; !Alex net",
  SqueezeNet: "SqueezeNet; squeezenet; Squeezenet; !squeeze net",
  DenseNet: "DenseNet; densenet; Densenet; !dense net",
  GoogLeNet: "GoogLeNet; googlenet; GoogleNet; Inception v1; !inception-v1",
  MobileNetV1: "MobileNetV1; mobilenet v1; MobileNet V1; MobileNet v1; !mobilenetv1",
  MobileNetV2: "MobileNetV2; mobilenet v2; MobileNet V2; MobileNet v2; !mobilenetv2",
  MnasNet: "MnasNet; mnasnet; MNASNet; !mnas net",
  MobileNetV3: "MobileNetV3; mobilenet v3; MobileNet V3; MobileNet v3; !mobilenetv3",
  EfficientNet: "EfficientNet; efficientnet; Efficientnet; !efficient-net",
  EfficientNetV2: "EfficientNetV2; efficientnet v2; EfficientNet V2; !efficientnetv2",
  "U-Net": "U-Net; unet; UNet; u-net; !Unet",
  "BERT-like": "BERT-like model; BERT; BERT-style encoder; bert-like network; !bert-style model",
  "GPT-like": "GPT-like model; GPT; GPT-style decoder; gpt-like network; !gpt-style model",
  "Llama-like": "Llama-like model; Llama; LLaMA-style decoder; llama-like network; !llama-style model",
  ViT: "ViT; vit; ViT model; !Vit",
  ConvNeXt: "ConvNeXt; convnext; ConvNext; !conv-next",
  Swin: "Swin; Swin transformer; swin; Swin Transformer; !swin-transformer",
  CRNN: "CRNN; crnn; convolutional recurrent network; !conv-recurrent CRNN",
  MLP: "standard MLP by family; member of the MLP family; !network from the MLP family",
};

/** "a {family}" in its ways. */
export const familyIs =
  "{a F}; {a F}; of the {F} family; from the {F} family; a kind of {F}; a member of the {F} family; a variant of {F}; an instance of {F}; !one of the {F} family; !a network of the {F} kind; !{a F} variant";

/** Questions by topic. */
export const topicWords: Readonly<Record<Topic, string>> = {
  kernelSizes:
    "which kernel sizes does it use; what kernel sizes are used; which kernel sizes occur; what are the kernel sizes; what's the kernel size; which filter sizes does {it} use; what sizes do its kernels have; list the kernel sizes; kernel sizes; what kernels does {it} use; which kernel size does {it} use; what size are the convolution kernels; what size are its filters; tell me the kernel sizes; name the kernel sizes of its convolutions; how large are the kernels; !with which kernel sizes does {it} convolve; !what are the dimensions of its filters; !show me the filter sizes; !kernel dimensions",
  activation:
    "which activation does {it} use; what activation function does {it} use; which nonlinearity does {it} use; what is the activation; which activation function is used; what's the activation; activation; activation function; name the activation; what activation is used; what kind of activation is used; tell me the activation function; which activations occur; what is its nonlinearity; what's the main activation; what type of activations does {it} have; !what nonlinearity follows its layers; !which nonlinear function is applied; !say which activation it has; !the activation used",
  normalization:
    "which normalization does {it} use; what kind of normalization is used; what normalization does {it} use; which norm does {it} use; what type of normalization layers does {it} have; normalization; which norm layers are used; how is {it} normalized; what norm is used; name the normalization; what's the norm; tell me the kind of normalization; how are the activations normalized; which normalisation is used; type of norm; !by what are features normalized; !which sort of norm occurs; !say which norm it has; !the normalization used",
  pooling:
    "which pooling does {it} use; what kind of pooling is used; what pooling does {it} use; how does {it} pool; pooling; which pooling layers are used; name the pooling; what type of pooling does {it} have; which kind of pooling does {it} have; how are features pooled; what pooling layers are there; tell me which pooling is used; kind of pooling; !by which pooling are features reduced; !which sort of pooling occurs; !say how it pools; !the pooling used",
  block:
    "which block does {it} use; what kind of block is {it} built from; what blocks is {it} made of; which blocks does {it} use; what type of blocks does {it} have; what is the building block; block type; what kind of blocks are stacked; what are its building blocks; name the kind of block; which type of block is repeated; tell me the block type; what is its basic building block; kind of block; what are the stages made of; which building block is repeated; !of which units is {it} composed; !what sort of block recurs; !say what blocks it has; !the block used",
  family:
    "which family does {it} belong to; what family is {it}; which family is {it} from; what architecture family is this; family; which known architecture is {it}; name the family; what architecture is this; is this a known architecture and which one; what well-known network is this; what family of networks does {it} belong to; tell me its family; which model family is {it}; what is the name of the architecture; !among which family would you count {it}; !what famous design is this; !say the family; !the family of the network",
  type: "what type of network is {it}; what kind of network is {it}; what kind of model is this; is {it} a CNN or a transformer; type of network; what sort of network is {it}; is {it} convolutional or a transformer; which type of network is this; what type of model is {it}; network type; tell me the type of the network; CNN, MLP or transformer; what kind of architecture is it; is it a convnet, an MLP or a transformer; !by what does {it} do its work, convolution or attention; !which class of networks is this; !say what type it is; !the general type",
  input:
    "what input does {it} take; what is the input size; what is the input shape; what input size does {it} expect; input size; which input does {it} take; what shape is the input; how large is the input; input shape; input resolution; what resolution does {it} expect; what are the dimensions of the input; what does {it} take as input; what size of images does {it} take; what size must the images have; how big are the input images; tell me the input shape; what goes in; image size; !of what size are its inputs; !what must be fed into {it}; !say the input shape; !the expected input",
  stageBlocks:
    "how many blocks does each stage have; how are the blocks distributed over the stages; how many blocks are in each stage; blocks per stage; what are the numbers of blocks per stage; how deep is each stage; list the number of blocks of every stage; what is the block layout of the stages; how many blocks per stage; tell me the blocks per stage; what are the stage depths; how often does each stage repeat its block; stage depths; !what are the repeats, stage by stage; !block counts by stage; !say how many blocks every stage holds",
  stageWidths:
    "how wide is each stage; what are the widths of the stages; how many channels does each stage have; stage widths; list the widths of the stages; what are the channel counts of the stages; channels per stage; how many channels are in each stage; what widths do the stages have; tell me the width of every stage; how do the widths grow; which widths do the stages have; width per stage; how do channels grow from stage to stage; !what are the channels, stage by stage; !width by stage; !say how wide every stage is",
};
