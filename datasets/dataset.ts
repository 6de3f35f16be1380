// What a dataset is: examples with their classes, split once and for all.
import { ArchError } from "../archbert/graph/errors";
import { checkFloats, checkList, checkOutline, checkWhole, refused } from "../archbert/graph/guard";

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

/**
 * These examples, in this order, as new arrays.
 *
 * @param examples borrowed
 * @throws ArchError for an index that none of them has
 */
export function select(examples: Examples, indices: readonly number[]): Examples {
  checkExamples(examples, "select");
  const { inputs, labels, shape, classes } = examples;
  checkList(indices, "indices", "select", (index) => checkWhole(index, 0, labels.length - 1, "select"));
  const size = shape.reduce((product, side) => product * side, 1);
  const chosen = new Float32Array(indices.length * size);
  indices.forEach((index, i) => {
    chosen.set(inputs.subarray(index * size, (index + 1) * size), i * size);
  });
  return { inputs: chosen, labels: Int32Array.from(indices, (index) => labels[index] ?? 0), shape, classes };
}

/**
 * One set of examples after the other: train and validation together, for the last training.
 *
 * @throws ArchError when they are of different shapes
 */
export function concatenate(first: Examples, second: Examples): Examples {
  for (const examples of [first, second]) checkExamples(examples, "concatenate");
  if (first.shape.join() !== second.shape.join()) {
    const [a, b] = [first, second].map(({ shape }) => shape.join("x"));
    throw new ArchError(`some examples are ${a}, others ${b}`, { where: "concatenate" });
  }
  const inputs = new Float32Array(first.inputs.length + second.inputs.length);
  inputs.set(first.inputs);
  inputs.set(second.inputs, first.inputs.length);
  const labels = new Int32Array(first.labels.length + second.labels.length);
  labels.set(first.labels);
  labels.set(second.labels, first.labels.length);
  return { inputs, labels, shape: first.shape, classes: Math.max(first.classes, second.classes) };
}

/** @throws ArchError unless the value has the outline of a dataset */
export function checkDataset(data: unknown, where: string): asserts data is Dataset {
  const outline = { name: "string", train: "object", validation: "object", test: "object" } as const;
  checkOutline(data, outline, where, "a dataset, nor the name of one");
  const { train, validation, test } = data as Dataset;
  for (const [part, examples] of Object.entries({ train, validation, test }))
    checkExamples(examples, `${where} ${part}`);
}

function checkExamples(examples: Examples, where: string): void {
  const outline = { shape: "list", classes: "number" } as const;
  checkOutline(examples, outline, where, "inputs with labels, a shape and classes");
  checkFloats(examples.inputs, `${where} inputs`);
  if (!(examples.labels instanceof Int32Array))
    throw refused(examples.labels, "Int32Array", `${where} labels`);
}
