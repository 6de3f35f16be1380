// Heads of attention.
import type { Mutation } from "./mutation";
import { another, onStage } from "./onStage";

export const heads: Mutation = {
  summary: "attention gets more or fewer heads",
  apply: (program, rng) =>
    onStage(program, rng, (stage) => {
      if (stage.block !== "transformer") return null;
      const choices = [1, 2, 3, 4, 6, 8, 12].filter((count) => stage.width % count === 0);
      const value = another(rng, choices, stage.heads);
      return value === null ? null : { ...stage, heads: value };
    }),
};
