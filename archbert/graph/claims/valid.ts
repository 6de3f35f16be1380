// Telling claims and queries from other values, for what comes from files and from callers whose types nobody checked.
import {
  adjectives,
  type Claim,
  families,
  type Query,
  quantities,
  relations,
  things,
  topics,
  types,
} from "./claim";

type Fields = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Fields => typeof value === "object" && value !== null;
const oneOf =
  (...lists: readonly (readonly string[])[]) =>
  (value: unknown) =>
    lists.some((list) => list.some((one) => one === value));

const isThing = oneOf(things);
const isQuantity = oneOf(quantities);
const isRelation = oneOf(relations);
const isWord = oneOf(types, adjectives, families);
const isTopic = oneOf(topics);
const isNumber = (value: unknown) => Number.isFinite(value);
const isStage = (value: unknown) => value === null || (Number.isSafeInteger(value) && Number(value) >= 0);
const isAmount = (value: unknown) => isObject(value) && isNumber(value.value) && isNumber(value.tolerance);
const isFlag = (value: unknown) => typeof value === "boolean";
const mostSizes = 1000;
const isSizes = (value: unknown) =>
  Array.isArray(value) && value.length > 0 && value.length <= mostSizes && value.every(isNumber);

const claims: Record<Claim["kind"], (claim: Fields) => boolean> = {
  has: ({ not, thing }) => isFlag(not) && isThing(thing),
  count: ({ thing, relation, amount }) => isThing(thing) && isRelation(relation) && isAmount(amount),
  number: ({ quantity, stage, relation, amount }) =>
    isQuantity(quantity) && isStage(stage) && isRelation(relation) && isAmount(amount),
  more: ({ thing, than }) => isThing(thing) && isThing(than),
  kernel: ({ not, only, size }) => isFlag(not) && isFlag(only) && isSizes(size),
  input: ({ not, size }) => isFlag(not) && isSizes(size),
  stages: ({ not, blocks }) => isFlag(not) && isSizes(blocks),
  is: ({ not, word }) => isFlag(not) && isWord(word),
};

const queries: Record<Query["kind"], (query: Fields) => boolean> = {
  askNumber: ({ quantity, stage }) => isQuantity(quantity) && isStage(stage),
  askCount: ({ thing }) => isThing(thing),
  askWhether: (query) => Array.isArray(query.claims) && query.claims.every(isClaim),
  askWhat: ({ topic }) => isTopic(topic),
};

const fits = (table: Readonly<Record<string, (fields: Fields) => boolean>>, value: unknown) =>
  isObject(value) &&
  typeof value.kind === "string" &&
  Object.hasOwn(table, value.kind) &&
  table[value.kind]?.(value) === true;

export function isClaim(value: unknown): value is Claim {
  return fits(claims, value);
}

export function isQuery(value: unknown): value is Query {
  return fits(queries, value);
}
