// Claims as parts of a noun phrase: before the noun, in its place, or after it.
import type { Claim } from "../../archbert/graph";
import { clause, type Said } from "./clauses";
import { fill, pick, type Voice } from "./language";
import { written } from "./numbers";
import {
  bareInput,
  before,
  countSlots,
  figure,
  fits,
  inputNoun,
  isFamily,
  kernelSlots,
  moreSlots,
  numberSlots,
  type Of,
  stagesSlots,
  thingSlots,
  wordsOf,
} from "./slots";
import * as said from "./words/clauses";
import { familyWords } from "./words/names";
import { quantityWords } from "./words/quantities";
import { thingWords } from "./words/things";

/** Where in a noun phrase the claim can stand, and how it is said there. */
export type Part =
  | { place: "before" | "noun" | "with" | "without" | "after"; text: string }
  /** With a verb: "that does not downsample". */
  | { place: "that"; clause: Said };

export function part(claim: Claim, voice: Voice): Part {
  const { rng } = voice;
  const that = (): Part => ({ place: "that", clause: clause(claim, voice) });
  switch (claim.kind) {
    case "has": {
      const words = thingWords[claim.thing];
      const attribute = claim.not ? words.beforeNot : words.before;
      if (attribute && rng.chance(0.3)) return { place: "before", text: pick(attribute, voice) };
      const slots = thingSlots(claim.thing, voice);
      if (claim.not) return { place: "without", text: fill(pick(said.withoutPhrases, voice), slots) };
      return { place: "with", text: slots.T ?? "" };
    }
    case "count":
      return { place: "with", text: fill(pick(said.countPhrases, voice), countSlots(claim, voice)) };
    case "more":
      return { place: "with", text: fill(pick(said.morePhrases, voice), moreSlots(claim, voice)) };
    case "kernel": {
      if (claim.not && claim.only) return that();
      const slots = kernelSlots(claim, voice);
      if (claim.not)
        return {
          place: "without",
          text: fill(pick("without {T}; no {T}; without any {T}; minus {T}", voice), {
            T: fill(
              pick(said.kernelPhrases, voice, (each) => !each.includes(" a ") && !each.startsWith("a ")),
              slots,
            ),
          }),
        };
      if (claim.only && rng.chance(0.15)) return { place: "before", text: `${slots.K}-only` };
      return {
        place: "with",
        text: fill(pick(claim.only ? said.onlyKernelPhrases : said.kernelPhrases, voice), slots),
      };
    }
    case "input": {
      if (claim.not) return that();
      const bare = claim.size.length === 1 ? inputNoun(claim.size, voice) : bareInput(claim.size, voice);
      return {
        place: "after",
        text: fill(pick(said.inputPhrases, voice), { I: inputNoun(claim.size, voice), i: bare }),
      };
    }
    case "stages":
      return claim.not
        ? that()
        : { place: "with", text: fill(pick(said.stagesPhrases, voice), stagesSlots(claim, voice)) };
    case "is":
      return namePart(claim, voice) ?? that();
    case "number":
      return numberPart(claim, voice) ?? that();
  }
}

function namePart({ word, not }: Of<"is">, voice: Voice): Part | null {
  const { rng } = voice;
  if (not) return null;
  if (isFamily(word)) return rng.chance(0.7) ? { place: "noun", text: pick(familyWords[word], voice) } : null;
  const { before: attribute, noun } = wordsOf(word);
  if (noun && rng.chance(0.75)) return { place: "noun", text: pick(noun, voice) };
  return attribute ? { place: "before", text: pick(attribute, voice) } : null;
}

function numberPart(claim: Of<"number">, voice: Voice): Part | null {
  const { quantity, relation, amount } = claim;
  const { has, before: attribute } = quantityWords[quantity];
  const { rng } = voice;
  if (quantity === "inputChannels" && relation === "=" && rng.chance(0.7)) {
    const kinds = said.channelKinds[amount.value];
    if (kinds)
      return {
        place: "after",
        text: `for ${fill(pick(said.channelPhrases, voice), { k: pick(kinds, voice) })}`,
      };
  }
  if (attribute && relation === "=" && rng.chance(0.35)) {
    const n = written(amount, rng);
    // "three-stage", "10-class", "25.6M-parameter"; not "a hundred thousand-parameter".
    if (!n.includes(" ")) return { place: "before", text: pick(attribute, voice).replace("{n}", n) };
  }
  if (quantity === "parameters" && relation !== "=" && rng.chance(0.35)) {
    return {
      place: "after",
      text: `${before(relation, amount, voice)} ${pick("parameters; params; weights; parameters; parameters in total; params in total; total parameters; trainable parameters; params overall; parameters overall; learnable parameters", voice)}`,
    };
  }
  if (quantity === "bytes" && relation === "<=" && rng.chance(0.4)) {
    return {
      place: "that",
      clause: {
        subject: "",
        verb: "fits",
        rest: `${pick("in; into; within; easily in; comfortably in; entirely within; completely into; inside", voice)} ${figure(amount, rng, "bytes")}`,
        contrary: false,
      },
    };
  }
  return has ? { place: "with", text: numberSlots(pick(has, voice, fits(relation)), claim, voice) } : null;
}
