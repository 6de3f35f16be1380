// Layers over pictures and sequences: convolutions, pooling, padding, resizing.
import type { Attribute, Dimension } from "../../architecture";
import { isNumbers, list } from "../json";
import { shapeOf, type Tensor } from "../writer";
import { activated } from "./activations";
import type { LayerCall } from "./call";

const ones = (values: readonly number[]) => values.every((value) => value === 1);

/** Kernel, strides, dilations and padding of a window over so many axes. */
function windowOf(
  call: LayerCall,
  spatial: number,
  kernel: string,
  strides = "strides",
): Record<string, Attribute | undefined> {
  const kernelSize = call.sizes(kernel, spatial);
  const steps = call.sizes(strides, spatial);
  const dilations = call.sizes("dilation_rate", spatial);
  return {
    kernelSize,
    strides: steps ?? (strides === "strides" && kernel === "pool_size" ? kernelSize : undefined),
    dilations: dilations && !ones(dilations) ? dilations : undefined,
    padding: paddingOf(call, kernelSize ?? [], dilations ?? []),
  };
}

function paddingOf(
  call: LayerCall,
  kernel: readonly number[],
  dilations: readonly number[],
): Attribute | undefined {
  const padding = call.text("padding", "valid");
  if (padding === "same") return "same";
  if (padding !== "causal") return undefined;
  return [...kernel.map((size, i) => (size - 1) * (dilations[i] ?? 1)), ...kernel.map(() => 0)];
}

export const convolution =
  (spatial: number) =>
  (call: LayerCall): Tensor => {
    const input = call.picture();
    const inChannels = call.channels(input);
    const outChannels = call.count("filters");
    const groups = call.number("groups", 1);
    const bias = call.flag("use_bias", true);
    const window = windowOf(call, spatial, "kernel_size");
    const kernel = numbers(window.kernelSize);
    const parameters = [
      ...call.weight("kernel", [
        outChannels,
        inChannels === undefined ? undefined : inChannels / groups,
        ...kernel,
      ]),
      ...(bias ? call.weight("bias", [outChannels]) : []),
    ];
    const attributes = { ...window, groups, inChannels, outChannels, bias: bias || undefined };
    return activated(call, call.add("conv", [input], attributes, { parameters }));
  };

export const transposed =
  (spatial: number) =>
  (call: LayerCall): Tensor => {
    const input = call.picture();
    const inChannels = call.channels(input);
    const outChannels = call.count("filters");
    const bias = call.flag("use_bias", true);
    const window = windowOf(call, spatial, "kernel_size");
    const kernel = numbers(window.kernelSize);
    const strides = numbers(window.strides);
    // Keras gives each place at least its stride.
    const short = kernel.map((size, i) => Math.max(0, (strides[i] ?? 1) - size));
    const outputPadding =
      call.sizes("output_padding", spatial) ?? (ones(short.map((n) => n + 1)) ? undefined : short);
    const parameters = [
      ...call.weight("kernel", [inChannels, outChannels, ...kernel]),
      ...(bias ? call.weight("bias", [outChannels]) : []),
    ];
    const attributes = {
      ...window,
      groups: 1,
      inChannels,
      outChannels,
      outputPadding,
      bias: bias || undefined,
    };
    return activated(call, call.add("convTranspose", [input], attributes, { parameters }));
  };

export const depthwise =
  (spatial: number) =>
  (call: LayerCall): Tensor => {
    const bias = call.flag("use_bias", true);
    return activated(call, filtered(call, spatial, bias));
  };

/** A convolution with filters of its own for each channel. */
function filtered(call: LayerCall, spatial: number, bias: boolean, part?: string): Tensor {
  const input = call.picture();
  const inChannels = call.channels(input);
  const multiplier = call.number("depth_multiplier", 1);
  const outChannels = inChannels === undefined ? undefined : inChannels * multiplier;
  const window = windowOf(call, spatial, "kernel_size");
  const parameters = [
    ...call.weight("depthwise_kernel", [outChannels, 1, ...numbers(window.kernelSize)]),
    ...(bias ? call.weight("bias", [outChannels]) : []),
  ];
  const attributes = { ...window, groups: inChannels, inChannels, outChannels, bias: bias || undefined };
  return call.add("conv", [input], attributes, { parameters, part });
}

