// One program out of another by random mutations.
import type { Claim } from "../claims/claim";
import type { Program } from "../language/program";
import type { Rng } from "../random";
import { repair } from "../repair";
import { canonicalProgram } from "./canonical";
import { applyMutation, type MutationName, mutations } from "./registry";

export interface MutateOptions {
  /** How many mutations, one after the other. */
  steps?: number;
  /** What must hold of the result, as far as it can be checked. */
  claims?: readonly Claim[];
}

/** Tries before it gives up: claims may leave nothing to change. */
const mostTries = 40;
/** What a mutation broke lies near: a few dozen looks, or another mutation. */
const repairBudget = 100;

export interface Mutated {
  /** Always builds. */
  program: Program;
  /** The names of what was done, joined with " + ". */
  mutation: string;
}

/**
 * The program after random mutations, repaired where they broke a claim; another than was given.
 *
 * @returns null only where claims are given, and no other program was found for which they hold
 */
export function mutate(program: Program, rng: Rng, options?: { steps?: number }): Mutated;
export function mutate(program: Program, rng: Rng, options: MutateOptions): Mutated | null;
export function mutate(
  program: Program,
  rng: Rng,
  { steps = 1, claims = [] }: MutateOptions = {},
): Mutated | null {
  const before = canonicalProgram(program);
  for (let tries = 0; tries < mostTries; tries++) {
    const changed = mutated(program, rng, steps, claims);
    if (changed && canonicalProgram(changed.program) !== before) return changed;
  }
  if (claims.length === 0) throw new Error("internal: a program that no mutation changes");
  return null;
}

function mutated(program: Program, rng: Rng, steps: number, claims: readonly Claim[]): Mutated | null {
  let changed = program;
  const done: string[] = [];
  for (const name of rng.shuffle(Object.keys(mutations) as MutationName[])) {
    if (done.length === steps) break;
    const next = applyMutation(name, changed, rng);
    if (!next) continue;
    changed = next;
    done.push(name);
  }
  if (claims.length > 0) {
    const repaired = repair(changed, claims, rng, { budget: repairBudget });
    if (repaired.unmet.length > 0) return null;
    if (repaired.steps.length > 0) done.push("repair");
    changed = repaired.program;
  }
  return { program: changed, mutation: done.join(" + ") };
}
