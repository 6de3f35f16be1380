// What a training costs, about: enough to tell the cheap from the costly before anything is measured.
import type { Known } from "../../archbert/graph/claims";

/** An optimizer's step over a parameter costs as much as so many multiply-adds of an example, and so does a number that flows. */
const perParameter = 20;
const perNumber = 30;

/** Of a step of training, for each example, in multiply-adds: measured on the wasm backend, good to half of it. */
export function costOf({ facts, architecture }: Known): number {
  const flowing = architecture.nodes
    .flatMap(({ outputs }) => outputs)
    .map(({ shape }) =>
      (shape ?? []).reduce<number>((size, side) => size * (typeof side === "number" ? side : 1), 1),
    )
    .reduce((a, b) => a + b, 0);
  return (facts.multiplyAdds ?? 0) + perParameter * facts.parameters + perNumber * flowing;
}
