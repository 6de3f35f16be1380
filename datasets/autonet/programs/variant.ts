// Clones and look-alikes of a program: the first keep its skeleton, the second everything but.
import {
  type Activation,
  activations,
  build,
  facts,
  format,
  type Program,
  type Rng,
  type StageProgram,
} from "../../../archbert/graph";
import { checked, randomProgram, snap } from "./random";
import { classCounts, dropouts } from "./sizes";

type Change = (program: Program, rng: Rng) => void;

const stagesOf = ({ body }: Program) => body.filter((line): line is StageProgram => line.kind === "stage");

/** Each changes the copy that it is given. */
const changes: readonly Change[] = [
  (program, rng) => {
    const factor = rng.pick([0.5, 0.75, 1.25, 1.5, 2]);
    for (const line of [...stagesOf(program), ...(program.stem ? [program.stem] : [])])
      scaleWidth(line, factor);
  },
  (program, rng) => {
    const stages = stagesOf(program);
    if (stages.length > 0) scaleWidth(rng.pick(stages), rng.pick([0.75, 1.25, 1.5]));
  },
  (program, rng) => {
    const stages = stagesOf(program);
    if (stages.length === 0) return;
    const stage = rng.pick(stages);
    stage.repeat = Math.max(1, stage.repeat + rng.pick([-1, 1, 1, 2]));
  },
  (program, rng) => {
    const to: Activation = rng.pick(activations);
    for (const stage of stagesOf(program)) stage.activation = to;
    if (program.stem?.kind === "conv") program.stem.activation = to;
  },
  (program, rng) => {
    const to = rng.pick(["batch", "group", "layer", "none"] as const);
    for (const stage of stagesOf(program)) {
      if (stage.block === "transformer" || (stage.block === "mlp" && to === "group")) continue;
      stage.norm = to;
    }
  },
  (program, rng) => {
    const to = rng.chance(0.4) ? 0 : rng.pick(dropouts);
    for (const stage of stagesOf(program)) stage.dropout = to;
  },
  (program, rng) => {
    const to = rng.pick([3, 5, 7]);
    for (const stage of stagesOf(program)) if ("kernel" in stage) stage.kernel = to;
  },
  ({ head }, rng) => {
    if (head.classes !== null) head.classes = rng.pick(classCounts);
  },
  ({ head }, rng) => {
    if (head.classes !== null) head.dropout = rng.chance(0.3) ? 0 : rng.pick(dropouts);
  },
  ({ input }, rng) => {
    if (input.kind === "features") input.features = rng.pick([8, 16, 30, 64, 100]);
    else {
      const factor = rng.pick([0.5, 2, 1.5]);
      for (const side of ["height", "width"] as const)
        input[side] = Math.min(512, Math.max(4, Math.round(input[side] * factor)));
    }
  },
  (program, rng) => {
    const to = rng.pick([0, 4, 8, 16]);
    for (const stage of stagesOf(program)) if ("se" in stage) stage.se = to;
  },
];

function scaleWidth(line: { width: number; heads?: number }, factor: number): void {
  line.width = snap(line.width * factor);
  if (line.heads !== undefined) while (line.width % line.heads !== 0) line.heads--;
}

/** The same design with one to three small changes: a clone of the program, and never the program itself. */
export function variant(program: Program, rng: Rng): Program {
  const from = format(program);
  for (let i = 0; i < 40; i++) {
    const copy = structuredClone(program);
    for (let count = rng.pick([1, 1, 2, 2, 3]); count > 0; count--) rng.pick(changes)(copy, rng);
    const changed = checked(format(copy));
    if (changed && format(changed) !== from) return changed;
  }
  const named = structuredClone(program);
  named.head.classes = (program.head.classes ?? 9) + 1;
  return named;
}

/** A program of the same input and head and of a similar size, of other blocks: not a clone. */
export function lookalike(program: Program, rng: Rng): Program {
  const size = facts(build(program)).parameters;
  const from = skeletonOf(program);
  let best: { program: Program; off: number } | null = null;
  for (let i = 0; i < 200 && (best === null || best.off > 0.7); i++) {
    const other = { ...randomProgram(rng), input: { ...program.input }, head: { ...program.head } };
    if (skeletonOf(other) === from) continue;
    const fitting = checked(format(other));
    if (!fitting) continue;
    const off = Math.abs(Math.log(facts(build(fitting)).parameters / size));
    if (best === null || off < best.off) best = { program: fitting, off };
  }
  if (best === null) throw new Error("internal: no other program takes this input");
  return best.program;
}

/** The kinds of its stages in order. */
export function skeletonOf(program: Program): string {
  return stagesOf(program)
    .map(({ block }) => block)
    .join(" ");
}
