// When two programs are the same network.
import { format } from "../language/format";
import type { Program } from "../language/program";

/** The program's one text without its name: equal for programs that build the same network. */
export function canonicalProgram(program: Program): string {
  return format({ ...program, name: null });
}
