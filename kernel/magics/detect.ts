// Finds the magics of a cell and reads their words; what it leaves is TypeScript of the same length.
import type { Offset } from "../language";
import { suggestion } from "../verbs/nearest";
import type { AnyVerb } from "../verbs/verb";
import { bind, isOption, type Problem, type Property } from "./bind";
import { fallbackOf, type Magic, type Magics, verbMeant, verbPath } from "./magic";
import { withSentence } from "./sentence";
import { placeholder, type Syntax } from "./syntax";
import { readWords, type Word, type Words } from "./words";

interface Found {
  /** Of its `%`, or of the `?` before it. */
  start: Offset;
  /** After its last word. */
  end: Offset;
  /** The name after `%`. */
  name: Word | undefined;
  magic: Magic | undefined;
  words: Word[];
  problems: Problem[];
  /** See Site. */
  afterOperand?: boolean;
}

/** A verb is called. */
export interface Call extends Found {
  kind: "call";
  /** `undefined` where there is no such verb. */
  verb: AnyVerb | undefined;
  /** The first word names the verb. */
  named: boolean;
  properties: Property[];
  /** The next line could be read as going on with this one, so a semicolon must end it. */
  terminate: boolean;
}

/** Help is asked for: `%archbert caption?`, `?%time`, `name?`. */
export interface HelpCall extends Found {
  kind: "help";
  /** What about, as typed: `%archbert caption`, or a TypeScript name. */
  topic: string;
  terminate: boolean;
}

/** `%time EXPR`; its code begins at `end`. */
export interface ExpressionCall extends Found {
  kind: "expression";
}

/** `%%time` on the first line; the whole cell is its code. */
export interface CellCall extends Found {
  kind: "cell";
}

/** `%%archbert ask` on the first line: the cell is text. */
export interface BodyCall extends Found {
  kind: "body";
  verb: AnyVerb;
  named: boolean;
  properties: Property[];
}

export type Magical = Call | HelpCall | ExpressionCall | CellCall | BodyCall;

export interface Detected {
  /** In the order of the cell. */
  calls: Magical[];
  /** The cell with each magic replaced by a name or by space of the same length. */
  scratch: string;
}

export interface Detector {
  syntax: Syntax;
  magics: Magics;
  isDeclared(name: string): boolean;
}

