// What a sentence means, written down as tokens: what the decoder learns to write.
import {
  type Amount,
  type Claim,
  type Meaning,
  type Quantity,
  type Query,
  quantities,
  relations,
  things,
} from "../graph/claims";
import type { Slot } from "./lexer";
import { isWords, literals, slotTokens, staged } from "./meaningTokens";

const kindOrder: readonly Claim["kind"][] = [
  "is",
  "has",
  "count",
  "more",
  "number",
  "kernel",
  "input",
  "stages",
];

/** Claims have no order; written, they stand in this one, so that there is one way to say the same. */
function placeOf(claim: Claim): number[] {
  const kind = kindOrder.indexOf(claim.kind);
  switch (claim.kind) {
    case "is":
      return [kind, isWords.indexOf(claim.word)];
    case "has":
      return [kind, things.indexOf(claim.thing)];
    case "count":
      return [kind, things.indexOf(claim.thing), relations.indexOf(claim.relation)];
    case "more":
      return [kind, things.indexOf(claim.thing), things.indexOf(claim.than)];
    case "number":
      return [
        kind,
        quantities.indexOf(claim.quantity),
        claim.stage ?? 0,
        relations.indexOf(claim.relation),
        claim.amount.value,
      ];
    case "kernel":
      return [kind, claim.only ? 1 : 0, claim.not ? 1 : 0, ...claim.size];
    case "input":
      return [kind, ...claim.size];
    case "stages":
      return [kind, ...claim.blocks];
  }
}

function inOrder(claims: readonly Claim[]): Claim[] {
  const places = new Map(claims.map((claim) => [claim, placeOf(claim)]));
  return [...claims].sort((a, b) => {
    const [x = [], y = []] = [places.get(a), places.get(b)];
    const at = x.findIndex((value, i) => value !== y[i]);
    return at < 0 ? x.length - y.length : (x[at] as number) - (y[at] ?? -1);
  });
}

/** Finds the numbers of a meaning in the text: each at a slot that none points at yet, where there is one. */
class Pointer {
  private readonly used = new Set<string>();
  /** Whether a number stands in no slot and is no literal. */
  lost = false;

  constructor(private readonly slots: readonly Slot[]) {}

  /** A number that was written alone or else, where that can be, as a square: 7x7. */
  value(wanted: Amount | number, squares = true): string {
    const value = typeof wanted === "number" ? wanted : wanted.value;
    const close = (other: number | undefined) =>
      other !== undefined && Math.abs(other - value) <= 1e-9 * Math.abs(value);
    const token =
      this.find(({ values }) => values.length === 1 && close(values[0])) ??
      (squares ? this.find(({ values }) => values.length > 1 && values.every(close)) : undefined) ??
      literals.find((literal) => Number(literal) === value);
    if (token === undefined) this.lost = true;
    return token ?? "0";
  }

  /** Numbers in a row: what is written as one, 32x32x3, and the rest one by one. */
  list(size: readonly number[], squared = false): string[] {
    for (let length = size.length; length > 1; length--) {
      const whole = this.find(
        ({ values }) => values.length === length && values.every((value, i) => value === size[i]),
      );
      if (whole) return [whole, ...size.slice(length).map((value) => this.value(value, false))];
    }
    if (squared && size.length === 2 && size[0] === size[1]) return [this.value(size[0] as number)];
    return size.map((value) => this.value(value));
  }

  private find(matches: (slot: Slot) => boolean): string | undefined {
    const fitting = slotTokens.filter((_, i) => this.slots[i] && matches(this.slots[i]));
    const token = fitting.find((candidate) => !this.used.has(candidate)) ?? fitting[0];
    if (token !== undefined) this.used.add(token);
    return token;
  }
}

/**
 * The tokens of a meaning, its numbers found among the slots; undefined where one is in no slot and is no literal.
 */
export function writeMeaning(meaning: Meaning, slots: readonly Slot[]): string[] | undefined {
  const pointer = new Pointer(slots);
  const tokens =
    meaning === null
      ? ["none"]
      : meaning.kind === "statement"
        ? claimsTokens(meaning.claims, pointer)
        : ["?", ...queryTokens(meaning.query, pointer)];
  return pointer.lost ? undefined : [...tokens, "."];
}

const claimsTokens = (claims: readonly Claim[], pointer: Pointer): string[] =>
  inOrder(claims).flatMap((claim, i) => [...(i > 0 ? [","] : []), ...claimTokens(claim, pointer)]);

function claimTokens(claim: Claim, pointer: Pointer): string[] {
  const not = "not" in claim && claim.not ? ["not"] : [];
  switch (claim.kind) {
    case "has":
      return [...not, "has", claim.thing];
    case "count":
      return ["count", claim.thing, claim.relation, pointer.value(claim.amount)];
    case "number": {
      const { quantity, stage, relation, amount } = claim;
      return [quantity, ...stageTokens(quantity, stage, pointer), relation, pointer.value(amount)];
    }
    case "more":
      return ["more", claim.thing, claim.than];
    case "kernel":
      return [...not, ...(claim.only ? ["only"] : []), "kernel", ...pointer.list(claim.size, true)];
    case "input":
      return [...not, "input", ...pointer.list(claim.size)];
    case "stages":
      return [...not, "stageList", ...claim.blocks.map((count) => pointer.value(count, false))];
    case "is":
      return [...not, "is", claim.word];
  }
}

function queryTokens(query: Query, pointer: Pointer): string[] {
  switch (query.kind) {
    case "askNumber":
      return [query.quantity, ...stageTokens(query.quantity, query.stage, pointer)];
    case "askCount":
      return ["count", query.thing];
    case "askWhether":
      return ["whether", ...claimsTokens(query.claims, pointer)];
    case "askWhat":
      return ["what", query.topic];
  }
}

const stageTokens = (quantity: Quantity, stage: number | null, pointer: Pointer) =>
  staged.includes(quantity) ? [pointer.value(stage ?? 1)] : [];
