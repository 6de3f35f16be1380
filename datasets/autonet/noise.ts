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

const sounds = {
  first: "b br c ch cl d dr f fl g gl gr h j k l m n p pl pr qu r s sc sh sl sp st str t tr v w z".split(" "),
  middle: "a e i o u a e i o ai ea ee oa oo ou".split(" "),
  last: "b ck d g l ll m n nd ng nt p r rd rk s ss st t th ve ze".split(" "),
  ends: ["", "", "", "ed", "er", "ing", "ly", "s", "y", "ion", "al", "ive"],
} as const;

/** A word that nobody knows, though it could be one. */
function invented(rng: Rng): string {
  const syllable = () => rng.pick(sounds.first) + rng.pick(sounds.middle);
  return `${rng.chance(0.6) ? syllable() : ""}${syllable()}${rng.pick(sounds.last)}${rng.pick(sounds.ends)}`;
}

/** The phrase with a word of it changed for one that nobody knows; "it" becomes "the fleeber". */
export function estranged(phrase: string, rng: Rng): string {
  if (/^(it|this|that)$/.test(phrase)) return `the ${invented(rng)}`;
  const words = phrase.split(" ");
  const open = words.flatMap((word, i) =>
    /^[a-zA-Z'-]{4,}[,:]?$/.test(word) && !keptWords.has(word) ? [i] : [],
  );
  if (open.length === 0) return phrase;
  const at = rng.pick(open);
  words[at] = (words[at] ?? "").replace(/^[a-zA-Z'-]+/, invented(rng));
  return words.join(" ");
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

/** Words that hold a phrase together. */
const keptWords = new Set("this that with from what which whose when your".split(" "));

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
