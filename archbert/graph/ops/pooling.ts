// Pooling and changes of resolution.
import type { Dimension, Shape } from "../architecture";
import { divide, multiply, unknown } from "../dimensions";
import { windowed } from "./convolution";
import { type Call, dimensions, first, number, numbers, type Op } from "./op";

function inferPool(call: Call): Shape[] {
  const input = call.inputs[0];
  if (!input || input.length < 3) return first(null, call.outputs);
  const spatial = input.slice(2);
  const ceil = call.attributes.ceil === true;
  const sizes = spatial.map((size, axis) => windowed(call, size, axis, spatial.length, ceil));
  return first([input[0] ?? unknown, input[1] ?? unknown, ...sizes], call.outputs);
}

function inferGlobal(call: Call): Shape[] {
  const input = call.inputs[0];
  if (!input || input.length < 3) return first(null, call.outputs);
  if (call.attributes.keepDims === false) return first(input.slice(0, 2), call.outputs);
  return first(
    input.map((size, axis) => (axis < 2 ? size : 1)),
    call.outputs,
  );
}

const pooling = (one: string, infer: Op["infer"]): Op => ({
  role: "pooling",
  words: [one, `${one}s`],
  infer,
});

/** Attributes: kernelSize, strides, padding, dilations, ceil; of means, countsPadding. */
export const maxPool = pooling("max pooling", inferPool);
export const averagePool = pooling("average pooling", inferPool);
export const lpPool = pooling("Lp pooling", inferPool);
/** Over all of space. Attribute: keepDims. */
export const globalAveragePool = pooling("global average pooling", inferGlobal);
export const globalMaxPool = pooling("global max pooling", inferGlobal);

/** Attributes: mode ("nearest", "linear", "cubic"), scales or sizes. */
export const upsample: Op = {
  role: "pooling",
  words: ["resizing", "resizings"],
  infer: (call) => {
    const input = call.inputs[0];
    const sizes = dimensions(call, "sizes");
    if (sizes && (!input || sizes.length === input.length)) return first(sizes, call.outputs);
    const scales = numbers(call, "scales");
    if (!input || scales?.length !== input.length)
      return first(input ? input.map(() => unknown) : null, call.outputs);
    return first(
      input.map((size, axis): Dimension => {
        const scale = scales[axis] ?? 1;
        if (typeof size === "number") return Math.floor(size * scale + 1e-6);
        return Number.isInteger(scale) ? multiply(size, scale) : scale === 1 ? size : unknown;
      }),
      call.outputs,
    );
  },
};

const blocks = (one: string, grow: boolean): Op => ({
  role: "shape",
  words: [one, one],
  infer: (call) => {
    const input = call.inputs[0];
    const size = number(call, "blockSize", 1);
    if (input?.length !== 4) return first(null, call.outputs);
    const [batch = unknown, channels = unknown, height = unknown, width = unknown] = input;
    const [by, over] = grow ? [divide, multiply] : [multiply, divide];
    return first([batch, by(channels, size * size), over(height, size), over(width, size)], call.outputs);
  },
});

/** Pixel shuffle. Attribute: blockSize. */
export const depthToSpace = blocks("depth-to-space", true);
export const spaceToDepth = blocks("space-to-depth", false);
/** Samples at given places. */
export const gridSample = pooling("grid sampling", (call) => {
  const [input, grid] = call.inputs;
  if (!input || !grid) return first(null, call.outputs);
  return first([...input.slice(0, 2), ...grid.slice(1, -1)], call.outputs);
});
export const roiAlign = pooling("RoI alignment", (call) => {
  const [input, rois] = call.inputs;
  if (!input || !rois) return first(null, call.outputs);
  const [height = 1, width = 1] = numbers(call, "size") ?? [];
  return first([rois[0] ?? unknown, input[1] ?? unknown, height, width], call.outputs);
});
