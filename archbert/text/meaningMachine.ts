// The grammar of meanings: which token may come next, and what was meant in the end.
import {
  type Adjective,
  type Amount,
  type Claim,
  type FamilyName,
  type Meaning,
  type Quantity,
  type Query,
  quantities,
  type Relation,
  relations,
  type Thing,
  type Topic,
  type Type,
  things,
  topics,
} from "../graph/claims";
import type { Slot } from "./lexer";
import { heads, isWords, literals, negatable, slotTokens, staged } from "./meaningTokens";

/** Gets one token after the other; gives which may come next, and at the end what was read. */
type Reader<T> = Generator<readonly string[], T, string>;

/** What may stand for a number, and what it stands for. */
interface Numbers {
  tokens: readonly string[];
  valuesOf(token: string): readonly number[];
  amountOf(token: string): Amount;
}

function numbersOf(slots: readonly Slot[]): Numbers {
  const slotOf = (token: string): Slot =>
    slots[slotTokens.indexOf(token)] ?? { kind: "number", values: [Number(token)], tolerance: 0 };
  return {
    tokens: [...slotTokens.slice(0, slots.length), ...literals],
    valuesOf: (token) => slotOf(token).values,
    amountOf: (token) => {
      const { values, tolerance } = slotOf(token);
      return { value: values[0] ?? 0, tolerance };
    },
  };
}

const claimStarts = ["not", "only", ...heads];
const claimEnds = [",", "."];

/** The grammar: what it admits, it also reads. */
function* meaningOf(numbers: Numbers): Reader<Meaning> {
  const first = yield ["none", "?", ...claimStarts];
  if (first === "none") {
    yield ["."];
    return null;
  }
  if (first !== "?") return { kind: "statement", claims: yield* claimsOf(numbers, first) };
  return { kind: "question", query: yield* queryOf(numbers) };
}

function* queryOf(numbers: Numbers): Reader<Query> {
  const asked = yield ["whether", "what", "count", ...quantities];
  if (asked === "whether") {
    return { kind: "askWhether", claims: yield* claimsOf(numbers, yield claimStarts) };
  }
  let query: Query;
  if (asked === "what") query = { kind: "askWhat", topic: (yield topics) as Topic };
  else if (asked === "count") query = { kind: "askCount", thing: (yield things) as Thing };
  else {
    const quantity = asked as Quantity;
    query = { kind: "askNumber", quantity, stage: yield* stageOf(numbers, quantity) };
  }
  yield ["."];
  return query;
}

function* claimsOf(numbers: Numbers, first: string): Reader<Claim[]> {
  const found: Claim[] = [];
  let token = first;
  for (;;) {
    const { claim, end } = yield* claimOf(numbers, token);
    found.push(claim);
    const next = end ?? (yield claimEnds);
    if (next === ".") return found;
    token = yield claimStarts;
  }
}

/** `end` is what ended a claim whose length is open. */
function* claimOf(numbers: Numbers, first: string): Reader<{ claim: Claim; end?: string }> {
  let token = first;
  const not = token === "not";
  if (not) token = yield negatable;
  const only = token === "only";
  if (only) token = yield ["kernel"];
  switch (token) {
    case "has":
      return { claim: { kind: "has", not, thing: (yield things) as Thing } };
    case "is":
      return { claim: { kind: "is", not, word: (yield isWords) as Type | Adjective | FamilyName } };
    case "more": {
      const thing = (yield things) as Thing;
      const than = (yield things.filter((other) => other !== thing)) as Thing;
      return { claim: { kind: "more", thing, than } };
    }
    case "count": {
      const thing = (yield things) as Thing;
      return { claim: { kind: "count", thing, ...(yield* boundOf(numbers)) } };
    }
    case "kernel": {
      const { list, end } = yield* listOf(numbers, 2);
      const size = list.length === 1 ? [...list, ...list] : list;
      return { claim: { kind: "kernel", not, only, size }, end };
    }
    case "input": {
      const { list, end } = yield* listOf(numbers, 3);
      return { claim: { kind: "input", not, size: list }, end };
    }
    case "stageList": {
      const { list, end } = yield* listOf(numbers, 12);
      return { claim: { kind: "stages", not, blocks: list }, end };
    }
    default: {
      const quantity = token as Quantity;
      const stage = yield* stageOf(numbers, quantity);
      return { claim: { kind: "number", quantity, stage, ...(yield* boundOf(numbers)) } };
    }
  }
}

function* boundOf({ tokens, amountOf }: Numbers): Reader<{ relation: Relation; amount: Amount }> {
  const relation = (yield relations) as Relation;
  return { relation, amount: amountOf(yield tokens) };
}

/** Null of a quantity that is not of one stage. */
function* stageOf({ tokens, valuesOf }: Numbers, quantity: Quantity): Reader<number | null> {
  return staged.includes(quantity) ? (valuesOf(yield tokens)[0] ?? 1) : null;
}

/** One number or more, and what ended them. */
function* listOf({ tokens, valuesOf }: Numbers, most: number): Reader<{ list: number[]; end: string }> {
  const found = [...valuesOf(yield tokens)];
  for (;;) {
    const token = yield found.length < most ? [...tokens, ...claimEnds] : claimEnds;
    if (claimEnds.includes(token)) return { list: found.slice(0, most), end: token };
    found.push(...valuesOf(token));
  }
}

/** Reads a meaning token by token. */
export interface MeaningMachine {
  /** What may come next; empty at the end. */
  next: readonly string[];
  take(token: string): void;
  /** Undefined until the end. */
  readonly meaning: Meaning | undefined;
}

export function meaningMachine(slots: readonly Slot[]): MeaningMachine {
  const machine = meaningOf(numbersOf(slots));
  const started = machine.next();
  let meaning: Meaning | undefined;
  const self = {
    next: started.done ? [] : started.value,
    take(token: string) {
      if (!self.next.includes(token))
        throw new Error(`internal: "${token}" is not among ${self.next.join(" ")}`);
      const step = machine.next(token);
      if (step.done) {
        meaning = step.value;
        self.next = [];
      } else self.next = step.value;
    },
    get meaning() {
      return meaning;
    },
  };
  return self;
}
