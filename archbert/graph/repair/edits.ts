// The rewrites that may make a claim true: what a person would try first, and what else could help.
import type { Claim, FamilyName, Relation, Thing } from "../claims/claim";
import { families } from "../claims/claim";
import { familyMarks } from "../claims/families";
import type { Program, Stage } from "../language/program";
import {
  asBlock,
  inserted,
  isPictureBlock,
  mapStages,
  newStage,
  replaced,
  stagesOf,
  withSettings,
} from "../mutations/tree";
import { isAdjective, isType, wholeGoal, wordClaim } from "./distance";
import { familyProgram } from "./familyPrograms";
import { kernelSet, kernelsFrom, numberEdits } from "./numberEdits";
import { type State, stagesWith } from "./state";
import { longer, pictured, recounted, smallSteps, withStages, withWidths } from "./steps";
import { thingEdits } from "./thingEdits";

/** Trees that may need mending, and of which not all bring the claim nearer. */
export function editsFor(claim: Claim, state: State): Program[] {
  switch (claim.kind) {
    case "has":
      return claim.not ? taken(claim.thing, state) : given(claim.thing, state);
    case "count":
      return counted(claim.thing, claim.relation, claim.amount, state);
    case "more": {
      const { thing, than } = claim;
      const more = { value: state.known.occurrences(than).length, tolerance: 0 };
      const less = { value: state.known.occurrences(thing).length, tolerance: 0 };
      return [...counted(thing, ">", more, state), ...counted(than, "<", less, state)];
    }
    case "number":
      return numberEdits(claim, state);
    case "kernel":
      return kernel(claim, state);
    case "input":
      return input(claim, state);
    case "stages":
      return stages(claim, state);
    case "is":
      return is(claim, state);
  }
}

/** Things that only pictures have. */
const picturesOnly: ReadonlySet<Thing> = new Set<Thing>([
  "conv",
  "depthwiseConv",
  "pointwiseConv",
  "groupedConv",
  "stridedConv",
  "groupNorm",
  "sigmoid",
  "squeezeExcitation",
  "pool",
  "maxPool",
  "averagePool",
  "basicBlock",
  "bottleneck",
  "invertedResidual",
  "depthwiseSeparable",
  "patchEmbedding",
]);

function given(thing: Thing, { program }: State): Program[] {
  const ways = thingEdits[thing];
  if (!ways) return [];
  const base = picturesOnly.has(thing) ? pictured(program) : program;
  const found = [...(ways.giveAround?.(base) ?? [])];
  if (base === program && program.input.kind === "features")
    found.push(...(ways.giveAround?.(pictured(program)) ?? []));
  const { give } = ways;
  if (!give) return found;
  for (const { at, stage } of stagesOf(base))
    for (const one of give(stage)) found.push(replaced(base, at, one));
  const most = Math.max(0, ...stagesOf(base).map(({ stage }) => give(stage).length));
  for (let choice = 0; choice < most; choice++)
    found.push(mapStages(base, (stage) => give(stage)[choice] ?? stage));
  const width = stagesOf(base).at(-1)?.stage.width ?? 16;
  for (const like of [newStage("conv", width), newStage("mlp", width)])
    for (const one of give(like)) for (const at of [0, base.body.length]) found.push(inserted(base, at, one));
  return found;
}

function taken(thing: Thing, state: State): Program[] {
  const ways = thingEdits[thing];
  if (!ways) return [];
  const { program } = state;
  const inStages = stagesWith(thing, state);
  const found: Program[] = [];
  const { take = (stage: Stage) => [stage], takeAround = (each: Program) => [each] } = ways;
  const most = Math.max(1, ...stagesOf(program).map(({ stage }) => take(stage).length));
  for (let choice = 0; choice < most; choice++) {
    const change = (stage: Stage) => take(stage)[choice] ?? take(stage)[0] ?? stage;
    const there = mapStages(program, (stage, number) => (inStages.has(number) ? change(stage) : stage));
    found.push(there, ...takeAround(there), ...takeAround(mapStages(program, change)));
  }
  found.push(...takeAround(program));
  const without = program.body.filter((line, at) => {
    const number = stagesOf(program).find((placed) => placed.at === at)?.number;
    return line.kind !== "stage" || number === undefined || !inStages.has(number);
  });
  found.push({ ...program, body: without });
  return found;
}

