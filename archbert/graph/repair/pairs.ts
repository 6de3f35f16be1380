// Two changes at once, where none alone comes nearer: numbers that stages add up to are foretold from single changes.
import { compare } from "../claims/check";
import type { Amount, Claim, Quantity, Relation } from "../claims/claim";
import type { Known } from "../claims/known";
import type { Program, Stage } from "../language/program";
import { blockNames } from "../language/vocabulary";
import { asBlock, numberOf, replaced, stagesOf, withSettings } from "../mutations/tree";
import { distance, goalOf, isAdjective, ratio, wordClaim } from "./distance";

export interface Change {
  at: number;
  stage: Stage;
}

/** Every stage in other forms: each of them keeps its place, so that any two of different stages go together. */
export function stageChanges(program: Program): Change[] {
  return stagesOf(program).flatMap(({ at, stage }) =>
    formsOf(stage).map((form): Change => ({ at, stage: form })),
  );
}

export function changed(program: Program, changes: readonly Change[]): Program {
  return changes.reduce((tree, { at, stage }) => replaced(tree, at, stage), program);
}

function formsOf(stage: Stage): Stage[] {
  const blocks = blockNames.filter((block) => block !== stage.block).map((block) => asBlock(stage, block));
  const gates = [stage, ...blocks]
    .filter((each) => "se" in each)
    .map((each) => withSettings(each, { se: numberOf(each, "se") === 0 ? 4 : 0 }));
  const repeats = [1, -1, 2].map((by) => ({ ...stage, repeat: stage.repeat + by }));
  const others = [
    withSettings(stage, { norm: stage.norm === "none" ? "batch" : "none" }),
    withSettings(stage, { norm: stage.norm === "none" ? "layer" : "none" }),
    withSettings(stage, { expansion: numberOf(stage, "expansion", 1) === 1 ? 4 : 1 }),
    withSettings(stage, { stride: numberOf(stage, "stride", 1) === 1 ? 2 : 1 }),
    withSettings(stage, { dropout: stage.dropout === 0 ? 0.1 : 0 }),
  ];
  const seen = new Set<string>([JSON.stringify(stage)]);
  return [...blocks, ...gates, ...repeats, ...others].filter((each) => {
    const key = JSON.stringify(each);
    return each.repeat >= 1 && !seen.has(key) && seen.add(key);
  });
}

/** Numbers that changes of several stages add up to, exactly or nearly. */
const additive: ReadonlySet<Quantity> = new Set<Quantity>([
  "parameters",
  "bytes",
  "multiplyAdds",
  "depth",
  "ops",
  "stages",
  "blocks",
]);

/** What a claim says of a number, where one is foretold. */
interface Reading {
  value: number;
  relation: Relation;
  amount: Amount;
}

function readingOf(claim: Claim, known: Known): Reading | null {
  switch (claim.kind) {
    case "count":
      return { ...claim, value: known.occurrences(claim.thing).length };
    case "has":
      return {
        value: known.occurrences(claim.thing).length,
        relation: claim.not ? "=" : ">",
        amount: { value: 0, tolerance: 0 },
      };
    case "more":
      return {
        value: known.occurrences(claim.thing).length - known.occurrences(claim.than).length,
        relation: ">",
        amount: { value: 0, tolerance: 0 },
      };
    case "number": {
      if (!additive.has(claim.quantity)) return null;
      const { value } = known.measure(claim.quantity, claim.stage);
      return value === null ? null : { ...claim, value };
    }
    case "is":
      return isAdjective(claim.word) ? readingOf(wordClaim(claim.word, claim.not), known) : null;
    default:
      return null;
  }
}

/** What one network has to say about each claim. */
export interface Readings {
  numbers: (Reading | null)[];
  distances: number[];
}

export function readingsOf(claims: readonly Claim[], known: Known): Readings {
  return {
    numbers: claims.map((claim) => readingOf(claim, known)),
    distances: claims.map((claim) => distance(claim, known)),
  };
}

/** The pairs of changes that should come nearest to the claims, the best first. */
export function likelyPairs(
  base: Readings,
  changes: readonly { change: Change; readings: Readings }[],
  count: number,
): (readonly [Change, Change])[] {
  const pairs: { cost: number; pair: readonly [Change, Change] }[] = [];
  for (const [k, a] of changes.entries()) {
    for (const b of changes.slice(k + 1)) {
      if (a.change.at === b.change.at) continue;
      pairs.push({ cost: foretold(base, a.readings, b.readings), pair: [a.change, b.change] });
    }
  }
  return pairs
    .sort((a, b) => a.cost - b.cost)
    .slice(0, count)
    .map(({ pair }) => pair);
}

function foretold(base: Readings, a: Readings, b: Readings): number {
  return base.numbers.reduce((sum, number, i) => {
    const [one, other] = [a.numbers[i], b.numbers[i]];
    if (number && one && other)
      return sum + apart({ ...number, value: one.value + other.value - number.value });
    return sum + Math.max(a.distances[i] ?? 0, b.distances[i] ?? 0);
  }, 0);
}

function apart({ value, relation, amount }: Reading): number {
  return compare(value, relation, amount) ? 0 : 1 + ratio(value, goalOf(value, relation, amount));
}
