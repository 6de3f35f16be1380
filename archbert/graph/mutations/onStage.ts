// Mutations of one stage, taken at random among those it can change.
import type { Line, Program, Stage } from "../language/program";
import type { Rng } from "../random";
import { replaced, stagesOf } from "./tree";

/** The first stage, in random order, that the change applies to; null when there is none. */
export function onStage(
  program: Program,
  rng: Rng,
  change: (stage: Stage, rng: Rng) => Stage | readonly Line[] | null,
): Program | null {
  for (const { at, stage } of rng.shuffle(stagesOf(program))) {
    const changed = change(stage, rng);
    if (changed === null) continue;
    return replaced(program, at, ...(Array.isArray(changed) ? changed : [changed as Stage]));
  }
  return null;
}

/** Another of the values; null where there is none. */
export function another<T>(rng: Rng, values: readonly T[], than: T): T | null {
  const others = values.filter((value) => value !== than);
  return others.length > 0 ? rng.pick(others) : null;
}
