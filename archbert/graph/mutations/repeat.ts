// More or fewer blocks in a stage.
import type { Mutation } from "./mutation";
import { onStage } from "./onStage";

export const repeat: Mutation = {
  summary: "a stage gets a block more or less, or twice as many",
  apply: (program, rng) =>
    onStage(program, rng, (stage) => {
      const count = rng.pick([stage.repeat + 1, stage.repeat - 1, stage.repeat * 2]);
      return { ...stage, repeat: count >= 1 ? count : stage.repeat + 1 };
    }),
};
