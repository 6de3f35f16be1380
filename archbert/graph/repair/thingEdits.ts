// How a program gets a thing, or loses it: per thing, variants of a stage and of the whole.
import type { Thing } from "../claims/claim";
import type { Program, Stage, Stem } from "../language/program";
import { type Activation, activations, type BlockName, type Norm, norms } from "../language/vocabulary";
import {
  asBlock,
  isPictureBlock,
  mapStages,
  newStage,
  numberOf,
  type Settings,
  stagesOf,
  withSettings,
  withSettingsForAll,
} from "../mutations/tree";

type OfStage = (stage: Stage) => readonly Stage[];
type OfProgram = (program: Program) => readonly Program[];

export interface ThingEdits {
  /** The stage with the thing, the nearest first. */
  give?: OfStage;
  /** The stage without it. */
  take?: OfStage;
  giveAround?: OfProgram;
  takeAround?: OfProgram;
}

const into =
  (...names: readonly BlockName[]): OfStage =>
  (stage) =>
    names.filter((name) => name !== stage.block).map((name) => asBlock(stage, name));
const settings =
  (...choices: readonly Settings[]): OfStage =>
  (stage) =>
    choices.map((choice) => withSettings(stage, choice));
const when =
  (test: (stage: Stage) => boolean, edit: OfStage): OfStage =>
  (stage) =>
    test(stage) ? edit(stage) : [stage];
const both =
  (...edits: readonly OfStage[]): OfStage =>
  (stage) =>
    edits.flatMap((edit) => edit(stage));
const then =
  (first: OfStage, second: OfStage): OfStage =>
  (stage) =>
    first(stage).flatMap((each) => second(each));
const is =
  (...names: readonly BlockName[]) =>
  (stage: Stage) =>
    names.includes(stage.block);

export type ConvStem = Extract<Stem, { kind: "conv" }>;

export const convStem: ConvStem = {
  kind: "conv",
  width: 16,
  kernel: 3,
  stride: 1,
  norm: "batch",
  activation: "relu",
};
const stemmed =
  (stem: Partial<ConvStem>): OfProgram =>
  (program) => [
    { ...program, stem: { ...convStem, ...(program.stem?.kind === "conv" ? program.stem : {}), ...stem } },
  ];
const patched =
  (...kernels: readonly number[]): OfProgram =>
  (program) =>
    kernels.map((kernel) => ({
      ...program,
      stem: { kind: "patch", width: program.stem?.width ?? 32, kernel },
    }));
const noStem: OfProgram = (program) => [{ ...program, stem: null }];
const noPools =
  (...kinds: readonly string[]): OfProgram =>
  (program) => [
    { ...program, body: program.body.filter((line) => line.kind !== "pool" || !kinds.includes(line.pool)) },
  ];
const pooled =
  (pool: "max" | "average"): OfProgram =>
  ({ body, ...rest }) =>
    Array.from({ length: body.length + 1 }, (_, at) => ({
      ...rest,
      body: [...body.slice(0, at), { kind: "pool", pool, kernel: 2, stride: 2 }, ...body.slice(at)],
    }));
const forAll =
  (...choices: readonly Settings[]): OfProgram =>
  (program) =>
    choices.map((choice) => withSettingsForAll(program, choice));
const withoutHead: OfProgram = (program) => [{ ...program, head: { classes: null, dropout: 0 } }];
const flattenedEnd: OfProgram = (program) => [{ ...program, body: [...program.body, newStage("mlp", 32)] }];
const around =
  (...edits: readonly OfProgram[]): OfProgram =>
  (program) =>
    edits.flatMap((edit) => edit(program));
const inTurn =
  (...edits: readonly OfProgram[]): OfProgram =>
  (program) =>
    edits.reduce<readonly Program[]>((list, edit) => list.flatMap((each) => edit(each)), [program]);

const toPlain = into("conv", "mlp");
const noGate = settings({ se: 0 });
const noGates = forAll({ se: 0 });

