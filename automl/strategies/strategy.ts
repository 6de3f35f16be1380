// A strategy (Optuna's sampler): what to try next, given what came of the trials so far.
import type { Known } from "../../archbert/graph/claims";
import type { Rng } from "../../archbert/graph/random";
import type { Guide } from "../guide";
import type { Member, Space } from "../space";
import type { Origin, Trial } from "../trial";

export interface Candidate {
  member: Member;
  origin: Origin;
}

export interface Context {
  space: Space;
  prompt: string;
  seed: number;
  /** Drawn from the seed and the number of the trial, so that a study that resumes proposes the same. */
  random: Rng;
  /** Canonical texts of programs that were proposed already. */
  seen: ReadonlySet<string>;
  /** What ArchBERT has to say; null where there is none. */
  guide: Guide | null;
  /** What it wrote for the prompt, as far as it may be trained, mended where need be; once for the study. */
  written(): Promise<readonly Member[]>;
  /** The network of a trial's program; each is built once. */
  knownOf(program: string): Known;
}

export interface Strategy {
  readonly name: string;
  readonly summary: string;
  /**
   * The next candidate: one that is not in `seen`.
   *
   * @param history all trials so far, whatever their state; all a strategy may know of the past
   * @returns null where it finds no other
   */
  propose(history: readonly Trial[], context: Context): Promise<Candidate | null>;
}

export const unranked = { rankings: [], rank: null, candidates: null, predicted: null } as const;

/** The sane default, which every strategy tries first; null where it was tried, or cannot be. */
export function firstGuess({ space, seen }: Context): Candidate | null {
  if (seen.size > 0) return null;
  const [member] = space.starts;
  return member ? { member, origin: { how: "default", parent: null, mutation: null, ...unranked } } : null;
}

/** Tries until one is new; no further where there is none, which took the space many tries. */
export function fresh({ seen }: Context, guess: () => Candidate | null, attempts = 50): Candidate | null {
  for (let i = 0; i < attempts; i++) {
    const candidate = guess();
    if (!candidate) return null;
    if (!seen.has(candidate.member.text)) return candidate;
  }
  return null;
}

export function randomCandidate({ space, random }: Context): Candidate | null {
  const member = space.random(random);
  return member && { member, origin: { how: "random", parent: null, mutation: null, ...unranked } };
}
