// What a wish says: its claims, and the programs that the model writes for it.
import { checkWhole } from "../arguments";
import type { Claim, Program } from "../graph";
import { type ArchBert, modelFor, type TaskOptions } from "./model";
import { wordsOf } from "./say";
import { checkText, sentences, understoodFrom } from "./understand";

export interface Wish {
  /** What was understood, each claim once. */
  claims: readonly Claim[];
  /** As the model writes them: nothing is checked. */
  programs: readonly Program[];
  /** Sentences that claim nothing which can be checked. */
  notUnderstood: readonly string[];
}

export interface WishOptions extends TaskOptions {
  /** Programs that the model writes. */
  samples?: number;
  seed?: number;
}

/** Programs that the model may be asked to write. */
export const mostSamples = 1000;
export const mostSeed = 2 ** 32 - 1;

/**
 * Reads a wish, and lets the model write for it.
 *
 * @throws ArchError for an empty text or one of more than 2,000 letters, or options out of bounds; the signal's reason when aborted
 */
export async function wish(
  text: string,
  { samples = 0, seed = 1, ...options }: WishOptions = {},
): Promise<Wish> {
  const checked = checkText(text, "wish");
  checkWhole(samples, 0, mostSamples, "wish samples");
  checkWhole(seed, 0, mostSeed, "wish seed");
  return wishOf(await modelFor(options), checked, { samples, seed });
}

/** What the wish claims, sentence by sentence, and what the model writes for all of it. */
export async function wishOf(
  model: ArchBert,
  text: string,
  options: { samples: number; seed: number },
): Promise<Wish> {
  const parts = sentences(text);
  const whole = await model.write(text, options);
  const read = [];
  if (parts.length === 1) read.push({ text, ...whole });
  else
    for (const part of parts)
      read.push({ text: part, ...(await model.write(part, { ...options, samples: 0 })) });
  const understood = ({ claims, confidence }: { claims: readonly Claim[]; confidence: number }) =>
    claims.length > 0 && confidence >= understoodFrom;
  const claims = new Map<string, Claim>();
  for (const claim of read.filter(understood).flatMap((part) => part.claims))
    claims.set(wordsOf(claim), claim);
  return {
    claims: [...claims.values()],
    programs: whole.programs,
    notUnderstood: read.filter((part) => !understood(part)).map((part) => part.text),
  };
}
