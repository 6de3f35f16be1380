// How much wider or narrower blocks are inside.
import type { Mutation } from "./mutation";
import { another, onStage } from "./onStage";
import { numberOf, withSettings } from "./tree";

export const expansion: Mutation = {
  summary: "a stage's blocks get wider or narrower inside",
  apply: (program, rng) =>
    onStage(program, rng, (stage) => {
      if (!("expansion" in stage)) return null;
      const choices =
        stage.block === "transformer"
          ? [1, 2, 4]
          : stage.block === "bottleneck"
            ? [2, 4, 8]
            : [1, 2, 3, 4, 6];
      const value = another(rng, choices, numberOf(stage, "expansion"));
      return value === null ? null : withSettings(stage, { expansion: value });
    }),
};
