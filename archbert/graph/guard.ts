// What callers whose types nobody checked may give: what it is, and at the doors, refused with a word about it.
import type { Architecture } from "./architecture";
import { ArchError } from "./errors";
import { format } from "./language/format";
import { parse } from "./language/parse";
import type { Program } from "./language/program";
import { blockNames, stemNames } from "./language/vocabulary";

/** @throws ArchError unless the value is what the function, called `where`, takes in that place */
export type Check = (value: unknown, where: string) => void;

/** The function behind checks of its arguments, in their order. */
export function door<F extends (...given: never[]) => unknown>(name: string, work: F, ...checks: Check[]): F {
  const checked = (...given: unknown[]) => {
    for (const [i, check] of checks.entries()) check(given[i], name);
    return work(...(given as never[]));
  };
  return Object.defineProperty(checked, "name", { value: name }) as unknown as F;
}

/** The same for a function that returns a promise: the checks reject it. */
export function later<F extends (...given: never[]) => Promise<unknown>>(
  name: string,
  work: F,
  ...checks: Check[]
): F {
  const checked = door(name, work, ...checks);
  return Object.defineProperty(async (...given: never[]) => checked(...given), "name", {
    value: name,
  }) as unknown as F;
}

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
    (value.name === null || typeof value.name === "string") &&
    (value.stem === null || isStem(value.stem)) &&
    Array.isArray(value.body) &&
    value.body.every(isLine)
  )
    return;
  throw refused(value, "program", where, "Give what parse returns");
}

/** The same down to its last word: its text is a program, and this one. @throws ArchError where it is not */
export function checkTree(value: unknown, where: string): asserts value is Program {
  checkProgram(value, where);
  const text = format(value);
  if (format(parse(text)) !== text) throw refused(value, "program", where, "Give what parse returns");
}

/** @throws ArchError unless the value is a list of what the check lets pass; `what` is in the plural */
export function checkList(value: unknown, what: string, where: string, check: Check): void {
  if (!Array.isArray(value)) throw refused(value, `list of ${what}`, where);
  for (const one of value) check(one, where);
}

/** @throws ArchError unless the value is a Float32Array */
export function checkFloats(value: unknown, where: string): void {
  if (!(value instanceof Float32Array)) throw refused(value, "Float32Array", where);
}

/** @throws ArchError unless the value is a Uint8Array */
export function checkBytes(value: unknown, where: string): void {
  if (!(value instanceof Uint8Array)) throw refused(value, "Uint8Array", where);
}

/** @throws ArchError unless the value draws random numbers */
export function checkRandom(value: unknown, where: string): void {
  if (isObject(value) && typeof value.next === "function" && typeof value.below === "function") return;
  throw refused(value, "random generator", where, "Give what rng(seed) returns");
}

/** @throws ArchError unless the value is a network with what is known of it */
export function checkKnown(value: unknown, where: string): void {
  checkOutline(value, { occurrences: "function", measure: "function" }, where, "what know returns");
}

/** @throws ArchError unless the value has the outline of the facts of a network */
export function checkFacts(value: unknown, where: string): void {
  checkOutline(
    value,
    { parameters: "number", unknownWeights: "list", ops: "object", stages: "list" },
    where,
    "what facts returns",
  );
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

const listener: Check = (value, where) => {
  if (typeof value !== "function") throw new ArchError(`${told(value)} is no function`, { where });
};

/** Options that mean the same wherever they are taken. */
const commonOptions: Readonly<Record<string, Check>> = {
  signal(value, where) {
    if (!(value instanceof AbortSignal)) throw new ArchError(`${told(value)} is no AbortSignal`, { where });
  },
  onEvent: listener,
  onProgress: listener,
  folder: (value, where) => checkString(value, "folder", where),
  sizes: (value, where) => checkOutline(value, {}, where, "an object of sizes by name"),
  facts: (value, where) => checkFacts(value, where),
};

/** @throws ArchError unless they are an object, and its signal, listeners and the like are what they must be */
export function checkOptions(options: unknown, where: string): void {
  if (!isObject(options) || Array.isArray(options)) {
    throw new ArchError(`${told(options)} are no options`, { where, fix: "Give an object, or nothing" });
  }
  for (const [name, check] of Object.entries(commonOptions)) {
    if (options[name] !== undefined) check(options[name], `${where} ${name}`);
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
