// How a program gets another number: per quantity, the edits that lead there.
import type { Claim, Quantity } from "../claims/claim";
import { holdsWeights } from "../facts/view";
import type { Program, Stem } from "../language/program";
import {
  asBlock,
  inserted,
  mapStages,
  newStage,
  pictureBlocks,
  replaced,
  stagesOf,
  withSettings,
  withSettingsForAll,
} from "../mutations/tree";
import { wholeGoal } from "./distance";
import { costly, type Edits, sized } from "./sizeEdits";
import { perStage, type State, stageOf } from "./state";
import {
  longer,
  pictured,
  recounted,
  shorter,
  smallSteps,
  withRepeat,
  withStages,
  withWidths,
} from "./steps";
import { type ConvStem, convStem, thingEdits } from "./thingEdits";

type NumberClaim = Extract<Claim, { kind: "number" }>;

/** Rewrites that may bring the number nearer to what is claimed; trees that may need mending. */
export function numberEdits(claim: NumberClaim, state: State): Program[] {
  const { quantity, relation, amount } = claim;
  const { value } = state.known.measure(quantity, claim.stage);
  const have = value ?? 0;
  // What is not there yet may be as large as is claimed.
  const goal = wholeGoal(value ?? amount.value, relation, amount);
  // A little past a bound, so that what else is changed does not cross it again.
  const aim =
    relation === "<" || relation === "<="
      ? goal * 0.95
      : relation === ">" || relation === ">="
        ? goal * 1.05
        : amount.value;
  return edits[quantity](state, { have, goal, aim, stage: claim.stage ?? 0 });
}

const deep: Edits = ({ program, known }, { have, goal }) => {
  const layers = known.graph.nodes.filter(holdsWeights).map(({ id }) => id);
  const counts = new Map([...perStage(layers)]);
  return [...recounted(program, counts, goal - have), ...smallSteps(program)];
};

const counted: Edits = ({ program, known }, { have, goal }) => {
  const ids = known.graph.nodes.map(({ id }) => id);
  return [...recounted(program, perStage(ids), goal - have), ...smallSteps(program)];
};

const wide: Edits = ({ program, known }, { have, goal }) => {
  const { nodes } = known.measure("widest");
  const found: Program[] = [];
  if (goal < have) {
    const clamp = (width: number) => Math.min(width, goal);
    const within = mapStages(withWidths(program, clamp), (stage) => {
      const inner = "expansion" in stage && stage.block !== "bottleneck" ? stage.expansion : 1;
      return { ...stage, width: Math.max(1, Math.floor(stage.width / inner)) };
    });
    // Inverted blocks widen what comes before them; without expansion nothing is wider than the widths written.
    const flat = withSettingsForAll(withWidths(program, clamp), { expansion: 1 });
    found.push(
      withWidths(program, clamp),
      flat,
      within,
      withWidths(within, (width) => Math.max(1, width / 2)),
    );
    found.push(withWidths(flat, (width) => (width === Math.min(goal, width) ? width : goal)));
  }
  const numbers = new Set(nodes.map(stageOf));
  for (const { at, number, stage } of stagesOf(program)) {
    const put = (width: number, expansion?: number) =>
      found.push(
        replaced(
          program,
          at,
          withSettings({ ...stage, width }, expansion === undefined ? {} : { expansion }),
        ),
      );
    put(goal);
    put(goal, 1);
    if (stage.block === "transformer" || stage.block === "inverted")
      for (const expansion of [2, 3, 4, 6]) if (goal % expansion === 0) put(goal / expansion, expansion);
    if (numbers.has(number)) put(Math.max(1, Math.round((stage.width * goal) / Math.max(1, have))));
  }
  if (program.stem) found.push({ ...program, stem: { ...program.stem, width: goal } });
  const end = program.body.length;
  found.push(inserted(program, end, newStage("mlp", goal)), inserted(program, end, newStage("conv", goal)));
  return found;
};

const largest: Edits = ({ program }, { goal, have }) => {
  const base = pictured(program);
  const limit = (kernel: number) => Math.min(kernel, goal);
  const found: Program[] = [];
  if (have > goal) {
    const { stem } = base;
    const limited = mapStages(base, (stage) =>
      "kernel" in stage ? withSettings(stage, { kernel: limit(stage.kernel) }) : stage,
    );
    found.push(stem ? { ...limited, stem: { ...stem, kernel: limit(stem.kernel) } } : limited);
  }
  found.push(...kernelSet(base, goal));
  return found;
};

