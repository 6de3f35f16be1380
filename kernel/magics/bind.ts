// From the words of a magic to the arguments and options of its verb, as TypeScript.
import type { Offset } from "../language";
import { flagOf } from "../verbs/flags";
import { suggestion } from "../verbs/nearest";
import type { AnyVerb, ArgumentSpec, OptionSpec } from "../verbs/verb";
import { isModelFile } from "./files";
import type { Word, WordValue } from "./words";

export interface Problem {
  message: string;
  start: Offset;
  end: Offset;
}

/** A property of the object that the verb is called with. */
export interface Property {
  name: string;
  /** The word that gave it; the property's code is attributed to it. */
  start: Offset;
  end: Offset;
  list: boolean;
  values: Code[];
}

export type Code = { copy: [Offset, Offset] } | { text: string; start: Offset; end: Offset };

export interface Bound {
  properties: Property[];
  problems: Problem[];
}

/**
 * @param path how the verb is called, for messages: `%archbert caption`
 * @param body the argument that no word gives, since the cell's text does
 */
export function bind(
  verb: AnyVerb,
  path: string,
  words: readonly Word[],
  at: [Offset, Offset],
  body?: string,
): Bound {
  const properties: Property[] = [];
  const problems: Problem[] = [];
  const args = Object.entries(verb.args).filter(([name]) => name !== body);
  let next = 0;
  const complain = (message: string, start: Offset, end: Offset) => problems.push({ message, start, end });
  const give = (name: string, word: { start: Offset; end: Offset }, code: Code, list = false) => {
    const given = properties.find((property) => property.name === name);
    if (given && list) given.values.push(code);
    else if (given) complain(`${path}: ${name} is given twice.`, word.start, word.end);
    else properties.push({ name, start: word.start, end: word.end, list, values: [code] });
  };

  for (let i = 0; i < words.length; i++) {
    const word = words[i] as Word;
    if (isOption(word)) {
      const flag = word.option ?? word.value.text;
      const name = optionName(verb, flag);
      const spec = name === undefined ? undefined : verb.options[name];
      if (name === undefined || !spec) {
        complain(unknownOption(verb, path, flag), word.start, word.start + flag.length);
        continue;
      }
      let value: WordValue | undefined = word.option ? word.value : undefined;
      if (!value && spec.kind !== "flag") {
        const following = words[i + 1];
        if (following && !isOption(following)) {
          value = following.value;
          i++;
        }
      }
      const code = optionCode(spec, flag, path, word, value);
      if ("problem" in code) problems.push(code.problem);
      if (!("problem" in code) || code.copy) give(name, word, code as Code);
      continue;
    }
    if (problems.length > 0) continue;
    const entry = args[Math.min(next, args.length - 1)];
    const [name, spec] = entry ?? [];
    if (name !== undefined && spec?.kind === "sentence" && next >= args.length) {
      const wrong = goOn(properties, name, word, path);
      if (wrong) problems.push(wrong);
      continue;
    }
    if (name === undefined || !spec || (next >= args.length && !spec.many)) {
      const takes =
        args.length === 0 ? "no argument" : args.length === 1 ? "one argument" : `${args.length} arguments`;
      complain(`${path} takes ${takes}; what is "${word.text}"?`, word.start, word.end);
      break;
    }
    next++;
    const code = argumentCode(spec, path, word);
    if ("problem" in code) problems.push(code.problem);
    if (!("problem" in code) || code.copy) give(name, word, code as Code, spec.many === true);
  }

  const missing = args.slice(next).find(([, spec]) => !spec.optional);
  if (missing && problems.length === 0) {
    const [name, spec] = missing;
    complain(`${path} needs ${name.toUpperCase()}: ${lowerFirst(spec.summary)}.`, ...at);
  }
  return { properties, problems };
}

/** One more word of a sentence, which is one string whatever stands between its words. */
function goOn(properties: readonly Property[], name: string, word: Word, path: string): Problem | undefined {
  const sentence = properties.find((property) => property.name === name);
  const [begun] = sentence?.values ?? [];
  // What was quoted begins after its quote.
  const isOpen = sentence && begun && "text" in begun && begun.start === sentence.start;
  if (isOpen && word.value.kind === "plain") {
    const said = `${JSON.parse(begun.text)} ${word.value.text}`;
    sentence.values = [{ text: literal(said), start: begun.start, end: word.end }];
    return undefined;
  }
  return {
    message: `${path}: what is "${word.text}"? Put quotes around all of the sentence, or around nothing of it.`,
    start: word.start,
    end: word.end,
  };
}

