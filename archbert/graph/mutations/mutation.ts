// A rewrite of a program's tree: one idea of how a network may be changed.
import type { Program } from "../language/program";
import type { Rng } from "../random";

export interface Mutation {
  /** What it does, in a few words. */
  summary: string;
  /**
   * A changed copy, or null where the program has nothing to change so. What does not fit any more after the change is
   * mended (`mend`); input and number of classes stay.
   */
  apply(program: Program, rng: Rng): Program | null;
}
