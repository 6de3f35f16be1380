// How far a network is from a claim: 0 where it holds or cannot be checked, 1 and more where it is refuted.
import { adjectiveMeanings } from "../claims/adjectives";
import { judge } from "../claims/check";
import {
  type Adjective,
  type Amount,
  adjectives,
  type Claim,
  type FamilyName,
  families,
  type Relation,
  type Type,
  types,
} from "../claims/claim";
import { familyMarks } from "../claims/families";
import type { Known } from "../claims/known";
import { mostOfTheWork, workShares } from "../claims/types";
import { familyProgram } from "./familyPrograms";

/** Of a family that is neither proved nor refuted, where programs can prove it. */
const unproved = 0.3;

/** Summed over claims, one more claim met outweighs all nearness to others. */
export function distance(claim: Claim, known: Known): number {
  const { holds } = judge(claim, known);
  if (holds === true) return 0;
  if (holds === null) return claim.kind === "is" && !claim.not && familyProgram(claim.word) ? unproved : 0;
  return 1 + Math.min(1, nearness(claim, known));
}

/** From 0, nearly there, to 1. */
function nearness(claim: Claim, known: Known): number {
  switch (claim.kind) {
    case "has":
      return claim.not ? ratio(known.occurrences(claim.thing).length, 0) : 0.5;
    case "count": {
      const have = known.occurrences(claim.thing).length;
      return ratio(have, goalOf(have, claim.relation, claim.amount));
    }
    case "more":
      return ratio(known.occurrences(claim.thing).length, known.occurrences(claim.than).length + 1);
    case "number": {
      const { value } = known.measure(claim.quantity, claim.stage);
      return value === null ? 1 : ratio(value, goalOf(value, claim.relation, claim.amount));
    }
    case "kernel": {
      const edges = (claim.size.length === 1 ? [claim.size[0], claim.size[0]] : claim.size).join();
      const convs = known.graph.nodes.filter(({ op }) => op === "conv");
      const same = convs.filter(({ attributes }) => String(attributes.kernelSize) === edges).length;
      if (claim.only && !claim.not) return convs.length === 0 ? 1 : 1 - same / convs.length;
      return claim.not ? same / Math.max(1, convs.length) : 0.5;
    }
    case "input":
      return 0.5;
    case "stages": {
      const have = known.facts.stages.map(({ blocks }) => blocks);
      const apart = claim.blocks.filter((blocks, i) => have[i] !== blocks).length;
      return (apart + Math.abs(have.length - claim.blocks.length)) / (2 * claim.blocks.length);
    }
    case "is":
      return wordNearness(claim, known);
  }
}

function wordNearness({ word, not }: Extract<Claim, { kind: "is" }>, known: Known): number {
  if (isAdjective(word)) return nearness(wordClaim(word, not), known);
  if (isType(word)) {
    const shares = workShares(known);
    if (!shares) return 1;
    const most = Math.max(...Object.values(shares));
    if (word === "hybrid") return not ? mostOfTheWork - most : most - mostOfTheWork;
    return not ? shares[word] : mostOfTheWork - shares[word];
  }
  const name = families.find((each) => each.toLowerCase() === word.toLowerCase());
  return not || !name ? 0.5 : missingMarks(name, known);
}

function missingMarks(name: FamilyName, known: Known): number {
  const { has, lacks } = familyMarks[name];
  const missing = has.filter((thing) => known.occurrences(thing).length === 0).length;
  const strange = lacks.filter((thing) => known.occurrences(thing).length > 0).length;
  return (missing + strange) / (has.length + lacks.length);
}

export function isAdjective(word: string): word is Adjective {
  return adjectives.some((each) => each === word);
}

export function isType(word: string): word is Type {
  return types.some((each) => each === word);
}

const opposite: Partial<Record<Relation, Relation>> = { "<": ">=", "<=": ">", ">=": "<", ">": "<=" };

/** What an adjective says in numbers. */
export function wordClaim(word: Adjective, not: boolean): Extract<Claim, { kind: "number" }> {
  const { claim } = adjectiveMeanings[word];
  return not ? { ...claim, relation: opposite[claim.relation] ?? claim.relation } : claim;
}

/** The nearest number that meets the relation. */
export function goalOf(have: number, relation: Relation, { value, tolerance }: Amount): number {
  const isWhole = Number.isInteger(value);
  switch (relation) {
    case "<":
      return isWhole ? Math.min(have, value - 1) : Math.min(have, value);
    case "<=":
      return Math.min(have, value);
    case ">":
      return isWhole ? Math.max(have, value + 1) : Math.max(have, value);
    case ">=":
      return Math.max(have, value);
    default: {
      const around = relation === "~" ? Math.max(tolerance, value / 10) : tolerance;
      return Math.min(Math.max(have, value - around), value + around);
    }
  }
}

/** The same where only whole numbers are to be had. */
export function wholeGoal(have: number, relation: Relation, amount: Amount): number {
  const goal = goalOf(have, relation, amount);
  if (Number.isInteger(goal)) return goal;
  const isBelow =
    relation === "=" || relation === "~" ? goal < amount.value : relation === ">=" || relation === ">";
  return isBelow ? Math.ceil(goal) : Math.floor(goal);
}

/** 0 where equal, 0.5 at a factor of e, towards 1. */
export function ratio(have: number, want: number): number {
  const log = Math.abs(Math.log((have + 1) / (Math.max(0, want) + 1)));
  return log / (1 + log);
}
