// What a tooltip says inside a magic: its usage, its verb's, its option's.
import type { Inspection, Offset } from "../language";
import { isOption, optionName } from "./bind";
import { type Detector, detect, type Magical } from "./detect";
import { asInspection, magicHelp, magicTopic, optionHelp, verbHelp } from "./help";
import { verbPath } from "./magic";

/** `undefined`: TypeScript's to inspect. */
export function inspectMagic(cell: string, position: Offset, detector: Detector): Inspection | undefined {
  if (!cell.includes("%")) return undefined;
  const { calls } = detect(cell, detector);
  const called = calls.findLast(({ start, end }) => start <= position && position <= end);
  if (!called) return undefined;
  const { magic, name, words } = called;
  if (called.kind === "help" && called.topic.startsWith("%")) {
    return asInspection(magicTopic(detector.magics, called.topic));
  }
  if (!magic || !name) return undefined;
  if (position <= name.end || magic.kind === "expression") {
    return position <= name.end ? asInspection(magicHelp(magic)) : undefined;
  }
  const verb = called.kind === "call" || called.kind === "body" ? called.verb : undefined;
  if (!verb) return asInspection(magicHelp(magic));
  const word = words.find(({ start, end }) => start <= position && position <= end);
  const option = word && isOption(word) ? optionName(verb, word.option ?? word.value.text) : undefined;
  const spec = option === undefined ? undefined : verb.options[option];
  if (option !== undefined && spec && word?.value.kind !== "code") {
    return asInspection(optionHelp(verbPath(magic, verb), option, spec));
  }
  const isVerb = "named" in called && called.named && word === words[0];
  const isCode = word?.value.kind === "code" || (word && !isVerb && isVariable(called, word.start));
  return isCode ? undefined : asInspection(verbHelp(magic, verb));
}

/** Whether the word at `start` is copied into the TypeScript. */
function isVariable(called: Magical, start: Offset): boolean {
  if (!("properties" in called)) return false;
  return called.properties.some(({ values }) =>
    values.some((value) => "copy" in value && value.copy[0] === start),
  );
}
