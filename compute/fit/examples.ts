// Examples to learn from: numbers in one block, and checks that they fit a network.
import type { Architecture } from "../../archbert/graph/architecture";
import { ArchError } from "../../archbert/graph/errors";
import { checkOutline } from "../../archbert/graph/guard";
import type { Rng } from "../../archbert/graph/random";
import type { Plan } from "../model";
import { lastChannels } from "../model/layout";
import type { Augmentation } from "../trained";
import { isSize } from "./validate";

export interface Examples {
  /** Example after example, each in the order of `shape`. */
  inputs: Float32Array;
  /** Of each example, from 0. */
  labels: Int32Array;
  /** Of one example: [height, width, channels] or [features]. */
  shape: readonly number[];
  classes: number;
}

const volume = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);

/**
 * Looks for what no network could learn from or be judged by.
 *
 * @param parts by what the user calls them: "training", "validation"; all of one shape and as many classes as the first
 * @throws ArchError naming the part, with what to do
 */
export function checkParts(parts: Readonly<Record<string, Examples>>): void {
  checkOutline(parts, {}, "checkParts", "examples by their name");
  const [first] = Object.entries(parts);
  for (const [name, part] of Object.entries(parts)) {
    checkExamples(part, name);
    if (first && kindOf(part) !== kindOf(first[1])) {
      throw new ArchError(`they are ${kindOf(part)}, and the ${first[0]} examples ${kindOf(first[1])}`, {
        where: `${name} examples`,
        fix: "Give all parts one shape and one number of classes",
      });
    }
  }
}

const kindOf = ({ shape, classes }: Examples) => `${shape.join("x")} in ${classes} classes`;

function checkExamples(examples: Examples, name: string): void {
  const outline = { inputs: "object", labels: "object", shape: "list", classes: "number" } as const;
  checkOutline(examples, outline, `${name} examples`, "inputs with labels, a shape and classes");
  const { inputs, labels, shape, classes } = examples;
  const wrong = (what: string, fix: string) => new ArchError(what, { where: `${name} examples`, fix });
  const size = volume(shape);
  if (!(inputs instanceof Float32Array) || !(labels instanceof Int32Array)) {
    throw wrong(
      "inputs must be a Float32Array, and labels an Int32Array",
      "Make them with Float32Array.from and Int32Array.from",
    );
  }
  if (![...shape, classes].every(isSize)) {
    throw wrong(`they are ${kindOf(examples)}`, "Give whole numbers from 1");
  }
  if (labels.length === 0) {
    const isHeldOut = name === "validation";
    throw wrong("there are none", isHeldOut ? "Set some of the training examples apart" : "Give some");
  }
  if (inputs.length !== labels.length * size) {
    throw wrong(
      `${inputs.length} numbers are not ${labels.length} examples of ${shape.join("x")}`,
      `Give ${size} numbers for each label`,
    );
  }
  const bad = labels.findIndex((label) => label < 0 || label >= classes);
  if (bad >= 0) {
    throw wrong(
      `example ${bad} has the label ${labels[bad]}; labels go from 0 to ${classes - 1}`,
      "Number the classes from 0, and say how many there are",
    );
  }
  const odd = inputs.findIndex((value) => !Number.isFinite(value));
  if (odd >= 0) {
    throw wrong(
      `example ${Math.floor(odd / size)} holds ${inputs[odd]}, which is no number to learn from`,
      "Leave it out, or put a number in its place",
    );
  }
}

/**
 * @param name what the user calls them: "training"
 * @throws ArchError when they are none to learn from, or they and the network disagree
 */
export function checkFitting(examples: Examples, plan: Plan, architecture: Architecture, name: string): void {
  checkExamples(examples, name);
  const { shape, classes } = examples;
  const wrong = (what: string, fix: string) => new ArchError(what, { where: `${name} examples`, fix });
  const wanted = lastChannels(plan.inputShape);
  if (shape.join() !== wanted.join()) {
    throw wrong(
      `they are ${shape.join("x")}, and ${architecture.name} reads ${wanted.join("x")}`,
      `Begin the program with "input ${shape.join("x")}"`,
    );
  }
  if (plan.outputShape.length !== 1) {
    throw wrong(
      `${architecture.name} has no classes to tell apart`,
      `End the program with "head ${classes}"`,
    );
  }
  if (plan.outputShape[0] !== classes) {
    throw wrong(
      `they are of ${classes} classes, and ${architecture.name} tells ${plan.outputShape[0]} apart`,
      `End the program with "head ${classes}"`,
    );
  }
}

/** The chosen examples in one block, moved about when there is a `random`. */
export function gather(
  { inputs, shape }: Examples,
  chosen: readonly number[],
  augmentation: Augmentation,
  random: Rng | null,
): Float32Array<ArrayBuffer> {
  const size = volume(shape);
  const block = new Float32Array(chosen.length * size);
  const [height = 1, width = 1, channels = 1] = shape;
  const { shift = 0, flip = false } = shape.length === 3 && random ? augmentation : {};
  chosen.forEach((example, i) => {
    const from = inputs.subarray(example * size, (example + 1) * size);
    const to = block.subarray(i * size, (i + 1) * size);
    if (!random || (shift === 0 && !flip)) {
      to.set(from);
      return;
    }
    const down = random.below(2 * shift + 1) - shift;
    const right = random.below(2 * shift + 1) - shift;
    const isMirrored = flip && random.chance(0.5);
    for (let y = Math.max(0, down); y < Math.min(height, height + down); y++) {
      for (let x = Math.max(0, right); x < Math.min(width, width + right); x++) {
        const source = isMirrored ? width - 1 - (x - right) : x - right;
        const at = ((y - down) * width + source) * channels;
        to.set(from.subarray(at, at + channels), (y * width + x) * channels);
      }
    }
  });
  return block;
}
