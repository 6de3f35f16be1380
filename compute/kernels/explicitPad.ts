// Convolutions with their padding written out. The stock kernels leave "same" to XNNPACK, which gives zeros for some sizes
// with a stride above the filter's (6x7, filter 2, stride 3); and of one number, tfjs takes the output's width from the
// filter's height and the vertical stride, so that a result which is wider than that runs over the heap.
import type { KernelFunc, NamedAttrMap } from "@tensorflow/tfjs";
import { backend_util } from "@tensorflow/tfjs";
import { input } from "./kit";

type Shape4 = [number, number, number, number];

interface PaddedAttrs {
  strides: number | [number, number];
  dilations: number | [number, number] | null;
  pad: unknown;
  dimRoundingMode?: "floor" | "round" | "ceil";
  dataFormat?: "NHWC" | "NCHW";
}

const explicitly = (stock: KernelFunc, depthwise: boolean): KernelFunc => {
  return (call) => {
    const attrs = call.attrs as unknown as PaddedAttrs;
    const filter = input(call.inputs, "filter").shape as Shape4;
    if (typeof attrs.pad === "number") refuseUneven(filter, attrs.strides);
    if (attrs.pad !== "same" || attrs.dataFormat === "NCHW") return stock(call);
    const { top, bottom, left, right } = backend_util.computeConv2DInfo(
      input(call.inputs, "x").shape as Shape4,
      filter,
      attrs.strides,
      attrs.dilations ?? 1,
      "same",
      attrs.dimRoundingMode,
      depthwise,
    ).padInfo;
    const pad = [
      [0, 0],
      [top, bottom],
      [left, right],
      [0, 0],
    ];
    return stock({ ...call, attrs: { ...attrs, pad } as unknown as NamedAttrMap });
  };
};

function refuseUneven([height, width]: Shape4, strides: number | [number, number]): void {
  const [vertical, horizontal] = typeof strides === "number" ? [strides, strides] : strides;
  if (height === width && vertical === horizontal) return;
  throw new Error(
    `a ${height}x${width} filter with strides ${vertical} and ${horizontal} cannot be padded by one number: ` +
      "give [[0, 0], [top, bottom], [left, right], [0, 0]]",
  );
}

export const explicitPad = (stock: KernelFunc) => explicitly(stock, false);
export const explicitPadDepthwise = (stock: KernelFunc) => explicitly(stock, true);