export const separable =
  (spatial: number) =>
  (call: LayerCall): Tensor => {
    const inner = filtered(call, spatial, false, "depthwise");
    const inChannels = call.channels(inner);
    const outChannels = call.count("filters");
    const bias = call.flag("use_bias", true);
    const kernelSize = new Array<number>(spatial).fill(1);
    const parameters = [
      ...call.weight("pointwise_kernel", [outChannels, inChannels, ...kernelSize]),
      ...(bias ? call.weight("bias", [outChannels]) : []),
    ];
    const attributes = {
      kernelSize,
      strides: kernelSize,
      groups: 1,
      inChannels,
      outChannels,
      bias: bias || undefined,
    };
    return activated(call, call.add("conv", [inner], attributes, { parameters, part: "pointwise" }));
  };

export const pooling =
  (op: "maxPool" | "averagePool", spatial: number) =>
  (call: LayerCall): Tensor =>
    call.add(op, [call.picture()], windowOf(call, spatial, "pool_size"));

export const globalPooling =
  (op: "globalAveragePool" | "globalMaxPool") =>
  (call: LayerCall): Tensor => {
    const keepDims = call.flag("keepdims", false);
    const input = call.input();
    if (call.rank(input) === 3 && call.channelsLast && !input.moved) {
      // Over tokens: a mean over their axis, as features stay last.
      return call.add(op === "globalAveragePool" ? "reduceMean" : "reduceMax", [input], {
        axes: [1],
        keepDims,
      });
    }
    const picture = call.picture();
    return call.add(op, [picture], { keepDims }, { moved: keepDims && picture.moved });
  };

/** [[top, bottom], [left, right]], or one number an axis, or one for all. */
function edges(call: LayerCall, name: string, spatial: number): [number, number][] {
  const value = call.config[name];
  const items = typeof value === "number" ? new Array<number>(spatial).fill(value) : list(value);
  const pairs = spatial === 1 && isNumbers(items) && items.length === 2 ? [items] : items;
  const read = pairs.map((item): [number, number] => {
    const [a, b] = typeof item === "number" ? [item, item] : list(item);
    return [Number(a), Number(b)];
  });
  if (read.length !== spatial || !read.flat().every((size) => Number.isSafeInteger(size) && size >= 0)) {
    throw call.error(`has no usable "${name}"`);
  }
  return read;
}

export const zeroPadding =
  (spatial: number) =>
  (call: LayerCall): Tensor => {
    const pairs = edges(call, "padding", spatial);
    const axes = pairs.map((_, i) => i + 2);
    const padding = [...pairs.map(([before]) => before), ...pairs.map(([, after]) => after)];
    return call.add("pad", [call.picture()], { padding, axes, mode: "constant", value: 0 });
  };

export const cropping =
  (spatial: number) =>
  (call: LayerCall): Tensor => {
    const pairs = edges(call, "cropping", spatial);
    return call.add("slice", [call.picture()], {
      starts: pairs.map(([before]) => before),
      ends: pairs.map(([, after]) => (after === 0 ? 2 ** 31 - 1 : -after)),
      axes: pairs.map((_, i) => i + 2),
    });
  };

const modes = new Map([
  ["nearest", "nearest"],
  ["bilinear", "linear"],
  ["bicubic", "cubic"],
]);

export const upsampling =
  (spatial: number) =>
  (call: LayerCall): Tensor => {
    const sizes = call.sizes("size", spatial) ?? new Array<number>(spatial).fill(2);
    const mode = modes.get(call.text("interpolation", "nearest")) ?? "nearest";
    return call.add("upsample", [call.picture()], { mode, scales: [1, 1, ...sizes] });
  };

export function resizing(call: LayerCall): Tensor {
  const input = call.picture();
  const [batch, channels] = shapeOf(input) ?? [];
  const sizes = [batch ?? "batch", channels ?? "?", call.count("height"), call.count("width")];
  const mode = modes.get(call.text("interpolation", "bilinear")) ?? "linear";
  return call.add("upsample", [input], { mode, sizes: sizes.map(String) });
}

export function centerCrop(call: LayerCall): Tensor {
  const input = call.picture();
  const [batch = "batch", channels = "?"]: readonly Dimension[] = shapeOf(input) ?? [];
  const size = [call.count("height"), call.count("width")];
  const shape = call.channelsLast ? [batch, ...size, channels] : [batch, channels, ...size];
  return call.add("slice", [input], { axes: [2, 3], starts: ["?", "?"], ends: ["?", "?"] }, { shape });
}

function numbers(value: Attribute | undefined): readonly number[] {
  return isNumbers(value) ? value : [];
}
