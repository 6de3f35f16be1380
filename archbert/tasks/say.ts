// Claims and numbers as results tell them.
import {
  type Adjective,
  adjectiveMeanings,
  adjectives,
  amount,
  type CheckedClaim,
  type Claim,
  check,
  claimText,
  type Known,
} from "../graph";

/** A claim checked; a vague word says what it is taken to mean. */
export function checked(claim: Claim, known: Known): CheckedClaim {
  return { ...check(claim, known), text: wordsOf(claim) };
}

/** "small (fewer than a million parameters)", "no dropout". */
export function wordsOf(claim: Claim): string {
  const text = claimText(claim);
  const word: Adjective | undefined =
    claim.kind === "is" ? adjectives.find((each) => each === claim.word) : undefined;
  if (!word) return text;
  const { told } = adjectiveMeanings[word];
  return claim.kind === "is" && claim.not ? `${text} (which is ${told})` : `${text} (${told})`;
}

/** "25,557,032 (25.6 M)" of "25557032"; other answers as they are. */
export function readable(answer: string): string {
  if (!/^\d{4,}$/.test(answer)) return answer;
  const grouped = answer.replace(/\B(?=(?:\d{3})+$)/g, ",");
  return answer.length < 6 ? grouped : `${grouped} (${amount(Number(answer))})`;
}

/** `"a", "b" and "c"`. */
export function quoted(texts: readonly string[]): string {
  const all = texts.map((text) => `"${text}"`);
  return all.length < 2 ? all.join("") : `${all.slice(0, -1).join(", ")} and ${all.at(-1)}`;
}

/** Lets an interrupt through, and others work. */
export async function pause(signal: AbortSignal | undefined): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  signal?.throwIfAborted();
}
