// Reads the sentences written by hand: their compact notation becomes meanings in the types of claims.
//
// A statement or wish is its claims with "; " between, a question one of `number`, `count`, `what`, `whether` and what follows:
//   residual · no residual           has (not)
//   conv >= 3 · parameters < 5M      count of a thing, number of a quantity; `stageWidth[0] = 64` of a stage (0: the last)
//   more conv than linear            the first more often than the second
//   [not] [only] kernel 3x3          · no kernel 5x5
//   [not] input 32x32x3              · [not] stages 3,4,6,3
//   is small · is not transformer    type, vague word or family
// k, M, G, KB, MB, GB scale a number and make it as rough as its last digit; without one it is exact.
// Where people would differ, a list gives every fair meaning, the best first.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  type Amount,
  adjectives,
  type Claim,
  families,
  type Meaning,
  type Quantity,
  type Query,
  quantities,
  relations,
  type Thing,
  things,
  topics,
  types,
} from "../../../archbert/graph/claims/claim";

export interface Handwritten {
  text: string;
  kind: "statement" | "question" | "wish" | "unsayable";
  /** Every fair reading, the best first. */
  meanings: readonly Meaning[];
}

const sections = {
  statements: "statement",
  questions: "question",
  wishes: "wish",
  unsayable: "unsayable",
} as const;

type Section = Record<keyof typeof sections, [string, string | string[] | null][]>;

const units: Record<string, number> = { k: 1e3, M: 1e6, G: 1e9, KB: 1e3, MB: 1e6, GB: 1e9 };

/** @throws Error where an entry is not in the notation */
export function handwritten(): Handwritten[] {
  const file = join(__dirname, "../../../../test/golden/handwritten.json");
  const read = JSON.parse(readFileSync(file, "utf8")) as Section;
  return (Object.keys(sections) as (keyof typeof sections)[]).flatMap((section) =>
    read[section].map(([text, written]) => ({
      text,
      kind: sections[section],
      meanings: [written].flat().map((one) => meaning(one, section === "questions")),
    })),
  );
}

export function meaning(written: string | null, asked: boolean): Meaning {
  if (written === null) return null;
  return asked ? { kind: "question", query: query(written) } : { kind: "statement", claims: claims(written) };
}

export const claims = (written: string): Claim[] => written.split("; ").map(claim);

export function query(written: string): Query {
  const [, ask, rest = ""] = /^(number|count|what|whether) (.+)$/.exec(written) ?? [];
  if (ask === "whether") return { kind: "askWhether", claims: claims(rest) };
  if (ask === "count") return { kind: "askCount", thing: one(things, rest) };
  if (ask === "what") return { kind: "askWhat", topic: one(topics, rest) };
  if (ask === "number") return { kind: "askNumber", ...numberOf(rest) };
  throw new Error(`not a question: ${written}`);
}

function claim(written: string): Claim {
  let match = /^is (not )?(.+)$/.exec(written);
  if (match)
    return { kind: "is", not: !!match[1], word: one([...types, ...adjectives, ...families], match[2]) };
  match = /^more (\w+) than (\w+)$/.exec(written);
  if (match) return { kind: "more", thing: one(things, match[1]), than: one(things, match[2]) };
  match = /^(not |no )?(only )?kernel (\S+)$/.exec(written);
  if (match) return { kind: "kernel", not: !!match[1], only: !!match[2], size: sizes(match[3], "x") };
  match = /^(not )?input (\S+)$/.exec(written);
  if (match) return { kind: "input", not: !!match[1], size: sizes(match[2], "x") };
  match = /^(not )?stages ([\d,]+)$/.exec(written);
  if (match) return { kind: "stages", not: !!match[1], blocks: sizes(match[2], ",") };
  match = /^(\w+(?:\[\d+\])?) (\S+) (\S+)$/.exec(written);
  if (match) {
    const [, name = "", sign, number = ""] = match;
    const compared = { relation: one(relations, sign), amount: amount(number) };
    const thing = things.find((known) => known === name);
    return thing ? { kind: "count", thing, ...compared } : { kind: "number", ...numberOf(name), ...compared };
  }
  match = /^(no )?(\w+)$/.exec(written);
  if (match) return { kind: "has", not: !!match[1], thing: one<Thing>(things, match[2]) };
  throw new Error(`not a claim: ${written}`);
}

function numberOf(written: string): { quantity: Quantity; stage: number | null } {
  const [, name, stage] = /^(\w+)(?:\[(\d+)\])?$/.exec(written) ?? [];
  const quantity = one(quantities, name);
  if (quantity.startsWith("stage") !== (quantity === "stages" || stage !== undefined)) {
    throw new Error(`which stage: ${written}`);
  }
  return { quantity, stage: stage === undefined ? null : Number(stage) };
}

function amount(written: string): Amount {
  const [, digits = "", decimals = "", unit = ""] = /^(\d+(?:\.(\d+))?)([kMG]?B?)$/.exec(written) ?? [];
  const scale = unit === "" ? 1 : units[unit];
  if (digits === "" || scale === undefined) throw new Error(`not a number: ${written}`);
  const exact = unit === "" && decimals === "";
  return {
    value: Number((Number(digits) * scale).toPrecision(15)),
    tolerance: exact ? 0 : Number(((0.5 * scale) / 10 ** decimals.length).toPrecision(15)),
  };
}

const sizes = (written = "", between: string) => written.split(between).map(Number);

function one<Name extends string>(names: readonly Name[], written: string | undefined): Name {
  const found = names.find((name) => name === written);
  if (found === undefined) throw new Error(`not a word of claims: ${written}`);
  return found;
}
