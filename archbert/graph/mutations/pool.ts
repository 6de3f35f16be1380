// Pooling between stages.
import type { Mutation } from "./mutation";
import { inserted, replaced, stagesOf } from "./tree";

export const addPool: Mutation = {
  summary: "pooling before or after a stage",
  apply(program, rng) {
    const stages = stagesOf(program).filter(({ stage }) => stage.block !== "mlp");
    if (stages.length === 0 || program.input.kind !== "picture") return null;
    const at = rng.pick(stages).at + rng.below(2);
    return inserted(program, at, {
      kind: "pool",
      pool: rng.pick(["max", "average"]),
      kernel: rng.pick([2, 3]),
      stride: 2,
    });
  },
};

export const removePool: Mutation = {
  summary: "a pooling goes",
  apply(program, rng) {
    const places = program.body.flatMap(({ kind }, at) => (kind === "pool" ? [at] : []));
    return places.length > 0 ? replaced(program, rng.pick(places)) : null;
  },
};
