// A hand-written prior: which networks tend to train well, from general knowledge, by the facts alone.
import type { Known } from "../../archbert/graph/claims";

const has = (known: Known, thing: Parameters<Known["occurrences"]>[0]) =>
  known.occurrences(thing).length > 0 ? 1 : 0;

/**
 * More capacity, more layers, shortcuts and normalization are better; attention alone learns little from little data,
 * and squashing or gating every layer slows it. Weights were written down once, from no result of this project.
 *
 * @returns higher for what should train better; only the order counts
 */
export function priorOf(known: Known): number {
  const { parameters, multiplyAdds, depth } = known.facts;
  const isDeep = Math.log2(Math.max(depth, 1));
  return (
    0.6 * Math.log10(Math.max(parameters, 1)) +
    0.6 * Math.log10(Math.max(multiplyAdds ?? parameters, 1)) +
    // Up to some twenty layers; beyond, depth is a burden in a short training.
    0.4 * Math.min(isDeep, 4.3) -
    0.4 * Math.max(0, isDeep - 4.3) +
    0.6 * has(known, "normalization") +
    0.3 * has(known, "residual") +
    0.8 * has(known, "conv") -
    0.4 * has(known, "attention") -
    0.3 * has(known, "dropout") -
    0.3 * has(known, "tanh")
  );
}
