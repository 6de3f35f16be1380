// Dropout in blocks or before the last layer.
import type { Mutation } from "./mutation";
import { another, onStage } from "./onStage";
import { withSettings } from "./tree";

const rates = [0, 0.1, 0.2, 0.3, 0.5] as const;

export const dropout: Mutation = {
  summary: "more or less dropout, in a stage or before the last layer",
  apply(program, rng) {
    const { head } = program;
    if (head.classes !== null && rng.chance(0.5)) {
      const rate = another<number>(rng, rates, head.dropout);
      return rate === null ? null : { ...program, head: { ...head, dropout: rate } };
    }
    return onStage(program, rng, (stage) => {
      const rate = another<number>(rng, rates, stage.dropout);
      return rate === null ? null : withSettings(stage, { dropout: rate });
    });
  },
};
