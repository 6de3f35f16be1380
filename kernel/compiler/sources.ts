// What has been run, by the name it has in stack traces: for the excerpt and the true line in an error.
import type { CommonJs, Position } from "./commonjs";

interface Source {
  text: string;
  /** Of the emitted code; what stands behind them is not the user's. */
  lineCount: number;
  original: CommonJs["original"];
}

/** Cells kept for error messages; of older ones only the emitted line is told. */
const maxCells = 2000;

const cells = new Map<string, Source>();
const files = new Map<string, Source>();

export function rememberCell(name: string, text: string, { text: emitted, original }: CommonJs): void {
  cells.delete(name);
  cells.set(name, { text, lineCount: emitted.split("\n").length, original });
  const [oldest] = cells.keys();
  if (cells.size > maxCells && oldest !== undefined) cells.delete(oldest);
}

export function rememberFile(path: string, text: string, { text: emitted, original }: CommonJs): void {
  files.set(path, { text, lineCount: emitted.split("\n").length, original });
}

export interface Located extends Position {
  /** The line at fault and the one before it. */
  lines: string[];
}

/**
 * Where a position in a stack trace lies in what the user wrote.
 *
 * @param position zero-based
 * @returns `undefined` for a file that is not ours
 */
export function locate(name: string, position: Position): Located | undefined {
  const source = cells.get(name) ?? files.get(name);
  if (!source) return undefined;
  const found = source.original(position);
  if (!found) return undefined;
  const lines = source.text.split("\n");
  return { ...found, lines: lines.slice(Math.max(0, found.line - 1), found.line + 1) };
}

/** Whether a position lies in what we put around a cell. */
export function isWrapping(name: string, line: number): boolean {
  return line >= (cells.get(name)?.lineCount ?? Number.POSITIVE_INFINITY);
}

export function isCell(name: string): boolean {
  return cells.has(name);
}
