// Where the picture gets smaller.
import type { Mutation } from "./mutation";
import { onStage } from "./onStage";
import { numberOf, withSettings } from "./tree";

export const stride: Mutation = {
  summary: "a stage or the stem begins to halve the picture, or stops doing so",
  apply(program, rng) {
    const { stem } = program;
    if (stem?.kind === "conv" && rng.chance(0.2))
      return { ...program, stem: { ...stem, stride: stem.stride === 1 ? 2 : 1 } };
    return onStage(program, rng, (stage) =>
      "stride" in stage ? withSettings(stage, { stride: numberOf(stage, "stride") === 1 ? 2 : 1 }) : null,
    );
  },
};
