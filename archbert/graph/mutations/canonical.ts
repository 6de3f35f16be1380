// When two programs are the same network.
import { format } from "../language/format";
import type { Line, Program, Stage } from "../language/program";
import { ranges } from "../language/vocabulary";

/** The program's one text without its name: equal for programs that build the same network. */
export function canonicalProgram(program: Program): string {
  return format({ ...program, name: null });
}

/**
 * Stages that go on as the one before them, in its line: the same network in fewer lines, and the same stages as a file of
 * it has, which knows no lines.
 */
export function joinStages(program: Program): Program {
  const body: Line[] = [];
  for (const line of program.body) {
    const last = body.at(-1);
    if (last?.kind === "stage" && line.kind === "stage" && goesOn(last, line))
      body[body.length - 1] = { ...last, repeat: last.repeat + line.repeat };
    else body.push(line);
  }
  return { ...program, body };
}

function goesOn(last: Stage, next: Stage): boolean {
  const settings = ({ repeat: _, ...rest }: Stage) =>
    Object.entries({ ...rest, stride: 1 })
      .sort()
      .join("\n");
  const strides = "stride" in next && next.stride !== 1;
  return !strides && last.repeat + next.repeat <= ranges.repeat.max && settings(last) === settings(next);
}