export function detect(cell: string, detector: Detector): Detected {
  const calls: Magical[] = [];
  if (!/[%?]/.test(cell)) return { calls, scratch: cell };
  let scratch = cell;
  let from = 0;
  const head = cellMagic(cell, detector);
  if (head) {
    calls.push(head);
    from = head.end;
    scratch = head.kind === "help" ? blot(cell, head) : " ".repeat(head.end) + cell.slice(head.end);
    if (head.kind === "body" || head.kind === "call")
      return { calls, scratch: scratch.replace(/[^\r\n]/g, " ") };
  }
  const asked = helpLine(scratch, from);
  if (asked) scratch = blot(scratch, asked);

  const names = new Set(Object.keys(detector.magics));
  for (;;) {
    const site = detector.syntax.firstSite(scratch, from, detector.isDeclared, names);
    if (!site) break;
    const called = lineMagic(scratch, site.start, site.bracketless, detector);
    if (!called) {
      from = site.start + 1;
      continue;
    }
    called.afterOperand = site.afterOperand;
    calls.push(called);
    if (called.kind === "expression") {
      const lead = site.afterOperand ? ";" : " ";
      // What begins so would be a block or a declaration at the beginning of a statement.
      const isBlock = /^(?:\{|(?:async )?function\b|class\b)/.test(scratch.slice(called.end));
      const opener = isBlock && isFreshLine(scratch, called.start) ? `${placeholder}=` : "";
      const blank = (lead + opener).padEnd(called.end - called.start);
      scratch = scratch.slice(0, called.start) + blank + scratch.slice(called.end);
      from = called.end;
    } else {
      called.terminate = site.bracketless && goesOn(scratch, called.end);
      scratch = blot(scratch, called);
      from = called.end;
    }
  }
  if (asked) calls.push(asked);
  return { calls, scratch };
}

/** The name that stands in the scratch text for what calls nothing that TypeScript could read. */
function blot(scratch: string, { start, end, terminate }: Call | HelpCall): string {
  const name = "_".repeat(end - start - (terminate ? 1 : 0)) + (terminate ? ";" : "");
  return scratch.slice(0, start) + name + scratch.slice(end);
}

function isFreshLine(text: string, start: Offset): boolean {
  return /(?:^|[\r\n])[ \t]*$/.test(text.slice(0, start));
}

/** Whether the next line begins with what TypeScript would take for more of this one. */
function goesOn(text: string, end: Offset): boolean {
  const rest =
    /^[ \t]*(?:\/\/[^\r\n]*)?(?:\r?\n|\r)((?:\s|\/\/[^\r\n]*(?=[\r\n])|\/\*[\s\S]*?\*\/)*)(.?)/.exec(
      text.slice(end),
    );
  return rest !== null && /[([`+\-/]/.test(rest[2] ?? "");
}

/** @param alone the rest of the line is the magic's: no bracket is open around it */
function lineMagic(
  text: string,
  start: Offset,
  alone: boolean,
  detector: Detector,
): Call | HelpCall | ExpressionCall | undefined {
  const named = /^%(%?)([A-Za-z_]\w*)/.exec(text.slice(start, start + 200));
  if (!named) return undefined;
  const [whole, second, name = ""] = named;
  const end = start + whole.length;
  const word = wordOf(text, start + whole.length - name.length, end);
  const magic = magicNamed(detector.magics, name);
  const found = { start, end, name: word, magic, words: [], problems: [] };
  if (!magic || second) {
    const { words, end: last } = readWords(text, end, detector.syntax);
    const message = magic
      ? `%%${name} must be the first line of its cell.`
      : `There is no magic %${name}.${suggestion(name, Object.keys(detector.magics), "%")}`;
    const problems = [{ message, start, end }];
    return {
      ...found,
      end: last,
      words,
      kind: "call",
      verb: undefined,
      named: false,
      properties: [],
      problems,
      terminate: false,
    };
  }
  if (magic.kind !== "expression") return verbCall(text, found, magic, detector, { alone });
  if (text[end] === "?" || /^[ \t]+(?:\?|--help\b|-h\b)/.test(text.slice(end))) {
    const { end: last } = readWords(text, end, detector.syntax);
    return { ...found, end: Math.max(last, end), kind: "help", topic: `%${name}`, terminate: false };
  }
  const gap = /^[ \t]*/.exec(text.slice(end))?.[0].length ?? 0;
  const empty = /^(?:$|[\r\n,;)\]}]|\/\/)/.test(text.slice(end + gap, end + gap + 2));
  const problems = empty ? [{ message: `%${name} needs an expression after it.`, start, end }] : [];
  return { ...found, end: end + gap, kind: "expression", problems };
}

function verbCall(
  text: string,
  found: Found,
  magic: Exclude<Magic, { kind: "expression" }>,
  detector: Detector,
  { alone = false, withBody = false }: { alone?: boolean; withBody?: boolean },
): Call | HelpCall {
  const { start, end: nameEnd } = found;
  const { words, end, help } = wordsOf(text, nameEnd, magic, detector, alone && !withBody);
  const asksHelp = help || words.some(({ text: word }) => word === "--help" || word === "-h");
  const { verb, rest, problem, named } = chooseVerb(magic, words);
  const word = words[0]?.value.text ?? "--help";
  const isAbout = magic.kind === "verbs" && word !== "--help" && (named || !fallbackOf(magic));
  const topic = `%${magic.name}${isAbout ? ` ${word}` : ""}`;
  const whole = { ...found, end, words, named };
  if (asksHelp || (magic.kind === "verbs" && words.length === 0 && !(withBody && verb)))
    return { ...whole, kind: "help", topic, terminate: false };
  const call = { ...whole, kind: "call" as const, terminate: false };
  if (!verb) return { ...call, verb, properties: [], problems: problem ? [problem] : [] };
  if (verb.declares !== undefined && !withBody) {
    const message = `${verbPath(magic, verb)} stands above a cell: %${verbPath(magic, verb)} ${verb.declares.toUpperCase()}, and the text below it.`;
    return { ...call, verb: undefined, properties: [], problems: [{ message, start, end: nameEnd }] };
  }
  return {
    ...call,
    verb,
    ...bind(verb, verbPath(magic, verb), rest, [start, end], withBody ? verb.body : undefined),
  };
}

function wordsOf(
  text: string,
  from: Offset,
  magic: Exclude<Magic, { kind: "expression" }>,
  { syntax }: Detector,
  sentences: boolean,
): Words {
  const read = readWords(text, from, syntax);
  if (!sentences || read.words.length === 0) return read;
  const { verb, named } = chooseVerb(magic, read.words);
  return verb ? withSentence(text, read, named ? 1 : 0, verb, syntax) : read;
}

function chooseVerb(magic: Exclude<Magic, { kind: "expression" }>, words: Word[]) {
  const [first] = words;
  const isPlain = first?.value.kind === "plain" && first.option === undefined;
  const { verb, named } = verbMeant(magic, isPlain ? first.value.text : first?.text);
  const rest = named ? words.slice(1) : words;
  if (verb || !first || magic.kind === "command") return { verb, rest, named };
  const name = first.text;
  const message = `%${magic.name} has no "${name}".${suggestion(name, Object.keys(magic.verbs), `%${magic.name} `)}`;
  return { verb: undefined, rest, named, problem: { message, start: first.start, end: first.end } };
}

function cellMagic(cell: string, detector: Detector): CellCall | BodyCall | Call | HelpCall | undefined {
  const head = /^(?:[ \t]*\r?\n)*[ \t]*%%([A-Za-z_]\w*)/.exec(cell);
  const name = head?.[1];
  if (!head || !name) return undefined;
  const nameEnd = head[0].length;
  const start = nameEnd - name.length - 2;
  const lineEnd = nameEnd + (/^[^\r\n]*/.exec(cell.slice(nameEnd))?.[0].length ?? 0);
  const magic = magicNamed(detector.magics, name);
  const found = {
    start,
    end: lineEnd,
    name: wordOf(cell, nameEnd - name.length, nameEnd),
    magic,
    words: [],
    problems: [],
  };
  const failed = (message: string): Call => {
    const problems = [{ message, start, end: lineEnd }];
    return {
      ...found,
      kind: "call",
      verb: undefined,
      named: false,
      properties: [],
      problems,
      terminate: false,
    };
  };
  if (!magic)
    return failed(`There is no magic %%${name}.${suggestion(name, Object.keys(detector.magics), "%%")}`);
  if (magic.kind === "expression") {
    const rest = cell.slice(nameEnd, lineEnd).trim();
    if (/^\?{1,2}$/.test(rest)) return { ...found, kind: "help", topic: `%${name}`, terminate: false };
    const message = `%%${name} takes nothing on its own line; write the code below it.`;
    const problems = rest === "" || rest.startsWith("//") ? [] : [{ message, start, end: lineEnd }];
    return { ...found, kind: "cell", problems };
  }
  const call = verbCall(cell.slice(0, lineEnd), { ...found, end: nameEnd }, magic, detector, {
    withBody: true,
  });
  const { verb } = call.kind === "call" ? call : { verb: undefined };
  if (call.kind === "help" || !verb) return call;
  const path = verbPath(magic, verb);
  if (!verb.body) return failed(`${path} reads no cell. Write it on a line of its own, as ${path}.`);
  const body = { ...call, kind: "body" as const, verb, end: lineEnd };
  return { ...body, problems: [...call.problems, ...bodyProblems(cell, body)] };
}

/** A name that cannot be declared, and what is wrong with the text. */
function bodyProblems(cell: string, { verb, words, end, problems }: BodyCall): Problem[] {
  if (problems.length > 0) return [];
  const name = verb.declares === undefined ? undefined : words.find((word) => !isOption(word));
  if (name && !isConstantName(name.text)) {
    return [
      { message: `"${name.text}" cannot be the name of a constant.`, start: name.start, end: name.end },
    ];
  }
  const found = verb.bodyLanguage?.mistake(cell.slice(end));
  return found ? [{ message: found.message, start: end + found.start, end: end + found.end }] : [];
}

const reserved = new Set(
  `await break case catch class const continue debugger default delete do else enum export extends false finally for
  function if implements import in instanceof interface let new null package private protected public return static
  super switch this throw true try typeof undefined var void while with yield`.split(/\s+/),
);

function isConstantName(word: string): boolean {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(word) && !reserved.has(word);
}

/** The cell's last line is `name?`, `?name` or `?%magic verb`: none of which TypeScript can be. */
function helpLine(text: string, from: Offset): HelpCall | undefined {
  const rest = text.slice(from);
  const line =
    /(?:^|[\r\n])[ \t]*(\?{1,2}[ \t]*(%{0,2}[A-Za-z_$][\w$.]*(?:[ \t]+[\w-]+)*)|([A-Za-z_$][\w$.]*)\?{1,2})[ \t;]*$/.exec(
      rest.trimEnd(),
    );
  const topic = line?.[2] ?? line?.[3];
  if (!line?.[1] || !topic || (line[2] && !topic.startsWith("%") && /\s/.test(topic))) return undefined;
  const start = from + line.index + line[0].indexOf(line[1]);
  const end = start + line[1].length;
  const about = topic.replace(/^%%/, "%").replace(/\s+/g, " ");
  return {
    kind: "help",
    start,
    end,
    name: undefined,
    magic: undefined,
    words: [],
    problems: [],
    topic: about,
    terminate: false,
  };
}

function magicNamed(magics: Magics, name: string): Magic | undefined {
  return Object.hasOwn(magics, name) ? magics[name] : undefined;
}

function wordOf(text: string, start: Offset, end: Offset): Word {
  const part = text.slice(start, end);
  return { start, end, text: part, value: { kind: "plain", start, end, text: part } };
}
