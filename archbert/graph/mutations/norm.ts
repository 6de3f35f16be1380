// Another normalization.
import { blocks, norms, takes } from "../language/vocabulary";
import type { Mutation } from "./mutation";
import { another, onStage } from "./onStage";
import { withSettings, withSettingsForAll } from "./tree";

export const norm: Mutation = {
  summary: "another normalization in one stage, or wherever it fits",
  apply(program, rng) {
    if (rng.chance(0.5)) return withSettingsForAll(program, { norm: rng.pick(norms) });
    return onStage(program, rng, (stage) => {
      const choices = norms.filter((name) => takes(blocks[stage.block], "norm", name));
      const value = another(rng, choices, stage.norm);
      return value === null ? null : withSettings(stage, { norm: value });
    });
  },
};