function counted(
  thing: Thing,
  relation: Relation,
  amount: { value: number; tolerance: number },
  state: State,
): Program[] {
  const { program, known } = state;
  const have = known.occurrences(thing).length;
  const goal = wholeGoal(have, relation, amount);
  if (goal <= 0) return [...taken(thing, state), ...smallSteps(program)];
  const found = recounted(program, stagesWith(thing, state), goal - have);
  const ways = thingEdits[thing] ?? {};
  // What changes the whole at once stands among the first.
  const around = (goal > have ? ways.giveAround : ways.takeAround)?.(program) ?? [];
  found.splice(2, 0, ...around.slice(0, 2));
  if (goal > have) {
    const more = given(thing, state);
    found.push(...more);
    // A new stage that alone makes up for what is missing.
    const base = picturesOnly.has(thing) ? pictured(program) : program;
    const width = stagesOf(base).at(-1)?.stage.width ?? 16;
    for (const like of [newStage("conv", width), newStage("mlp", width)])
      for (const one of ways.give?.(like) ?? [])
        for (const at of [0, base.body.length])
          found.push(inserted(base, at, { ...one, repeat: Math.min(64, goal - have) }));
  } else {
    const inStages = stagesWith(thing, state);
    for (const { at, number, stage } of stagesOf(program)) {
      if (!inStages.has(number)) continue;
      for (const one of ways.take?.(stage) ?? []) found.push(replaced(program, at, one));
    }
    found.push(...around.slice(2));
  }
  return [...found, ...smallSteps(program)];
}

function kernel({ size, not, only }: Extract<Claim, { kind: "kernel" }>, state: State): Program[] {
  const { program } = state;
  const [edge = 3, other = edge] = size;
  // The language has square kernels only.
  if (edge !== other || size.length > 2) return [];
  const base = pictured(program);
  if (not && only) return kernelSet(program, edge === 3 ? 5 : 3);
  if (not) {
    const others = edge === 1 ? kernelsFrom(program, 3) : [];
    const swap = (to: number) => {
      const changed = mapStages(program, (stage) =>
        "kernel" in stage && stage.kernel === edge ? withSettings(stage, { kernel: to }) : stage,
      );
      const { stem } = changed;
      return stem && stem.kernel === edge ? { ...changed, stem: { ...stem, kernel: to } } : changed;
    };
    const swaps = [3, 5, 7].filter((to) => to !== edge).map(swap);
    return [...others, ...swaps, ...kernelsFrom(program, edge + 2), ...taken("conv", state)];
  }
  if (!only) return kernelSet(base, edge);
  const allOf = (start: Program): Program => {
    const changed = mapStages(start, (stage) =>
      "kernel" in stage ? withSettings(stage, { kernel: edge }) : stage,
    );
    const { stem } = changed;
    return stem ? { ...changed, stem: { ...stem, kernel: edge } } : changed;
  };
  const pointless = edge === 1 ? [base] : kernelsFrom(base, edge);
  const all = [...pointless, base].map(allOf);
  return [...all, ...all.flatMap((each) => kernelSet(each, edge).slice(0, 6))];
}

function input({ size, not }: Extract<Claim, { kind: "input" }>, { program }: State): Program[] {
  const [first = 32, second = first, third] = size;
  if (not) {
    const { input } = program;
    if (input.kind === "features") return [{ ...program, input: { ...input, features: input.features + 1 } }];
    return [{ ...program, input: { ...input, height: 2 * input.height, width: 2 * input.width } }];
  }
  if (size.length === 1) return [{ ...program, input: { kind: "features", features: first } }];
  const channels = third ?? (program.input.kind === "picture" ? program.input.channels : 3);
  return [{ ...program, input: { kind: "picture", height: first, width: second, channels } }];
}

function stages({ blocks, not }: Extract<Claim, { kind: "stages" }>, { program }: State): Program[] {
  if (not) return longer(program);
  const count = stagesOf(program).length;
  const starts = [withStages(program, blocks.length)];
  // Where there are too many, others may be left out as well as the last.
  if (count > blocks.length)
    for (const { at } of stagesOf(program)) starts.push(withStages(replaced(program, at), blocks.length));
  return starts.map((start) =>
    mapStages(start, (stage, number) => ({ ...stage, repeat: blocks[number - 1] ?? stage.repeat })),
  );
}

function is({ word, not }: Extract<Claim, { kind: "is" }>, state: State): Program[] {
  const { program } = state;
  if (isAdjective(word)) return numberEdits(wordClaim(word, not), state);
  if (isType(word)) return not || word === "hybrid" ? mixed(program) : typed(word, program);
  if (not) return smallSteps(program);
  const name = families.find((each) => each.toLowerCase() === word.toLowerCase());
  return name ? ofFamily(name, state) : [];
}

