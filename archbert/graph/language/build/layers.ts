// Layers as nodes: what a block is made of. Each takes the value it reads and returns the value it makes.
import type { Activation, Norm } from "../vocabulary";
import { largestDivisor } from "../vocabulary";
import type { Writer } from "./writer";

const epsilon = 1e-5;
/** Groups of a group normalization, or the most below that divide the width. */
export const normGroups = 8;

/** Channels of a picture, features of tokens or of a vector. */
export function widthOf(w: Writer, x: string): number {
  const shape = w.shape(x);
  const width = shape?.length === 4 ? shape[1] : shape?.at(-1);
  if (typeof width !== "number") throw new Error(`internal: ${x} has no width`);
  return width;
}

export interface ConvOptions {
  kernel?: number;
  stride?: number;
  groups?: number;
  /** A bias of its own, where no normalization brings one. */
  bias: boolean;
}

export function conv(
  w: Writer,
  name: string,
  x: string,
  width: number,
  { kernel = 1, stride = 1, groups = 1, bias }: ConvOptions,
): string {
  const inChannels = widthOf(w, x);
  const attributes = {
    kernelSize: [kernel, kernel],
    strides: [stride, stride],
    padding: "same",
    groups,
    inChannels,
    outChannels: width,
    bias,
  };
  const weight = [width, inChannels / groups, kernel, kernel];
  return w.add("conv", name, [x], attributes, bias ? { weight, bias: [width] } : { weight });
}

export function linear(w: Writer, name: string, x: string, width: number, bias = true): string {
  const inFeatures = widthOf(w, x);
  const weight = [width, inFeatures];
  const attributes = { inFeatures, outFeatures: width, bias };
  return w.add("linear", name, [x], attributes, bias ? { weight, bias: [width] } : { weight });
}

/** The normalization, or `x` as it is where there is none. */
export function normalize(w: Writer, name: string, x: string, norm: Norm): string {
  const width = widthOf(w, x);
  const isPicture = w.shape(x)?.length === 4;
  switch (norm) {
    case "none":
      return x;
    case "batch": {
      const weights = { scale: [width], shift: [width], mean: [width], variance: [width] };
      return w.add("batchNorm", name, [x], { epsilon }, weights);
    }
    case "group": {
      const groups = largestDivisor(width, normGroups);
      return w.add("groupNorm", name, [x], { groups, epsilon }, { scale: [width], shift: [width] });
    }
    case "layer": {
      // Over a whole picture, with a scale a channel; else over the features of each token.
      const size = isPicture ? [width, 1, 1] : [width];
      return w.add(
        "layerNorm",
        name,
        [x],
        { axis: isPicture ? 1 : -1, epsilon },
        { scale: size, shift: size },
      );
    }
  }
}

export function activate(w: Writer, name: string, x: string, activation: Activation): string {
  switch (activation) {
    case "leakyRelu":
      return w.add(activation, name, [x], { slope: 0.01 });
    case "elu":
      return w.add(activation, name, [x], { alpha: 1 });
    case "gelu":
      return w.add(activation, name, [x], { approximate: "none" });
    default:
      return w.add(activation, name, [x]);
  }
}

/** Dropout at the given rate, or `x` as it is at 0. */
export function drop(w: Writer, name: string, x: string, rate: number): string {
  return rate === 0 ? x : w.add("dropout", name, [x], { rate });
}

/** Squeeze-and-excitation: each channel scaled by what the whole picture says; `x` as it is where `reduction` is 0. */
export function gate(w: Writer, name: string, x: string, reduction: number): string {
  if (reduction === 0) return x;
  const width = widthOf(w, x);
  const pooled = w.add("globalAveragePool", `${name}.pool`, [x], { keepDims: true });
  const less = conv(w, `${name}.squeeze`, pooled, Math.max(1, Math.round(width / reduction)), { bias: true });
  const active = activate(w, `${name}.relu`, less, "relu");
  const more = conv(w, `${name}.excite`, active, width, { bias: true });
  const share = w.add("sigmoid", `${name}.sigmoid`, [more]);
  return w.add("mul", `${name}.scale`, [x, share]);
}
