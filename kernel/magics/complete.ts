// Completion inside a magic: its name, verbs, options and their values, variables, files.

import { isArchitecture } from "../../archbert/graph/guard";
import type { Completion, Completions, Language, Offset } from "../language";
import { flagOf } from "../verbs/flags";
import { hasArchitecture } from "../verbs/run";
import type { AnyVerb, ArgumentSpec, OptionSpec } from "../verbs/verb";
import { isOption, optionName } from "./bind";
import { type Detector, detect, type Magical } from "./detect";
import { completeFiles } from "./files";
import { optionUsage } from "./help";
import { fallbackOf, type Magic, namedVerbs, verbMeant } from "./magic";
import type { Word } from "./words";

export interface CompletionSources {
  language: Language;
  /** File names are relative to it. */
  folder(): string;
}

/** `undefined`: TypeScript's to complete. */
export function completeMagic(
  cell: string,
  position: Offset,
  detector: Detector,
  sources: CompletionSources,
): Completions | undefined {
  const before = cell.slice(0, position);
  const name = completeName(cell, before, detector);
  if (name) return name;
  if (!before.includes("%")) return undefined;
  const called = detect(before, detector).calls.at(-1);
  if (called?.kind === "body" && called.verb.bodyLanguage && position > called.end) {
    const { start, words } = called.verb.bodyLanguage.complete(before.slice(called.end));
    const items = words.map((text) => ({ text, type: "keyword" }));
    return choose(cell, position, before.slice(called.end + start), items);
  }
  if (!called || called.magic === undefined || !reaches(called, before)) return undefined;
  if (called.kind !== "call" && called.kind !== "help" && called.kind !== "body") return undefined;

  const { words } = called;
  const last = words.at(-1);
  const current =
    last && last.end === position && !(last.value.kind !== "plain" && !last.value.open) ? last : undefined;
  const earlier = current ? words.slice(0, -1) : words;
  const typed = current?.text ?? "";
  if (current?.value.kind === "code" && current.value.open) return undefined;

  const { magic } = called;
  if (magic.kind === "verbs" && earlier.length === 0 && !typed.startsWith("-")) {
    const items = Object.values(namedVerbs(magic)).map(({ name: text, summary }) => ({
      text,
      type: "magic",
      signature: summary,
    }));
    const fallback = fallbackOf(magic);
    return choose(cell, position, typed, [
      ...items,
      ...(typed === "" && fallback ? optionItems(fallback) : []),
    ]);
  }
  const { verb, named } =
    magic.kind === "expression" ? { verb: undefined, named: false } : verbMeant(magic, words[0]?.text);
  if (!verb) return { start: position, end: position, items: [] };
  return completeWord(cell, position, verb, named ? earlier.slice(1) : earlier, current, sources);
}

function optionItems(verb: AnyVerb): Completion[] {
  return Object.entries(verb.options).map(([name, spec]) => ({
    text: flagOf(name),
    type: "option",
    signature: `${optionUsage(name, spec)}: ${spec.summary}`,
  }));
}

function completeWord(
  cell: string,
  position: Offset,
  verb: AnyVerb,
  earlier: readonly Word[],
  current: Word | undefined,
  sources: CompletionSources,
): Completions | undefined {
  const valueTyped = current?.value.text ?? "";
  const flag = current?.option ?? pendingOption(verb, earlier);
  if (flag !== undefined) {
    const spec = verb.options[optionName(verb, flag) ?? ""];
    return choose(cell, position, valueTyped, spec ? optionValues(spec, valueTyped, sources) : []);
  }
  const typed = current?.text ?? "";
  const options = optionItems(verb);
  if (typed.startsWith("-")) return choose(cell, position, typed, options);

  const spec = nextArgument(verb, earlier);
  if (!spec) return choose(cell, position, typed, typed === "" ? options : []);
  const quoted = current?.value.kind === "quoted";
  const isMember =
    spec.kind !== "text" && spec.kind !== "sentence" && !quoted && /^[\w$]+(?:\.[\w$]*)+$/.test(typed);
  if (isMember && sources.language.variables().some((variable) => typed.startsWith(`${variable.name}.`))) {
    return undefined;
  }
  const items = argumentValues(spec, valueTyped, quoted, sources);
  return choose(cell, position, valueTyped, typed === "" ? [...items, ...options] : items);
}

