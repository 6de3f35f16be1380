// What a wish says: its claims, and the programs that the model writes for it.

import type { Claim, Program } from "../graph";
import { checkWhole } from "../graph/guard";
import { misread } from "./misread";
import { type ArchBert, modelFor, type TaskOptions } from "./model";
import { pause, wordsOf } from "./say";
import { checkText, claimsOf, readInParts, sentences, understoodFrom } from "./understand";

export interface Wish {
  /** What was understood, each claim once. */
  claims: readonly Claim[];
  /** As the model writes them: nothing is checked. */
  programs: readonly Program[];
  /** Sentences that claim nothing which can be checked, and words of others that nothing was made of. */
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
  return wishOf(await modelFor(options), checked, { samples, seed }, options.signal);
}

/** What the wish claims, sentence by sentence, and what the model writes for all of it. */
export async function wishOf(
  model: ArchBert,
  text: string,
  options: { samples: number; seed: number },
  signal?: AbortSignal,
): Promise<Wish> {
  const whole = await model.write(text, options);
  const read = await partsOf(model, text, whole, options.seed, signal);
  const understood = read.filter(isUnderstood);
  const claims = new Map(
    understood.flatMap((part) => part.claims.map((claim) => [wordsOf(claim), claim] as const)),
  );
  return {
    claims: [...claims.values()],
    programs: whole.programs,
    notUnderstood: read.flatMap((part) => (isUnderstood(part) ? part.left : [part.text])),
  };
}

interface Read {
  text: string;
  claims: readonly Claim[];
  confidence: number;
}

interface Part extends Read {
  /** Words that nothing was made of. */
  left: readonly string[];
}

/** Each sentence read by itself; of one sentence, what was read with its programs. */
async function partsOf(
  model: ArchBert,
  text: string,
  whole: Omit<Read, "text">,
  seed: number,
  signal: AbortSignal | undefined,
): Promise<Part[]> {
  const parts = sentences(text);
  const read: Part[] = [];
  for (const part of parts) {
    await pause(signal);
    const { claims, confidence } = parts.length === 1 ? whole : await model.write(part, { samples: 0, seed });
    read.push(await mended(model, { text: part, claims, confidence }, signal));
  }
  return read;
}

/** As it was read, unless plain words speak against that: then phrase by phrase, or not at all. */
async function mended(model: ArchBert, read: Read, signal: AbortSignal | undefined): Promise<Part> {
  const { isWrong, left } = misread(read.text, { kind: "statement", claims: read.claims });
  if (!isWrong && left.length === 0) return { ...read, left };
  const parts = await readInParts(model, read.text, signal);
  const claims = parts.flatMap((part) => claimsOf(part) ?? []);
  if (claims.length > 0) {
    const open = parts.filter((part) => (claimsOf(part) ?? []).length === 0);
    return { ...read, claims, left: open.map((part) => part.text) };
  }
  return isWrong ? { ...read, claims: [], left: [] } : { ...read, left };
}

const isUnderstood = ({ claims, confidence }: Part) => claims.length > 0 && confidence >= understoodFrom;
