// From a text to what its sentences mean.

import { ArchError, type Claim, type Meaning } from "../graph";
import { checkString } from "../graph/guard";
import { misread } from "./misread";
import type { ArchBert } from "./model";
import { quoted } from "./say";

/** Letters of a text at most: a page. */
const longestText = 2000;

/** A sentence read with less confidence counts as not understood; chosen on wordings of the training. */
export const understoodFrom = 0.3;

export interface Sentence {
  text: string;
  /** Null where it was not understood, or says what claims cannot. */
  meaning: Meaning;
  confidence: number;
  /** Why the sentence counts as not understood though something was read; null where there is no doubt. */
  doubt: string | null;
}

/** @throws ArchError where there is no text, or too much of it */
export function checkText(text: string, where: string): string {
  checkString(text, "text", where);
  const trimmed = text.trim();
  if (trimmed === "") throw new ArchError("the text is empty", { where, fix: "Write a sentence" });
  const { length } = [...trimmed];
  if (length > longestText) {
    throw new ArchError(`the text has ${length} letters, more than ${longestText}`, {
      where,
      fix: "Ask about one thing at a time",
    });
  }
  return trimmed;
}

/** Each sentence of the text, read. */
export async function understand(model: ArchBert, text: string, signal?: AbortSignal): Promise<Sentence[]> {
  const read: Sentence[] = [];
  for (const sentence of sentences(text)) {
    signal?.throwIfAborted();
    const whole = await readOne(model, sentence);
    const parts = whole.doubt === null ? [] : await readInParts(model, sentence, signal);
    const claims = parts.map(claimsOf);
    const isClear = claims.length > 0 && claims.every((list) => list !== null && list.length > 0);
    read.push(isClear ? joined(sentence, parts) : whole);
  }
  return read;
}

async function readOne(model: ArchBert, text: string): Promise<Sentence> {
  const { meaning, confidence } = await model.read(text);
  if (confidence < understoodFrom) return { text, meaning: null, confidence, doubt: null };
  const { isWrong, left } = misread(text, meaning);
  const doubt = isWrong
    ? `I am not sure how "${text}" is meant`
    : left.length > 0
      ? `in "${text}" I do not know what to make of ${quoted(left)}`
      : null;
  return { text, meaning: doubt === null ? meaning : null, confidence, doubt };
}

/** A sentence that was misread, phrase by phrase: short ones are read better. None where it has but one. */
export async function readInParts(model: ArchBert, text: string, signal?: AbortSignal): Promise<Sentence[]> {
  const parts = text
    .split(/,\s+(?:but\s+|and\s+)?|\s+(?:but|while|yet|whereas)\s+/)
    .filter((part) => /\p{L}/u.test(part));
  if (parts.length < 2) return [];
  const read: Sentence[] = [];
  for (const part of parts) {
    signal?.throwIfAborted();
    read.push(await readOne(model, part));
  }
  return read;
}

function joined(text: string, parts: readonly Sentence[]): Sentence {
  const claims = parts.flatMap((part) => claimsOf(part) ?? []);
  const confidence = Math.min(...parts.map((part) => part.confidence));
  return { text, meaning: { kind: "statement", claims }, confidence, doubt: null };
}

/** What a sentence claims, a yes-or-no question too; null where it claims nothing. */
export function claimsOf({ meaning }: Pick<Sentence, "meaning">): readonly Claim[] | null {
  if (meaning?.kind === "statement") return meaning.claims;
  return meaning?.kind === "question" && meaning.query.kind === "askWhether" ? meaning.query.claims : null;
}

const abbreviations =
  /(?:^|[\s(])(?:e\.g|i\.e|approx|ca|vs|etc|resp|incl|max|min|no|nr|fig|cf|conv|params?)\.$/i;

/** The sentences of a text: what ends in `.`, `!`, `?`, `;` or a line's end. A number's point ends nothing. */
export function sentences(text: string): string[] {
  const found: string[] = [];
  let open = "";
  for (const part of text.split(/(?<=[.!?;])\s+|\s*[\r\n]+\s*/)) {
    open = open === "" ? part : `${open} ${part}`;
    if (abbreviations.test(open)) continue;
    found.push(open);
    open = "";
  }
  found.push(open);
  return found
    .map((sentence) => sentence.replace(/;$/, "").trim())
    .filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));
}
