// What has been run, by the name it has in stack traces: for the excerpt and the true line in an error.
import type { CommonJs, Position } from "./commonjs";

interface Source {
  text: string;
  original: CommonJs["original"];
}

/** Cells kept for error messages; of older ones only the emitted line is told. */
const maxCells = 2000;

const cells = new Map<string, Source>();
const files = new Map<string, Source>();

export function rememberCell(name: string, text: string, { original }: CommonJs): void {
  cells.delete(name);
  cells.set(name, { text, original });
  const [oldest] = cells.keys();
  if (cells.size > maxCells && oldest !== undefined) cells.delete(oldest);
}

export function rememberFile(path: string, text: string, { original }: CommonJs): void {
  files.set(path, { text, original });
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

export function isCell(name: string): boolean {
  return cells.has(name);
}
