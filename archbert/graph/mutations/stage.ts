// Whole stages: one more, one less, one in two.
import type { Stage } from "../language/program";
import type { Rng } from "../random";
import type { Mutation } from "./mutation";
import { another, onStage } from "./onStage";
import {
  asBlock,
  inserted,
  newStage,
  pictureBlocks,
  replaced,
  roundWidth,
  stagesOf,
  withSettings,
} from "./tree";

export const insertStage: Mutation = {
  summary: "a new stage, like one that is there but wider or of other blocks",
  apply(program, rng) {
    const stages = stagesOf(program);
    if (stages.length === 0) {
      const isPicture = program.input.kind === "picture";
      const stage = newStage(isPicture ? rng.pick(pictureBlocks) : "mlp", rng.pick([16, 24, 32, 48]));
      return inserted(program, program.body.length, stage);
    }
    const { at, stage } = rng.pick(stages);
    return inserted(program, at + 1, relative(stage, rng));
  },
};

function relative(stage: Stage, rng: Rng): Stage {
  const width = rng.chance(0.5) ? stage.width : roundWidth(stage.width * rng.pick([1.5, 2]));
  const plain = withSettings(
    { ...stage, width, repeat: 1 + rng.below(2) },
    { stride: rng.chance(0.3) ? 2 : 1 },
  );
  if (plain.block === "mlp" || plain.block === "transformer" || rng.chance(0.7)) return plain;
  return asBlock(plain, another(rng, pictureBlocks, plain.block as (typeof pictureBlocks)[number]) ?? "conv");
}

export const removeStage: Mutation = {
  summary: "a stage goes",
  apply(program, rng) {
    const stages = stagesOf(program);
    return stages.length > 1 ? replaced(program, rng.pick(stages).at) : null;
  },
};

export const splitStage: Mutation = {
  summary: "a stage becomes two, the second wider",
  apply: (program, rng) =>
    onStage(program, rng, (stage) => {
      if (stage.repeat < 2) return null;
      const first = 1 + rng.below(stage.repeat - 1);
      const second = {
        ...stage,
        repeat: stage.repeat - first,
        width: roundWidth(stage.width * rng.pick([1.25, 1.5, 2])),
      };
      return [{ ...stage, repeat: first }, withSettings(second, { stride: rng.pick([1, 2]) })];
    }),
};
