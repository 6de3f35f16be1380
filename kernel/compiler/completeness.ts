// Whether a cell is ready to run, or the front end should give the user another line.
import type { Completeness } from "../language";
import { type BoundFile, ts } from "./stock";

/** Makes a module of the cell, where `await` is at home outside functions. */
const prefix = "export {};";

/** A string or a regular expression ends on its line. */
const unterminatedOnLine: readonly number[] = [1002, 1161];
const unterminatedTemplate = 1160;
const unterminatedComment = 1010;

export function isComplete(source: string): Completeness {
  const file = ts.createSourceFile("cell.ts", prefix + source, ts.ScriptTarget.ESNext, true) as BoundFile;
  const first = file.parseDiagnostics.reduce<BoundFile["parseDiagnostics"][number] | undefined>(
    (least, diagnostic) => (least && least.start <= diagnostic.start ? least : diagnostic),
    undefined,
  );
  if (!first) return { status: "complete" };
  const end = prefix.length + source.trimEnd().length;
  const open = first.code === unterminatedTemplate || first.code === unterminatedComment;
  // What the parser misses at the very end, more input may bring.
  if (unterminatedOnLine.includes(first.code) || (!open && first.start < end)) return { status: "invalid" };
  return { status: "incomplete", indent: open ? "" : indentAfter(source) };
}

/** Whether a cell is one object literal: to the language `{ a: 1 }` is a block, to who writes it in a cell it is a value. */
export function isObjectLiteral(source: string): boolean {
  if (!/^\s*\{/.test(source) || !/\}\s*$/.test(source)) return false;
  const file = ts.createSourceFile("cell.ts", `${prefix}(${source}\n)`, ts.ScriptTarget.ESNext) as BoundFile;
  return file.parseDiagnostics.length === 0 && file.statements.length === 2;
}

/** As deep as the last line, and one step deeper after an opening bracket or an arrow. */
function indentAfter(source: string): string {
  const lines = source.trimEnd().split("\n");
  const last = lines[lines.length - 1] ?? "";
  const current = /^\s*/.exec(last)?.[0] ?? "";
  return /([{([]|=>)\s*(\/\/.*)?$/.test(last) ? `${current}  ` : current;
}
