// Wider or narrower: one stage, the stem, or all of them.
import type { Mutation } from "./mutation";
import { onStage } from "./onStage";
import { mapStages, roundWidth } from "./tree";

const factors = [0.5, 0.75, 1.25, 1.5, 2] as const;

/** At least one more or less, where a factor would round to the same. */
function scaled(width: number, factor: number): number {
  const rounded = roundWidth(width * factor);
  return rounded !== width ? rounded : Math.max(1, width + (factor > 1 ? 1 : -1));
}

export const width: Mutation = {
  summary: "a stage or the stem gets wider or narrower",
  apply(program, rng) {
    const factor = rng.pick(factors);
    const { stem } = program;
    if (stem && rng.chance(0.2)) return { ...program, stem: { ...stem, width: scaled(stem.width, factor) } };
    return onStage(program, rng, (stage) => ({ ...stage, width: scaled(stage.width, factor) }));
  },
};

export const allWidths: Mutation = {
  summary: "all of the network gets wider or narrower",
  apply(program, rng) {
    const factor = rng.pick(factors);
    const { stem } = program;
    const changed = mapStages(program, (stage) => ({ ...stage, width: scaled(stage.width, factor) }));
    return stem ? { ...changed, stem: { ...stem, width: scaled(stem.width, factor) } } : changed;
  },
};
