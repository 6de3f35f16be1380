// How a cell's error is told to the front end.
import { ArchError } from "../archbert/graph";
import { CompileError, type Diagnostic } from "./language";
import { cleanTraceback } from "./tslab";

/** The running cell was stopped by the user. */
export class Interrupted extends Error {
  /** @param hint how to go on, a sentence */
  constructor(hint?: string) {
    super(`the cell was stopped; what it had declared is kept${hint === undefined ? "" : `. ${hint}`}`);
    this.name = "Interrupted";
  }
}

/** @see https://jupyter-client.readthedocs.io/en/stable/messaging.html#execution-errors */
export interface ErrorReport {
  ename: string;
  evalue: string;
  /** Lines with ANSI colours. */
  traceback: string[];
}

/**
 * Never throws, whatever a cell has thrown.
 *
 * @param source the cell as the user wrote it, for excerpts of its lines
 */
export function describeError(error: unknown, source: string): ErrorReport {
  if (error instanceof CompileError) {
    return {
      ename: error.name,
      evalue: error.diagnostics[0]?.message ?? error.message,
      traceback: error.diagnostics.flatMap((diagnostic) => describeDiagnostic(diagnostic, source)),
    };
  }
  const { ename, evalue } = nameError(error);
  const summary = [`${red(ename)}: ${evalue}`];
  if (error instanceof ArchError || error instanceof Interrupted)
    return { ename, evalue, traceback: summary };
  try {
    return { ename, evalue, traceback: cleanTraceback(error) };
  } catch {
    return { ename, evalue, traceback: summary }; // a Proxy, or getters that throw
  }
}

function nameError(error: unknown): { ename: string; evalue: string } {
  try {
    if (error instanceof Error) return { ename: String(error.name), evalue: String(error.message) };
    return { ename: "Thrown", evalue: String(error) };
  } catch {
    return { ename: "Thrown", evalue: "a value that cannot be shown" };
  }
}

function describeDiagnostic(
  { message, code, severity, file, line, column, length }: Diagnostic,
  source: string,
): string[] {
  const where = file ? `${file}:${line + 1}:${column + 1}` : `line ${line + 1}, column ${column + 1}`;
  const label = code ? `${severity} TS${code}` : severity;
  const head = `${cyan(where)} - ${severity === "error" ? red(label) : yellow(label)}: ${message}`;
  const text = file ? undefined : source.split("\n")[line];
  if (text === undefined) return [head];
  const width = Math.max(1, Math.min(length, text.length - column));
  return [head, `  ${text}`, `  ${" ".repeat(column)}${red("~".repeat(width))}`];
}

const colour = (code: number) => (text: string) => `\u001b[${code}m${text}\u001b[0m`;
const red = colour(31);
const yellow = colour(33);
const cyan = colour(36);
