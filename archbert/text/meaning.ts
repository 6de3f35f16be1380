// Meanings as tokens: what the decoder writes and reads. Numbers point at the slots of the text.
import {
  type Adjective,
  type Amount,
  adjectives,
  type Claim,
  type FamilyName,
  families,
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
  types,
} from "../graph/claims";
import type { Slot } from "./lexer";

/** Of the quantities, those of one stage. */
const staged: readonly Quantity[] = ["stageWidth", "stageBlocks"];
const isWords = [...types, ...adjectives, ...families] as const;

export const slotTokens = Array.from({ length: 12 }, (_, i) => `#${i + 1}`);
/** Numbers that stand in no text: "a single", "grayscale", "the last". */
export const literals = ["0", "1", "2", "3", "4"];
const values = [...slotTokens, ...literals];
const heads = ["has", "count", "more", "kernel", "input", "stageList", "is", ...quantities] as const;
/** Heads that "not" may stand before. */
const negatable = ["has", "only", "kernel", "input", "stageList", "is"];

/** Every token a meaning may hold. */
export const meaningTokens: readonly string[] = [
  ...new Set([
    "none",
    "?",
    "whether",
    "what",
    "not",
    "only",
    ",",
    ".",
    ...heads,
    ...things,
    ...topics,
    ...isWords,
    ...relations,
    ...values,
  ]),
];

const number = (amount: Amount | number): Amount =>
  typeof amount === "number" ? { value: amount, tolerance: 0 } : amount;

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

/**
 * The tokens of a meaning, its numbers found among the slots; undefined where one is in no slot and is no literal.
 */
export function writeMeaning(meaning: Meaning, slots: readonly Slot[]): string[] | undefined {
  const used = new Set<string>();
  let lost = false;
  const point = (token: string) => {
    used.add(token);
    return token;
  };
  const find = (matches: (slot: Slot) => boolean): string | undefined => {
    const fitting = slotTokens.filter((_, i) => slots[i] && matches(slots[i]));
    const token = fitting.find((candidate) => !used.has(candidate)) ?? fitting[0];
    return token === undefined ? undefined : point(token);
  };
  /** A number that was written alone or else, where that can be, as a square: 7x7. */
  const value = (wanted: Amount | number, squares = true): string => {
    const { value } = number(wanted);
    const close = (other: number | undefined) =>
      other !== undefined && Math.abs(other - value) <= 1e-9 * Math.abs(value);
    const token =
      find(({ values }) => values.length === 1 && close(values[0])) ??
      (squares ? find(({ values }) => values.length > 1 && values.every(close)) : undefined) ??
      literals.find((literal) => Number(literal) === value);
    if (token === undefined) lost = true;
    return token ?? "0";
  };
  const list = (size: readonly number[], squared = false): string[] => {
    for (let length = size.length; length > 1; length--) {
      const whole = find(
        (slot) => slot.values.length === length && slot.values.every((v, i) => v === size[i]),
      );
      if (whole) return [whole, ...size.slice(length).map((v) => value(v, false))];
    }
    if (squared && size.length === 2 && size[0] === size[1]) return [value(size[0] as number)];
    return size.map((v) => value(v));
  };
  const claimTokens = (claim: Claim): string[] => {
    const not = "not" in claim && claim.not ? ["not"] : [];
    switch (claim.kind) {
      case "has":
        return [...not, "has", claim.thing];
      case "count":
        return ["count", claim.thing, claim.relation, value(claim.amount)];
      case "number": {
        const stage = staged.includes(claim.quantity) ? [value(claim.stage ?? 1)] : [];
        return [claim.quantity, ...stage, claim.relation, value(claim.amount)];
      }
      case "more":
        return ["more", claim.thing, claim.than];
      case "kernel":
        return [...not, ...(claim.only ? ["only"] : []), "kernel", ...list(claim.size, true)];
      case "input":
        return [...not, "input", ...list(claim.size)];
      case "stages":
        return [...not, "stageList", ...claim.blocks.map((count) => value(count, false))];
      case "is":
        return [...not, "is", claim.word];
    }
  };
  const claimsTokens = (claims: readonly Claim[]) =>
    inOrder(claims).flatMap((claim, i) => [...(i > 0 ? [","] : []), ...claimTokens(claim)]);
  const queryTokens = (query: Query): string[] => {
    switch (query.kind) {
      case "askNumber":
        return [query.quantity, ...(staged.includes(query.quantity) ? [value(query.stage ?? 1)] : [])];
      case "askCount":
        return ["count", query.thing];
      case "askWhether":
        return ["whether", ...claimsTokens(query.claims)];
      case "askWhat":
        return ["what", query.topic];
    }
  };
  const tokens =
    meaning === null
      ? ["none"]
      : meaning.kind === "statement"
        ? claimsTokens(meaning.claims)
        : ["?", ...queryTokens(meaning.query)];
  return lost ? undefined : [...tokens, "."];
}

