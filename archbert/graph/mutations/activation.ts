// Another activation.
import { activations } from "../language/vocabulary";
import type { Mutation } from "./mutation";
import { another, onStage } from "./onStage";
import { withSettings, withSettingsForAll } from "./tree";

export const activation: Mutation = {
  summary: "another activation in one stage, or everywhere",
  apply(program, rng) {
    if (rng.chance(0.5)) return withSettingsForAll(program, { activation: rng.pick(activations) });
    return onStage(program, rng, (stage) => {
      const value = another(rng, activations, stage.activation);
      return value === null ? null : withSettings(stage, { activation: value });
    });
  },
};
