// What comes first.
import type { Stem } from "../language/program";
import type { Rng } from "../random";
import type { Mutation } from "./mutation";

export const stem: Mutation = {
  summary: "another stem, or none",
  apply(program, rng) {
    if (program.input.kind !== "picture") return null;
    const { stem: old, body } = program;
    if (old && body.length > 0 && rng.chance(0.2)) return { ...program, stem: null };
    return { ...program, stem: stemOf(old?.width ?? rng.pick([8, 16, 24, 32]), rng) };
  },
};

function stemOf(width: number, rng: Rng): Stem {
  if (rng.chance(0.3)) return { kind: "patch", width, kernel: rng.pick([2, 4, 8]) };
  const [kernel, stride] = rng.pick([
    [3, 1],
    [3, 2],
    [5, 1],
    [5, 2],
    [7, 2],
  ] as const);
  return { kind: "conv", width, kernel, stride, norm: "batch", activation: "relu" };
}