export function isOption(word: Word): boolean {
  return (
    word.option !== undefined || (word.value.kind === "plain" && /^-{1,2}[A-Za-z]/.test(word.value.text))
  );
}

/** The key in `options` of a flag as typed: `--max-depth` and `--maxDepth` are `maxDepth`, `-o` its short form. */
export function optionName(verb: AnyVerb, flag: string): string | undefined {
  const name = flag.replace(/^-+/, "");
  if (!flag.startsWith("--")) {
    return Object.keys(verb.options).find((key) => verb.options[key]?.short === name);
  }
  const camel = name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return Object.hasOwn(verb.options, camel) ? camel : undefined;
}

function unknownOption(verb: AnyVerb, path: string, flag: string): string {
  const known = Object.keys(verb.options).map(flagOf);
  if (known.length === 0) return `${path} has no options; what is "${flag}"?`;
  return `${path} has no option ${flag}.${suggestion(flag, known)}`;
}

/** With both, the code goes into a rewriting that passes problems over. */
type CodeOrProblem = Code | { problem: Problem; copy?: [Offset, Offset] };

function optionCode(
  spec: OptionSpec,
  flag: string,
  path: string,
  word: Word,
  value: WordValue | undefined,
): CodeOrProblem {
  const wrong = (message: string): CodeOrProblem => ({
    problem: {
      message: `${path} ${flag}: ${message}`,
      start: value?.start ?? word.start,
      end: value?.end ?? word.end,
    },
  });
  if (!value) {
    if (spec.kind === "flag") return { text: "true", start: word.start, end: word.end };
    return wrong(spec.choices ? `a value is missing.${suggestion("", spec.choices)}` : "a value is missing.");
  }
  const problem = openProblem(value);
  const copy: [Offset, Offset] | undefined = value.kind === "code" ? [value.start, value.end] : undefined;
  if (problem) return { problem, copy };
  if (copy) return { copy };
  const { text, start, end } = value;
  switch (spec.kind) {
    case "flag":
      return text === "true" || text === "false"
        ? { text, start, end }
        : wrong(`"${text}" is neither true nor false.`);
    case "number":
      return text !== "" && Number.isFinite(Number(text))
        ? { text: String(Number(text)), start, end }
        : wrong(`"${text}" is not a number.`);
    case "choice":
      if (spec.choices?.includes(text)) return { text: literal(text), start, end };
      return wrong(`"${text}" is not one of its values.${suggestion(text, spec.choices ?? [])}`);
    default:
      return { text: literal(text), start, end };
  }
}

function argumentCode(spec: ArgumentSpec, path: string, word: Word): CodeOrProblem {
  const { value } = word;
  const problem = openProblem(value);
  const copy: [Offset, Offset] | undefined = value.kind === "code" ? [value.start, value.end] : undefined;
  if (problem) return { problem, copy };
  if (copy) return { copy };
  const { text, start, end } = value;
  const isText = spec.kind === "text" || spec.kind === "sentence";
  const isPlace = spec.kind === "places" && (text === "." || text === "..");
  if (value.kind === "quoted" || isText || isPlace || isModelFile(text))
    return { text: literal(text), start, end };
  if (/^[\p{ID_Start}$_][\p{ID_Continue}$]*(?:\.[\p{ID_Start}$_][\p{ID_Continue}$]*|\[\d+\])*$/u.test(text)) {
    return { copy: [start, end] };
  }
  const message = `${path}: "${text}" is neither a variable nor a model file. Quote a file's name, and put braces around TypeScript.`;
  return { problem: { message, start, end } };
}

function openProblem(value: WordValue): Problem | undefined {
  if (!value.open) return undefined;
  const message = value.kind === "code" ? "A closing brace } is missing." : "A closing quote is missing.";
  return { message, start: value.start - 1, end: value.end };
}

/** A string literal that is safe in any source, whatever the text. */
export function literal(text: string): string {
  return JSON.stringify(text).replace(/[\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16)}`);
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
