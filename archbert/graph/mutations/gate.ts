// Squeeze-and-excitation.
import type { Mutation } from "./mutation";
import { another, onStage } from "./onStage";
import { numberOf, withSettings } from "./tree";

export const gate: Mutation = {
  summary: "a stage's blocks get a squeeze-and-excitation gate, another, or none",
  apply: (program, rng) =>
    onStage(program, rng, (stage) => {
      if (!("se" in stage)) return null;
      const value = another(rng, [0, 4, 8, 16], numberOf(stage, "se"));
      return value === null ? null : withSettings(stage, { se: value });
    }),
};
