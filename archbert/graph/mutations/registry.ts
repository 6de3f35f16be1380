// Every mutation, and its one way of being applied.
import { format } from "../language/format";
import { parse } from "../language/parse";
import type { Program } from "../language/program";
import type { Rng } from "../random";
import { activation } from "./activation";
import { block } from "./block";
import { canonicalProgram } from "./canonical";
import { dropout } from "./dropout";
import { expansion } from "./expansion";
import { gate } from "./gate";
import { groups } from "./groups";
import { heads } from "./heads";
import { kernel } from "./kernel";
import { mend } from "./mend";
import type { Mutation } from "./mutation";
import { norm } from "./norm";
import { addPool, removePool } from "./pool";
import { repeat } from "./repeat";
import { insertStage, removeStage, splitStage } from "./stage";
import { stem } from "./stem";
import { stride } from "./stride";
import { allWidths, width } from "./width";

/** Every mutation by its name. To add one: a file beside this, and a line here. */
export const mutations = {
  width,
  allWidths,
  repeat,
  kernel,
  stride,
  block,
  expansion,
  groups,
  gate,
  norm,
  activation,
  dropout,
  heads,
  insertStage,
  removeStage,
  splitStage,
  addPool,
  removePool,
  stem,
} satisfies Record<string, Mutation>;

export type MutationName = keyof typeof mutations;

/** @returns the changed program, valid; null where the mutation finds nothing to change */
export function applyMutation(name: MutationName, program: Program, rng: Rng): Program | null {
  const changed = mutations[name].apply(program, rng);
  const mended = changed && mend(changed);
  if (!mended || canonicalProgram(mended) === canonicalProgram(program)) return null;
  return parse(format(mended));
}
