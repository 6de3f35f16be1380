// From text to the syntax tree, and which tokens may follow a beginning.
import { ArchError } from "../errors";
import { nearest } from "../nearest";
import { type Expected, end, namePattern, newline, program } from "./grammar";
import type { Program } from "./program";
import { type Token, tokens } from "./tokens";
import { isIn, type NumberRange } from "./vocabulary";

/** A mistake in a program, with its place in the text. */
export class ProgramError extends ArchError {
  /** Both from 1. */
  readonly line: number;
  readonly column: number;
  readonly length: number;
  /** What is wrong, without its place. */
  readonly problem: string;
  readonly expected: Expected;

  constructor(problem: string, fix: string, token: Token, expected: Expected) {
    super(problem, { where: `line ${token.line}, column ${token.column}`, fix });
    this.line = token.line;
    this.column = token.column;
    this.length = token.length;
    this.problem = problem;
    this.expected = expected;
  }
}

/**
 * The program that the text means.
 *
 * @throws ProgramError at the first token that cannot stand where it does
 */
export function parse(text: string): Program {
  const machine = program();
  let step = machine.next("");
  let last: Token = { text: "", line: 1, column: 1, length: 0 };
  for (const token of tokens(text)) {
    if (step.done) break;
    if (!accepts(step.value, token.text)) throw mistake(token, step.value);
    last = token;
    step = machine.next(token.text);
  }
  if (!step.done) {
    // The end of the text ends its last line.
    if (step.value.newline && !step.value.end) step = machine.next(newline);
    if (step.done || !step.value.end) throw unfinished(last, step.value as Expected);
    step = machine.next(end);
  }
  if (!step.done) throw new Error("internal: the grammar goes on after the end");
  return step.value;
}

/**
 * What may come after a beginning of a program: the mask of a decoder that writes one token after the other, and what
 * an editor offers. A number or word at the end of the text counts as whole.
 *
 * @param prefix text, or its tokens: words, numbers, "x" and "\n"
 * @returns what may come; at the end of a whole program, `end` is true
 * @throws ProgramError when the beginning is already wrong
 */
export function nextTokens(prefix: string | readonly string[]): Expected {
  const machine = program();
  let step = machine.next("");
  for (const token of typeof prefix === "string" ? tokens(prefix) : listed(prefix)) {
    if (step.done) break;
    if (token.text === end || !accepts(step.value, token.text)) throw mistake(token, step.value);
    step = machine.next(token.text);
  }
  if (step.done) throw new Error("internal: the grammar ended before the text");
  return step.value;
}

function* listed(list: readonly string[]): Generator<Token, void, void> {
  let line = 1;
  let column = 1;
  for (const text of list) {
    yield { text, line, column, length: text.length };
    column += text.length + 1;
    if (text !== newline) continue;
    line++;
    column = 1;
  }
}

/** Whether the token is one of those expected. */
export function accepts(expected: Expected, token: string): boolean {
  if (token === newline) return expected.newline;
  if (token === end) return expected.end;
  if (expected.words.includes(token)) return true;
  if (expected.name) return namePattern.test(token);
  return (
    expected.number !== null && /^\d{1,9}(\.\d{1,9})?$/.test(token) && isIn(expected.number, Number(token))
  );
}

function mistake(token: Token, expected: Expected): ProgramError {
  const { text } = token;
  const shown = JSON.stringify(text.length > 32 ? `${text.slice(0, 31)}…` : text);
  if (text === newline) return unfinished(token, expected);
  const refused = Object.hasOwn(expected.refused, text) ? expected.refused[text] : undefined;
  if (refused) return new ProgramError(refused.why, refused.fix, token, expected);
  if (expected.number && /^-?[\d.]+$/.test(text)) {
    return new ProgramError(
      `${expected.what} cannot be ${shown}`,
      `Give ${rangeText(expected.number)}`,
      token,
      expected,
    );
  }
  if (expected.name) {
    const fix = "A name begins with a letter and has up to 64 letters, digits, _, - and .";
    return new ProgramError(`${shown} cannot be a name`, fix, token, expected);
  }
  const known = [...expected.words, ...Object.keys(expected.refused)];
  const near = nearest(text, known);
  const fix = near === undefined ? `Expected ${choices(expected)}` : `Did you mean ${near}?`;
  if (expected.end && !expected.newline && expected.words.length === 0) {
    const last = "The head is the last line: move what follows above it, or leave it out";
    return new ProgramError(`${shown} stands after the end of the program`, last, token, expected);
  }
  const verb = expected.what.startsWith("the end") ? "stands after" : "is not";
  return new ProgramError(`${shown} ${verb} ${expected.what}`, fix, token, expected);
}

function unfinished(after: Token, expected: Expected): ProgramError {
  const at = after.text === newline ? after : { ...after, column: after.column + after.length, length: 0 };
  const missing = expected.what === "a line" ? "the head" : expected.what;
  const fix =
    expected.what === "a line"
      ? "End with a line such as head 10, or head none"
      : `Expected ${choices(expected)}`;
  return new ProgramError(`${missing} is missing`, fix, at, expected);
}

function choices({ words, number, name, newline, end }: Expected): string {
  const parts = [...words];
  if (number) parts.push(rangeText(number).replace(/^N/, "n"));
  if (name) parts.push("a name");
  if (newline || end) parts.push("the end of the line");
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} or ${parts.at(-1)}`;
}

function rangeText({ min, max, step, divides }: NumberRange): string {
  if (divides === undefined) {
    return `${step === 1 ? "a whole number" : `a number in steps of ${step}`} from ${min} to ${max}`;
  }
  const divisors: number[] = [];
  for (let n = min; n <= Math.min(max, divides); n++) if (divides % n === 0) divisors.push(n);
  return divisors.length === 1
    ? "1: no other can be"
    : `one of ${divisors.join(", ")}, which divide ${divides}`;
}