function completeName(cell: string, before: string, detector: Detector): Completions | undefined {
  const partial = /(%{1,2})([A-Za-z_]\w*)?$/.exec(before);
  if (!partial) return undefined;
  const [, sign = "", typed = ""] = partial;
  const start = before.length - typed.length;
  const magics = Object.values(detector.magics);
  // Any known name in its place: is that a magic, or is it in a string, or a modulo?
  const probe = `${before.slice(0, start)}${magics[0]?.name ?? ""} x`;
  const called = detect(probe, detector).calls.at(-1);
  if (!called || called.start !== start - sign.length) return undefined;
  const items = magics
    .filter((magic) => sign === "%" || magic.kind === "expression" || hasBody(magic))
    .map(({ name, summary }) => ({ text: name, type: "magic", signature: summary }));
  return choose(cell, before.length, typed, items);
}

function hasBody(magic: Magic): boolean {
  if (magic.kind === "command") return magic.command.body !== undefined;
  return (
    magic.kind === "verbs" && Object.values<AnyVerb>(magic.verbs).some((verb) => verb.body !== undefined)
  );
}

/** Whether a magic goes on up to the end of the text. */
function reaches(called: Magical, before: string): boolean {
  return /^[ \t]*$/.test(before.slice(called.end));
}

/** The option whose value comes next. */
function pendingOption(verb: AnyVerb, earlier: readonly Word[]): string | undefined {
  const last = earlier.at(-1);
  if (!last || !isOption(last) || last.option) return undefined;
  const flag = last.value.text;
  const spec = verb.options[optionName(verb, flag) ?? ""];
  return spec && spec.kind !== "flag" ? flag : undefined;
}

function nextArgument(verb: AnyVerb, earlier: readonly Word[]): ArgumentSpec | undefined {
  const given = earlier.filter(
    (word, i) => !isOption(word) && pendingOption(verb, earlier.slice(0, i)) === undefined,
  );
  const specs = Object.values(verb.args);
  return specs[given.length] ?? (specs.at(-1)?.many ? specs.at(-1) : undefined);
}

function optionValues(spec: OptionSpec, typed: string, { folder }: CompletionSources): Completion[] {
  const values = (spec.choices ?? spec.suggestions?.() ?? []).map((text) => ({ text, type: "value" }));
  return spec.kind === "file" ? [...values, ...files(folder(), typed)] : values;
}

function argumentValues(
  spec: ArgumentSpec,
  typed: string,
  quoted: boolean,
  { language, folder }: CompletionSources,
): Completion[] {
  const choices = (spec.choices ?? []).map((text) => ({ text, type: "value" }));
  if (spec.kind === "text" || spec.kind === "sentence") return choices;
  const variables =
    (spec.kind === "network" || spec.kind === "places") && !quoted ? networks(language, spec) : [];
  return [...variables, ...choices, ...files(folder(), typed, quoted)];
}

/** Variables that hold a network, by their type or by what is in them. */
function networks(language: Language, { kind }: ArgumentSpec): Completion[] {
  const holdsNetwork = (value: unknown) =>
    isArchitecture(value) || (kind === "network" && hasArchitecture(value));
  return language
    .variables()
    .filter(({ name, type }) => /\bArchitecture$/.test(type) || holdsNetwork(language.valueOf(name)))
    .map(({ name, type }) => ({
      text: name,
      type: "instance",
      signature: `${name}: ${type.replace(/import\("[^"]*"\)\./g, "")}`,
    }));
}

function files(folder: string, typed: string, quoted = false): Completion[] {
  return completeFiles(folder, typed).map((text) => ({ text: quoted ? text : quote(text), type: "path" }));
}

/** A name that would not be one word gets quotes; a folder's stays open, for what is in it. */
function quote(name: string): string {
  if (!/[\s,;:?()[\]{}"']/.test(name)) return name;
  const mark = name.includes('"') ? "'" : '"';
  return `${mark}${name}${name.endsWith("/") ? "" : mark}`;
}

/** The items that go on from what is typed; a choice also replaces the rest of the word after the cursor. */
function choose(cell: string, position: Offset, typed: string, items: readonly Completion[]): Completions {
  const rest = /^[\w-]*/.exec(cell.slice(position))?.[0].length ?? 0;
  return {
    start: position - typed.length,
    end: position + rest,
    items: items.filter(({ text, type }) => type === "path" || text.startsWith(typed)),
  };
}
