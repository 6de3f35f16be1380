// Gradients of a depthwise convolution (NHWC, dilation 1).
import type { TensorInfo } from "@tensorflow/tfjs";
import { backend_util } from "@tensorflow/tfjs";
import { backwardPads, type Conv, type ConvAttrs, cropped } from "./conv2d";
import { composed, input, type Kit } from "./kit";
import { columnSum } from "./sum";
import { zeroInsert } from "./zeroInsert";

type Shape4 = [number, number, number, number];

function convOf(inputShape: number[], filterShape: number[], attrs: ConvAttrs): Conv {
  return backend_util.computeConv2DInfo(
    inputShape as Shape4,
    filterShape as Shape4,
    attrs.strides,
    1,
    attrs.pad,
    attrs.dimRoundingMode,
    true,
  );
}

/** The m-th of the outputs that each channel has: [N, h, w, C * M] to M times [N, h, w, C]. */
function multiples(kit: Kit, x: TensorInfo, channels: number): TensorInfo[] {
  const count = (x.shape[3] as number) / channels;
  if (count === 1) return [x];
  const [n, h, w] = x.shape as Shape4;
  const apart = kit.reshape(x, [n * h * w, channels, count]);
  return Array.from({ length: count }, (_, m) =>
    kit.reshape(kit.run("Slice", { x: apart }, { begin: [0, 0, m], size: [n * h * w, channels, 1] }), [
      n,
      h,
      w,
      channels,
    ]),
  );
}

export const depthwiseBackpropInput = composed<ConvAttrs & { inputShape: number[] }>((kit, inputs, attrs) => {
  const filter = input(inputs, "filter");
  const conv = convOf(attrs.inputShape, filter.shape, attrs);
  const { filterHeight, filterWidth, inChannels, strideHeight, strideWidth } = conv;
  const turned = kit.run("Reverse", { x: filter }, { dims: [0, 1] });
  const pads = backwardPads(conv, conv.outHeight * strideHeight, conv.outWidth * strideWidth);
  const parts = multiples(kit, input(inputs, "dy"), inChannels).map((part, m) => {
    const begin = [0, 0, 0, m];
    const taps = kit.run("Slice", { x: turned }, { begin, size: [filterHeight, filterWidth, inChannels, 1] });
    const [x, pad] = cropped(kit, zeroInsert(kit, part, strideHeight, strideWidth), pads);
    return kit.run("DepthwiseConv2dNative", { x, filter: taps }, { strides: [1, 1], pad, dilations: [1, 1] });
  });
  return parts.reduce((a, b) => kit.run("Add", { a, b }));
});

/** The places of x that each tap of a strided filter reads, as slices of one of stride^2 smaller pictures. */
function tapsOf(kit: Kit, x: TensorInfo, conv: Conv): (row: number, column: number) => TensorInfo {
  const { batchSize: n, inChannels: c, strideHeight: sh, strideWidth: sw, padInfo } = conv;
  const h = Math.ceil(((conv.outHeight - 1) * sh + conv.filterHeight) / sh);
  const w = Math.ceil(((conv.outWidth - 1) * sw + conv.filterWidth) / sw);
  const padded = kit.padOrCrop(x, [
    [0, 0],
    [padInfo.top, h * sh - conv.inHeight - padInfo.top],
    [padInfo.left, w * sw - conv.inWidth - padInfo.left],
    [0, 0],
  ]);
  const phases = new Map<string, TensorInfo>();
  const phase = (row: number, column: number) => {
    const key = `${row} ${column}`;
    const known = phases.get(key);
    if (known) return known;
    const rows = part(kit, kit.reshape(padded, [n * h, sh, w * sw * c]), row);
    const places = part(kit, kit.reshape(rows, [n * h * w, sw, c]), column);
    const picture = kit.reshape(places, [n, h, w, c]);
    phases.set(key, picture);
    return picture;
  };
  return (row, column) => {
    const begin = [0, Math.floor(row / sh), Math.floor(column / sw), 0];
    const size = [n, conv.outHeight, conv.outWidth, c];
    return kit.run("Slice", { x: phase(row % sh, column % sw) }, { begin, size });
  };
}

function part(kit: Kit, x: TensorInfo, at: number): TensorInfo {
  const [rows, count, columns] = x.shape as [number, number, number];
  return count === 1 ? x : kit.run("Slice", { x }, { begin: [0, at, 0], size: [rows, 1, columns] });
}

export const depthwiseBackpropFilter = composed<ConvAttrs & { filterShape: number[] }>(
  (kit, inputs, attrs) => {
    const x = input(inputs, "x");
    const conv = convOf(x.shape, attrs.filterShape, attrs);
    const { inChannels, filterHeight, filterWidth, batchSize, outHeight, outWidth } = conv;
    const parts = multiples(kit, input(inputs, "dy"), inChannels);
    const tap = tapsOf(kit, x, conv);
    const places = batchSize * outHeight * outWidth;
    const rows: TensorInfo[] = [];
    for (let row = 0; row < filterHeight; row++) {
      for (let column = 0; column < filterWidth; column++) {
        const seen = tap(row, column);
        const sums = parts.map((dy) => {
          const both = kit.run("Multiply", { a: seen, b: dy });
          return kit.reshape(columnSum(kit, kit.reshape(both, [places, inChannels])), [1, inChannels, 1]);
        });
        rows.push(kit.concat(sums, 2));
      }
    }
    return kit.reshape(kit.concat(rows, 0), attrs.filterShape);
  },
);
