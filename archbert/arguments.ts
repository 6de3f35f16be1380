// What a caller whose types nobody checked may give, refused at the door with a word about it.
import { ArchError, blockNames, isArchitecture, type Program } from "./graph";

/** @throws ArchError unless the value is a network */
export function checkNetwork(value: unknown, where: string): void {
  if (isArchitecture(value)) return;
  throw new ArchError(`${told(value)} is no network`, {
    where,
    fix: "Give what load or build returns",
  });
}

/** @throws ArchError unless the value is a text */
export function checkString(value: unknown, what: string, where: string): asserts value is string {
  if (typeof value !== "string") throw new ArchError(`${told(value)} is no ${what}`, { where });
}

/** @throws ArchError unless the value has the outline of a program's tree */
export function checkProgram(value: unknown, where: string): asserts value is Program {
  if (
    isObject(value) &&
    isObject(value.input) &&
    isObject(value.head) &&
    Array.isArray(value.body) &&
    value.body.every(isLine)
  )
    return;
  throw new ArchError(`${told(value)} is no program`, {
    where,
    fix: "Give its text, or what parse returns",
  });
}

/** @throws ArchError unless the value is a whole number within the bounds */
export function checkWhole(value: unknown, least: number, most: number, where: string): void {
  if (Number.isInteger(value) && Number(value) >= least && Number(value) <= most) return;
  throw new ArchError(`${told(value)} is not a whole number from ${least} to ${most}`, { where });
}

/** @throws ArchError unless they are an object whose signal and listeners are what they must be */
export function checkOptions(options: unknown, where: string): void {
  if (!isObject(options) || Array.isArray(options)) {
    throw new ArchError(`${told(options)} are no options`, { where, fix: "Give an object, or nothing" });
  }
  const { signal } = options;
  if (signal !== undefined && !(signal instanceof AbortSignal)) {
    throw new ArchError(`${told(signal)} is no AbortSignal`, { where: `${where} signal` });
  }
  for (const name of ["onEvent", "onProgress"]) {
    const listener = options[name];
    if (listener !== undefined && typeof listener !== "function") {
      throw new ArchError(`${told(listener)} is no function`, { where: `${where} ${name}` });
    }
  }
}

const isLine = (line: unknown) =>
  isObject(line) &&
  (line.kind === "pool" || (line.kind === "stage" && blockNames.some((block) => block === line.block)));

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

/** "3", `"a text"`, "null", "a list", "an object". */
export function told(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (Array.isArray(value)) return "a list";
  if (typeof value === "function") return "a function";
  return isObject(value) ? "an object" : String(value);
}
