// From a text to what its sentences mean.

import { ArchError, type Claim, type Meaning } from "../graph";
import { checkString } from "../graph/guard";
import type { ArchBert } from "./model";

/** Letters of a text at most: a page. */
const longestText = 2000;

/** A sentence read with less confidence counts as not understood; chosen on wordings of the training. */
export const understoodFrom = 0.1;

export interface Sentence {
  text: string;
  /** Null where it was not understood, or says what claims cannot. */
  meaning: Meaning;
  confidence: number;
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
    const { meaning, confidence } = await model.read(sentence);
    read.push({ text: sentence, meaning: confidence < understoodFrom ? null : meaning, confidence });
  }
  return read;
}

/** What a sentence claims, a yes-or-no question too; null where it claims nothing. */
export function claimsOf({ meaning }: Sentence): readonly Claim[] | null {
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