/** One line with a kernel of the size. */
export function kernelSet(program: Program, size: number): Program[] {
  const found: Program[] = [];
  for (const { at, stage } of stagesOf(program)) {
    if ("kernel" in stage) found.push(replaced(program, at, withSettings(stage, { kernel: size })));
    else found.push(replaced(program, at, withSettings(asBlock(stage, "conv"), { kernel: size })));
  }
  const { stem } = program;
  if (stem && (stem.kind === "patch" || size <= 11))
    found.push({ ...program, stem: { ...stem, kernel: size } });
  if (size <= 11) {
    found.push({ ...program, stem: { ...convStem, width: stem?.width ?? 16, kernel: size } });
    found.push(inserted(program, program.body.length, newStage("conv", 16, 1, { kernel: size })));
    found.push(inserted(program, 0, newStage("conv", 16, 1, { kernel: size })));
  } else if (size <= 64)
    found.push({ ...program, stem: { kind: "patch", width: stem?.width ?? 32, kernel: size } });
  return found;
}

/** No convolution smaller than this: no pointwise ones, and every kernel at least so large. */
export function kernelsFrom(program: Program, least: number): Program[] {
  const take = thingEdits.pointwiseConv?.take;
  return [0, 1, 2].map((choice) => {
    const plain = mapStages(program, (stage) => {
      const variants = take?.(stage) ?? [stage];
      const one = variants[choice] ?? variants[0] ?? stage;
      return "kernel" in one ? withSettings(one, { kernel: Math.max(least, one.kernel) }) : one;
    });
    const { stem } = plain;
    return stem ? { ...plain, stem: { ...stem, kernel: Math.max(least, stem.kernel) } } : plain;
  });
}

const smallest: Edits = ({ program }, { goal, have }) => {
  const base = pictured(program);
  if (have > goal || have === 0) return kernelSet(base, goal);
  const from = kernelsFrom(base, goal);
  return [...from, ...from.flatMap((each) => kernelSet(each, goal))];
};

/** The first convolution: the stem's, or where there is none the first stage's. */
const first =
  (change: (stem: Stem, goal: number) => Stem[], name: "kernel" | "stride" | "width"): Edits =>
  ({ program }, { goal }) => {
    const base = pictured(program);
    const stem = base.stem ?? convStem;
    const found: Program[] = change(stem, goal).map((each) => ({ ...base, stem: each }));
    const [stage] = stagesOf(base);
    if (stage && base.stem === null) {
      const blocks = ["conv", "residual"] as const;
      for (const each of [stage.stage, ...blocks.map((block) => asBlock(stage.stage, block))])
        found.push(
          replaced(
            base,
            stage.at,
            name === "width" ? { ...each, width: goal } : withSettings(each, { [name]: goal }),
          ),
        );
    }
    return found;
  };

const conv = (stem: Stem): ConvStem => (stem.kind === "conv" ? stem : { ...convStem, width: stem.width });

const inputSide =
  (name: "height" | "width" | "channels"): Edits =>
  ({ program }, { goal }) => {
    const base = pictured(program);
    return base.input.kind === "picture" ? [{ ...base, input: { ...base.input, [name]: goal } }] : [];
  };

const pictureSides = [16, 28, 32, 48, 64, 96, 128, 224];

/** Strides and poolings that together make the picture smaller by the factor, and a picture that they divide. */
const downsampled: Edits = ({ program }, { goal }) => {
  const base = pictured(program);
  const flat = withSettingsForAll(
    { ...base, body: base.body.filter((line) => line.kind !== "pool" || line.pool === "global") },
    { stride: 1 },
  );
  const width = flat.stem?.width ?? 32;
  const stemmed = flat.stem?.kind === "patch" ? { ...flat, stem: conv(flat.stem) } : flat;
  const patches = divisorsOf(goal).filter((kernel) => kernel > 1 && kernel <= 64);
  const patched = patches.map((kernel): Program => ({ ...flat, stem: { kind: "patch", width, kernel } }));
  const starts =
    flat.stem?.kind === "patch" ? [...patched.reverse(), flat, stemmed] : [stemmed, ...patched.reverse()];
  const found = starts.flatMap((start) => {
    const factors = factorsOf(
      Math.max(1, Math.round(goal / (start.stem?.kind === "patch" ? start.stem.kernel : 1))),
    );
    return [0, 1, 2, 64].map((shift) => strided(start, factors, shift));
  });
  const fitting = found.flatMap((each) => {
    if (each.input.kind !== "picture") return [];
    const { height, width } = each.input;
    const fit = (side: number) => Math.min(512, goal * Math.max(1, Math.round(side / goal)));
    const small = fit(32);
    return [
      { ...each, input: { ...each.input, height: fit(height), width: fit(width) } },
      // Attention looks over few places only.
      { ...each, input: { ...each.input, height: small, width: small } },
    ];
  });
  const resized = pictureSides.map(
    (side): Program =>
      base.input.kind === "picture" ? { ...base, input: { ...base.input, height: side, width: side } } : base,
  );
  return [...found.slice(0, 2), ...fitting.slice(0, 2), ...found.slice(2), ...fitting.slice(2), ...resized];
};

