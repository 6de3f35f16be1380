// Gradients of a convolution, each as a convolution itself (NHWC, dilation 1, which is all that tfjs differentiates).
import type { TensorInfo } from "@tensorflow/tfjs";
import { backend_util } from "@tensorflow/tfjs";
import { composed, input, type Kit } from "./kit";
import { zeroInsert } from "./zeroInsert";

type Shape4 = [number, number, number, number];

export interface ConvAttrs {
  strides: number | [number, number];
  pad: "valid" | "same" | number | backend_util.ExplicitPadding;
  dataFormat?: "NHWC" | "NCHW";
  dimRoundingMode?: "floor" | "round" | "ceil";
}

export type Conv = backend_util.Conv2DInfo;

function convOf(inputShape: number[], filterShape: number[], attrs: ConvAttrs): Conv {
  if (attrs.dataFormat === "NCHW") throw new Error("the wasm backend convolves NHWC only");
  return backend_util.computeConv2DInfo(
    inputShape as Shape4,
    filterShape as Shape4,
    attrs.strides,
    1,
    attrs.pad,
    attrs.dimRoundingMode,
  );
}

const explicit = (top: number, bottom: number, left: number, right: number) => [
  [0, 0],
  [top, bottom],
  [left, right],
  [0, 0],
];

const isPointwise = ({ filterHeight, filterWidth, padInfo: { top, bottom, left, right } }: Conv) =>
  filterHeight === 1 && filterWidth === 1 && top + bottom + left + right === 0;

/** What must be put around the spread gradient so that a filter passes over it to the input's size; negative: cut off. */
export function backwardPads(
  conv: Conv,
  spreadHeight: number,
  spreadWidth: number,
): [[number, number], [number, number]] {
  const { filterHeight, filterWidth, inHeight, inWidth, padInfo } = conv;
  const top = filterHeight - 1 - padInfo.top;
  const left = filterWidth - 1 - padInfo.left;
  return [
    [top, inHeight + filterHeight - 1 - spreadHeight - top],
    [left, inWidth + filterWidth - 1 - spreadWidth - left],
  ];
}

/** Cuts what negative pads cut; the rest is for the convolution to pad. */
export function cropped(
  kit: Kit,
  x: TensorInfo,
  pads: [[number, number], [number, number]],
): [TensorInfo, number[][]] {
  const cut = pads.map(([before, after]) => [Math.min(0, before), Math.min(0, after)] as const);
  const [rows, columns] = pads.map((pair) => pair.map((amount) => Math.max(0, amount)));
  const small = kit.padOrCrop(x, [[0, 0], ...cut, [0, 0]]);
  return [small, [[0, 0], rows as number[], columns as number[], [0, 0]]];
}

export const conv2DBackpropInput = composed<ConvAttrs & { inputShape: number[] }>((kit, inputs, attrs) => {
  const dy = input(inputs, "dy");
  const filter = input(inputs, "filter");
  const conv = convOf(attrs.inputShape, filter.shape, attrs);
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels } = conv;
  if (isPointwise(conv)) return pointwiseInput(kit, dy, filter, conv);
  const turned = kit.run("Reverse", { x: filter }, { dims: [0, 1] });
  const spread = zeroInsert(kit, dy, conv.strideHeight, conv.strideWidth);
  const [x, pad] = cropped(
    kit,
    spread,
    backwardPads(conv, outHeight * conv.strideHeight, outWidth * conv.strideWidth),
  );
  const out = kit.run(
    "Conv2D",
    { x, filter: kit.transpose(turned, [0, 1, 3, 2]) },
    { strides: [1, 1], pad, dataFormat: "NHWC", dilations: [1, 1] },
  );
  if (out.shape.join() !== [batchSize, inHeight, inWidth, inChannels].join() || outChannels !== dy.shape[3]) {
    throw new Error(
      `internal: the gradient of a convolution has shape ${out.shape}, not ${attrs.inputShape}`,
    );
  }
  return out;
});