function ofNorm(norm: Norm): ThingEdits {
  const others = norms.filter((each) => each !== norm).map((each) => ({ norm: each }));
  return {
    give: both(settings({ norm }), then(into("conv", "mlp"), settings({ norm }))),
    take: settings(...others),
    giveAround: forAll({ norm }),
    takeAround: forAll(...others),
  };
}

function ofActivation(activation: Activation): ThingEdits {
  const others = activations.filter((each) => each !== activation).map((each) => ({ activation: each }));
  const take = settings(...others);
  const takeAround = forAll(...others);
  // The gate of a squeeze-and-excitation has a ReLU of its own.
  if (activation === "relu")
    return {
      give: both(settings({ activation }), settings({ se: 4 })),
      take: then(noGate, take),
      giveAround: forAll({ activation }),
      takeAround: inTurn(noGates, takeAround),
    };
  return { give: settings({ activation }), take, giveAround: forAll({ activation }), takeAround };
}

const pointed = (stage: Stage) => is("inverted", "separable", "bottleneck", "residual")(stage);

export const thingEdits: Partial<Record<Thing, ThingEdits>> = {
  conv: {
    give: into("conv", "residual", "separable", "inverted"),
    take: when(({ block }) => isPictureBlock(block), into("mlp", "transformer")),
    giveAround: stemmed({}),
    takeAround: noStem,
  },
  depthwiseConv: {
    give: into("inverted", "separable"),
    take: when(
      is("inverted", "separable", "conv"),
      both(
        then(into("residual", "bottleneck"), (stage) => [stage]),
        (stage) => [withSettings(asBlock(stage, "conv"), { groups: 1 })],
      ),
    ),
  },
  pointwiseConv: {
    give: both(into("bottleneck", "inverted", "separable"), (stage) => [
      withSettings(asBlock(stage, "conv"), { kernel: 1 }),
    ]),
    take: (stage) => {
      const plain = pointed(stage) ? asBlock(stage, "conv") : stage;
      const kernel = Math.max(3, numberOf(plain, "kernel", 3));
      return [withSettings(plain, { se: 0, kernel }), ...into("mlp", "transformer")(stage)];
    },
    giveAround: stemmed({ kernel: 1 }),
    takeAround: (program) => {
      const { stem } = program;
      return [stem && stem.kernel === 1 ? { ...program, stem: { ...stem, kernel: 3 } } : program];
    },
  },
  groupedConv: {
    give: (stage) =>
      [2, 4].flatMap((groups) => [
        withSettings(asBlock(stage, "bottleneck"), { groups }),
        withSettings(asBlock({ ...stage, width: 4 * Math.ceil(stage.width / 4) }, "conv"), { groups }),
      ]),
    take: settings({ groups: 1 }),
  },
  stridedConv: {
    give: both(settings({ stride: 2 }), then(into("conv", "residual"), settings({ stride: 2 }))),
    take: settings({ stride: 1 }),
    giveAround: stemmed({ stride: 2 }),
    takeAround: (program) =>
      program.stem ? [...stemmed({ stride: 1 })(program), ...noStem(program)] : [program],
  },
  linear: {
    give: into("mlp", "transformer"),
    take: into("conv", "residual"),
    giveAround: around(flattenedEnd, (program) => [
      { ...program, head: { ...program.head, classes: program.head.classes ?? 10 } },
    ]),
    takeAround: withoutHead,
  },
  attention: { give: into("transformer"), take: into("conv", "residual", "mlp"), giveAround: patched(4, 2) },
  transformerBlock: {
    give: into("transformer"),
    take: into("conv", "residual", "mlp"),
    giveAround: patched(4, 2),
  },
  normalization: {
    give: settings({ norm: "batch" }, { norm: "layer" }),
    take: settings({ norm: "none" }),
    giveAround: forAll({ norm: "batch" }, { norm: "layer" }),
    takeAround: forAll({ norm: "none" }),
  },
  batchNorm: ofNorm("batch"),
  layerNorm: ofNorm("layer"),
  groupNorm: ofNorm("group"),
  activation: {
    give: toPlain,
    giveAround: stemmed({}),
    takeAround: around(
      ...[2, 4].map(
        (kernel): OfProgram =>
          (program) => [...patched(kernel)({ ...program, body: [] }), { ...program, stem: null, body: [] }],
      ),
    ),
  },
  ...(Object.fromEntries(activations.map((name) => [name, ofActivation(name)])) as Record<
    Activation,
    ThingEdits
  >),
  sigmoid: { give: then(into("conv", "residual"), settings({ se: 4 })), take: noGate, takeAround: noGates },
  squeezeExcitation: {
    give: both(settings({ se: 4 }), then(into("conv", "residual", "inverted"), settings({ se: 4 }))),
    take: noGate,
    takeAround: noGates,
  },
  pool: {
    giveAround: around(pooled("max"), pooled("average")),
    takeAround: inTurn(noGates, noPools("max", "average", "global"), around(flattenedEnd, withoutHead)),
  },
  maxPool: { giveAround: pooled("max"), takeAround: noPools("max") },
  averagePool: { giveAround: pooled("average"), takeAround: noPools("average") },
  globalPool: {
    give: settings({ se: 4 }),
    take: noGate,
    giveAround: around(
      (program) => [{ ...program, body: [...program.body, { kind: "pool", pool: "global" }] }],
      (program) => [
        { ...program, body: program.body.filter((line) => line.kind === "pool" || line.block !== "mlp") },
      ],
      (program) => {
        const at = program.body.findIndex((line) => line.kind === "stage" && line.block === "mlp");
        const before = at < 0 ? program.body.length : at;
        return [
          {
            ...program,
            body: [
              ...program.body.slice(0, before),
              { kind: "pool", pool: "global" },
              ...program.body.slice(before),
            ],
          },
        ];
      },
    ),
    takeAround: inTurn(
      noGates,
      noPools("global"),
      around((program) => [program], flattenedEnd, withoutHead),
    ),
  },
  dropout: {
    give: settings({ dropout: 0.1 }, { dropout: 0.2 }),
    take: settings({ dropout: 0 }),
    giveAround: (program) =>
      program.head.classes === null ? [] : [{ ...program, head: { ...program.head, dropout: 0.2 } }],
    takeAround: (program) => [
      withSettingsForAll({ ...program, head: { ...program.head, dropout: 0 } }, { dropout: 0 }),
    ],
  },
  residual: {
    give: both(into("residual", "bottleneck", "transformer"), (stage) => [
      { ...asBlock(stage, "inverted"), repeat: Math.max(2, stage.repeat) },
    ]),
    take: into("conv", "separable", "mlp"),
    // An inverted block adds what it began with where neither width nor resolution changes.
    giveAround: (program) => [
      mapStages(program, (stage) => ({ ...stage, width: stagesOf(program)[0]?.stage.width ?? stage.width })),
    ],
    takeAround: (program) => [
      mapStages(program, (stage, number) => ({ ...stage, width: stage.width + 8 * number })),
    ],
  },
  basicBlock: {
    give: then(
      both(into("residual"), (stage) => [stage]),
      (stage) => [withSettings(stage, { kernel: Math.max(3, numberOf(stage, "kernel", 3)) })],
    ),
    take: into("conv", "bottleneck", "inverted", "separable"),
  },
  bottleneck: {
    give: (stage) => [
      withSettings(asBlock({ ...stage, width: Math.max(8, stage.width) }, "bottleneck"), {
        expansion: 4,
        kernel: Math.max(3, numberOf(stage, "kernel", 3)),
      }),
    ],
    take: into("residual", "conv", "separable"),
  },
  invertedResidual: { give: into("inverted"), take: into("residual", "conv", "bottleneck") },
  depthwiseSeparable: { give: into("separable", "inverted"), take: into("conv", "residual", "bottleneck") },
  patchEmbedding: { giveAround: patched(4, 2, 8), takeAround: around(stemmed({}), noStem) },
};
