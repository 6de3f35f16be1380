// Seeds of a study's parts, out of its own.
import { rng } from "../archbert/graph/random";

/** Never 0, which some ops read as no seed. */
export function seedOf(seed: number, part: number): number {
  return 1 + rng(rng(seed).next() * 2 ** 32 + part).below(2 ** 31);
}
