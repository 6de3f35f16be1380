// Random search: any program that meets the claims. What every other strategy must beat.
import { firstGuess, fresh, randomCandidate, type Strategy } from "./strategy";

export const random: Strategy = {
  name: "random",
  summary: "any program that meets the claims",
  async propose(_history, context) {
    return firstGuess(context) ?? fresh(context, () => randomCandidate(context));
  },
};
