// Where the plainest words of a text speak against how it was read. ArchBERT learns to read, and slips where a claim turns
// on a small word: what "under" says of a number, and "no" of a thing, is looked at once more by rules. They know little and
// are silent where they are not sure.
import type { Claim, Meaning, Relation, Thing } from "../graph";
import { lex, type Slot } from "../text";

export interface Misread {
  /** A relation or a negation is not what the text says. */
  isWrong: boolean;
  /** Words that nothing was made of: numbers, and things with a name of their own. */
  left: string[];
}

/** A word, or a number by its slot. */
type Token = string | Slot;

/** @param meaning how the text was read */
export function misread(text: string, meaning: Meaning): Misread {
  const { pieces, slots } = lex(text);
  const tokens = pieces.map(
    (piece): Token => (piece.kind === "word" ? piece.text : (slots[piece.slot] as Slot)),
  );
  const claims =
    meaning?.kind === "statement"
      ? meaning.claims
      : meaning?.query.kind === "askWhether"
        ? meaning.query.claims
        : null;
  if (meaning === null || claims === null) {
    return { isWrong: false, left: meaning === null ? [] : unusedNumbers(tokens, meaning) };
  }
  const isDenied = denials.test(text);
  const isWrong =
    !isDenied && claims.some((claim) => relationIsOff(claim, tokens) || polarityIsOff(claim, tokens));
  return { isWrong, left: [...unusedNumbers(tokens, meaning), ...unusedThings(tokens, claims)] };
}

/** The whole may be turned round by a frame: then only the model can tell. */
const denials =
  /\b(?:false|untrue|wrong|incorrect|doubt|deny|disagree|mistake|error|lie|nope|impossible|inaccurate|reject|refuse|nobody|no way|certainly not|not at all|not (?:true|so|right|correct|the case|like|as if)|(?:don't|dont|do not|didn't|cannot|can't|wouldn't|would not) (?:think|believe|say|agree|see|buy))\b/i;

