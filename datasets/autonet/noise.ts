// What happens to a text on its way: case, commas, a slip of the finger. Numbers stay as they are.
import type { Rng } from "../../archbert/graph";

export interface NoiseOptions {
  /** The mark it should end on. */
  end: "." | "?";
}

/** The text as somebody would type it. */
export function typed(text: string, rng: Rng, { end }: NoiseOptions): string {
  let out = text
    .replace(/ {2,}/g, " ")
    .replace(/ ([,.;?])/g, "$1")
    .trim();
  out = out.replace(/\bi\b/g, "I");
  if (rng.chance(0.12)) out = slipped(out, rng);
  if (rng.chance(0.05)) out = dropped(out, rng);
  if (rng.chance(0.05)) out = out.replace(/,(?= )/g, "");
  const way = rng.next();
  if (way < 0.55) out = out.charAt(0).toUpperCase() + out.slice(1);
  else if (way < 0.68) out = out.toLowerCase();
  else if (way < 0.69) out = out.toUpperCase();
  const mark = rng.next();
  if (mark < (end === "?" ? 0.8 : 0.6) && !/[.?!]$/.test(out)) out += end;
  else if (mark > 0.985) out += "!";
  return out;
}

/** A word with letters swapped, dropped or doubled; short words and all with digits are left alone. */
function slipped(text: string, rng: Rng): string {
  const words = text.split(" ");
  const open = words.flatMap((word, i) =>
    /^[a-z]{5,}[,.]?$/.test(word) && !numerals.has(word.replace(/[,.]$/, "")) ? [i] : [],
  );
  if (open.length === 0) return text;
  const at = rng.pick(open);
  const word = words[at] ?? "";
  const letter = 1 + rng.below(word.length - 3);
  const [a = "", b = ""] = [word[letter], word[letter + 1]];
  const change = rng.pick([b + a, a, a + a + b]);
  words[at] = word.slice(0, letter) + change + word.slice(letter + 2);
  return words.join(" ");
}

/** Words that are numbers, relations or negations: a slip in them would change what is meant. */
const numerals = new Set(
  "three seven eight eleven twelve twenty thirty forty fifty sixty eighty hundred thousand million billion megabytes kilobytes gigabytes first second third fourth fifth sixth seventh eighth fewer under below above least exactly without never lacks avoids false".split(
    " ",
  ),
);

/** An article less. */
function dropped(text: string, rng: Rng): string {
  const found = [...text.matchAll(/\b(the|a|an) (?!thousand|million|billion|hundred|single|quarter)/g)];
  if (found.length === 0) return text;
  const { index = 0, 0: match } = rng.pick(found);
  return text.slice(0, index) + text.slice(index + match.length);
}
