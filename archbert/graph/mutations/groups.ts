// Convolutions in groups, as in ResNeXt.
import type { Mutation } from "./mutation";
import { another, onStage } from "./onStage";
import { numberOf, withSettings } from "./tree";

export const groups: Mutation = {
  summary: "a stage's convolutions get grouped, or grouped no more",
  apply: (program, rng) =>
    onStage(program, rng, (stage) => {
      if (!("groups" in stage)) return null;
      const value = another(rng, [1, 2, 4, 8], numberOf(stage, "groups"));
      return value === null ? null : withSettings(stage, { groups: value });
    }),
};
