// Runs a verb for whoever calls it: checks what it is given, reads the networks that are named by a file.
import type { Architecture } from "../../archbert/graph/architecture";
import { ArchError } from "../../archbert/graph/errors";
import { isArchitecture } from "../../archbert/graph/guard";
import { suggestion } from "./nearest";
import type { AnyVerb, ArgumentSpec, OptionSpec, VerbContext } from "./verb";

/** Characters of what was given that an error shows. */
const longestShown = 40;

/** @throws ArchError where the input is not what the verb takes */
export async function runVerb(
  verb: AnyVerb,
  input: Readonly<Record<string, unknown>>,
  context: VerbContext,
): Promise<unknown> {
  const checked: Record<string, unknown> = {};
  for (const [name, spec] of Object.entries(verb.args)) {
    const value = input[name];
    if (value === undefined) {
      if (spec.optional) continue;
      throw new ArchError(`${name} is missing`, { where: verb.name, fix: spec.summary });
    }
    if (!spec.many) checked[name] = await readArgument(verb, name, spec, value, context);
    else {
      const list = Array.isArray(value) ? value : [value];
      const read: unknown[] = [];
      for (const each of list) read.push(await readArgument(verb, name, spec, each, context));
      checked[name] = read;
    }
  }
  for (const [name, spec] of Object.entries(verb.options)) {
    const value = input[name] ?? spec.default;
    if (value !== undefined) checked[name] = checkOption(verb, name, spec, value);
  }
  context.signal.throwIfAborted();
  const run = verb.run as (input: unknown, context: VerbContext) => unknown;
  return await run(checked, context);
}

async function readArgument(
  verb: AnyVerb,
  name: string,
  spec: ArgumentSpec,
  value: unknown,
  context: VerbContext,
): Promise<unknown> {
  if (spec.kind === "network") {
    if (typeof value === "string") return readNetwork(value, context);
    if (isArchitecture(value)) return value;
    if (hasArchitecture(value)) return value.architecture;
    throw new ArchError(`${name} is ${describe(value)}, not an architecture`, {
      where: verb.name,
      fix: "Give a model file, or a variable that load has returned",
    });
  }
  if (typeof value === "string") return value;
  if (spec.kind === "places") {
    const isPlace = (place: unknown) => typeof place === "string" || isArchitecture(place);
    if (isArchitecture(value) || (Array.isArray(value) && value.every(isPlace))) return value;
    throw new ArchError(`${name} holds ${describe(value)}, not an architecture`, {
      where: verb.name,
      fix: "Give files, folders, and variables that hold networks or lists of them",
    });
  }
  // The words of a command line.
  if (spec.kind === "sentence" && Array.isArray(value)) return value.map(String).join(" ");
  throw new ArchError(`${name} is ${describe(value)}, not a string`, { where: verb.name });
}

/** A model from a file or a URL, with the progress of a download. */
export async function readNetwork(source: string, { signal, onEvent }: VerbContext): Promise<Architecture> {
  const { load } = await import("../../archbert/index.js");
  const message = `reading ${source}`;
  onEvent({ message });
  return load(source, {
    signal,
    onProgress: ({ receivedBytes, totalBytes }) =>
      onEvent({ message, done: receivedBytes, total: totalBytes }),
  });
}

function checkOption(verb: AnyVerb, name: string, spec: OptionSpec, value: unknown): unknown {
  const where = `${verb.name} ${name}`;
  const wanted = spec.kind === "flag" ? "boolean" : spec.kind === "number" ? "number" : "string";
  const right = typeof value === wanted && (wanted !== "number" || Number.isFinite(value));
  if (!right) {
    const isText = typeof value === "string" || typeof value === "number";
    const given = isText ? JSON.stringify(String(value).slice(0, longestShown)) : describe(value);
    throw new ArchError(`${given} is given where a ${wanted} is needed`, { where });
  }
  if (spec.choices && !spec.choices.includes(value as string)) {
    throw new ArchError(`"${value}" is not one of its values.${suggestion(String(value), spec.choices)}`, {
      where,
    });
  }
  return value;
}

/** A candidate of `generate`, a trained network. */
export function hasArchitecture(value: unknown): value is { architecture: Architecture } {
  return (
    typeof value === "object" &&
    value !== null &&
    "architecture" in value &&
    isArchitecture(value.architecture)
  );
}

function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return "an array";
  if (typeof value === "object") return value instanceof Promise ? "a promise (await it)" : "an object";
  return `a ${typeof value}`;
}
