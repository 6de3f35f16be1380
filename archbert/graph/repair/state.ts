// A program with its network, as repairs look at it.
import type { Thing } from "../claims/claim";
import { type Known, know } from "../claims/known";
import { build } from "../language/build";
import { ProgramError } from "../language/parse";
import type { Program } from "../language/program";

export interface State {
  readonly program: Program;
  readonly known: Known;
}

/** Null where the language refuses it: a rewrite may still ask for that, and is dropped. */
export function stateOf(program: Program): State | null {
  try {
    return { program, known: know(build(program)) };
  } catch (error) {
    if (error instanceof ProgramError) return null;
    throw error;
  }
}

/** How many of the nodes stand in each stage, by its number from 1; at 0 those in none. */
export function perStage(ids: Iterable<string>): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const id of ids) {
    const number = stageOf(id);
    counts.set(number, (counts.get(number) ?? 0) + 1);
  }
  return counts;
}

/** Stages in which the thing stands, and how often; of a motif, where its last node stands. */
export function stagesWith(thing: Thing, { known }: State): ReadonlyMap<number, number> {
  return perStage(known.occurrences(thing).flatMap((nodes) => nodes.at(-1) ?? []));
}

export function stageOf(id: string): number {
  return Number(/^stage(\d+)\./.exec(id)?.[1] ?? 0);
}
