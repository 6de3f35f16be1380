// What practitioners call the parts of networks. Entries stand between semicolons.
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
      "convolution; convolutional layer; conv layer; conv; convolution layer; 2d convolution; conv2d layer; Conv2d; Conv2D; nn.Conv2d; conv 2d layer; 2D conv; 2-D convolution; two-dimensional convolution; spatial convolution; conv2d; ConvLayer; conv. layer; convolutional operation; convolution operation; convolution op; convolution operator; convolving layer; conv2d op; Conv2D layer; convolutional filter bank; Conv; convolutional filter layer; conv op",
    mass: "convolution; convolutional layers of any kind; convs of some kind; convolutional processing; convolution layers; conv layers; convolution operations; at least some form of convolution; Conv2d layers; conv2d; any sort of convolution",
    beforeNot:
      "convolution-free; conv-free; non-convolutional; convolution-less; fully non-convolutional; no-conv; zero-convolution; convless",
  },
  depthwiseConv: {
    count:
      "depthwise convolution; depthwise conv; depthwise conv layer; depth-wise convolution; dw conv; depthwise layer; per-channel convolution; DepthwiseConv2D; DepthwiseConv2d; DW convolution; DW conv; dwconv; DWConv; DWConv layer; dw-conv; depthwise convolutional layer; depth-wise conv; depthwise 2d convolution; DepthwiseConv2D layer; spatial depthwise convolution; convolution with one group per channel; convolution with groups equal to channels; convolution with as many groups as channels; depthwise spatial filter; conv with one filter per channel; depth-wise layer; depthwise filter layer; depthwise conv op; channelwise convolution",
    mass: "depthwise convolution; depthwise convs; depth-wise convolution; DW convolution; DW convs; depthwise spatial convolution; depthwise processing; per-channel convolution; depthwise layers; dwconv; depthwise filtering",
    before:
      "depthwise; depth-wise; depthwise-conv; depthwise-convolutional; DW-conv; dwconv; depthwise-convolution; depthwise-based; depthwise-style",
  },
  pointwiseConv: {
    count:
      "pointwise convolution; 1x1 convolution; 1x1 conv; pointwise conv; one-by-one convolution; 1 x 1 convolution; 1×1 conv; point-wise convolution; point-wise conv; PW conv; PWConv; pwconv; pw conv; 1x1 convolutional layer; 1x1 Conv2d; 1-by-1 convolution; 1*1 convolution; 1*1 conv; 1×1 convolution; one-by-one conv; 1x1 channel mixer; 1x1 projection convolution; 1 by 1 conv; pointwise convolutional layer; convolution with 1x1 kernel; convolution with a 1x1 kernel; conv with kernel size 1; 1x1 channel projection; network-in-network convolution; pointwise convolution layer; unit-kernel convolution; 1x1 conv layer; pointwise layer",
    mass: "pointwise convolution; 1x1 convolution; 1x1 convs; point-wise convolution; pointwise convs; PW convolution; 1x1 convolutional layers; pointwise channel mixing by 1x1 convs; one-by-one convolution; 1×1 convolution; pointwise mixing",
  },
  groupedConv: {
    count:
      "grouped convolution; group convolution; grouped conv; group conv; convolution with groups; grouped conv layer; grouped convolutional layer; group conv layer with several groups; group convolution layer; GConv; gconv; grouped 2d convolution; grouped Conv2d; multi-group convolution; conv with groups; conv with several groups; conv with more than one group; convolution with multiple groups; convolution with several channel groups; group-wise convolution; groupwise convolution; groupwise conv; grouped-convolution layer; ResNeXt-style grouped convolution; cardinality convolution; split-channel grouped convolution; convolution split into groups; group conv layer",
    mass: "grouped convolution; group convolution; grouped convs; group convs; group-wise convolution; groupwise convolution; convolution in groups; convolutions with several groups; grouped conv layers; channel grouping",
    before:
      "grouped-convolution; group-conv; grouped-conv; group-convolution; grouped-convolutional; group-convolutional; groupwise-convolutional; grouped convolution",
  },
  dilatedConv: {
    count:
      "dilated convolution; atrous convolution; dilated conv; atrous conv; à trous convolution; dilated convolution layer; dilated convolutional layer; atrous convolution layer; atrous convolutional layer; a-trous convolution; convolution with holes; conv with holes; conv with dilation; convolution with dilation rate above 1; dilated Conv2d; dilated 2d convolution; dilated filter; dilated kernel; atrous layer; dilation layer; convolution with dilated kernel; convolution with a dilation rate; convolution with a dilation factor; spaced-out convolution kernel; DilatedConv; hole convolution; convolution with dilation; dilated conv layer",
    mass: "dilation; atrous convolution; dilated convolution; dilated convs; atrous convs; à trous convolution; a-trous convolution; dilation in its convolutions; dilated kernels; atrous conv layers; dilated convolutional layers; holes in its kernels; dilated filtering",
    before:
      "dilated; atrous; dilated-convolution; dilated-conv; dilated convolutional; atrous-convolution; atrous-conv; dilation-based; atrous-style",
  },
  stridedConv: {
    count:
      "strided convolution; strided conv; stride-2 convolution; convolution with stride; downsampling convolution; strided conv layer; strided convolutional layer; stride 2 convolution; stride-2 conv; stride 2 conv; stride-two convolution; s2 conv; conv with stride 2; convolution with stride 2; conv with stride; conv with stride greater than one; convolution with stride larger than 1; strided Conv2d; strided 2d convolution; downsampling conv; downsampling conv layer; downsampling convolutional layer; resolution-reducing convolution; subsampling convolution; down-sampling convolution; convolution with non-unit stride; stepping convolution; strided-convolution layer; convolution with a stride above one; striding conv",
    mass: "striding; strided convolution; strided convs; strided conv layers; convolution with stride; stride-2 convolution; downsampling by convolution; downsampling convolutions; strides in its convolutions; strided convolutional downsampling; convolutional downsampling",
  },
  transposedConv: {
    count:
      "transposed convolution; deconvolution; transpose convolution; deconv layer; conv transpose; fractionally strided convolution; up-convolution; ConvTranspose2d; nn.ConvTranspose2d; Conv2DTranspose; transpose conv; transposed convolutional layer; transposed conv layer; deconvolution layer; deconvolutional layer; transposed convolution layer; transposed 2d convolution; fractionally-strided convolution; fractional-stride convolution; upconv; up-conv; upconvolution; up convolution; up-convolution layer; ConvTranspose; ConvTranspose layer; transpose-convolution layer; learned upsampling convolution; backward convolution; tconv; deconv; transposed conv",
    mass: "deconvolution; transposed convolution; transpose convolution; deconvolution layers; up-convolution; upconvolution; fractionally strided convolution; transposed conv layers; de-convolution; ConvTranspose2d; learned upsampling by transposed convolution",
    before:
      "deconvolutional; transposed-convolution; deconvolution; transposed-convolutional; deconvolution-based; de-convolutional; upconvolutional",
  },
  linear: {
    count:
      "linear layer; fully connected layer; dense layer; fc layer; fully-connected layer; linear; dense; FC; affine layer; matrix layer; nn.Linear; Linear layer; Dense layer; Dense; Linear; fully connected (FC) layer; FC-layer; fc; full connection layer; fully-connected linear layer; linear transformation; linear transform; affine transformation; affine transform; linear map; linear mapping; affine map; inner-product layer; inner product layer; matrix multiplication layer; matrix-vector layer; GEMM layer; MLP layer; nn.Linear layer; fully connected linear layer; fully linked layer; perceptron layer; linear unit layer; feed-forward linear layer; feedforward dense layer; densely connected linear layer; linear projection",
    before:
      "fully-connected; fully connected; FC; fc; full-connection; fully-linked; linear-layer; dense-layer; FC-layer; linear-layered",
  },
  attention: {
    count:
      "attention layer; self-attention layer; attention; multi-head attention layer; attention module; MHSA layer; self attention; attention op; MultiheadAttention; nn.MultiheadAttention; MultiHeadAttention; MultiHeadAttention layer; multi-head self-attention layer; multihead attention layer; multi-head attention; multi head attention; multihead self-attention; multi-head self-attention; multi-head self attention layer; MHSA; MHSA module; MSA layer; self-attention; self-attention module; self-attention op; self-attention operation; self-attention mechanism; attention mechanism; scaled dot-product attention; dot-product attention layer; scaled dot-product attention layer; SDPA layer; query-key-value attention; QKV attention; QKV attention layer; attention sublayer; self-attention sublayer; attention sub-layer; token-mixing attention layer; attention block; attention unit; attention computation; attn layer; attn; attn module; self-attn layer; self-attn; global attention layer; multi-head attn layer; attending layer; intra-attention layer; attention operation; MHA layer",
    mass: "attention; self-attention; multi-head attention; multi-head self-attention; MHSA; an attention mechanism; self attention; multi head attention; multihead attention; multihead self-attention; multi-head self attention; attention layers; attention mechanisms; some attention mechanism; a self-attention mechanism; scaled dot-product attention; dot-product attention; query-key-value attention; QKV attention; MultiheadAttention; attn; self-attn; some form of attention; any form of attention; any kind of self-attention; transformer attention; attention over tokens; attention over positions; MSA; attention modules; self attending layers; multi-headed attention",
    before:
      "attention-based; attentional; self-attention; self-attentive; attention-using; attention-equipped; self-attending; attention-augmented; attention-powered; attentive; attention-enabled; multi-head-attention; MHSA-based; self-attention-based; attention-driven",
    beforeNot:
      "attention-free; non-attentional; non-attention; self-attention-free; no-attention; zero-attention; attentionless",
  },
  recurrent: {
    count:
      "recurrent layer; LSTM layer; RNN layer; recurrent cell; LSTM; GRU; recurrent unit; nn.LSTM; nn.GRU; nn.RNN; LSTM cell; GRU cell; GRU layer; RNN; RNN cell; recurrent neural layer; long short-term memory layer; long short-term memory; gated recurrent unit; gated recurrent layer; LSTM unit; LSTM module; recurrent module; recurrent op; recurrence layer; recurrent sequence layer; lstm; gru; rnn layer; lstm layer; gru layer; layer with recurrence; layer with a hidden state over time; recursive time-step layer; RNN module; recurrent sub-network; LSTM or GRU layer; recurrent block",
    mass: "recurrence; any recurrence; recurrent processing; recurrent layers; recurrent cells; recurrent units; recurrent connections; a recurrent layer; LSTM or GRU cells; LSTMs or other recurrent layers; RNN layers; recurrent computation; recurrence over time; any kind of recurrence; any recurrent layers; feedback over time steps; some recurrence; recurrent modules; sequential recurrence; recurrent state",
    beforeNot:
      "recurrence-free; non-recurrent; recurrence-less; non-recurring; RNN-free; LSTM-free; unrecurrent; no-recurrence; recurrent-free",
  },
  embedding: {
    count:
      "embedding layer; embedding table; lookup table; word embedding; token embedding; embedding lookup; nn.Embedding; Embedding layer; embeddings table; vocabulary embedding; vocabulary lookup; word embedding layer; token embedding layer; word-embedding layer; token-embedding layer; word embedding table; token embedding table; learned lookup table; token lookup table; index-to-vector lookup; lookup layer; table lookup layer; token vector table; word vector table; learned token embedding; embedding op; embedding lookup table; vocabulary table; categorical embedding layer; learned word vector table; embedding matrix; embedding",
    mass: "token embedding; an embedding table; word embeddings; token embeddings; embedding tables; embedding layers; an embedding layer; learned token embeddings; word embedding; nn.Embedding; learned word vectors; a token lookup table; a lookup table for tokens; vocabulary embeddings; token vectors from a table; an Embedding layer; embedding lookup",
  },
  normalization: {
    count:
      "normalization layer; norm layer; norm; normalisation layer; normalizing layer; feature normalization layer; activation normalization layer; normalization; normalisation; normalization module; normalization step; normalization operation; normalisation operation; norm module; norm op; normalization block; normalization unit; norm-layer; normalization function; standardization layer; normalising layer; normalization stage; normalization sublayer; feature-normalizing layer; normalisation module; normalisation step; layer of normalization; normalizer; normalization op",
    mass: "normalization; normalisation; any kind of normalization; norm layers of any kind; normalization layers; normalisation layers; norm layers; norms; some normalization; some kind of normalization; some form of normalization; any normalization; any form of normalization; feature normalization; normalization of features; normalizing layers; normalization of any sort; some sort of norm; any normalisation; normalization of its activations; activation normalization; norm of whatever kind; any norms at all",
    before:
      "normalized; normalised; feature-normalized; normalization-equipped; norm-equipped; activation-normalized; norm-layered; normalization-using",
    beforeNot:
      "norm-free; normalization-free; normalizer-free; unnormalized; un-normalized; unnormalised; normalization-less; normalisation-free; non-normalized; no-norm; no-normalization; NF; normalizer-less; zero-norm; normless",
  },
  batchNorm: {
    count:
      "batch norm; batch normalization; batchnorm layer; batch norm layer; BN layer; batch normalization layer; BatchNorm; BatchNorm2d; nn.BatchNorm2d; BatchNorm1d; BatchNormalization; BatchNormalization layer; BatchNorm layer; BatchNorm2d layer; batch-norm layer; batch normalisation layer; batch normalisation; batch-normalization layer; batch-normalization; batchnorm2d; BN module; BN operation; BN op; BN-layer; batch norm operation; batch norm module; batch normalizer; batch-normalising layer; Batch Normalization; bn layer; batch normalization (BN) layer; batch normalization op; bnorm layer; batchnormalization layer; batch statistic normalization; batch-statistics normalization; BN; batch-norm op",
    mass: "batch normalization; batch norm; batchnorm; BN; BatchNorm2d; batch normalisation; batch-norm; BatchNormalization; BatchNorm layers; batch norm layers; BN layers; BN after its layers; batch-normalization; batch-normalisation; nn.BatchNorm2d; batch normalization (BN); batch normalization layers; BatchNorm2d layers; Batch Normalization; batchnorm layers; normalization by batch statistics; batch-statistics normalization; normalization across the mini-batch; mini-batch normalization; batch-normalising layers; batch standardization; normalization over the batch; batch norms",
    before:
      "batch-normalized; batchnorm; batch-normalised; batch-normalization; BN-equipped; BN-based; batchnorm-equipped; batch-normalizing; batch-norm-equipped; batchnormalized; BN-using; batch-normed",
    beforeNot:
      "batchnorm-free; BN-free; BN-less; batchnorm-less; no-BN; non-batch-normalized; batch-normalization-free; no-batchnorm; batch-statistics-free; bn-free; batch-norm-less; batch-norm-free",
  },
  layerNorm: {
    count:
      "layer norm; layer normalization; layernorm; LN layer; layer norm layer; LayerNorm; layer normalization layer; nn.LayerNorm; LayerNormalization; LayerNormalization layer; LayerNorm layer; layer normalisation; layer normalisation layer; layer-normalization; layer-normalization layer; layernorm layer; LN module; LN op; LN operation; LN-layer; layer norm operation; layer norm module; layer-normalizing layer; Layer Normalization; ln layer; layer normalization (LN) layer; layer normalization op; layer normalizer; lnorm layer; LN; layer-norm op",
    mass: "layer normalization; layer norm; layernorm; LN; LayerNorm; layer normalisation; LayerNormalization; layer-normalization; layer-normalisation; nn.LayerNorm; LayerNorm layers; layer norm layers; LN layers; layer normalization (LN); layer normalization layers; Layer Normalization; layernorm layers; normalization over the features of each token; per-sample layer normalization; per-token layer normalization; layer-normalizing layers; layer norms; layer-norm",
    before:
      "layer-normalized; layernorm; layer-normalised; layer-normalization; LN-equipped; LN-based; layernorm-equipped; layer-norm-equipped; LN-using",
  },
  groupNorm: {
    count:
      "group norm; group normalization; groupnorm layer; GN layer; GroupNorm; group norm layer; nn.GroupNorm; GroupNormalization; GroupNorm layer; group normalisation; group normalisation layer; group-normalization; groupnorm op; GN module; GN op; GN operation; GN-layer; group norm op; group norm module; Group Normalization; gn layer; group normalization (GN) layer; group normalization op; group-wise normalization layer; group normalizer; channel-group normalization; normalization in channel groups; group-normalizing layer; group-norm layer; GN; group normalization layer",
    mass: "group normalization; group norm; groupnorm; GN; GroupNorm; group normalisation; GroupNormalization; group-normalization; group-normalisation; nn.GroupNorm; GroupNorm layers; group norm layers; GN layers; group normalization (GN); Group Normalization; normalization over channel groups; normalization in groups of channels; group-wise normalization; groupnorm layers; channel-group normalization; group norms; group-norm",
    before:
      "group-normalized; groupnorm; group-normalised; group-normalization; GN-equipped; GN-based; groupnorm-equipped; GN-using",
  },
  rmsNorm: {
    count:
      "RMS norm; RMSNorm layer; RMS normalization; rms norm layer; RMSNorm; nn.RMSNorm; RMS norm layer; RMS-norm layer; RMS normalization layer; RMS normalisation; RMS normalisation layer; root mean square normalization layer; RMS layer norm; RMS layer normalization; RMSNorm op; RMSNorm module; RMS norm op; RMSNormalization; RMSNormalization layer; rms normalization layer; root mean square layer normalization; Llama-style RMSNorm; root-mean-square norm; rmsnorm",
    mass: "RMSNorm; RMS norm; RMS normalization; root mean square normalization; RMS normalisation; RMS-normalization; RMSNorm layers; RMS norm layers; nn.RMSNorm; root mean square layer normalization; root-mean-square normalization; RMS layer norm; RMS layer normalization; RMSNormalization; rms normalization; normalization by the root mean square; scaling by the root mean square; rms-norm",
  },
  activation: {
    count:
      "activation; nonlinearity; activation function; activation layer; non-linearity; non-linear layer; nonlinear layer; nonlinear function; non-linear function; nonlinear activation function; non-linear activation function; activation unit; activation step; activation operation; activation function layer; transfer function; pointwise nonlinearity; elementwise nonlinearity; element-wise nonlinearity; elementwise activation; activation module; Activation layer; activ. function; act layer; activation func; activation fn; nonlinear op; non-linear op; neuron activation function; hidden activation; nonlinear activation; activation op",
    mass: "activation functions; nonlinearities; nonlinearity; activations; activation layers; nonlinear layers; non-linear layers; non-linearities; non-linearity; some activation function; some nonlinearity; an activation function; a nonlinearity; some non-linear function; elementwise nonlinearities; element-wise activation functions; nonlinear functions; any activation function; any nonlinearity; activation functions of some kind; transfer functions; a non-linear activation function; any activation function at all; activation fns; any nonlinear activation",
    before:
      "nonlinear; non-linear; activated; nonlinearly activated; non-linearly activated; activation-equipped",
  },
  relu: {
    count:
      "ReLU; relu; rectified linear unit; ReLU activation; relu layer; relu activation; ReLU nonlinearity; nn.ReLU; RELU; Relu; ReLu; ReLU layer; ReLU unit; ReLU function; ReLU activation function; ReLU activation layer; relu activation function; relu function; relu unit; relu nonlinearity; rectified linear activation; rectified linear activation function; rectified linear function; rectified linear layer; rectified linear unit (ReLU); rectifying nonlinearity; rectifying activation; rectifying linear unit; plain ReLU; standard ReLU; vanilla ReLU; ordinary ReLU; ReLU non-linearity; ReLU module; F.relu; positive-part activation; RELU activation; ReLU op; rectifier",
    mass: "ReLU; relu; ReLU activations; rectified linear units; relu activation; plain ReLU; the ReLU nonlinearity; nn.ReLU; RELU; Relu; ReLu; ReLUs; ReLU layers; ReLU units; ReLU activation; ReLU activation functions; the ReLU activation; the ReLU activation function; the relu function; the rectified linear activation; rectified linear activations; standard ReLU; standard ReLUs; plain ReLUs; vanilla ReLU; ordinary ReLU; ordinary ReLUs; relu activations; relu layers; ReLU as activation; ReLU as its activation function; ReLU non-linearity; the rectified linear unit; rectified linear unit (ReLU) activations; RELU activations; F.relu; simple ReLU activations; rectifiers; ReLU nonlinearities",
    before:
      "ReLU; relu-activated; ReLU-based; ReLU-activated; relu; RELU; ReLU-style; plain-ReLU; relu-based; rectified-linear; ReLU-using",
  },
  relu6: {
    count:
      "ReLU6; relu6; relu6 activation; clipped ReLU; ReLU-6; ReLU6 layer; nn.ReLU6; ReLU6 activation; ReLU6 activation function; ReLU6 function; ReLU6 unit; ReLU6 nonlinearity; relu6 layer; relu6 function; relu6 unit; relu6 nonlinearity; ReLU-6 activation; capped ReLU; ReLU with cap at 6; bounded ReLU; ReLU6 non-linearity; six-capped ReLU; rectified linear unit with cap 6; F.relu6; relu 6; ReLU6 op",
    mass: "ReLU6; relu6; ReLU6 activations; ReLU capped at six; relu6 activation; ReLU-6; nn.ReLU6; ReLU6 layers; ReLU6 units; ReLU6 activation; ReLU6 activation functions; the ReLU6 activation; the ReLU6 function; relu6 activations; relu6 layers; ReLU-6 activations; ReLU capped at 6; ReLUs capped at 6; ReLU clamped to 6; capped ReLU; bounded ReLU; ReLU bounded by six; the mobile ReLU6 nonlinearity; ReLU6 as activation; clipped ReLU activations; relu6 nonlinearities",
    before:
      "ReLU6; ReLU6-based; ReLU6-activated; relu6-based; relu6-activated; ReLU6-style; capped-ReLU; clipped-ReLU",
  },
  leakyRelu: {
    count:
      "leaky ReLU; LeakyReLU; leaky relu; leaky ReLU activation; LReLU; leaky rectifier; nn.LeakyReLU; LeakyReLU activation; leaky relu activation; leaky ReLU function; leaky ReLU activation function; leaky ReLU unit; leaky ReLU nonlinearity; leaky rectified linear unit; leaky rectified linear activation; leaky activation; LeakyReLU function; leakily rectified unit; leaky ReLU non-linearity; ReLU with a negative slope; ReLU with leak; ReLU with a small negative slope; lrelu; LReLU activation; F.leaky_relu; leakyrelu layer; leaky relu op",
    mass: "leaky ReLU; LeakyReLU; leaky relu; leaky ReLU activations; LReLU; nn.LeakyReLU; leaky relu activations; LeakyReLU activations; the leaky ReLU activation; the leaky ReLU function; leaky ReLU activation functions; leaky rectified linear units; leaky rectification; leaky activations; ReLU with leak; ReLUs with a negative slope; ReLU with a small negative slope; lrelu; LReLU activations; the leaky ReLU nonlinearity; leaky ReLU units; leaky ReLU as activation; leaky rectifiers; leaky ReLUs",
    before:
      "leaky-ReLU; leaky-ReLU-activated; LeakyReLU-based; leaky-ReLU-based; LeakyReLU-activated; leaky-relu-based",
  },
  elu: {
    count:
      "ELU; elu; ELU activation; exponential linear unit; ELU layer; nn.ELU; ELU activation function; ELU function; ELU unit; ELU module; elu activation; elu layer; elu function; elu unit; exponential linear activation; exponential linear unit (ELU); exponential linear unit activation; exponential linear layer; exponential-linear unit; F.elu; ELU activation layer; exponential linear function; elu op; ELU nonlinearity",
    mass: "ELU; elu; ELU activations; exponential linear units; elu activation; nn.ELU; ELU layers; ELU units; ELU activation; ELU activation functions; the ELU activation; the ELU function; the ELU nonlinearity; elu activations; elu layers; exponential linear activations; the exponential linear unit; exponential linear units (ELU); exponential linear unit activations; exponential-linear units; ELU as activation; ELU as its activation function; F.elu; ELU nonlinearities; ELUs",
    before: "ELU; ELU-based; ELU-activated; elu-activated; elu-based; exponential-linear; ELU-style",
  },
  gelu: {
    count:
      "GELU; gelu; GELU activation; Gaussian error linear unit; GELU layer; GeLU; nn.GELU; GELU activation function; GELU function; GELU unit; GELU module; gelu activation; gelu layer; gelu function; gelu unit; GeLU activation; GeLU layer; Gaussian error linear unit activation; Gaussian error linear unit (GELU); gaussian error linear unit; Gaussian-error linear unit; Gaussian error linear activation; Gaussian error linear layer; F.gelu; GELU activation layer; gelu op; GELU nonlinearity",
    mass: "GELU; gelu; GELU activations; GeLU; Gaussian error linear units; gelu activation; the GELU nonlinearity; nn.GELU; GELU layers; GELU units; GELU activation; GELU activation functions; the GELU activation; the GELU function; gelu activations; gelu layers; GeLU activations; gaussian error linear units; the Gaussian error linear unit; Gaussian error linear unit activations; Gaussian error linear units (GELU); GELU as activation; GELU as its activation function; F.gelu; Gaussian-error linear units; Gaussian error linear activations; GELU nonlinearities; GELUs",
    before:
      "GELU; GELU-based; GELU-activated; gelu-activated; gelu-based; GeLU-based; GELU-style; GELU-using",
  },
  silu: {
    count:
      "SiLU; Swish; swish activation; SiLU activation; silu; swish; SiLU layer; nn.SiLU; SiLU activation function; SiLU function; SiLU unit; SiLU op; SiLU module; silu activation; silu layer; silu function; Swish activation; Swish layer; Swish function; Swish unit; swish layer; swish function; swish activation function; swish unit; swish nonlinearity; SiLU nonlinearity; SiLU non-linearity; SiLU/Swish activation; swish-1; sigmoid-weighted linear unit; sigmoid-weighted unit; x times sigmoid activation; F.silu; SiLU activation layer; swish op; sigmoid linear unit",
    mass: "SiLU; Swish; swish; SiLU activations; swish activations; silu; the swish nonlinearity; sigmoid linear units; nn.SiLU; SiLU layers; SiLU units; SiLU activation; SiLU activation functions; the SiLU activation; the SiLU function; silu activations; silu layers; Swish activations; Swish layers; the Swish activation; the Swish function; the swish activation; swish activation functions; swish layers; swish units; sigmoid-weighted linear units; the sigmoid-weighted linear unit; x times sigmoid of x; x·sigmoid(x); x * sigmoid(x); SiLU (Swish); SiLU/Swish; swish as activation; SiLU as activation; F.silu; swish nonlinearities; SiLUs",
    before:
      "Swish; SiLU; Swish-based; SiLU-based; swish; swish-based; swish-activated; Swish-activated; SiLU-activated; silu-based; SiLU-style; Swish-style",
  },
  hardSwish: {
    count:
      "hard swish; h-swish; HardSwish; hard swish activation; hardswish; hswish; nn.Hardswish; Hardswish; Hard Swish; Hard-Swish; hard-swish; hard-swish activation; hardswish activation; hardswish function; HardSwish activation; h-swish activation; h-swish layer; h-swish function; h-swish nonlinearity; hard swish function; hard swish nonlinearity; hard-swish function; hswish activation; H-Swish; hard SiLU; hard version of swish; piecewise-linear swish; F.hardswish; hard swish unit; hswish layer; h-swish op; hard-swish layer",
    mass: "hard swish; h-swish; HardSwish; hardswish; hard-swish activations; h-swish activations; hswish; nn.Hardswish; Hardswish; Hard Swish; Hard-Swish; hard-swish; hard swish activations; hardswish activations; HardSwish activations; h-swish layers; the hard swish activation; the h-swish activation; the hard-swish function; the hard swish function; h-swish nonlinearities; the h-swish nonlinearity; hswish activations; H-Swish; hard SiLU; the hard version of swish; hard swish units; piecewise-linear swish; hard swish as activation; h-swish as activation; F.hardswish; hard-swish nonlinearities; hard swish activation functions",
    before:
      "h-swish; hard-swish; hard-swish-based; hardswish; HardSwish; hard-swish-activated; hardswish-based; HardSwish-based; hardswish-activated; hard swish",
  },
  tanh: {
    count:
      "tanh; tanh activation; hyperbolic tangent; tanh layer; Tanh; nn.Tanh; tanh activation function; tanh function; tanh activation layer; Tanh layer; Tanh activation; hyperbolic tangent activation; hyperbolic tangent layer; hyperbolic tangent function; hyperbolic tangent activation function; hyperbolic-tangent unit; hyperbolic-tangent layer; TanH; tan-h activation; hyperbolic tangent nonlinearity; tanh module; torch.tanh; tanh op; tanh nonlinearity",
    mass: "tanh; tanh activations; hyperbolic tangent; the tanh nonlinearity; hyperbolic tangent activations; Tanh; nn.Tanh; tanh activation; tanh activation functions; tanh layers; tanh functions; the tanh activation; the tanh function; Tanh activations; Tanh layers; hyperbolic tangents; hyperbolic tangent layers; the hyperbolic tangent; the hyperbolic tangent function; hyperbolic tangent functions; TanH; tanh as activation; tanh as its activation function; the hyperbolic tangent as activation; torch.tanh; tanh nonlinearities; tanh units",
    before: "tanh; Tanh; tanh-based; tanh-activated; hyperbolic-tangent; tanh-style; tanh-using; TanH",
  },
  sigmoid: {
    count:
      "sigmoid; sigmoid activation; logistic activation; sigmoid layer; sigmoid gate; nn.Sigmoid; Sigmoid; sigmoid function; sigmoid activation function; sigmoid activation layer; Sigmoid layer; Sigmoid activation; sigmoid nonlinearity; sigmoid non-linearity; sigmoidal activation; sigmoidal layer; sigmoidal function; sigmoidal unit; logistic function; logistic sigmoid; logistic layer; logistic sigmoid activation; logistic activation function; torch.sigmoid; sigmoid module; sigmoid gating function; S-shaped activation; logistic nonlinearity; sigmoid op; logistic unit",
    mass: "sigmoid; sigmoid activations; the logistic function; sigmoids; nn.Sigmoid; Sigmoid; sigmoid activation; sigmoid layers; sigmoid functions; sigmoid activation functions; the sigmoid; the sigmoid activation; the sigmoid function; a sigmoid; a sigmoid activation; sigmoidal activations; sigmoidal nonlinearities; sigmoidal functions; sigmoidal units; logistic activations; logistic functions; logistic sigmoids; the logistic sigmoid; logistic sigmoid activations; a logistic function; logistic nonlinearities; sigmoid gates; torch.sigmoid; some sigmoid; sigmoid nonlinearities; sigmoid units",
    before:
      "sigmoid; sigmoidal; sigmoid-based; sigmoid-activated; logistic; sigmoid-gated; sigmoid-using; sigmoid-style",
  },
  softmax: {
    count:
      "softmax; softmax layer; softmax activation; softmax op; nn.Softmax; Softmax layer; Softmax activation; softmax activation function; softmax operation; softmax step; softmax module; log-softmax; log softmax; LogSoftmax; LogSoftmax layer; softmax normalization layer; softmax output; softmax output layer; softmax head; softmax classifier layer; normalized exponential; normalized exponential function; F.softmax; softmax unit; probability softmax; final softmax; softmax function; soft-max",
    mass: "softmax; a softmax; a softmax layer; an explicit softmax; softmaxes; softmax activations; softmax layers; nn.Softmax; a softmax activation; a softmax output; a softmax output layer; a softmax head; a softmax at the end; a final softmax; softmax on its outputs; softmax outputs; softmax as a layer of its own; a log-softmax; log-softmax; LogSoftmax; the softmax function; an explicit softmax op; a softmax node; a built-in softmax; softmax inside the graph; the normalized exponential; F.softmax; softmax probabilities at the output; a soft-max",
  },
  pool: {
    count:
      "pooling layer; pooling operation; pool layer; pooling op; pooling; pooling step; pooling module; pooling function; pooling unit; pooling operator; spatial pooling layer; spatial pooling; pooling-layer; pool operation; pool step; pool; feature pooling layer; subsampling-by-pooling layer; pooling node; layer of pooling; down-pooling layer; pooling transformation; pool op; pooling stage",
    mass: "pooling; pooling of any kind; any pooling; pooling layers; pooling operations; pooling ops; pool layers; some pooling; some kind of pooling; some form of pooling; any kind of pooling; any form of pooling; pooling of some sort; pooling of whatever kind; max or average pooling; a pooling layer; a pooling operation; feature pooling; spatial pooling; pooling steps; pooling in any form; at least some pooling; pooling modules; any kind of pool",
    beforeNot:
      "pooling-free; pooling-less; pool-free; non-pooling; no-pooling; no-pool; unpooled; zero-pooling; poolless",
  },
  maxPool: {
    count:
      "max pooling layer; max pool; max-pooling layer; maxpool; max pooling; maxpool layer; MaxPool2d; nn.MaxPool2d; MaxPooling2D; MaxPool2D; MaxPooling; MaxPool layer; MaxPool2d layer; MaxPooling2D layer; MaxPooling layer; maxpooling layer; maxpooling; max-pool layer; max-pooling; max pool layer; max pooling op; max pooling operation; max-pooling operation; max-pooling op; maxpool operation; maxpool2d; max pooling step; max pool step; max pooling module; local max pooling; windowed max pooling; 2d max pooling layer; 2d max pool; mp layer; maximum-taking pooling layer; spatial max pool; F.max_pool2d; max-pool op; maximum pooling layer",
    mass: "max pooling; max-pooling; maxpool; max pool layers; maxpooling; nn.MaxPool2d; MaxPool2d; MaxPool2D; MaxPooling2D; MaxPooling; MaxPool layers; max pooling layers; max-pooling layers; maxpool layers; maxpooling layers; max-pool layers; max pooling operations; max pooling ops; max-pooling operations; max pooling steps; some max pooling; a max pool; a max pooling layer; a max-pooling layer; local max pooling; windowed max pooling; pooling by maximum; pooling by the max; pooling that takes the maximum; spatial max pooling; F.max_pool2d; maximum pooling; max pools",
    before:
      "max-pooling; maxpooling; max-pooled; max pooling; maxpool-based; max-pooling-based; max-pool-using; maxpooled",
  },
  averagePool: {
    count:
      "average pooling layer; average pool; avgpool; avg pool; mean pooling layer; average-pooling layer; AvgPool2d; nn.AvgPool2d; AvgPool; AveragePooling2D; AvgPool2D; AveragePooling; AvgPool layer; AvgPool2d layer; AveragePooling2D layer; avgpool layer; avg pool layer; avg pooling layer; avg-pooling layer; average pool layer; average-pool layer; average pooling; average-pooling; average pooling op; average pooling operation; average pooling step; average pooling module; averaging pool; averaging pooling layer; mean pooling; mean-pooling layer; windowed average pool; windowed average pooling layer; local average pooling layer; local average pooling; local avg pool; 2d average pooling layer; F.avg_pool2d; avg-pool op; mean pool",
    mass: "average pooling; average-pooling; avgpool; avg pooling; windowed average pooling; nn.AvgPool2d; AvgPool; AvgPool2d; AvgPool2D; AveragePooling2D; AveragePooling; AvgPool layers; average pooling layers; average-pooling layers; avgpool layers; avg pool layers; avg pooling layers; average pool layers; avg pool; avg-pool layers; average pooling operations; average pooling ops; average pooling steps; avgpools; some average pooling; local average pooling; local avg pooling; average pooling over windows; average pooling with a window; averaging pools; mean pooling over windows; windowed mean pooling; pooling by local averages; F.avg_pool2d; average pools; avg-pooling",
    before:
      "average-pooling; avgpool; avg-pool; average-pooled; AvgPool; average pooling; avgpool-based; average-pooling-based; mean-pooling",
  },
  globalPool: {
    count:
      "global pooling layer; global average pooling layer; global average pool; GAP layer; global pool; global avg pool; GlobalAveragePooling2D; GlobalAvgPool; GlobalAveragePool; GlobalAveragePooling2D layer; GAP op; GAP operation; GAP module; GAP-layer; global avgpool; global avgpool layer; global avg pooling layer; global avg pool layer; global average pooling; global average pooling op; global average pooling operation; global average pool layer; global-average-pooling layer; global-pooling layer; global-pool layer; global pool layer; global pooling; global pooling step; global pooling operation; global average pooling (GAP) layer; global spatial pooling; global spatial average; global averaging layer; spatial global average pool; pooling layer with global extent; global average-pool; gap layer; full-extent pooling layer; global pooling op; GAP",
    mass: "global average pooling; global pooling; GAP; a global average pool; a GAP layer; global average-pooling; global avgpool; global avg pool; global avgpool layers; global average pooling layers; global pooling layers; GlobalAveragePooling2D; GlobalAvgPool; GlobalAveragePool; AdaptiveAvgPool2d to 1x1; adaptive average pooling to 1x1; a global pool; a global pooling layer; a global average pooling layer; a global avg pool; global average pooling (GAP); GAP layers; pooling over the entire map; pooling over all positions; averaging over all positions; a global average; averaging over the whole image; global spatial pooling; global averaging; spatial averaging over the whole map; global-pooling; global average pools; global avg-pooling; global mean pooling",
    before:
      "globally pooled; global-pooling; globally pooling; global-average-pooling; GAP-based; globally average-pooled; globally averaged; GAP-equipped; global-pool",
  },
  dropout: {
    count:
      "dropout layer; dropout; Dropout layer; drop-out layer; dropout op; nn.Dropout; Dropout; Dropout2d; drop-out; Dropout op; drop out layer; dropout step; dropout regularizer; dropout regularization layer; dropout mask; dropout unit; dropout node; DO layer; unit-dropping layer; layer of dropout; spatial dropout layer; random-zeroing dropout layer; dropout module; dropout operation",
    mass: "dropout; drop-out; dropout layers; dropout regularization; any dropout; Dropout; nn.Dropout; Dropout layers; drop out; dropout layer; a dropout layer; some dropout; dropout ops; dropout as regularization; dropout as a regularizer; dropout for regularization; drop-out layers; drop-out regularization; dropouts; Dropout regularization; dropout masks; dropout between layers; dropout of units; random dropout; dropout of any rate; dropout steps; any kind of dropout; any dropout layers; regularization by dropout; regularization via dropout; dropout regularisation; dropout modules",
    before:
      "dropout-regularized; dropout; dropout-equipped; dropout-using; dropout-based; drop-out-regularized; dropout-regularised; dropout-containing; dropouted",
    beforeNot:
      "dropout-free; dropoutless; dropout-less; drop-out-free; no-dropout; zero-dropout; undropped; dropout-lacking; non-dropout",
  },
  concat: {
    count:
      "concatenation; concat; concat layer; concatenation layer; feature concatenation; concat op; Concat; torch.cat; Concatenate; Concatenate layer; concatenate layer; concat operation; concatenate op; concatenation op; concatenation operation; concatenation step; concatenation node; concat node; concat step; cat op; feature map concatenation; feature-map concatenation; tensor concatenation; concatenation of features; concatenation of feature maps; depth concatenation; depth concat; stacking concatenation; feature concat; tf.concat; concat module; feature stacking op; concatenated merge; channel concatenation; concatenating layer",
    mass: "concatenation; feature concatenation; concatenated features; concat; concats; concat layers; concat ops; concat operations; concatenations; concatenation layers; concatenation ops; concatenation of features; concatenation of feature maps; feature map concatenation; feature-map concatenation; tensor concatenation; concatenated feature maps; concatenated tensors; concatenated branches; concatenated paths; torch.cat; tf.concat; Concat; Concatenate; Concatenate layers; merging by concatenation; a concatenation; feature concat; depth concatenation; branch concatenation; channel concatenation",
  },
  upsample: {
    count:
      "upsampling layer; upsample layer; upsampling; upsample op; upsampling step; resize layer; nn.Upsample; Upsample; UpSampling2D; UpSampling2D layer; Upsample layer; up-sampling; upsampling op; upsampling operation; upsample operation; upsample step; upsampling module; upscaling layer; upscale layer; upscaling step; up-scaling layer; interpolation layer; interpolating layer; interpolation step; resizing layer; resize op; resize step; resize operation; feature map upsampling; resolution-increasing resize; enlarging layer; F.interpolate; spatial upsampling layer; feature upsampling; upsampler; up-sampling layer",
    mass: "upsampling; up-sampling; interpolation; upsample layers; upsampling ops; upsampling operations; upsampling steps; nn.Upsample; Upsample; UpSampling2D; up sampling; upscaling; up-scaling; upscaling layers; interpolation layers; interpolation of feature maps; resize layers; resizing; resizing layers; resize ops; enlarging of feature maps; feature map upsampling; feature upsampling; an upsampling layer; an upsample layer; spatial upsampling; F.interpolate; upsampling by interpolation; some upsampling; upsampled feature maps; enlargement of feature maps; upsampled features",
    before:
      "upsampling; up-sampling; upscaling; up-scaling; upsampling-based; interpolating; resolution-increasing",
  },
  residual: {
    count:
      "residual connection; skip connection; shortcut; residual block; shortcut connection; identity shortcut; skip; residual; residual add; residual unit; identity connection; skip-connection; residual skip; residual shortcut connection; identity skip; identity skip connection; identity mapping shortcut; identity mapping; shortcut add; skip add; additive skip; additive skip connection; additive shortcut; additive residual; additive residual connection; residual addition; residual sum; residual branch; residual layer; residual module; residual path; residual connection with addition; residual structure; res block; resblock; ResBlock; res-block; res connection; res unit; ResNet block; ResNet-style block; ResNet-style connection; ResNet-style shortcut; resnet block; resnet connection; resnet-style skip; bypass connection; bypass; add-skip; element-wise addition skip; elementwise skip addition; skip-add; residual skip connection; short-cut connection; short-cut; short cut connection; x + f(x) block; x + F(x) connection; skip layer; addition shortcut; residual link; shortcut path; skip link",
    mass: "residual learning; skip connections; shortcuts; residual connections; residual connection; residuals; residual blocks; residual units; residual skip connections; residual additions; residual adds; residual sums; residual paths; residual layers; residual branches; residual shortcuts with addition; identity shortcuts; identity skips; identity mappings; identity connections; shortcut connections; short-cut connections; skip-connections; skips; additive skips; additive skip connections; additive shortcuts; ResNet blocks; ResNet-style blocks; ResNet-style skip connections; ResNet-style connections; residual learning blocks; resblocks; res blocks; ResBlocks; bypass connections; any skip connections; any residual connections; any shortcuts; some skip connections; some residual connections; a skip connection; a residual connection; residual structure; x + f(x) connections; x + F(x); residual shortcuts; skip paths",
    before:
      "residual; skip-connected; residual-style; ResNet-style; resnet-like; residual-block; residual-connected; residual-connection; residual-learning; residual-type; residual-based; res-block; resnet-style; ResNet-like; resnet-ish; skip-connection; skip-equipped; shortcut-equipped; shortcut-based; skip-based; identity-shortcut; residual-equipped; skip-connection-based; additive-skip; residually connected; shortcut-connected",
    beforeNot:
      "plain non-residual; non-residual; skip-free; residual-free; no-skip; skip-less; skipless; unresidual; no-residual; shortcut-less; skip-connection-free; residual-connection-free; plain (non-residual); residual-less; no-shortcut; shortcut-free",
  },
  basicBlock: {
    count:
      "basic block; basic residual block; ResNet basic block; two-conv residual block; BasicBlock; basic resnet block; basic ResNet block; basic resnet-style block; basic residual unit; basic type of residual block; basic residual module; simple residual block; simple ResNet block; plain residual block with two convs; two-convolution residual block; two-conv basic block; two-layer residual block; 2-conv residual block; residual block with two 3x3 convs; residual block with two convolutions; residual block of two 3x3 convolutions; resnet basicblock; non-bottleneck residual block; non-bottleneck block; double 3x3 residual block; torchvision BasicBlock; resnet BasicBlock; standard two-conv residual block; two 3x3 conv residual unit; original basic residual block; basic building block of ResNet; ResNet-18 style block; basic-type residual block",
    before:
      "basic-block; BasicBlock-based; basic-block-based; basic-block-built; basic-residual; basic-residual-block; non-bottleneck residual; two-conv-block; basicblock",
  },
  bottleneck: {
    count:
      "bottleneck block; bottleneck; bottleneck residual block; ResNet bottleneck; bottleneck unit; resnet bottleneck block; bottleneck layer; Bottleneck; resnet bottleneck; ResNet bottleneck block; ResNet bottleneck unit; bottleneck residual unit; bottleneck residual module; residual bottleneck; residual bottleneck block; residual bottleneck unit; bottleneck res block; bottleneck resnet unit; bottleneck design block; 1x1-3x3-1x1 block; 1x1-3x3-1x1 residual block; 1x1-3x3-1x1 bottleneck; three-conv residual block; three-layer bottleneck block; three-convolution residual block; 3-conv bottleneck; 3-layer bottleneck; residual block with bottleneck; residual block with a bottleneck; reduce-conv-expand residual block; torchvision Bottleneck; classic bottleneck block; bottleneck-style block; bottleneck-style residual block; ResNet-50 style block; bottleneck module",
    before:
      "bottleneck; bottlenecked; bottleneck-based; bottleneck-style; bottle-neck; bottleneck-type; bottleneck-residual; residual-bottleneck; bottleneck-built; Bottleneck; bottleneck-block",
  },
  invertedResidual: {
    count:
      "inverted residual; inverted residual block; inverted bottleneck; MBConv block; MBConv; MobileNet-style block; mobile inverted bottleneck; MobileNetV2 block; inverted bottleneck block; InvertedResidual; InvertedResidual block; inverted-residual block; inverted residual module; inverted residual layer; inverted residual bottleneck; inverted bottleneck unit; inverted bottleneck layer; inverted bottleneck module; inverted-bottleneck block; inverted residual with linear bottleneck; mobile inverted bottleneck convolution; mobile inverted bottleneck block; mobile inverted residual; mobile bottleneck; mobile bottleneck block; mobile inverted bottleneck conv; MBConv layer; MBConv module; mbconv; mbconv block; mb conv block; MB conv block; MB-Conv block; MobileNetV2-style block; MobileNet v2 block; mobilenetv2 block; MobileNetV2 inverted residual; expand-depthwise-project block; expand-filter-project block; expansion-depthwise-projection block; EfficientNet block; EfficientNet-style block; EfficientNet MBConv block; linear-bottleneck inverted block; MobileNet block with expansion; inverted res block; mobilenet block; MBConv unit; inverted residual unit",
    before:
      "inverted-residual; MobileNet-style; MBConv; inverted-bottleneck; mobilenet-like; MobileNetV2-style; MobileNet-like; MBConv-based; mbconv; MBConv-style; inverted-residual-based; inverted-bottleneck-based; inverted-bottleneck-style; mobile-inverted-bottleneck; EfficientNet-style; mbconv-based; mobilenet-style; inverted residual; inverted bottleneck; mobilenetish",
  },
  squeezeExcitation: {
    count:
      "squeeze-and-excitation block; SE block; squeeze-excite block; squeeze-and-excite module; SE module; SE layer; channel attention; squeeze-and-excitation; squeeze excitation gate; channel attention block; SE gate; squeeze-and-excitation module; squeeze-and-excitation layer; squeeze-and-excitation unit; squeeze-excitation block; squeeze-excitation module; squeeze-excitation layer; squeeze-excitation; squeeze and excitation block; squeeze and excitation module; squeeze and excitation layer; squeeze and excite block; squeeze-excite module; squeeze-excite layer; squeeze & excitation block; squeeze&excite block; SqueezeExcitation; SqueezeExcite; SEBlock; SELayer; SEModule; SE-block; SE-module; SE-layer; SE attention block; SE attention module; SE channel attention; SE op; se block; se module; se layer; squeeze excitation block; channel attention module; channel attention layer; channel-attention block; channel-attention module; channel recalibration block; channel recalibration module; channel reweighting block; feature recalibration block; SENet block; SENet module; squeeze-and-excitation (SE) block; channel-wise attention block; channelwise attention module; squeeze-excite gate; SE unit; channel gate",
    mass: "squeeze-and-excitation; squeeze-and-excite; squeeze-excite; SE; channel attention; squeeze and excitation; squeeze & excitation; squeeze-excitation; SE blocks; SE modules; SE layers; SE gates; se blocks; squeeze-and-excitation blocks; squeeze-and-excitation modules; squeeze-and-excitation layers; squeeze-and-excitation (SE); squeeze-excite blocks; squeeze-excitation blocks; squeeze and excite; squeeze and excitation blocks; squeeze-and-excite blocks; Squeeze-and-Excitation; SqueezeExcitation; SE-blocks; SE-style attention; SE-style channel attention; channel attention (SE); channel attention blocks; channel attention modules; channel-attention; channel-wise attention; channelwise attention; channel recalibration; channel re-weighting; channel reweighting; feature recalibration by SE; SENet blocks; SENet-style attention; SE channel attention; channel gating; SE attention; squeeze & excite",
    before:
      "squeeze-and-excitation; SE; squeeze-excite; SE-equipped; channel-attention; SE-enhanced; SE-augmented; SE-block; SE-based; SE-style; squeeze-excitation; squeeze-and-excite; channel-attentive; channel-attention-equipped; SENet-style; channel-recalibrated; SE-using; squeeze-and-excitation-equipped; squeeze and excitation; SE-gated",
  },
  depthwiseSeparable: {
    count:
      "depthwise separable convolution; separable convolution; depthwise-separable block; depthwise separable conv; separable conv; depthwise separable block; separable block; MobileNetV1 block; SeparableConv2D; SeparableConv2d; SeparableConv; SeparableConv2D layer; SepConv; sepconv; sep conv; DSConv; DS conv; DSC layer; DSC block; depthwise-separable convolution; depthwise-separable conv; depth-wise separable convolution; depth-wise separable conv; depth-wise separable block; depthwise separable layer; depthwise separable convolution layer; depthwise separable convolution block; depthwise separable module; separable conv layer; separable convolution layer; separable conv block; separable convolution block; separable convolutional layer; factorized depthwise-pointwise convolution; depthwise-pointwise pair; depthwise plus pointwise pair; depthwise-then-pointwise block; depthwise + pointwise convolution block; dw+pw block; dw-pw pair; depthwise-pointwise block; MobileNet v1 block; MobileNetV1-style block; mobilenetv1 block; MobileNetV1 unit; dw separable conv; dw separable convolution; depthwise sep conv; separable layer; depthwise-separable unit; Xception-style convolution",
    mass: "depthwise separable convolution; separable convolution; depthwise-separable convolution; depthwise-separable convs; depth-wise separable convolution; depthwise separable convs; depthwise separable blocks; separable convs; separable conv layers; SeparableConv2D; SeparableConv2D layers; DSC; DS convs; DSConv; factorized depthwise-pointwise convolutions; depthwise plus pointwise pairs; depthwise-pointwise pairs; depthwise convolutions followed by pointwise ones; MobileNetV1 blocks; MobileNetV1-style blocks; dw separable convolutions; sepconv layers; separable convolutional layers; depthwise-then-pointwise blocks; depthwise separability",
    before:
      "depthwise-separable; separable; depthwise separable; depth-wise separable; separable-conv; separable-convolution; depthwise-separable-convolution; depthwise-separable-conv; separable-convolutional; MobileNetV1-style; depthwise-pointwise; depthwise-separable convolutional; sepconv; dw-separable",
  },
  transformerBlock: {
    count:
      "transformer block; transformer layer; transformer encoder block; encoder block; encoder layer; ViT block; transformer encoder layer; self-attention block; nn.TransformerEncoderLayer; TransformerEncoderLayer; TransformerBlock; Transformer block; Transformer layer; Transformer encoder layer; Transformer encoder block; transformer-block; transformer-layer; transformer stage block; transformer sub-block; attention-MLP block; attention + MLP block; attention-plus-MLP block; attention-FFN block; attention block with feed-forward part; block of attention and feed-forward; block of self-attention and MLP; MHSA-MLP block; self-attention block with MLP; ViT layer; ViT encoder block; ViT encoder layer; vision transformer block; vision transformer layer; BERT layer; BERT block; GPT block; transformer decoder block; transformer decoder layer; decoder block of a transformer; pre-norm transformer block; attention-based encoder layer; transformer cell; transformer-style block; xformer block; transformer building block; transformer unit; transformer module",
    before:
      "transformer-block; transformer-layer; transformer-block-based; transformer-block-built; encoder-block; ViT-block; transformer-encoder-block",
  },
  denseBlock: {
    count:
      "dense block; DenseNet block; densely connected block; dense connectivity block; DenseBlock; dense-block; DenseNet-type block; DenseNet dense block; DenseNet module; DenseNet unit; DenseNet stage block; block with dense connectivity; block with dense connections; densely connected conv block; densely concatenated block; dense connection module; dense concatenation block; dense module; block of densely connected layers; densely connected convolutional block; block with DenseNet connectivity; densely wired block; feature-reuse block; dense feature-reuse block; _DenseBlock; dense convolutional block; densely linked block; all-to-all concatenating block; densenet-style block; dense-connection block",
    mass: "dense connectivity; DenseNet-style connections; DenseNet blocks; DenseNet-style connectivity; DenseNet connectivity; dense connections between layers; dense connectivity as in DenseNet; densely connected layers as in DenseNet; dense blocks; DenseBlocks; densely concatenated features; dense feature reuse; DenseNet-style concatenation; dense blocks as in DenseNet; dense-block connectivity; DenseNet modules; dense skip concatenation; densely connected blocks",
    before:
      "densely connected; DenseNet-style; densely-connected; DenseNet-like; dense-block; densely concatenating; DenseNet-type; densenet-like; dense-connectivity; densely wired; dense-block-based",
  },
  inception: {
    count:
      "inception module; inception block; Inception module; GoogLeNet module; Inception-style block; Inception; Inception block; Inception layer; inception layer; InceptionBlock; InceptionModule; Inception v1 module; inception-style module; inception-style block; Inception-style module; inception-type block; inception-like module; inception-like block; GoogLeNet block; GoogLeNet inception module; GoogLeNet-style block; GoogLeNet-style module; googlenet module; multi-branch inception block; parallel multi-kernel block; multi-scale branch block; multi-kernel branch module; parallel-branch inception module; block of parallel convs with different kernels; module with parallel branches of different kernel size; mixed-kernel inception block; Inception structure; inception structure; inception unit; inception cell",
    before:
      "Inception-style; inception; Inception; Inception-based; inception-style; inception-type; GoogLeNet-style; Inception-like; inception-like; inception-based; Inception-module; inception-module; GoogLeNet-like",
  },
  fire: {
    count:
      "fire module; Fire module; SqueezeNet module; fire block; squeeze-expand module; FireModule; Fire; Fire block; Fire layer; fire layer; fire-module; fire structure; SqueezeNet fire module; SqueezeNet Fire module; SqueezeNet-style module; SqueezeNet-style block; SqueezeNet fire block; squeezenet module; squeezenet fire module; squeeze-and-expand module; squeeze-and-expand block; squeeze-expand block; squeeze/expand module; squeeze-then-expand module; squeeze-then-expand block; squeeze-expand unit; squeeze-and-expand unit; squeeze-and-expand layer; fire-style module; fire-style block; fire cell; fire unit; SqueezeNet block",
    before:
      "SqueezeNet-style; SqueezeNet-like; fire-module; fire-module-based; squeezenet-like; fire-based; squeezenet-style; squeeze-expand; fire-module-built; fire-style; squeeze-and-expand",
  },
  skipConnection: {
    count:
      "U-Net skip connection; U-Net-style skip; long skip connection; encoder-decoder skip; encoder-to-decoder skip connection; concatenating skip connection; skip connection as in U-Net; U-Net style skip connection; U-Net-like skip connection; u-net skip connection; UNet skip connection; UNet-style skip connection; unet skip connection; unet-style skip; U-Net concatenation; U-Net concatenation skip; U-Net bridge; U-Net shortcut; long skip; long-range skip connection; long-range skip; long-distance skip connection; encoder-decoder skip connection; encoder-decoder bridge; encoder-to-decoder skip; encoder-to-decoder link; encoder-to-decoder connection; encoder-to-decoder shortcut; skip from encoder to decoder; skip connection from encoder to decoder; skip connection from the encoder to the decoder; connection from encoder to decoder; concat skip connection; concatenative skip connection; skip connection with concatenation; skip with concatenation; long concatenating skip; down-path-to-up-path skip; contracting-to-expanding skip connection; cross-scale skip connection of a U-Net; copy-and-crop connection; copy and crop connection; UNet skip; U-shaped skip; lateral skip from encoder to decoder",
    before:
      "U-shaped; U-Net-style skip; long-skip; encoder-decoder-skip; U-skip; long-skip-connected; encoder-to-decoder-skip",
  },
  channelShuffle: {
    count:
      "channel shuffle; channel shuffle op; channel shuffle layer; ShuffleNet shuffle; channel shuffling; shuffle layer; ChannelShuffle; nn.ChannelShuffle; ChannelShuffle layer; ChannelShuffle op; channel-shuffle; channel-shuffle layer; channel shuffle step; channel shuffle module; channel shuffling layer; channel shuffling op; channel shuffling operation; channel shuffling step; channel-shuffling layer; ShuffleNet-style shuffle; ShuffleNet channel shuffle; ShuffleNet-style channel shuffle; ShuffleNet shuffle op; shuffle op; shuffle operation; shuffle step; shuffling layer; shuffling op; channel permutation; channel permutation layer; channel permutation op; channel interleaving; channel interleaving op; channel reshuffle; channel mixing shuffle; group shuffle; cross-group channel shuffle; permutation of channels; shuffle of channels; channel-shuffle operation",
    mass: "channel shuffling; channel shuffle; channel-shuffling; channel shuffles; channel shuffle ops; channel shuffle layers; a channel shuffle; a channel shuffle operation; ShuffleNet-style shuffling; ShuffleNet shuffling; ShuffleNet-style channel shuffling; ShuffleNet's channel shuffle; shuffling of channels; shuffling of its channels; shuffling of channels between groups; shuffling channels across groups; channel permutation; channel permutations; channel interleaving; ChannelShuffle; nn.ChannelShuffle; permutation of its channels; reshuffling of channels; channel reshuffling; interleaved channels; shuffled channels",
  },
  patchEmbedding: {
    count:
      "patch embedding; patchify stem; patch embedding layer; patch projection; patch embed; patchify layer; PatchEmbed; PatchEmbedding; PatchEmbed layer; PatchEmbedding layer; patch-embedding; patch-embedding layer; patch embedding module; patch embedding stem; patch embedding convolution; patch embedding projection; patchify convolution; patchify conv; patchify operation; patchify step; patchifying convolution; patchifying stem; patchifying layer; patchification layer; patch stem; patch conv; patch projection layer; patch convolution; patch tokenizer; patch tokenization layer; image-to-patch embedding; image-to-token layer; image patch embedding; ViT patch embedding; ViT-style patch embedding; ViT stem; linear patch projection; linear projection of patches; non-overlapping patch convolution; patch extraction layer; patch-splitting stem; patch splitting layer; patch partition layer; patch partition; patch encoder stem; patch embedder; patchifier",
    mass: "patch embedding; patchifying; a patchify stem; a patch stem; image patches; patch embeddings; patch-embedding; PatchEmbed; PatchEmbedding; a patch embedding; a patch embedding layer; a patch-embedding layer; a patchify layer; a patchifying stem; a patchify convolution; patch tokens; patch tokenization; patches as tokens; image patches as tokens; splitting the image into patches; cutting the image into patches; a split of the image into patches; patch projection; a patch projection; a ViT-style stem; a ViT-like patch stem; ViT-style patch embedding; ViT-style patches; non-overlapping patches; patch partitioning; patch splitting; patch-based tokenization; linear patch embedding; an image-to-patch embedding; patchification",
    before:
      "patch-based; patchified; patchifying; patch-embedding; patch-embedded; patch-tokenized; patch-token; patch-wise; patchify-style; patch-stem; patch-splitting; patchify",
  },
};
