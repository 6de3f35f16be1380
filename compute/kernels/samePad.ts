// Convolutions with "same" padding: the stock kernels leave its amounts to XNNPACK, which gives zeros for some sizes with a
// stride above the filter's (6x7, filter 2, stride 3). Written out, the amounts are right.
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
    if (attrs.pad !== "same" || attrs.dataFormat === "NCHW") return stock(call);
    const { top, bottom, left, right } = backend_util.computeConv2DInfo(
      input(call.inputs, "x").shape as Shape4,
      input(call.inputs, "filter").shape as Shape4,
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

export const samePad = (stock: KernelFunc) => explicitly(stock, false);
export const samePadDepthwise = (stock: KernelFunc) => explicitly(stock, true);
