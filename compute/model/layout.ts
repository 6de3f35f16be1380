// Parameters and pictures between the architecture's order and the one they lie in for TensorFlow.js.
import type { Layout } from "./ops";

/** The shape of one example as it lies in memory: of a picture, [height, width, channels]. */
export function lastChannels(shape: readonly number[]): number[] {
  const [channels = 0, ...places] = shape;
  return shape.length === 3 ? [...places, channels] : [...shape];
}

/** The shape that a parameter of this layout has in memory. */
export function laidShape({ view, axes }: Layout): number[] {
  return axes.map((axis) => view[axis] ?? 1);
}

/** Into memory's order. @param data borrowed @returns a new array */
export function lay(data: Float32Array, { view, axes }: Layout): Float32Array<ArrayBuffer> {
  const out = new Float32Array(data.length);
  walk(view, axes, (from, to) => {
    out[to] = data[from] ?? 0;
  });
  return out;
}

/** Back into the architecture's order. @param data borrowed @returns a new array */
export function unlay(data: Float32Array, { view, axes }: Layout): Float32Array<ArrayBuffer> {
  const out = new Float32Array(data.length);
  walk(view, axes, (from, to) => {
    out[from] = data[to] ?? 0;
  });
  return out;
}

/** Visits every number: where it is in the view, and where with the axes moved. */
function walk(
  view: readonly number[],
  axes: readonly number[],
  visit: (from: number, to: number) => void,
): void {
  const strides = view.map((_, axis) => view.slice(axis + 1).reduce((a, b) => a * b, 1));
  let to = 0;
  const along = (depth: number, from: number): void => {
    const axis = axes[depth];
    if (axis === undefined) {
      visit(from, to++);
      return;
    }
    const [size = 1, stride = 1] = [view[axis], strides[axis]];
    for (let i = 0; i < size; i++) along(depth + 1, from + i * stride);
  };
  along(0, 0);
}
