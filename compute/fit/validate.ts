// Checks of what a file says, before anything is made of it.
import type { Architecture, ArchNode, Parameter, Value } from "../../archbert/graph/architecture";
import type { Epoch } from "../trained";

type Test<T> = (value: unknown) => value is T;

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isText: Test<string> = (value) => typeof value === "string";
const isFlag: Test<boolean> = (value) => typeof value === "boolean";
export const isNumber = (value: unknown): value is number => Number.isFinite(value);
export const isSize = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) > 0;
export const listOf =
  <T>(test: Test<T>): Test<T[]> =>
  (value): value is T[] =>
    Array.isArray(value) && value.every(test);

const isDimension = (value: unknown) => isText(value) || (Number.isSafeInteger(value) && Number(value) >= 0);

const isValue = (value: unknown): value is Value =>
  isRecord(value) &&
  isText(value.id) &&
  isText(value.dtype) &&
  (value.shape === null || (Array.isArray(value.shape) && value.shape.every(isDimension)));

const isParameter = (value: unknown): value is Parameter =>
  isRecord(value) &&
  isText(value.name) &&
  isText(value.dtype) &&
  isFlag(value.trainable) &&
  listOf(isSize)(value.shape);

const isAttribute = (value: unknown) =>
  isText(value) || isNumber(value) || isFlag(value) || listOf(isText)(value) || listOf(isNumber)(value);

const isNode = (value: unknown): value is ArchNode =>
  isRecord(value) &&
  isText(value.id) &&
  isText(value.op) &&
  listOf(isText)(value.inputs) &&
  listOf(isValue)(value.outputs) &&
  isRecord(value.attributes) &&
  Object.values(value.attributes).every(isAttribute) &&
  listOf(isParameter)(value.parameters) &&
  isRecord(value.source) &&
  isText(value.source.name) &&
  listOf(isText)(value.source.ops);

/** Whether it is an architecture down to its last field; sizes are for `planOf` to judge. */
export const isWholeArchitecture = (value: unknown): value is Architecture =>
  isRecord(value) &&
  value.version === 1 &&
  isText(value.name) &&
  isText(value.format) &&
  listOf(isValue)(value.inputs) &&
  listOf(isText)(value.outputs) &&
  listOf(isNode)(value.nodes) &&
  isRecord(value.metadata) &&
  Object.values(value.metadata).every(isText);

/** Whether each of these fields is a number. */
export function hasNumbers(value: unknown, names: readonly string[]): boolean {
  return isRecord(value) && names.every((name) => isNumber(value[name]));
}

/** Whether it is an epoch of a training's history. */
export const isEpoch = (value: unknown): value is Epoch =>
  hasNumbers(value, [
    "epoch",
    "learningRate",
    "loss",
    "accuracy",
    "validationLoss",
    "validationAccuracy",
    "ms",
  ] satisfies (keyof Epoch)[]);

export const hasTexts = (value: unknown, names: readonly string[]): boolean =>
  isRecord(value) && names.every((name) => isText(value[name]));