function typed(word: "convolutional" | "transformer" | "mlp" | "recurrent", program: Program): Program[] {
  const all = (start: Program, change: (stage: Stage) => Stage) => mapStages(start, change);
  const conv = (stage: Stage) => (isPictureBlock(stage.block) ? stage : asBlock(stage, "conv"));
  switch (word) {
    case "convolutional": {
      const base = pictured(program);
      const narrow = all(base, (stage) =>
        isPictureBlock(stage.block) ? stage : { ...stage, width: Math.max(1, stage.width >> 2) },
      );
      const wide = all(base, (stage) =>
        isPictureBlock(stage.block) ? { ...stage, width: stage.width * 2 } : stage,
      );
      const pooled = stagesOf(base)
        .filter(({ stage }) => stage.block === "mlp")
        .map(({ at }) => inserted(base, at, { kind: "pool", pool: "global" }));
      const convolved = all(base, conv);
      return [...pooled, narrow, wide, convolved, ...longer(convolved), ...eachStage(base, conv)];
    }
    case "transformer": {
      const turned = all(program, (stage) => asBlock(stage, "transformer"));
      const patched = [2, 4, 8].map(
        (kernel): Program => ({
          ...turned,
          stem: { kind: "patch", width: program.stem?.width ?? 32, kernel },
        }),
      );
      return [
        turned,
        { ...turned, stem: null },
        ...(program.input.kind === "picture" ? patched : []),
        ...longer(turned),
        ...eachStage(program, (stage) => asBlock(stage, "transformer")),
        inserted(program, program.body.length, newStage("transformer", 64, 2)),
        all(program, (stage) =>
          stage.block === "transformer" ? { ...stage, repeat: stage.repeat + 1 } : stage,
        ),
        all(program, (stage) =>
          stage.block === "transformer" ? stage : { ...stage, width: Math.max(1, stage.width >> 1) },
        ),
      ];
    }
    case "mlp": {
      const turned = all({ ...program, stem: null }, (stage) => asBlock(stage, "mlp"));
      return [
        turned,
        ...longer(turned),
        all({ ...program, stem: null }, (stage) =>
          stage.block === "mlp" ? { ...stage, width: stage.width * 2 } : stage,
        ),
        ...eachStage(program, (stage) => asBlock(stage, "mlp")),
        inserted(program, program.body.length, newStage("mlp", 256)),
      ];
    }
    // The language has no recurrent layers.
    case "recurrent":
      return [];
  }
}

/** Some of one kind, some of another, in many proportions. */
function mixed(program: Program): Program[] {
  const base = pictured(program);
  const found: Program[] = [];
  for (const start of [program, base])
    for (const block of ["conv", "mlp", "transformer"] as const)
      found.push(...eachStage(start, (stage) => asBlock(stage, block)));
  for (const stage of [
    newStage("mlp", 32),
    newStage("mlp", 128),
    newStage("transformer", 32),
    newStage("conv", 32),
  ])
    for (const at of [0, base.body.length]) found.push(inserted(base, at, stage));
  for (const factor of [0.5, 0.75, 1.5, 2])
    found.push(
      ...eachStage(base, (stage) => ({ ...stage, width: Math.max(1, Math.round(stage.width * factor)) })),
    );
  found.push(
    withWidths(base, (width) => width * 0.5),
    ...smallSteps(base),
  );
  return found;
}

function eachStage(program: Program, change: (stage: Stage) => Stage): Program[] {
  return stagesOf(program).map(({ at, stage }) => replaced(program, at, change(stage)));
}

/** A member of the family; or towards its marks: what it has, and what none of it has. */
function ofFamily(name: FamilyName, state: State): Program[] {
  const { program, known } = state;
  const { has, lacks } = familyMarks[name];
  const missing = has.filter((thing) => known.occurrences(thing).length === 0);
  const strange = lacks.filter((thing) => known.occurrences(thing).length > 0);
  const found = [
    ...members(name, program),
    ...missing.flatMap((thing) => given(thing, state)),
    ...strange.flatMap((thing) => taken(thing, state)),
  ];
  if (name === "MLP") found.push(...typed("mlp", program));
  return found.length > 0 ? found : smallSteps(program);
}

/** With the input, where that fits, and the head of the program; as wide as usual, and narrower. */
function members(name: FamilyName, { input, head }: Program): Program[] {
  const member = familyProgram(name);
  if (!member) return [];
  const base = { ...member, head, input: input.kind === member.input.kind ? input : member.input };
  return [1, 1 / 4, 1 / 16].map((factor) => withWidths(base, (width) => width * factor));
}
