// Whether claims hold of a network, and which of its nodes say so.
import type { CheckedClaim } from "../caption";
import { adjectiveMeanings } from "./adjectives";
import {
  type Adjective,
  type Amount,
  adjectives,
  type Claim,
  type FamilyName,
  type Relation,
  types,
} from "./claim";
import { familyMarks, kinds } from "./families";
import type { Known } from "./known";
import { claimText } from "./text";

/** Null: the graph does not tell. */
export interface Judgement {
  holds: boolean | null;
  /** Ids of the nodes that prove or refute it; none where the proof is that nothing of the kind is there. */
  nodes(): string[];
}

/** The claim in words, its verdict, and the nodes behind it. */
export function check(claim: Claim, known: Known): CheckedClaim {
  const { holds, nodes } = judge(claim, known);
  const verdict = holds === null ? "unchecked" : holds ? "proved" : "refuted";
  return { text: claimText(claim), verdict, nodes: nodes() };
}

/** Whether all of them hold: false when one is refuted, else null when one cannot be checked. */
export function holds(claims: readonly Claim[], known: Known): boolean | null {
  let all: boolean | null = true;
  for (const claim of claims) {
    const one = judge(claim, known).holds;
    if (one === false) return false;
    if (one === null) all = null;
  }
  return all;
}

export function judge(claim: Claim, known: Known): Judgement {
  const judgement = asserted(claim, known);
  const isNegated = "not" in claim && claim.not;
  if (!isNegated || judgement.holds === null) return judgement;
  return { ...judgement, holds: !judgement.holds };
}

/** The claim without its "not". */
function asserted(claim: Claim, known: Known): Judgement {
  switch (claim.kind) {
    case "has":
      return judged(known.occurrences(claim.thing).length > 0, () => known.occurrences(claim.thing).flat());
    case "count":
      return judged(compare(known.occurrences(claim.thing).length, claim.relation, claim.amount), () =>
        known.occurrences(claim.thing).flat(),
      );
    case "more":
      return judged(known.occurrences(claim.thing).length > known.occurrences(claim.than).length, () => [
        ...known.occurrences(claim.thing).flat(),
        ...known.occurrences(claim.than).flat(),
      ]);
    case "number": {
      const { value, absent, nodes } = known.measure(claim.quantity, claim.stage);
      // Of what is certainly not there, no number is true.
      if (value === null) return judged(absent ? false : null, () => nodes);
      return judged(compare(value, claim.relation, claim.amount), () => nodes);
    }
    case "kernel":
      return kernel(claim, known);
    case "input":
      return input(claim, known);
    case "stages": {
      const { stages } = known.facts;
      if (known.measure("stages").value === null) return judged(null, () => []);
      const blocks = stages.map((stage) => stage.blocks);
      return judged(blocks.join() === claim.blocks.join(), () => stages.flatMap(({ nodes }) => nodes));
    }
    case "is":
      return is(claim.word, known);
  }
}

function judged(holds: boolean | null, nodes: () => readonly string[]): Judgement {
  return { holds, nodes: () => [...new Set(nodes())] };
}

/** "=" is exact, or within the last digit written where numbers are rounded; "~" is within a tenth. */
export function compare(have: number, relation: Relation, { value, tolerance }: Amount): boolean {
  switch (relation) {
    case "<":
      return have < value;
    case "<=":
      return have <= value;
    case "=":
      return Math.abs(have - value) <= tolerance;
    case ">=":
      return have >= value;
    case ">":
      return have > value;
    case "~":
      return Math.abs(have - value) <= Math.max(tolerance, Math.abs(value) / 10);
  }
}

function kernel({ only, size }: Extract<Claim, { kind: "kernel" }>, known: Known): Judgement {
  const convs = known.graph.nodes.filter(({ op }) => op === "conv" || op === "convTranspose");
  let isOpen = false;
  const matches = convs.filter(({ attributes }) => {
    const edges = attributes.kernelSize;
    if (!Array.isArray(edges)) isOpen = true;
    // One number is said of a square: "kernel size 3".
    else if (size.length === 1) return edges.every((edge) => edge === size[0]);
    else return edges.join() === size.join();
    return false;
  });
  const nodes = () => (only ? convs : matches).map(({ id }) => id);
  if (!only && matches.length > 0) return judged(true, nodes);
  if (isOpen) return judged(null, nodes);
  return judged(only && convs.length > 0 && matches.length === convs.length, nodes);
}

function input({ size }: Extract<Claim, { kind: "input" }>, known: Known): Judgement {
  const names =
    size.length === 1
      ? (["inputFeatures"] as const)
      : (["inputHeight", "inputWidth", "inputChannels"] as const).slice(0, size.length);
  const measures = names.map((name) => known.measure(name));
  const nodes = () => measures.flatMap((measure) => measure.nodes);
  const differs = measures.some(({ value, absent }, i) => absent || (value !== null && value !== size[i]));
  if (differs || size.length > 3) return judged(false, nodes);
  return judged(measures.some(({ value }) => value === null) ? null : true, nodes);
}

function is(word: Extract<Claim, { kind: "is" }>["word"], known: Known): Judgement {
  const adjective = adjectives.find((each) => each === word);
  if (adjective) return asserted(adjectiveMeanings[adjective satisfies Adjective].claim, known);
  const type = types.find((each) => each === word);
  const working = () =>
    known.graph.nodes.filter(({ parameters }) => parameters.length > 0).map(({ id }) => id);
  if (type) return judged(known.type === null ? null : known.type === type, working);
  const { family } = known.facts;
  if (family) {
    const names = [family.name, kinds[family.name]];
    return judged(
      names.some((name) => name?.toLowerCase() === word.toLowerCase()),
      working,
    );
  }
  return isNever(word, known);
}

/** No family is proved: then this one is refuted where its marks are missing, and else left open. */
function isNever(word: string, known: Known): Judgement {
  const name = (Object.keys(familyMarks) as FamilyName[]).find(
    (each) => each.toLowerCase() === word.toLowerCase(),
  );
  if (!name) return judged(null, () => []);
  const { has, lacks } = familyMarks[name];
  if (has.some((thing) => known.occurrences(thing).length === 0)) return judged(false, () => []);
  const strangers = lacks.flatMap((thing) => known.occurrences(thing).flat());
  return judged(strangers.length > 0 ? false : null, () => strangers);
}
