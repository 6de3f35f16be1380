// What callers whose types nobody checked may give: what it is, and at the doors, refused with a word about it.
import type { Architecture } from "./architecture";
import { ArchError } from "./errors";
import type { Program } from "./language/program";
import { blockNames, stemNames } from "./language/vocabulary";

/** Whether the value has the form of an Architecture; looks at its outline only, so it is cheap on any size. */
export function isArchitecture(value: unknown): value is Architecture {
  if (typeof value !== "object" || value === null) return false;
  const { version, name, format, inputs, outputs, nodes, metadata } = value as Record<string, unknown>;
  if (version !== 1 || typeof name !== "string" || typeof format !== "string") return false;
  if (!Array.isArray(inputs) || !Array.isArray(outputs) || !Array.isArray(nodes)) return false;
  if (typeof metadata !== "object" || metadata === null) return false;
  const first: unknown = nodes[0];
  if (first === undefined) return true;
  return (
    typeof first === "object" && first !== null && "op" in first && "inputs" in first && "outputs" in first
  );
}

/** @throws ArchError unless the value is a network */
export function checkNetwork(value: unknown, where: string): void {
  if (!isArchitecture(value)) throw refused(value, "network", where, "Give what load or build returns");
}

/** @throws ArchError unless the value is a text */
export function checkString(value: unknown, what: string, where: string): asserts value is string {
  if (typeof value !== "string") throw refused(value, what, where);
}

/** @throws ArchError unless the value has the outline of a program's tree */
export function checkProgram(value: unknown, where: string): asserts value is Program {
  if (
    isObject(value) &&
    isObject(value.input) &&
    isObject(value.head) &&
    (value.stem === null || isStem(value.stem)) &&
    Array.isArray(value.body) &&
    value.body.every(isLine)
  )
    return;
  throw refused(value, "program", where, "Give its text, or what parse returns");
}

/** What the fields of a value are. */
export type Outline = Readonly<Record<string, "string" | "number" | "function" | "object" | "list">>;

/** @throws ArchError unless the value has these fields; `what` tells what it should be: "what ask returns" */
export function checkOutline(value: unknown, outline: Outline, where: string, what: string): void {
  const hasField = ([name, kind]: [string, string]) => {
    const field = (value as Record<string, unknown>)[name];
    return kind === "list" ? Array.isArray(field) : typeof field === kind && field !== null;
  };
  if (isObject(value) && Object.entries(outline).every(hasField)) return;
  throw new ArchError(`${told(value)} is not ${what}`, { where });
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

const isStem = (stem: unknown) => isObject(stem) && stemNames.some((name) => name === stem.kind);

const isLine = (line: unknown) =>
  isObject(line) &&
  (line.kind === "pool" || (line.kind === "stage" && blockNames.some((block) => block === line.block)));

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

/** "3", `"a text"`, "null", "a list", "an object". */
export function told(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (Array.isArray(value)) return "a list";
  if (typeof value === "function") return "a function";
  return isObject(value) ? "an object" : String(value);
}

/** The error of a value that is not what it must be. */
export function refused(value: unknown, what: string, where: string, fix?: string): ArchError {
  return new ArchError(`${told(value)} is no ${what}`, { where, fix });
}
