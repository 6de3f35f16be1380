// What practitioners call the parts of networks. Entries stand between semicolons; those that begin with "!" are kept for
// the test wordings, and no training text holds them.
import type { Thing } from "../../../archbert/graph";

export interface ThingWords {
  /** Can be counted; in the singular. */
  count: string;
  /** Cannot: "batch normalization". */
  mass?: string;
  /** Stands before "network". */
  before?: string;
  /** Stands before "network", and says that there is none. */
  beforeNot?: string;
}

export const thingWords: Readonly<Record<Thing, ThingWords>> = {
  conv: {
    count:
      "convolution; convolutional layer; conv layer; conv; convolution layer; 2d convolution; conv2d layer; !convolutional filter layer; !conv op",
    mass: "convolution; convolutional layers of any kind; !any sort of convolution",
    beforeNot: "convolution-free; conv-free; non-convolutional; !convless",
  },
  depthwiseConv: {
    count:
      "depthwise convolution; depthwise conv; depthwise conv layer; depth-wise convolution; dw conv; depthwise layer; per-channel convolution; !depthwise conv op; !channelwise convolution",
    mass: "depthwise convolution; !depthwise filtering",
    before: "depthwise; depth-wise; depthwise-conv",
  },
  pointwiseConv: {
    count:
      "pointwise convolution; 1x1 convolution; 1x1 conv; pointwise conv; one-by-one convolution; 1 x 1 convolution; 1×1 conv; !1x1 conv layer; !pointwise layer",
    mass: "pointwise convolution; !pointwise mixing",
  },
  groupedConv: {
    count:
      "grouped convolution; group convolution; grouped conv; group conv; convolution with groups; grouped conv layer; !convolution split into groups; !group conv layer",
    mass: "grouped convolution; !channel grouping",
    before: "grouped-convolution; group-conv",
  },
  dilatedConv: {
    count:
      "dilated convolution; atrous convolution; dilated conv; atrous conv; à trous convolution; !convolution with dilation; !dilated conv layer",
    mass: "dilation; atrous convolution; !dilated filtering",
    before: "dilated; atrous",
  },
  stridedConv: {
    count:
      "strided convolution; strided conv; stride-2 convolution; convolution with stride; downsampling convolution; strided conv layer; !convolution with a stride above one; !striding conv",
    mass: "striding; strided convolution",
  },
  transposedConv: {
    count:
      "transposed convolution; deconvolution; transpose convolution; deconv layer; conv transpose; fractionally strided convolution; up-convolution; !deconv; !transposed conv",
    mass: "deconvolution; transposed convolution",
    before: "deconvolutional",
  },
  linear: {
    count:
      "linear layer; fully connected layer; dense layer; fc layer; fully-connected layer; linear; dense; FC; affine layer; matrix layer; !densely connected linear layer; !linear projection",
    before: "fully-connected; fully connected",
  },
  attention: {
    count:
      "attention layer; self-attention layer; attention; multi-head attention layer; attention module; MHSA layer; self attention; attention op; !attention operation; !MHA layer",
    mass: "attention; self-attention; multi-head attention; multi-head self-attention; MHSA; an attention mechanism; !self attending layers; !multi-headed attention",
    before: "attention-based; attentional; self-attention; self-attentive; !attention-driven",
    beforeNot: "attention-free; !attentionless",
  },
  recurrent: {
    count:
      "recurrent layer; LSTM layer; RNN layer; recurrent cell; LSTM; GRU; recurrent unit; !LSTM or GRU layer; !recurrent block",
    mass: "recurrence; any recurrence; recurrent processing; !recurrent state",
    beforeNot: "recurrence-free; non-recurrent",
  },
  embedding: {
    count:
      "embedding layer; embedding table; lookup table; word embedding; token embedding; embedding lookup; !embedding matrix; !embedding",
    mass: "token embedding; an embedding table; !embedding lookup",
  },
  normalization: {
    count:
      "normalization layer; norm layer; norm; normalisation layer; normalizing layer; !normalizer; !normalization op",
    mass: "normalization; normalisation; any kind of normalization; norm layers of any kind; !any norms at all",
    before: "normalized",
    beforeNot: "norm-free; normalization-free; normalizer-free; unnormalized; !normless",
  },
  batchNorm: {
    count:
      "batch norm; batch normalization; batchnorm layer; batch norm layer; BN layer; batch normalization layer; BatchNorm; !BN; !batch-norm op",
    mass: "batch normalization; batch norm; batchnorm; BN; BatchNorm2d; batch normalisation; batch-norm; !normalization over the batch; !batch norms",
    before: "batch-normalized; batchnorm; !batch-normed",
    beforeNot: "batchnorm-free; BN-free; !batch-norm-free",
  },
  layerNorm: {
    count:
      "layer norm; layer normalization; layernorm; LN layer; layer norm layer; LayerNorm; layer normalization layer; !LN; !layer-norm op",
    mass: "layer normalization; layer norm; layernorm; LN; LayerNorm; layer normalisation; !layer norms; !layer-norm",
    before: "layer-normalized; layernorm",
  },
  groupNorm: {
    count:
      "group norm; group normalization; groupnorm layer; GN layer; GroupNorm; group norm layer; !GN; !group normalization layer",
    mass: "group normalization; group norm; groupnorm; GN; GroupNorm; group normalisation; !group norms; !group-norm",
    before: "group-normalized; groupnorm",
  },
  rmsNorm: {
    count:
      "RMS norm; RMSNorm layer; RMS normalization; rms norm layer; RMSNorm; !root-mean-square norm; !rmsnorm",
    mass: "RMSNorm; RMS norm; RMS normalization; root mean square normalization; !rms-norm",
  },
  activation: {
    count:
      "activation; nonlinearity; activation function; activation layer; non-linearity; !nonlinear activation; !activation op",
    mass: "activation functions; nonlinearities; nonlinearity; !any nonlinear activation",
    before: "nonlinear",
  },
  relu: {
    count:
      "ReLU; relu; rectified linear unit; ReLU activation; relu layer; relu activation; ReLU nonlinearity; !ReLU op; !rectifier",
    mass: "ReLU; relu; ReLU activations; rectified linear units; relu activation; plain ReLU; the ReLU nonlinearity; !rectifiers; !ReLU nonlinearities",
    before: "ReLU; relu-activated",
  },
  relu6: {
    count: "ReLU6; relu6; relu6 activation; clipped ReLU; ReLU-6; ReLU6 layer; !relu 6; !ReLU6 op",
    mass: "ReLU6; relu6; ReLU6 activations; ReLU capped at six; relu6 activation; ReLU-6; !clipped ReLU activations; !relu6 nonlinearities",
    before: "ReLU6",
  },
  leakyRelu: {
    count:
      "leaky ReLU; LeakyReLU; leaky relu; leaky ReLU activation; LReLU; leaky rectifier; !leakyrelu layer; !leaky relu op",
    mass: "leaky ReLU; LeakyReLU; leaky relu; leaky ReLU activations; LReLU; !leaky rectifiers; !leaky ReLUs",
    before: "leaky-ReLU",
  },
  elu: {
    count: "ELU; elu; ELU activation; exponential linear unit; ELU layer; !elu op; !ELU nonlinearity",
    mass: "ELU; elu; ELU activations; exponential linear units; elu activation; !ELU nonlinearities; !ELUs",
    before: "ELU",
  },
  gelu: {
    count:
      "GELU; gelu; GELU activation; Gaussian error linear unit; GELU layer; GeLU; !gelu op; !GELU nonlinearity",
    mass: "GELU; gelu; GELU activations; GeLU; Gaussian error linear units; gelu activation; the GELU nonlinearity; !GELU nonlinearities; !GELUs",
    before: "GELU",
  },
  silu: {
    count:
      "SiLU; Swish; swish activation; SiLU activation; silu; swish; SiLU layer; !swish op; !sigmoid linear unit",
    mass: "SiLU; Swish; swish; SiLU activations; swish activations; silu; the swish nonlinearity; sigmoid linear units; !swish nonlinearities; !SiLUs",
    before: "Swish; SiLU",
  },
  hardSwish: {
    count:
      "hard swish; h-swish; HardSwish; hard swish activation; hardswish; hswish; !h-swish op; !hard-swish layer",
    mass: "hard swish; h-swish; HardSwish; hardswish; hard-swish activations; h-swish activations; hswish; !hard-swish nonlinearities; !hard swish activation functions",
    before: "h-swish; hard-swish",
  },
  tanh: {
    count: "tanh; tanh activation; hyperbolic tangent; tanh layer; Tanh; !tanh op; !tanh nonlinearity",
    mass: "tanh; tanh activations; hyperbolic tangent; the tanh nonlinearity; hyperbolic tangent activations; Tanh; !tanh nonlinearities; !tanh units",
    before: "tanh",
  },
  sigmoid: {
    count:
      "sigmoid; sigmoid activation; logistic activation; sigmoid layer; sigmoid gate; !sigmoid op; !logistic unit",
    mass: "sigmoid; sigmoid activations; the logistic function; sigmoids; !sigmoid nonlinearities; !sigmoid units",
    before: "sigmoid",
  },
  softmax: {
    count: "softmax; softmax layer; softmax activation; softmax op; !softmax function; !soft-max",
    mass: "softmax; a softmax; a softmax layer; an explicit softmax; !a soft-max",
  },
  pool: {
    count:
      "pooling layer; pooling operation; pool layer; pooling op; pooling; pooling step; !pool op; !pooling stage",
    mass: "pooling; pooling of any kind; any pooling; !any kind of pool",
    beforeNot: "pooling-free; !poolless",
  },
  maxPool: {
    count:
      "max pooling layer; max pool; max-pooling layer; maxpool; max pooling; maxpool layer; MaxPool2d; !max-pool op; !maximum pooling layer",
    mass: "max pooling; max-pooling; maxpool; max pool layers; maxpooling; !maximum pooling; !max pools",
    before: "max-pooling",
  },
  averagePool: {
    count:
      "average pooling layer; average pool; avgpool; avg pool; mean pooling layer; average-pooling layer; AvgPool2d; !avg-pool op; !mean pool",
    mass: "average pooling; average-pooling; avgpool; avg pooling; windowed average pooling; !average pools; !avg-pooling",
    before: "average-pooling",
  },
  globalPool: {
    count:
      "global pooling layer; global average pooling layer; global average pool; GAP layer; global pool; global avg pool; !global pooling op; !GAP",
    mass: "global average pooling; global pooling; GAP; a global average pool; a GAP layer; !global avg-pooling; !global mean pooling",
    before: "globally pooled",
  },
  dropout: {
    count:
      "dropout layer; dropout; Dropout layer; drop-out layer; dropout op; !dropout module; !dropout operation",
    mass: "dropout; drop-out; dropout layers; dropout regularization; any dropout; Dropout; !dropout regularisation; !dropout modules",
    before: "dropout-regularized",
    beforeNot: "dropout-free; dropoutless; !non-dropout",
  },
  concat: {
    count:
      "concatenation; concat; concat layer; concatenation layer; feature concatenation; concat op; !channel concatenation; !concatenating layer",
    mass: "concatenation; feature concatenation; concatenated features; !channel concatenation",
  },
  upsample: {
    count:
      "upsampling layer; upsample layer; upsampling; upsample op; upsampling step; resize layer; !upsampler; !up-sampling layer",
    mass: "upsampling; up-sampling; interpolation; !upsampled features",
    before: "upsampling",
  },
  residual: {
    count:
      "residual connection; skip connection; shortcut; residual block; shortcut connection; identity shortcut; skip; residual; residual add; residual unit; identity connection; skip-connection; !residual link; !shortcut path; !skip link",
    mass: "residual learning; skip connections; shortcuts; residual connections; !residual shortcuts; !skip paths",
    before:
      "residual; skip-connected; residual-style; ResNet-style; resnet-like; !residually connected; !shortcut-connected",
    beforeNot: "plain non-residual; non-residual; skip-free; !shortcut-free",
  },
  basicBlock: {
    count:
      "basic block; basic residual block; ResNet basic block; two-conv residual block; BasicBlock; basic resnet block; !ResNet-18 style block; !basic-type residual block",
    before: "basic-block; !basicblock",
  },
  bottleneck: {
    count:
      "bottleneck block; bottleneck; bottleneck residual block; ResNet bottleneck; bottleneck unit; resnet bottleneck block; bottleneck layer; !ResNet-50 style block; !bottleneck module",
    before: "bottleneck; bottlenecked; !bottleneck-block",
  },
  invertedResidual: {
    count:
      "inverted residual; inverted residual block; inverted bottleneck; MBConv block; MBConv; MobileNet-style block; mobile inverted bottleneck; MobileNetV2 block; inverted bottleneck block; !mobilenet block; !MBConv unit; !inverted residual unit",
    before: "inverted-residual; MobileNet-style; MBConv; inverted-bottleneck; mobilenet-like; !mobilenetish",
  },
  squeezeExcitation: {
    count:
      "squeeze-and-excitation block; SE block; squeeze-excite block; squeeze-and-excite module; SE module; SE layer; channel attention; squeeze-and-excitation; squeeze excitation gate; channel attention block; SE gate; !squeeze-excite gate; !SE unit; !channel gate",
    mass: "squeeze-and-excitation; squeeze-and-excite; squeeze-excite; SE; channel attention; squeeze and excitation; squeeze & excitation; squeeze-excitation; !channel gating; !SE attention; !squeeze & excite",
    before: "squeeze-and-excitation; SE; squeeze-excite; SE-equipped; channel-attention; !SE-gated",
  },
  depthwiseSeparable: {
    count:
      "depthwise separable convolution; separable convolution; depthwise-separable block; depthwise separable conv; separable conv; depthwise separable block; separable block; MobileNetV1 block; !separable layer; !depthwise-separable unit; !Xception-style convolution",
    mass: "depthwise separable convolution; separable convolution; !depthwise separability",
    before: "depthwise-separable; separable; depthwise separable; depth-wise separable; !dw-separable",
  },
  transformerBlock: {
    count:
      "transformer block; transformer layer; transformer encoder block; encoder block; encoder layer; ViT block; transformer encoder layer; self-attention block; !transformer unit; !transformer module",
    before: "transformer-block",
  },
  denseBlock: {
    count:
      "dense block; DenseNet block; densely connected block; dense connectivity block; DenseBlock; !densenet-style block; !dense-connection block",
    mass: "dense connectivity; DenseNet-style connections; !densely connected blocks",
    before: "densely connected; DenseNet-style",
  },
  inception: {
    count:
      "inception module; inception block; Inception module; GoogLeNet module; Inception-style block; !inception unit; !inception cell",
    before: "Inception-style; inception",
  },
  fire: {
    count:
      "fire module; Fire module; SqueezeNet module; fire block; squeeze-expand module; !fire unit; !SqueezeNet block",
    before: "SqueezeNet-style",
  },
  skipConnection: {
    count:
      "U-Net skip connection; U-Net-style skip; long skip connection; encoder-decoder skip; encoder-to-decoder skip connection; concatenating skip connection; skip connection as in U-Net; !UNet skip; !U-shaped skip; !lateral skip from encoder to decoder",
    before: "U-shaped",
  },
  channelShuffle: {
    count:
      "channel shuffle; channel shuffle op; channel shuffle layer; ShuffleNet shuffle; channel shuffling; shuffle layer; !shuffle of channels; !channel-shuffle operation",
    mass: "channel shuffling; channel shuffle; !shuffled channels",
  },
  patchEmbedding: {
    count:
      "patch embedding; patchify stem; patch embedding layer; patch projection; patch embed; patchify layer; !patch embedder; !patchifier",
    mass: "patch embedding; patchifying; a patchify stem; a patch stem; image patches; !patchification",
    before: "patch-based; patchified",
  },
};
