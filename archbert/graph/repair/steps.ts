// Edits that many repairs share: a picture where there were features, more or fewer blocks, any small change.
import type { Program, Stage } from "../language/program";
import { blockNames, type NumberRange, norms, ranges } from "../language/vocabulary";
import {
  asBlock,
  inserted,
  isPictureBlock,
  mapStages,
  newStage,
  numberOf,
  pictureBlocks,
  replaced,
  type Settings,
  stagesOf,
  withSettings,
} from "../mutations/tree";
import { convStem } from "./thingEdits";

/** A network of pictures, where a claim speaks of what only those have. */
export function pictured(program: Program): Program {
  if (program.input.kind === "picture") return program;
  return { ...program, input: { kind: "picture", height: 32, width: 32, channels: 3 } };
}

/** Stages with another number of blocks, or without the stage where none is left. */
export function withRepeat(program: Program, at: number, repeat: number): Program {
  const stage = program.body[at];
  if (stage?.kind !== "stage") return program;
  return repeat >= 1 ? replaced(program, at, { ...stage, repeat }) : replaced(program, at);
}

/**
 * Repeats that bring a count, to which each block of a stage gives so much, from what it is to what it should be.
 *
 * @param counts what each stage gives in all, by its number
 */
export function recounted(program: Program, counts: ReadonlyMap<number, number>, missing: number): Program[] {
  return stagesOf(program).flatMap(({ at, number, stage }) => {
    const each = (counts.get(number) ?? 0) / stage.repeat;
    if (each === 0) return [];
    const steps = missing / each;
    const wanted = new Set([Math.floor(steps), Math.ceil(steps), Math.sign(steps)]);
    return [...wanted]
      .filter((step) => step !== 0)
      .map((step) => withRepeat(program, at, Math.max(0, stage.repeat + step)));
  });
}

/** Every small change of structure: what moves a count by one or two. */
export function smallSteps(program: Program): Program[] {
  const { stem, head, body } = program;
  const found: Program[] = [];
  const stages = stagesOf(program);
  stages.forEach(({ at, stage }, i) => {
    const put = (...lines: Stage[]) => found.push(replaced(program, at, ...lines));
    for (const step of [1, -1, 2])
      if (stage.repeat + step >= 1) put({ ...stage, repeat: stage.repeat + step });
    for (const block of blockNames) if (block !== stage.block) put(asBlock(stage, block));
    for (const norm of norms) put(withSettings(stage, { norm }));
    put(withSettings(stage, { dropout: stage.dropout === 0 ? 0.1 : 0 }));
    put(withSettings(stage, { se: numberOf(stage, "se") === 0 ? 4 : 0 }));
    put(withSettings(stage, { stride: numberOf(stage, "stride", 1) === 1 ? 2 : 1 }));
    put(withSettings(stage, { expansion: numberOf(stage, "expansion", 1) === 1 ? 4 : 1 }));
    // With the width of what comes before, a residual block needs no projection.
    const before = i === 0 ? stem?.width : stages[i - 1]?.stage.width;
    if (before !== undefined) put(withSettings({ ...stage, width: before }, { stride: 1 }));
    if (before === stage.width) put({ ...stage, width: stage.width + 8 });
    put();
    if (stage.repeat > 1)
      put({ ...stage, repeat: 1 }, withSettings({ ...stage, repeat: stage.repeat - 1 }, { stride: 1 }));
    put(stage, newStage(isPictureBlock(stage.block) ? "conv" : stage.block, stage.width));
    put(stage, newStage("mlp", Math.min(64, stage.width)));
  });
  for (const block of blockNames) found.push(mapStages(program, (stage) => asBlock(stage, block)));
  const forAll: Settings[] = [{ se: 4 }, { se: 0 }, { norm: "none" }, { norm: "batch" }];
  for (const settings of forAll) found.push(mapStages(program, (stage) => withSettings(stage, settings)));
  if (stages.length === 0) {
    for (const block of [...pictureBlocks, "mlp"] as const)
      found.push(inserted(program, body.length, newStage(block, 16)));
  }
  body.forEach((line, at) => {
    if (line.kind === "pool") found.push(replaced(program, at));
    found.push(inserted(program, at, { kind: "pool", pool: "max", kernel: 2, stride: 2 }));
  });
  found.push(inserted(program, body.length, { kind: "pool", pool: "global" }));
  if (stem) found.push({ ...program, stem: null });
  found.push({ ...program, stem: { ...convStem, width: stem?.width ?? 16 } });
  found.push({ ...program, stem: { ...convStem, width: stem?.width ?? 16, norm: "none" } });
  found.push({ ...program, stem: { kind: "patch", width: stem?.width ?? 16, kernel: 4 } });
  if (head.classes === null) found.push({ ...program, head: { ...head, classes: 10 } });
  else {
    found.push({ ...program, head: { ...head, dropout: head.dropout === 0 ? 0.2 : 0 } });
    found.push({ ...program, head: { classes: null, dropout: 0 } });
  }
  return found;
}

/** One stage more, like the last or like a plain layer. */
export function longer(program: Program): Program[] {
  const stages = stagesOf(program);
  const last = stages.at(-1)?.stage;
  const extra = [
    ...(last ? [withSettings({ ...last, repeat: 1 }, { stride: 1 })] : []),
    newStage(
      program.input.kind === "picture" && (!last || isPictureBlock(last.block)) ? "conv" : "mlp",
      last?.width ?? 16,
    ),
  ];
  const places = [0, ...stages.map(({ at }) => at + 1)];
  return extra.flatMap((stage) => places.map((at) => inserted(program, at, stage)));
}

/** One stage less, or two in one. */
export function shorter(program: Program): Program[] {
  return stagesOf(program).map(({ at }) => replaced(program, at));
}

/** The network has so many stages, each from the nearest that was there. */
export function withStages(program: Program, count: number): Program {
  let changed = program;
  for (let steps = 0; steps < 128; steps++) {
    const stages = stagesOf(changed);
    if (stages.length === count) break;
    const last = stages.at(-1);
    if (stages.length > count && last) changed = replaced(changed, last.at);
    else if (last) {
      const widest = stages.reduce((a, b) => (b.stage.repeat > a.stage.repeat ? b : a));
      changed =
        widest.stage.repeat > 1
          ? replaced(
              changed,
              widest.at,
              { ...widest.stage, repeat: Math.ceil(widest.stage.repeat / 2) },
              withSettings({ ...widest.stage, repeat: Math.floor(widest.stage.repeat / 2) }, { stride: 1 }),
            )
          : inserted(changed, last.at + 1, withSettings(last.stage, { stride: 1 }));
    } else {
      const block = program.input.kind === "picture" ? "conv" : "mlp";
      changed = inserted(changed, changed.body.length, newStage(block, program.stem?.width ?? 16));
    }
  }
  return changed;
}

/** The whole number of the range that is nearest. */
export function whole(value: number, { min, max }: NumberRange): number {
  return Math.min(max, Math.max(min, Math.round(value)));
}

/** Another width wherever there is one. */
export function withWidths(program: Program, change: (width: number) => number): Program {
  const to = (width: number) => whole(change(width), ranges.width);
  const { stem } = program;
  const changed = mapStages(program, (stage) => ({ ...stage, width: to(stage.width) }));
  return stem ? { ...changed, stem: { ...stem, width: to(stem.width) } } : changed;
}
