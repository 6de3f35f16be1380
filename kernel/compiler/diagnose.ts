// What is wrong with a file of a program, or with a cell that its checker checks without the program holding it.
import type { Diagnostic, Program, SourceFile } from "typescript";
import type { BoundFile, InternalChecker } from "./stock";

export function diagnosticsOf(program: Program, file: SourceFile): Diagnostic[] {
  const checker = program.getTypeChecker() as InternalChecker;
  const bound = file as BoundFile;
  const held = program.getSourceFile(file.fileName) === file;
  // Of a cell that cannot be parsed the rest is a guess.
  const syntactic = held ? program.getSyntacticDiagnostics(file) : bound.parseDiagnostics;
  if (syntactic.length > 0) return [...syntactic];
  if (held) return [...program.getSemanticDiagnostics(file)];
  return [...checker.getDiagnostics(file), ...(bound.bindDiagnostics ?? [])].filter(
    // The checker files what it finds by name: what was completed or inspected before had the cell's, too.
    (diagnostic) => diagnostic.file === file,
  );
}
