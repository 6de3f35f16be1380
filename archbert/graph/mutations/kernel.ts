// Larger or smaller windows.
import type { Mutation } from "./mutation";
import { another, onStage } from "./onStage";
import { numberOf, withSettings } from "./tree";

export const kernels = [1, 3, 5, 7] as const;

export const kernel: Mutation = {
  summary: "a stage's or the stem's convolutions get another kernel",
  apply(program, rng) {
    const { stem } = program;
    if (stem?.kind === "conv" && rng.chance(0.2)) {
      const size = another<number>(rng, kernels.slice(1), stem.kernel);
      return size === null ? null : { ...program, stem: { ...stem, kernel: size } };
    }
    return onStage(program, rng, (stage) => {
      if (!("kernel" in stage)) return null;
      // A kernel of 1 makes sense where the block is one plain convolution.
      const sizes = stage.block === "conv" ? kernels : kernels.slice(1);
      const size = another<number>(rng, sizes, numberOf(stage, "kernel"));
      return size === null ? null : withSettings(stage, { kernel: size });
    });
  },
};
