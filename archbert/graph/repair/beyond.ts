// What no program of the architecture language has, so that a search for it need not begin.
import type { Claim, Thing } from "../claims/claim";
import { familyMarks } from "../claims/families";

/** Things that none of its lines makes. */
export const unmade: ReadonlySet<Thing> = new Set<Thing>([
  "recurrent",
  "embedding",
  "dilatedConv",
  "transposedConv",
  "rmsNorm",
  "softmax",
  "concat",
  "upsample",
  "denseBlock",
  "inception",
  "fire",
  "skipConnection",
  "channelShuffle",
]);

/** Whether the claim asks for one of them, or for a family of which they are a mark. */
export function isBeyond(claim: Claim): boolean {
  if (claim.kind === "has") return !claim.not && unmade.has(claim.thing);
  if (claim.kind === "count") {
    const { relation, amount, thing } = claim;
    const wantsSome = relation === ">" || (amount.value > 0 && [">=", "=", "~"].includes(relation));
    return wantsSome && unmade.has(thing);
  }
  if (claim.kind !== "is" || claim.not) return false;
  const { word } = claim;
  if (word === "recurrent") return true;
  const marks = Object.hasOwn(familyMarks, word) ? familyMarks[word as keyof typeof familyMarks] : undefined;
  return marks?.has.some((thing) => unmade.has(thing)) ?? false;
}
