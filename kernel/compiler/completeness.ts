// Whether a cell is ready to run, or the front end should give the user another line.
import type { Completeness } from "../language";
import { type BoundFile, ts } from "./stock";

export function isComplete(source: string): Completeness {
  const file = ts.createSourceFile("cell.ts", source, ts.ScriptTarget.ESNext, true) as BoundFile;
  if (file.parseDiagnostics.length === 0) return { status: "complete" };
  return { status: "invalid" };
}