/** A 1x1 convolution is a product of matrices; only then are its places spread out. */
function pointwiseInput(kit: Kit, dy: TensorInfo, filter: TensorInfo, conv: Conv): TensorInfo {
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels } = conv;
  const small = kit.run(
    "BatchMatMul",
    {
      a: kit.reshape(dy, [batchSize * outHeight * outWidth, outChannels]),
      b: kit.reshape(filter, [inChannels, outChannels]),
    },
    { transposeA: false, transposeB: true },
  );
  const picture = kit.reshape(small, [batchSize, outHeight, outWidth, inChannels]);
  const spread = zeroInsert(kit, picture, conv.strideHeight, conv.strideWidth);
  const [, spreadHeight, spreadWidth] = spread.shape as Shape4;
  return kit.padOrCrop(spread, [
    [0, 0],
    [0, inHeight - spreadHeight],
    [0, inWidth - spreadWidth],
    [0, 0],
  ]);
}

/** The places of x that a strided 1x1 convolution reads. */
function everyStride(kit: Kit, x: TensorInfo, conv: Conv): TensorInfo {
  const { strideHeight, strideWidth, inHeight, inWidth, outHeight, outWidth } = conv;
  if (strideHeight === 1 && strideWidth === 1) return x;
  const [n, , , c] = x.shape as Shape4;
  const whole = kit.padOrCrop(x, [
    [0, 0],
    [0, outHeight * strideHeight - inHeight],
    [0, outWidth * strideWidth - inWidth],
    [0, 0],
  ]);
  const rows = kit.run(
    "Slice",
    { x: kit.reshape(whole, [n * outHeight, strideHeight * outWidth * strideWidth * c]) },
    { begin: [0, 0], size: [n * outHeight, outWidth * strideWidth * c] },
  );
  const places = kit.run(
    "Slice",
    { x: kit.reshape(rows, [n * outHeight * outWidth, strideWidth * c]) },
    { begin: [0, 0], size: [n * outHeight * outWidth, c] },
  );
  return kit.reshape(places, [n, outHeight, outWidth, c]);
}

/** The batch becomes the channels: one convolution of x by dy, whose places stand stride apart. */
export const conv2DBackpropFilter = composed<ConvAttrs & { filterShape: number[] }>((kit, inputs, attrs) => {
  const x = input(inputs, "x");
  const dy = input(inputs, "dy");
  const conv = convOf(x.shape, attrs.filterShape, attrs);
  const { padInfo, filterHeight, filterWidth, inChannels, outChannels } = conv;
  if (isPointwise(conv)) {
    const places = conv.batchSize * conv.outHeight * conv.outWidth;
    const dW = kit.run(
      "BatchMatMul",
      {
        a: kit.reshape(everyStride(kit, x, conv), [places, inChannels]),
        b: kit.reshape(dy, [places, outChannels]),
      },
      { transposeA: true, transposeB: false },
    );
    return kit.reshape(dW, attrs.filterShape);
  }
  const wide = kit.run(
    "Conv2D",
    { x: kit.transpose(x, [3, 1, 2, 0]), filter: kit.transpose(dy, [1, 2, 0, 3]) },
    {
      strides: [1, 1],
      pad: explicit(padInfo.top, padInfo.bottom, padInfo.left, padInfo.right),
      dataFormat: "NHWC",
      dilations: [conv.strideHeight, conv.strideWidth],
    },
  );
  // Where the stride does not divide, the last places of x were never read: what they give is not of the filter.
  const taps = kit.padOrCrop(wide, [
    [0, 0],
    [0, filterHeight - (wide.shape[1] as number)],
    [0, filterWidth - (wide.shape[2] as number)],
    [0, 0],
  ]);
  const turned = kit.transpose(taps, [1, 2, 0, 3]);
  return kit.reshape(turned, attrs.filterShape);
});
