// Local search: one rewriting away from the best so far.
import { parse } from "../../archbert/graph/language";
import { bestTrial, type Trial } from "../trial";
import {
  type Candidate,
  type Context,
  firstGuess,
  fresh,
  randomCandidate,
  type Strategy,
  unranked,
} from "./strategy";

export const local: Strategy = {
  name: "local",
  summary: "one rewriting away from the best so far",
  async propose(history, context) {
    // Before anything is complete, around what is under way: the sane default.
    const best = bestTrial(history) ?? history.find(({ state }) => state === "queued");
    return (
      firstGuess(context) ??
      (best ? fresh(context, () => neighbourOf(best, context)) : null) ??
      // Nothing is complete yet, or everything around it was tried: begin elsewhere.
      fresh(context, () => randomCandidate(context))
    );
  },
};

export function neighbourOf({ program, number }: Trial, { space, random }: Context): Candidate | null {
  const member = space.neighbour(parse(program), random);
  return (
    member && { member, origin: { how: "mutation", parent: number, mutation: member.mutation, ...unranked } }
  );
}
