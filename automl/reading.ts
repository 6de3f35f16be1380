// What a prompt says: read by ArchBERT, and where it does not understand, by plain rules for the commonest words.
import { type Claim, type Quantity, type Relation, type Thing, thingWords } from "../archbert/graph/claims";
import type { Guide, Reading } from "./guide";

/** @throws ArchError for a text that is too long; the signal's reason when aborted */
export async function readPrompt(guide: Guide | null, prompt: string): Promise<Reading> {
  const read = guide ? await guide.read(prompt) : { claims: [], notUnderstood: [prompt] };
  const rest = read.notUnderstood.map(readByRules);
  const claims = new Map(
    [...read.claims, ...rest.flatMap((each) => each.claims)].map((claim) => [JSON.stringify(claim), claim]),
  );
  return { claims: [...claims.values()], notUnderstood: rest.flatMap((each) => each.notUnderstood) };
}

const relationWords: Record<string, Relation> = {
  under: "<",
  below: "<",
  "fewer than": "<",
  "less than": "<",
  "at most": "<=",
  "up to": "<=",
  "no more than": "<=",
  over: ">",
  above: ">",
  "more than": ">",
  "at least": ">=",
  about: "~",
  around: "~",
  exactly: "=",
};

const quantityWords: Record<string, Quantity> = {
  parameters: "parameters",
  params: "parameters",
  weights: "parameters",
  "multiply-adds": "multiplyAdds",
  macs: "multiplyAdds",
  stages: "stages",
  blocks: "blocks",
  classes: "classes",
};

const units: Record<string, number> = { k: 1e3, thousand: 1e3, m: 1e6, million: 1e6, g: 1e9, billion: 1e9 };

/** Words that say a thing, shorter than its name. */
const shortWords: Partial<Record<Thing, string>> = {
  residual: "residual",
  bottleneck: "bottlenecks?",
  invertedResidual: "inverted residuals?|inverted bottlenecks?",
  squeezeExcitation: "squeeze[- ]and[- ]excitation",
  depthwiseConv: "depthwise",
  batchNorm: "batch ?norm",
  layerNorm: "layer ?norm",
};

const kinds = { convolutional: "convolutional|convnet|CNN", transformer: "transformer", mlp: "MLP" } as const;
const sizes = ["tiny", "small", "deep", "shallow", "wide", "narrow", "cheap"] as const;

const any = (words: readonly string[]) => words.join("|");
const number = new RegExp(
  `\\b(${any(Object.keys(relationWords))})\\s+([\\d.,]*\\d)\\s*(${any(Object.keys(units))})?\\s+(${any(Object.keys(quantityWords))})\\b`,
  "gi",
);
const picture =
  /\b(\d+)\s?[x×]\s?(\d+)(?:\s?[x×]\s?(\d+))?(?=\s+(?:\w+ )?(?:images?|pictures?|digits|inputs?)\b)/gi;

/** Longer words first: an inverted residual is more than a residual. */
const thingPatterns = (Object.keys(thingWords) as Thing[])
  .flatMap((thing) => {
    const names = thingWords[thing].map((word) => word.replace(/[-\s]/g, "[-\\s]"));
    return [...names, ...(shortWords[thing]?.split("|") ?? [])].map((pattern) => ({ thing, pattern }));
  })
  .sort((a, b) => b.pattern.length - a.pattern.length);

/**
 * Rules for what can be told from the words alone. A phrase that is denied in a way they do not know is left alone.
 *
 * @returns the claims, and the phrases in which none was found
 */
export function readByRules(text: string): Reading {
  const claims: Claim[] = [];
  const notUnderstood: string[] = [];
  for (const phrase of text.split(/[;,]\s+|[.!?]+(?:\s+|$)|\s+(?=(?:with|without|and|but|no)\s)/)) {
    if (phrase.trim() === "") continue;
    const found = claimsOf(phrase);
    claims.push(...found);
    if (found.length === 0) notUnderstood.push(phrase.trim());
  }
  return { claims, notUnderstood };
}

function claimsOf(phrase: string): Claim[] {
  const found: Claim[] = [];
  let rest = phrase.replace(
    number,
    (whole, relation: string, digits: string, unit = "", quantity: string) => {
      const value = Number(digits.replaceAll(",", "")) * (units[unit.toLowerCase()] ?? 1);
      if (!Number.isFinite(value)) return whole;
      found.push({
        kind: "number",
        quantity: quantityWords[quantity.toLowerCase()] ?? "parameters",
        stage: null,
        relation: relationWords[relation.toLowerCase()] ?? "=",
        amount: { value, tolerance: 0 },
      });
      return " ";
    },
  );
  rest = rest.replace(picture, (_, ...sides: string[]) => {
    const size = sides.slice(0, 3).filter(Boolean).map(Number);
    found.push({ kind: "input", not: false, size });
    return " ";
  });
  for (const { thing, pattern } of thingPatterns) {
    rest = rest.replace(
      new RegExp(`(\\b(?:no|without)\\s+(?:any\\s+)?)?\\b(?:${pattern})\\b`, "i"),
      (_, not) => {
        found.push({ kind: "has", not: not !== undefined, thing });
        return " ";
      },
    );
  }
  for (const word of sizes)
    if (new RegExp(`\\b${word}\\b`, "i").test(rest)) found.push({ kind: "is", not: false, word });
  for (const word of Object.keys(kinds) as (keyof typeof kinds)[]) {
    if (new RegExp(`\\b(?:${kinds[word]})\\b`, "i").test(rest)) found.push({ kind: "is", not: false, word });
  }
  return /\b(?:no|not|without|never|neither|nor)\b|n't\b/i.test(rest) ? [] : found;
}