/** Gets one token after the other; gives which may come next, and at the end the meaning. */
type Reader<T> = Generator<readonly string[], T, string>;

const oneOf = <T extends string>(list: readonly string[], token: string): token is T => list.includes(token);

/**
 * The grammar as a machine: what may come next, given the slots there are. What it admits, it also reads.
 */
function* reader(slots: readonly Slot[]): Reader<Meaning> {
  const some = [...slotTokens.slice(0, slots.length), ...literals];
  const read = (token: string): Slot => {
    const slot = slots[slotTokens.indexOf(token)];
    return slot ?? { kind: "number", values: [Number(token)], tolerance: 0 };
  };
  const amountOf = (token: string): Amount => {
    const { values, tolerance } = read(token);
    return { value: values[0] ?? 0, tolerance };
  };
  function* list(
    most: number,
    after: readonly string[],
  ): Generator<readonly string[], [number[], string], string> {
    const found: number[] = [...read(yield some).values];
    for (;;) {
      const token = yield found.length < most ? [...some, ...after] : after;
      if (oneOf(after, token)) return [found.slice(0, most), token];
      found.push(...read(token).values);
    }
  }
  function* claim(first: string): Generator<readonly string[], [Claim, string | undefined], string> {
    let token = first;
    const not = token === "not";
    if (not) token = yield negatable;
    const only = token === "only";
    if (only) token = yield ["kernel"];
    switch (token) {
      case "has":
        return [{ kind: "has", not, thing: (yield things) as Thing }, undefined];
      case "is":
        return [{ kind: "is", not, word: (yield isWords) as Type | Adjective | FamilyName }, undefined];
      case "more": {
        const thing = (yield things) as Thing;
        return [
          { kind: "more", thing, than: (yield things.filter((other) => other !== thing)) as Thing },
          undefined,
        ];
      }
      case "count": {
        const thing = (yield things) as Thing;
        const relation = (yield relations) as Relation;
        return [{ kind: "count", thing, relation, amount: amountOf(yield some) }, undefined];
      }
      case "kernel": {
        const [size, next] = yield* list(2, [",", "."]);
        return [
          {
            kind: "kernel",
            not,
            only,
            size: size.length === 1 ? [size[0] as number, size[0] as number] : size,
          },
          next,
        ];
      }
      case "input": {
        const [size, next] = yield* list(3, [",", "."]);
        return [{ kind: "input", not, size }, next];
      }
      case "stageList": {
        const [blocks, next] = yield* list(12, [",", "."]);
        return [{ kind: "stages", not, blocks }, next];
      }
      default: {
        const quantity = token as Quantity;
        const stage = staged.includes(quantity) ? (read(yield some).values[0] ?? 1) : null;
        const relation = (yield relations) as Relation;
        return [{ kind: "number", quantity, stage, relation, amount: amountOf(yield some) }, undefined];
      }
    }
  }
  function* claims(first: string): Reader<Claim[]> {
    const found: Claim[] = [];
    let token = first;
    for (;;) {
      const [one, after] = yield* claim(token);
      found.push(one);
      const next = after ?? (yield [",", "."]);
      if (next === ".") return found;
      token = yield ["not", "only", ...heads];
    }
  }
  const first = yield ["none", "?", "not", "only", ...heads];
  if (first === "none") {
    yield ["."];
    return null;
  }
  if (first !== "?") return { kind: "statement", claims: yield* claims(first) };
  const asked = yield ["whether", "what", "count", ...quantities];
  if (asked === "whether") {
    return {
      kind: "question",
      query: { kind: "askWhether", claims: yield* claims(yield ["not", "only", ...heads]) },
    };
  }
  let query: Query;
  if (asked === "what") query = { kind: "askWhat", topic: (yield topics) as Topic };
  else if (asked === "count") query = { kind: "askCount", thing: (yield things) as Thing };
  else {
    const quantity = asked as Quantity;
    query = {
      kind: "askNumber",
      quantity,
      stage: staged.includes(quantity) ? (read(yield some).values[0] ?? 1) : null,
    };
  }
  yield ["."];
  return { kind: "question", query };
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
  const machine = reader(slots);
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
