// Another kind of block.
import { blockNames } from "../language/vocabulary";
import type { Mutation } from "./mutation";
import { another, onStage } from "./onStage";
import { asBlock, isPictureBlock, pictureBlocks } from "./tree";

export const block: Mutation = {
  summary: "a stage gets another kind of block",
  apply: (program, rng) =>
    onStage(program, rng, (stage) => {
      // Mostly among blocks of pictures: a convolutional network seldom turns into another type by one step.
      const names = isPictureBlock(stage.block) && rng.chance(0.85) ? pictureBlocks : blockNames;
      const name = another(rng, names, stage.block);
      return name === null ? null : asBlock(stage, name);
    }),
};
