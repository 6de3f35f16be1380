// A sentence at the end of a magic: all that stands on the line up to its options, without quotes.
import type { AnyVerb } from "../verbs/verb";
import { isOption, optionName } from "./bind";
import type { Syntax } from "./syntax";
import { readWords, type Word, type Words } from "./words";

/**
 * The words of a magic anew, where the last argument of its verb is a sentence that begins without a quote: commas,
 * brackets, semicolons inside and a question mark then belong to it. Only where nothing else can stand on the line.
 *
 * @param read the words as other verbs read them
 * @param leading how many words name the verb
 */
export function withSentence(
  text: string,
  read: Words,
  leading: number,
  verb: AnyVerb,
  syntax: Syntax,
): Words {
  const args = Object.values(verb.args);
  if (args.at(-1)?.kind !== "sentence") return read;
  const first = firstWord(read.words, leading, args.length - 1, verb);
  if (first === undefined) return read;
  const begun = read.words[first] as Word;
  if (begun.value.kind !== "plain" || isOption(begun)) return read;
  const line = /^[^\r\n\u2028\u2029]*/.exec(text.slice(begun.start))?.[0] ?? "";
  const option = optionIn(line, verb);
  const comment = /\s\/\//.exec(line)?.index ?? line.length;
  const sentence = line.slice(0, Math.min(option ?? line.length, comment)).replace(/[\s;]+$/, "");
  const end = begun.start + sentence.length;
  const value = { kind: "plain" as const, start: begun.start, end, text: sentence };
  const words = [...read.words.slice(0, first), { start: begun.start, end, text: sentence, value }];
  if (option === undefined || option > comment) return { words, end, help: false };
  const after = readWords(text, begun.start + option, syntax);
  return { words: [...words, ...after.words], end: after.end, help: after.help };
}

/** The word that begins the sentence: after `before` arguments, among which options may stand. */
function firstWord(
  words: readonly Word[],
  leading: number,
  before: number,
  verb: AnyVerb,
): number | undefined {
  let given = 0;
  for (let i = leading; i < words.length; i++) {
    const word = words[i] as Word;
    if (!isOption(word)) {
      if (given === before) return i;
      given++;
      continue;
    }
    const spec = verb.options[optionName(verb, word.option ?? word.value.text) ?? ""];
    if (spec && spec.kind !== "flag" && word.option === undefined) i++;
  }
  return undefined;
}

/** Where the line's options begin: at `--word`, or at a short one that the verb has. */
function optionIn(line: string, verb: AnyVerb): number | undefined {
  for (const { index, 1: flag = "" } of line.matchAll(/\s(-{1,2}[A-Za-z][\w-]*)(?=[=\s]|$)/g)) {
    if (flag.startsWith("--") || flag === "-h" || optionName(verb, flag) !== undefined) return index + 1;
  }
  return undefined;
}
