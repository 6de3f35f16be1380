// How a program gets larger or smaller, dearer or cheaper.
import type { Program } from "../language/program";
import { ranges } from "../language/vocabulary";
import { asBlock, inserted, mapStages, replaced, stagesOf, withSettings } from "../mutations/tree";
import type { State } from "./state";
import { longer, pictured, shorter, whole, withRepeat, withWidths } from "./steps";

export interface Wanted {
  have: number;
  /** The nearest whole number that meets the claim. */
  goal: number;
  /** The same for quantities that need not be met exactly. */
  aim: number;
  stage: number;
}

export type Edits = (state: State, wanted: Wanted) => Program[];
/** Edits for which the tree is enough. */
export type TreeEdits = (state: Pick<State, "program">, wanted: Wanted) => Program[];

export const sized: TreeEdits = ({ program }, { have, aim }) => {
  const factor = Math.min(64, Math.max(1 / 64, aim / Math.max(1, have)));
  const found: Program[] = [];
  // Cost grows with the square of all widths, and about in proportion to one of them.
  for (const power of [0.5, 0.6, 0.4, 0.25])
    found.push(withWidths(program, (width) => width * factor ** power));
  for (const { at, stage } of stagesOf(program)) {
    const put = (width: number) => {
      const other = whole(width, ranges.width);
      if (other !== stage.width) found.push(replaced(program, at, { ...stage, width: other }));
    };
    for (const power of [0.5, 1, 0.25, 2]) put(stage.width * factor ** power);
    for (const step of [1, 2, 4]) put(stage.width + (factor > 1 ? step : -step));
    for (const repeat of new Set([stage.repeat * factor, stage.repeat + Math.sign(factor - 1)])) {
      if (Math.round(repeat) >= 1) found.push(withRepeat(program, at, whole(repeat, ranges.repeat)));
    }
    if ("expansion" in stage) {
      const expansion = stage.block === "bottleneck" ? stage.expansion / factor : stage.expansion * factor;
      found.push(
        replaced(program, at, withSettings(stage, { expansion: whole(expansion, ranges.expansion) })),
      );
    }
    if ("kernel" in stage && stage.kernel > 1 && factor < 1)
      found.push(replaced(program, at, withSettings(stage, { kernel: Math.max(1, stage.kernel - 2) })));
    // What an MLP reads of a picture is most of its cost.
    if (stage.block === "mlp" && factor < 1)
      found.push(inserted(program, at, { kind: "pool", pool: "global" }));
    if (stage.block !== "mlp" && factor > 1) found.push(replaced(program, at, asBlock(stage, "mlp")));
  }
  if (program.stem)
    found.push({
      ...program,
      stem: { ...program.stem, width: whole(program.stem.width * factor, ranges.width) },
    });
  found.push(
    mapStages(program, (stage) => ({ ...stage, repeat: whole(stage.repeat * factor, ranges.repeat) })),
  );
  const { input } = program;
  if (input.kind === "features")
    found.push({
      ...program,
      input: { ...input, features: whole(input.features * factor, ranges.features) },
    });
  const { classes } = program.head;
  if (classes !== null)
    found.push({ ...program, head: { ...program.head, classes: whole(classes * factor, ranges.classes) } });
  if (factor > 1) {
    const layers = program.body.flatMap((line) => (line.kind === "stage" ? [asBlock(line, "mlp")] : []));
    found.push({ ...program, stem: null, body: layers });
  }
  found.push(...(factor < 1 ? shorter(program) : longer(program)));
  return found;
};

/** Smaller pictures cost less. */
export const costly: TreeEdits = (state, wanted) => {
  const { program } = state;
  const found = sized(state, wanted);
  const shrinks = wanted.aim < wanted.have;
  const stride = shrinks ? 2 : 1;
  for (const { at, stage } of stagesOf(program))
    found.push(replaced(program, at, withSettings(stage, { stride })));
  if (program.stem?.kind === "conv") found.push({ ...program, stem: { ...program.stem, stride } });
  program.body.forEach((line, at) => {
    if (shrinks) found.push(inserted(program, at, { kind: "pool", pool: "max", kernel: 2, stride: 2 }));
    else if (line.kind === "pool") found.push(replaced(program, at));
  });
  if (!shrinks) {
    // The same weights at every place of a picture, or for every token, cost more than once.
    const turned = (start: Program, block: "conv" | "transformer") =>
      mapStages(start, (stage) => (stage.block === "mlp" ? asBlock(stage, block) : stage));
    found.push(turned(program, "transformer"), turned(pictured(program), "conv"));
  }
  const { input } = program;
  if (input.kind === "picture") {
    const by = shrinks ? 0.5 : 2;
    const side = (pixels: number) => whole(pixels * by, ranges.pixels);
    found.push({ ...program, input: { ...input, height: side(input.height), width: side(input.width) } });
  }
  return found;
};
