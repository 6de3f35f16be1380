// What a dataset is: examples with their classes, split once and for all.

/** Inputs and their labels. The same plain shape as `compute` trains on. */
export interface Examples {
  /** One input after the other, each row-major in the order of `shape`. */
  inputs: Float32Array;
  /** The class of each input, from 0. */
  labels: Int32Array;
  /** Of one input: [height, width, channels] or [features]. */
  shape: readonly number[];
  classes: number;
}

export interface Dataset {
  name: string;
  /** One sentence without a full stop. */
  description: string;
  /** Where it comes from, and under which licence. */
  source: string;
  train: Examples;
  /** What choices are made by. */
  validation: Examples;
  /** Looked at once, when all choices are made. */
  test: Examples;
}

/** These examples, in this order, as new arrays. */
export function select({ inputs, labels, shape, classes }: Examples, indices: readonly number[]): Examples {
  const size = shape.reduce((product, side) => product * side, 1);
  const chosen = new Float32Array(indices.length * size);
  indices.forEach((index, i) => {
    chosen.set(inputs.subarray(index * size, (index + 1) * size), i * size);
  });
  return { inputs: chosen, labels: Int32Array.from(indices, (index) => labels[index] ?? 0), shape, classes };
}

/** One set of examples after the other: train and validation together, for the last training. */
export function concatenate(first: Examples, second: Examples): Examples {
  const inputs = new Float32Array(first.inputs.length + second.inputs.length);
  inputs.set(first.inputs);
  inputs.set(second.inputs, first.inputs.length);
  const labels = new Int32Array(first.labels.length + second.labels.length);
  labels.set(first.labels);
  labels.set(second.labels, first.labels.length);
  return { inputs, labels, shape: first.shape, classes: Math.max(first.classes, second.classes) };
}
