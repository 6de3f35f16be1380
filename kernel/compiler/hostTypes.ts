// Node's types: two thirds of what the compiler reads, and not needed by every first cell.
import { join } from "node:path";
import type { CompilerOptions, System } from "typescript";
import type { BoundFile } from "./stock";

/** The names by which a cell most often asks for Node's types; a name that is unknown without them asks, too. */
const hostNames = new Set([
  "console",
  "process",
  "Buffer",
  "globalThis",
  "fetch",
  "setTimeout",
  "setInterval",
]);

/** Whether a cell names something of Node's, or one of the globals. */
export function namesHost(cell: BoundFile, globals: BoundFile | undefined): boolean {
  return [...cell.identifiers.keys()].some(
    (name) => hostNames.has(name) || globals?.locals?.has(name as never) === true,
  );
}

/** The files of Node's types, those of the notebook's folder first. */
export function hostTypeFiles({ typeRoots = [] }: CompilerOptions, sys: System): readonly string[] {
  const folder = typeRoots.map((root) => join(root, "node")).find((each) => sys.directoryExists(each));
  return folder ? sys.readDirectory(folder, [".d.ts"], ["**/ts5.*"]) : [];
}
