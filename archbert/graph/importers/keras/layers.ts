// Keras' layers in the vocabulary's terms: one line a layer.
import { text } from "../json";
import type { Tensor } from "../writer";
import { activation, elu, leakyRelu, prelu, relu, softmax, thresholdedRelu } from "./activations";
import { dotProduct, einsumDense, multiHead } from "./attention";
import type { LayerCall } from "./call";
import {
  centerCrop,
  convolution,
  cropping,
  depthwise,
  globalPooling,
  pooling,
  resizing,
  separable,
  transposed,
  upsampling,
  zeroPadding,
} from "./convolutional";
import {
  batchNorm,
  concatenate,
  custom,
  dense,
  embedding,
  flatten,
  groupNorm,
  layerNorm,
  layerScale,
  merge,
  normalization,
  permute,
  repeatVector,
  rescaling,
  reshape,
  scaledSum,
  unitNorm,
} from "./features";
import { operation } from "./operations";
import { bidirectional, cellular, convolutional, recurrent, timeDistributed } from "./recurrent";

type Translate = (call: LayerCall) => Tensor | Tensor[];

/** Does nothing to what passes, once trained. */
const pass: Translate = (call) => [...call.use.inputs];
const dropout: Translate = (call) => call.add("dropout", [call.input()], { rate: call.number("rate", 0) });
/** A wrapper whose layer stands for it. */
const wrapped: Translate = (call) => call.use.inner(call.inner("layer"), "layer", call.use.inputs);

const table: Record<string, Translate> = {
  Conv1D: convolution(1),
  Conv2D: convolution(2),
  Conv3D: convolution(3),
  Convolution1D: convolution(1),
  Convolution2D: convolution(2),
  Conv1DTranspose: transposed(1),
  Conv2DTranspose: transposed(2),
  Conv3DTranspose: transposed(3),
  DepthwiseConv1D: depthwise(1),
  DepthwiseConv2D: depthwise(2),
  SeparableConv1D: separable(1),
  SeparableConv2D: separable(2),
  MaxPooling1D: pooling("maxPool", 1),
  MaxPooling2D: pooling("maxPool", 2),
  MaxPooling3D: pooling("maxPool", 3),
  AveragePooling1D: pooling("averagePool", 1),
  AveragePooling2D: pooling("averagePool", 2),
  AveragePooling3D: pooling("averagePool", 3),
  GlobalAveragePooling1D: globalPooling("globalAveragePool"),
  GlobalAveragePooling2D: globalPooling("globalAveragePool"),
  GlobalAveragePooling3D: globalPooling("globalAveragePool"),
  GlobalMaxPooling1D: globalPooling("globalMaxPool"),
  GlobalMaxPooling2D: globalPooling("globalMaxPool"),
  GlobalMaxPooling3D: globalPooling("globalMaxPool"),
  ZeroPadding1D: zeroPadding(1),
  ZeroPadding2D: zeroPadding(2),
  ZeroPadding3D: zeroPadding(3),
  Cropping1D: cropping(1),
  Cropping2D: cropping(2),
  Cropping3D: cropping(3),
  UpSampling1D: upsampling(1),
  UpSampling2D: upsampling(2),
  UpSampling3D: upsampling(3),
  Resizing: resizing,
  CenterCrop: centerCrop,

  Dense: dense,
  EinsumDense: einsumDense,
  Embedding: embedding,
  BatchNormalization: batchNorm,
  SyncBatchNormalization: batchNorm,
  LayerNormalization: layerNorm,
  RMSNormalization: layerNorm,
  GroupNormalization: groupNorm,
  UnitNormalization: unitNorm,
  LayerScale: layerScale,
  CustomScaleLayer: scaledSum,

  Activation: activation,
  ReLU: relu,
  LeakyReLU: leakyRelu,
  ThresholdedReLU: thresholdedRelu,
  PReLU: prelu,
  ELU: elu,
  Softmax: softmax,

  MultiHeadAttention: multiHead,
  GroupQueryAttention: multiHead,
  GroupedQueryAttention: multiHead,
  Attention: dotProduct,
  LSTM: recurrent,
  GRU: recurrent,
  SimpleRNN: recurrent,
  CuDNNLSTM: recurrent,
  CuDNNGRU: recurrent,
  RNN: cellular,
  ConvLSTM1D: convolutional(1),
  ConvLSTM2D: convolutional(2),
  ConvLSTM3D: convolutional(3),
  Bidirectional: bidirectional,
  TimeDistributed: timeDistributed,
  SpectralNormalization: wrapped,

  Add: merge("add"),
  Subtract: merge("sub"),
  Multiply: merge("mul"),
  Average: merge("mean"),
  Maximum: merge("max"),
  Minimum: merge("min"),
  Concatenate: concatenate,
  Flatten: flatten,
  Reshape: reshape,
  Permute: permute,
  RepeatVector: repeatVector,

  Dropout: dropout,
  AlphaDropout: dropout,
  GaussianDropout: dropout,
  SpatialDropout1D: dropout,
  SpatialDropout2D: dropout,
  SpatialDropout3D: dropout,
  StochasticDepth: dropout,
  DropPath: dropout,
  GaussianNoise: pass,
  ActivityRegularization: pass,
  Identity: pass,
  Masking: pass,
  InputLayer: pass,

  Rescaling: rescaling,
  Normalization: normalization,
};

/** Layers that change pictures in training only. */
const augmentation =
  /^Random(Brightness|Contrast|ColorJitter|Flip|Rotation|Translation|Zoom|Shear|Hue|Saturation|Sharpness|Erasing|Grayscale|Invert|GaussianBlur|Posterization|Perspective|ElasticTransform|ColorDegeneration)$/;

/** @returns the outputs of the layer; an op `custom:NAME` where the layer is not known here */
export function translate(call: LayerCall): Tensor[] {
  const { kind, module } = call.use;
  if (kind === "TFOpLambda" || kind === "SlicingOpLambda") return operation(call, text(call.config.function));
  if (/^keras\.(src\.)?ops\b/.test(module)) return operation(call, kind);
  const name = kind.replace(/^.*>/, "").replace(/^.*_(?=LayerScale$|StochasticDepth$)/, "");
  const known = Object.hasOwn(table, name) ? table[name] : augmentation.test(name) ? pass : undefined;
  const made = known ? known(call) : custom(call);
  return Array.isArray(made) ? made : [made];
}