const isWord = (token: Token | undefined): token is string => typeof token === "string";
const negators =
  /^(?:no|not|never|without|neither|nor|none|lack|lacks|lacking|avoid|avoids|avoiding|omit|omits|omitting|exclude|excludes|excluding|minus|free|devoid|instead|rather|place|reject|rejects|refuse|refuses|ban|skip\w*|rid|refrain\w*|remov\w+|drop|drops|cannot|w|nothing|nowhere|hardly|except|clear|dispens\w+|steers?|leav\w+|forgo\w*|\w+n't|isnt|doesnt|dont|arent|wasnt|hasnt|cant|nt)$/;

const upper: readonly Relation[] = ["<", "<="];
const lower: readonly Relation[] = [">", ">="];
const before: readonly (readonly [RegExp, "upper" | "lower"])[] = [
  [
    /(?:fewer|less|lower|smaller|shallower|narrower|lighter|cheaper) th[ae]n$|\b(?:under|below)$|at (?:the )?(?:very )?most$|(?<!\b(?:sum|sums|add|adds|comes) )\bup ?to$|\bmax(?:imum)?(?: of)?$|(?:^| )(?:<|< =|<=|≤)$/,
    "upper",
  ],
  [
    /(?:more|greater|larger|higher|bigger|deeper|longer|wider|heavier) th[ae]n$|\b(?:over|above)$|at (?:the )?(?:very )?least$|\bmin(?:imum)?(?: of)?$|(?:^| )(?:>|>=|≥)$/,
    "lower",
  ],
];
const after: readonly (readonly [RegExp, "upper" | "lower"])[] = [
  [
    /^(?:[a-z]+ ){0,3}(?<!more )or (?:fewer|less|below|under|lower|smaller)\b|^(?:[a-z]+ ){0,3}at (?:the )?(?:very )?most\b|^max\b/,
    "upper",
  ],
  [
    /^(?:[a-z]+ ){0,3}(?:or (?:more(?! or)|above|over|greater|larger|higher)|and up(?:wards)?)\b|^(?:[a-z]+ ){0,3}at (?:the )?(?:very )?least\b|^min\b/,
    "lower",
  ],
];

/** "under 10k" is no lower bound; a number that is given twice, or denied from afar, is left alone. */
function relationIsOff(claim: Claim, tokens: readonly Token[]): boolean {
  if (claim.kind !== "number" && claim.kind !== "count") return false;
  // "kernels up to 7x7" tells the largest, "a softmax over 10 classes" how many.
  if (claim.kind === "number" && /Kernel$|^classes$/.test(claim.quantity)) return false;
  const places = tokens.flatMap((token, i) =>
    !isWord(token) && token.values[0] === claim.amount.value ? [i] : [],
  );
  const [at] = places;
  if (at === undefined || places.length > 1) return false;
  const clause = wordsBefore(tokens, at);
  const said = clause.slice(-4).join(" ");
  const cue = before.find(([pattern]) => pattern.test(said));
  if (!cue) {
    const next = after.find(([pattern]) => pattern.test(wordsAfter(tokens, at).slice(0, 6).join(" ")));
    return (
      next !== undefined && !clause.some((word) => negators.test(word)) && isAgainst(next[1], claim.relation)
    );
  }
  // "no more than", "not above": the word right before turns it round; one from afar may do so or not.
  const lead = said.replace(cue[0], "").trim().split(" ").at(-1) ?? "";
  const turned = /^(?:no|not)$/.test(lead);
  if (clause.filter((word) => negators.test(word)).length > (turned ? 1 : 0)) return false;
  return isAgainst(turned ? (cue[1] === "upper" ? "lower" : "upper") : cue[1], claim.relation);
}

const isAgainst = (side: "upper" | "lower", relation: Relation) =>
  !(side === "upper" ? upper : lower).includes(relation);

/** Back to the last number, mark or "but". */
function wordsBefore(tokens: readonly Token[], at: number): string[] {
  const words: string[] = [];
  for (let i = at - 1; i >= 0; i--) {
    const token = tokens[i];
    if (!isWord(token) || /^(?:[,;:.]|but)$/.test(token)) break;
    words.unshift(token);
  }
  return words;
}

function wordsAfter(tokens: readonly Token[], at: number): string[] {
  const rest = tokens.slice(at + 1);
  const end = rest.findIndex((token) => !isWord(token) || /^(?:[,;:.]|but)$/.test(token));
  return (end < 0 ? rest : rest.slice(0, end)) as string[];
}

/** Names that mean one thing and no other. */
const names: Partial<Record<Thing, RegExp>> = {
  dropout: /^dropouts?\b/,
  attention: /^(?:self - )?attention\b(?! heads?\b| based| - )/,
  batchNorm: /^batch ?-? ?norm(?:s|alization|alisation)?\b/,
  layerNorm: /^layer ?-? ?norm(?:s|alization|alisation)?\b/,
  groupNorm: /^group ?-? ?norm(?:s|alization|alisation)?\b/,
  rmsNorm: /^rms ?-? ?norm(?:s|alization|alisation)?\b/,
  relu: /^relus?\b(?! (?:#|-|6|capped|clamped|clipped|bounded|with))/,
  gelu: /^gelus?\b/,
  silu: /^(?:silus?|swish)\b/,
  tanh: /^tanhs?\b/,
  maxPool: /^max ?-? ?pool(?:s|ing)?\b/,
  squeezeExcitation: /^squeeze - and - excitation\b/,
  bottleneck: /^bottlenecks?\b/,
  channelShuffle: /^channel shuffl(?:e|es|ing)\b/,
  recurrent: /^recurrent layers?\b/,
  transformerBlock: /^transformer blocks?\b/,
};
const kinds: Readonly<Record<string, RegExp>> = {
  transformer: /^transformers?\b(?! (?:block|layer|encoder))/,
  mlp: /^mlps?\b/,
  convolutional: /^(?:cnns?|convnets?|convolutional)\b(?! (?:layer|block|filter|op))/,
  ResNet: /^resnets?\b(?! ?-? ?(?:like|style|block|shortcut|connection|skip|bottleneck))/,
};

/** Before a name, it makes it another's: "leaky ReLU", "hard swish", "non-attention". */
const otherwise = /^(?:leaky|bounded|capped|clipped|hard|h|parametric|rms|square|-)$/;

/** Where the name stands, if it stands there once. */
function placeOf(name: RegExp, tokens: readonly Token[]): number | null {
  const places = tokens.flatMap((token, i) => {
    const last = tokens[i - 1];
    if (!isWord(token) || (isWord(last) && otherwise.test(last))) return [];
    const rest = tokens.slice(i, i + 5).map((each) => (isWord(each) ? each : "#"));
    return name.test(rest.join(" ")) ? [i] : [];
  });
  return places.length === 1 ? (places[0] as number) : null;
}

function polarityIsOff(claim: Claim, tokens: readonly Token[]): boolean {
  if (claim.kind !== "has" && claim.kind !== "is") return false;
  const name = claim.kind === "has" ? names[claim.thing] : kinds[claim.word];
  const at = name ? placeOf(name, tokens) : null;
  const told = at === null ? null : isThere(tokens, at);
  return told !== null && told === claim.not;
}

const verbs =
  /^(?:has|have|having|use|uses|using|contain|contains|containing|include|includes|including|featuring|employ|employs|is|are|be)$/;
const turns = /^(?:;|but|with|yet|while|whereas|though|although|plus|only)$/;
const joins = /^(?:,|and|or|&|\/|as|well)$/;

/** Behind a name, these may deny it: "dropout is missing". */
const turning =
  /^(?:free|less|absent|missing|out|excluded|omitted|forbidden|unwanted|no|not|nor|never|none|rather|instead|lacking|\w+n't|\?)$/;
/** Anywhere, these may turn round what others say: "don't forget dropout". */
const twisting = /^(?:forget|miss|leave|leaves|anything|nothing|mix|mixture|hybrid|blend|cross)$/;

/** Whether the words before say that it is there; null where they leave it open. */
function isThere(tokens: readonly Token[], at: number): boolean | null {
  if (
    wordsAfter(tokens, at)
      .slice(0, 5)
      .some((word) => turning.test(word))
  )
    return null;
  if (tokens.some((token) => isWord(token) && twisting.test(token))) return null;
  let joined = false;
  for (let i = at - 1; i >= 0; i--) {
    const token = tokens[i];
    const isNone = isWord(token) ? isNegator(tokens, i) : token?.values[0] === 0;
    if (isNone) return joined || at - i > 5 || isNegated(tokens, i) ? null : false;
    if (!isWord(token)) continue;
    if (verbs.test(token)) {
      if (isNegated(tokens, i)) return joined ? null : false;
      return true;
    }
    if (turns.test(token)) return isNegated(tokens, i) ? null : true;
    if (token === "." || token === ":") return null;
    if (joins.test(token)) joined = true;
  }
  return at === 0 ? true : null;
}

/** Whether a negation stands not far before, in the same breath. */
function isNegated(tokens: readonly Token[], at: number): boolean {
  for (let i = at - 1; i >= Math.max(0, at - 2); i--) {
    const token = tokens[i];
    if (!isWord(token) || /^[.,;:]$/.test(token)) return false;
    if (isNegator(tokens, i)) return true;
  }
  return false;
}

/** "not only dropout" has it; of "a dropout-free network with" the rest is there. */
function isNegator(tokens: readonly Token[], at: number): boolean {
  const [last, token, next] = [tokens[at - 1], tokens[at], tokens[at + 1]];
  if (!isWord(token) || !negators.test(token)) return false;
  return !(isWord(next) && /^(?:only|just)$/.test(next)) && !(token === "free" && last === "-");
}

/** Numbers that no claim points at, as they were written or nearly; not ones, ordinals, and those of names. */
function unusedNumbers(tokens: readonly Token[], meaning: NonNullable<Meaning>): string[] {
  const used = new Set<number>();
  const note = (value: unknown): void => {
    if (typeof value === "number") used.add(value);
    else if (typeof value === "object" && value !== null) for (const each of Object.values(value)) note(each);
    if (Array.isArray(value)) used.add(value.length);
  };
  note(meaning);
  return tokens.flatMap((token, i) => {
    if (
      isWord(token) ||
      token.kind === "ordinal" ||
      token.values.every((value) => value <= 1 || used.has(value))
    )
      return [];
    const [last, next] = [tokens[i - 1], tokens[i + 1]];
    const isNamed =
      isWord(last) &&
      /^(?:-|to|by|stride|strides|mobilenet|inception|relu|cap|capped|at|cifar|resnet|version|v)$/.test(last);
    const isUnit = isWord(next) && /^(?:d|bit|bits|dim|-)$/.test(next);
    return isNamed || isUnit ? [] : [token.values.join("x")];
  });
}

/** Things with a name of their own of which nothing is claimed. */
function unusedThings(tokens: readonly Token[], claims: readonly Claim[]): string[] {
  const told = new Set(
    claims.flatMap((claim) =>
      "thing" in claim ? ["than" in claim ? claim.than : claim.thing, claim.thing] : [],
    ),
  );
  const plain = [
    "dropout",
    "batchNorm",
    "layerNorm",
    "groupNorm",
    "rmsNorm",
    "relu",
    "gelu",
    "silu",
    "tanh",
  ] as const;
  const isGeneral = told.has("activation") || told.has("normalization");
  return plain.flatMap((thing) => {
    const at = isGeneral || told.has(thing) ? null : placeOf(names[thing] as RegExp, tokens);
    return at === null ? [] : [String(tokens[at])];
  });
}
