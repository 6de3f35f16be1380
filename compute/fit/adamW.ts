// AdamW over plain arrays: a step over all parameters is one loop here, where it would be ten small ops a parameter on
// a backend whose memory is the processor's.
import { ArchError } from "../../archbert/graph/errors";
import { checkFloats, checkList, checkOutline, refused } from "../../archbert/graph/guard";
import { isSize } from "./validate";

export interface Moments {
  /** Steps taken. */
  steps: number;
  /** Running means of the gradients and of their squares, a parameter each. */
  first: Float32Array[];
  second: Float32Array[];
}

export interface AdamWOptions {
  /** Whether the decay pulls at the parameter, a parameter each. */
  decays: readonly boolean[];
  weightDecay: number;
  beta1?: number;
  beta2?: number;
  epsilon?: number;
}

/**
 * Before the first step.
 *
 * @param sizes how many numbers each parameter has
 * @throws ArchError for what are no sizes
 */
export function noMoments(sizes: readonly number[]): Moments {
  checkList(sizes, "sizes", "noMoments", (size, where) => {
    if (!isSize(size)) throw refused(size, "size", where);
  });
  const zeros = () => sizes.map((size) => new Float32Array(size));
  return { steps: 0, first: zeros(), second: zeros() };
}

/**
 * One step, in place.
 *
 * @param values    the parameters; changed
 * @param gradients borrowed
 * @param moments   changed
 * @returns false, with nothing changed, when a gradient is not finite
 * @throws ArchError when gradients or moments are not those of the parameters
 * @see Decoupled Weight Decay Regularization, arXiv:1711.05101, algorithm 2
 */
export function adamW(
  values: readonly Float32Array[],
  gradients: readonly Float32Array[],
  moments: Moments,
  learningRate: number,
  options: AdamWOptions,
): boolean {
  checkStep(values, gradients, moments, options);
  const { decays, weightDecay, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = options;
  if (!gradients.every((gradient) => Number.isFinite(sum(gradient)))) return false;
  moments.steps++;
  const correct1 = 1 - beta1 ** moments.steps;
  const correct2 = 1 - beta2 ** moments.steps;
  values.forEach((value, k) => {
    const [gradient, first, second] = [gradients[k], moments.first[k], moments.second[k]];
    if (!gradient || !first || !second) throw new Error("internal: a parameter without its moments");
    const keep = decays[k] ? 1 - learningRate * weightDecay : 1;
    for (let i = 0; i < value.length; i++) {
      const g = gradient[i] as number;
      const m = beta1 * (first[i] as number) + (1 - beta1) * g;
      const v = beta2 * (second[i] as number) + (1 - beta2) * g * g;
      first[i] = m;
      second[i] = v;
      const change = (learningRate * (m / correct1)) / (Math.sqrt(v / correct2) + epsilon);
      value[i] = (value[i] as number) * keep - change;
    }
  });
  return true;
}

function checkStep(values: unknown, gradients: unknown, moments: Moments, options: AdamWOptions): void {
  const where = "adamW";
  checkOutline(moments, { steps: "number", first: "list", second: "list" }, where, "what noMoments returns");
  checkOutline(
    options,
    { decays: "list", weightDecay: "number" },
    where,
    "options with decays and weightDecay",
  );
  const [wanted, ...others] = [values, gradients, moments.first, moments.second].map((arrays) => {
    checkList(arrays, "Float32Arrays", where, checkFloats);
    return (arrays as readonly Float32Array[]).map(({ length }) => length).join();
  });
  if (others.every((sizes) => sizes === wanted)) return;
  throw new ArchError("the gradients and the moments do not fit the parameters", { where });
}

/** Not finite when any of them is not: a cheap way to ask. */
function sum(list: Float32Array): number {
  let total = 0;
  for (let i = 0; i < list.length; i++) total += Math.abs(list[i] as number);
  return total;
}

/** From 0 up to 1 over the warm-up, then down along a cosine to 0 at the last step. */
export function schedule(step: number, steps: number, warmup: number): number {
  const rising = Math.ceil(steps * warmup);
  if (step < rising) return (step + 1) / (rising + 1);
  return 0.5 * (1 + Math.cos((Math.PI * (step - rising)) / Math.max(1, steps - rising)));
}