function divisorsOf(product: number): number[] {
  return Array.from({ length: Math.max(1, product) }, (_, i) => i + 1).filter((n) => product % n === 0);
}

/** The strides, one a stage from `shift` on, those that are left as pooling before the first. */
function strided(program: Program, factors: number[], shift: number): Program {
  const left = [...factors];
  let changed = mapStages(program, (stage, number) => {
    const canStride = pictureBlocks.some((block) => block === stage.block);
    const factor = number > shift && canStride && (left[0] ?? 9) <= 4 ? left.shift() : undefined;
    return factor === undefined ? stage : withSettings(stage, { stride: factor });
  });
  for (const stride of left)
    changed = inserted(changed, 0, {
      kind: "pool",
      pool: "max",
      kernel: Math.min(11, Math.max(2, stride)),
      stride,
    });
  return changed;
}

function factorsOf(product: number): number[] {
  const factors: number[] = [];
  let rest = product;
  for (const prime of [2, 3, 5, 7]) {
    while (rest % prime === 0 && rest > 1) {
      factors.push(prime);
      rest /= prime;
    }
  }
  // What no stride makes exactly, halving makes nearly.
  while (rest > 1.5) {
    factors.push(2);
    rest /= 2;
  }
  return factors;
}

/** The stage, made first where it is not there. */
const oneStage =
  (change: (program: Program, at: number, goal: number) => Program[]): Edits =>
  ({ program }, { goal, stage }) => {
    const enough = withStages(program, Math.max(stagesOf(program).length, stage, 1));
    const placed = stage === 0 ? stagesOf(enough).at(-1) : stagesOf(enough)[stage - 1];
    return placed ? change(enough, placed.at, goal) : [];
  };

const edits: Record<Quantity, Edits> = {
  parameters: sized,
  bytes: sized,
  multiplyAdds: costly,
  depth: deep,
  ops: counted,
  stages: ({ program }, { goal }) => [withStages(program, goal), ...longer(program), ...shorter(program)],
  blocks: ({ program }, { have, goal }) => {
    const ones = new Map(stagesOf(program).map(({ number, stage }) => [number, stage.repeat]));
    return [...recounted(program, ones, goal - have), ...longer(program), ...shorter(program)];
  },
  widest: wide,
  largestKernel: largest,
  smallestKernel: smallest,
  stemKernel: first((stem, kernel) => {
    const patch: Stem[] =
      stem.kind === "patch" || kernel > 11 ? [{ kind: "patch", width: stem.width, kernel }] : [];
    return kernel <= 11 ? [...patch, { ...conv(stem), kernel }] : patch;
  }, "kernel"),
  stemStride: first((stem, stride) => {
    const patch: Stem = { kind: "patch", width: stem.width, kernel: stride };
    return stride <= 4 ? [{ ...conv(stem), stride }, patch] : [patch];
  }, "stride"),
  stemWidth: first((stem, width) => [{ ...stem, width }], "width"),
  heads: ({ program }, { goal }) => {
    if (goal === 0)
      return ["conv", "mlp"].map((block) =>
        mapStages(program, (stage) =>
          stage.block === "transformer" ? asBlock(stage, block as "conv" | "mlp") : stage,
        ),
      );
    const headed = (stage: ReturnType<typeof asBlock>) =>
      withSettings({ ...stage, width: goal * Math.max(1, Math.round(stage.width / goal)) }, { heads: goal });
    const all = mapStages(program, (stage) => (stage.block === "transformer" ? headed(stage) : stage));
    const some = stagesOf(program).map(({ at, stage }) =>
      replaced(program, at, headed(asBlock(stage, "transformer"))),
    );
    return [all, ...some, inserted(program, program.body.length, headed(newStage("transformer", 4 * goal)))];
  },
  downsampling: downsampled,
  classes: ({ program }, { goal }) => [{ ...program, head: { ...program.head, classes: Math.max(1, goal) } }],
  inputHeight: inputSide("height"),
  inputWidth: inputSide("width"),
  inputChannels: inputSide("channels"),
  inputFeatures: ({ program }, { goal }) => [{ ...program, input: { kind: "features", features: goal } }],
  stageWidth: oneStage((program, at, width) => {
    const stage = program.body[at];
    if (stage?.kind !== "stage") return [];
    // Where a picture is too large for the width, it is made smaller before.
    const pool = { kind: "pool", pool: "max", kernel: 2, stride: 2 } as const;
    return [replaced(program, at, { ...stage, width }), replaced(program, at, pool, { ...stage, width })];
  }),
  stageBlocks: oneStage((program, at, repeat) => [withRepeat(program, at, Math.max(1, repeat))]),
};
