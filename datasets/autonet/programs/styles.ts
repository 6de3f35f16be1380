// Styles of design: what people build, as skeletons whose widths are still to be scaled. To add one: one function here.
import type { Activation, BlockName, Norm, Program, Rng } from "../../../archbert/graph";
import { type Classic, classics, dropouts, features, growths, pictures, repeats } from "./sizes";

/** A program whose widths are shares of a base width; lines as the language has them, but loosely typed. */
export interface Skeleton {
  input: Program["input"];
  stem: Loose | null;
  body: Loose[];
  dropout: number;
  /** Widths are not scaled further: a network with a name. */
  fixed?: boolean;
}

export type Loose = { kind: string; width?: number } & Record<string, number | string | undefined>;

type Style = (rng: Rng) => Skeleton;

const picture = (rng: Rng, least = 1): Program["input"] => {
  const fitting = pictures.filter(([height, width]) => Math.min(height, width) >= least);
  // The first of the table are the commonest.
  const [height, width, channels] = rng.pick(rng.chance(0.6) ? fitting.slice(0, 9) : fitting);
  return { kind: "picture", height, width, channels };
};
const vector = (rng: Rng): Program["input"] => ({ kind: "features", features: rng.pick(features) });
const sides = (input: Program["input"]) =>
  input.kind === "picture" ? Math.min(input.height, input.width) : 1;
const dropout = (rng: Rng, probability: number) => (rng.chance(probability) ? rng.pick(dropouts) : 0);

function activation(rng: Rng, usual: Activation): Activation {
  if (rng.chance(0.6)) return usual;
  return rng.pick(["relu", "gelu", "silu", "hardSwish", "leakyRelu", "elu", "relu6", "tanh"] as const);
}

function norm(rng: Rng, usual: Norm = "batch"): Norm {
  if (rng.chance(0.72)) return usual;
  return rng.pick(["batch", "group", "layer", "none"] as const);
}

/** Settings that one block kind takes, the same for all stages, as a designer would choose them. */
export function settings(rng: Rng, block: BlockName): Record<string, number | string> {
  const drop = dropout(rng, 0.12);
  if (block === "mlp") {
    return {
      norm: rng.pick(["none", "none", "batch", "layer"]),
      activation: activation(rng, "relu"),
      dropout: dropout(rng, 0.3),
    };
  }
  if (block === "transformer") {
    return {
      expansion: rng.pick([4, 4, 4, 2, 2, 3, 1]),
      norm: rng.chance(0.92) ? "layer" : "none",
      activation: activation(rng, "gelu"),
      dropout: dropout(rng, 0.25),
    };
  }
  const shared = {
    kernel: rng.chance(0.72) ? 3 : rng.pick([5, 7, 5, 1, 9]),
    se: rng.chance(block === "inverted" ? 0.4 : 0.15) ? rng.pick([4, 8, 16, 2]) : 0,
    norm: norm(rng),
    activation: activation(rng, block === "inverted" ? "relu6" : "relu"),
    dropout: drop,
  };
  if (block === "inverted") return { ...shared, expansion: rng.pick([6, 4, 3, 2, 6]) };
  if (block === "bottleneck") {
    const grouped = rng.chance(0.25);
    return {
      ...shared,
      expansion: grouped ? 2 : rng.pick([4, 4, 2]),
      groups: grouped ? rng.pick([4, 8, 16, 32]) : 1,
    };
  }
  if (block === "conv" && rng.chance(0.08)) return { ...shared, groups: rng.pick([2, 4]) };
  return shared;
}

/** How many stages fit while the picture still has places, and how they repeat. */
function rhythm(rng: Rng, side: number, blocks: number): number[] {
  const most = Math.max(1, Math.min(6, Math.floor(Math.log2(Math.max(2, side)))));
  const count = Math.min(most, rng.pick([1, 2, 3, 3, 4, 4, 5, 6]));
  const fitting = (repeats[count] ?? [[1]]).filter((list) => list.reduce((a, b) => a + b, 0) <= blocks);
  return [...rng.pick(fitting.length > 0 ? fitting : [Array<number>(count).fill(1)])];
}

function convStem(rng: Rng, side: number): Loose {
  const large = side >= 96;
  return {
    kind: "conv",
    width: rng.pick([1, 1, 0.5]),
    kernel: large ? rng.pick([7, 3, 3, 5]) : rng.pick([3, 3, 3, 5, 7]),
    stride: large ? 2 : rng.chance(0.15) && side >= 24 ? 2 : 1,
  };
}

/** Stages of one block kind that grow wider as the picture gets smaller. */
function pyramid(block: BlockName, { most = 16, stem = 0.85, pooled = 0.12 } = {}): Style {
  return (rng) => {
    const input = picture(rng);
    const side = sides(input);
    const options = settings(rng, block);
    const grow = rng.pick(growths);
    const byPool = rng.chance(pooled);
    const first = rng.chance(stem) ? convStem(rng, side) : null;
    if (first) Object.assign(first, { norm: options.norm, activation: options.activation });
    const body: Loose[] = [];
    if (first && first.stride === 2 && side >= 64 && rng.chance(0.4)) {
      body.push({
        kind: "pool",
        pool: rng.chance(0.9) ? "max" : "average",
        kernel: rng.pick([3, 2]),
        stride: 2,
      });
    }
    for (const [i, repeat] of rhythm(rng, side, most).entries()) {
      const shrinks = i > 0 || (first === null && side >= 32);
      if (shrinks && byPool) body.push({ kind: "pool", pool: "max", kernel: 2, stride: 2 });
      body.push({
        kind: "stage",
        repeat,
        block,
        width: grow(i),
        ...options,
        ...(block === "mlp" || block === "transformer" ? {} : { stride: shrinks && !byPool ? 2 : 1 }),
      });
    }
    return { input, stem: first, body, dropout: dropout(rng, 0.2) };
  };
}

/** Plain convolutions, pooling, and perhaps linear layers at the end. */
const vgg: Style = (rng) => {
  const input = picture(rng);
  const options = settings(rng, "conv");
  const grow = rng.pick(growths);
  const body: Loose[] = [];
  const pool = rng.chance(0.85) ? "max" : "average";
  const rows = rhythm(rng, sides(input), 14);
  for (const [i, repeat] of rows.entries()) {
    body.push({ kind: "stage", repeat, block: "conv", width: grow(i), ...options });
    if (i < rows.length - 1 || rng.chance(0.7)) body.push({ kind: "pool", pool, kernel: 2, stride: 2 });
  }
  if (rng.chance(0.5)) {
    if (rng.chance(0.4)) body.push({ kind: "pool", pool: "global" });
    const { activation } = options;
    body.push({
      kind: "stage",
      repeat: rng.pick([1, 1, 2]),
      block: "mlp",
      width: 2 * grow(rows.length - 1),
      activation,
      norm: "none",
      dropout: dropout(rng, 0.5),
    });
  }
  return { input, stem: null, body, dropout: dropout(rng, 0.25) };
};

const vit: Style = (rng) => {
  const input = picture(rng, 8);
  const side = sides(input);
  const fitting = [2, 4, 7, 8, 14, 16, 32].filter((size) => side / size >= 2 && side / size <= 32);
  const stem = { kind: "patch", width: 1, kernel: rng.pick(fitting.length > 0 ? fitting : [2]) };
  const repeat = rng.pick([1, 2, 3, 4, 6, 8, 12]);
  return {
    input,
    stem,
    body: [{ kind: "stage", repeat, block: "transformer", width: 1, ...settings(rng, "transformer") }],
    dropout: dropout(rng, 0.2),
  };
};

const mlp: Style = (rng) => {
  const input = rng.chance(0.75) ? vector(rng) : picture(rng);
  const options = settings(rng, "mlp");
  const shapes = [[1], [1, 1], [1, 0.5], [1, 0.5, 0.25], [2, 1], [1, 2, 1], [1, 1, 1, 1], [4, 2, 1]];
  const body = rng.pick(shapes).map(
    (width): Loose => ({
      kind: "stage",
      repeat: rng.pick([1, 1, 1, 2, 3]),
      block: "mlp",
      width,
      ...options,
    }),
  );
  return { input, stem: null, body, dropout: dropout(rng, 0.1) };
};

/** A transformer over the columns of a table. */
const tabular: Style = (rng) => ({
  input: { kind: "features", features: rng.pick(features.filter((n) => n <= 256)) },
  stem: null,
  body: [
    {
      kind: "stage",
      repeat: rng.pick([1, 2, 3, 4, 6]),
      block: "transformer",
      width: 1,
      ...settings(rng, "transformer"),
    },
  ],
  dropout: dropout(rng, 0.2),
});

/** Convolutions first, then attention. */
const hybrid: Style = (rng) => {
  const block = rng.pick(["conv", "residual", "inverted", "separable", "bottleneck"] as const);
  const skeleton = pyramid(block, { most: 8 })(rng);
  const width = Math.max(...skeleton.body.map((line) => line.width ?? 0)) * rng.pick([1, 1, 2]);
  const side = sides(skeleton.input);
  if (side >= 96) skeleton.body.push({ kind: "pool", pool: "average", kernel: 2, stride: 2 });
  skeleton.body.push({
    kind: "stage",
    repeat: rng.pick([1, 2, 2, 3, 4]),
    block: "transformer",
    width,
    ...settings(rng, "transformer"),
  });
  return skeleton;
};

/** Each stage as it comes. */
const mixed: Style = (rng) => {
  const skeleton = pyramid(rng.pick(["conv", "residual"]), { most: 12, pooled: 0.3 })(rng);
  const kinds = ["conv", "residual", "bottleneck", "inverted", "separable"] as const;
  const body = skeleton.body.map((line): Loose => {
    if (line.kind !== "stage") return line;
    const block = rng.pick(kinds);
    const { repeat, width, stride } = line;
    return { kind: "stage", repeat, block, width, ...settings(rng, block), stride };
  });
  if (rng.chance(0.15))
    body.push({ kind: "stage", repeat: 1, block: "mlp", width: 2, ...settings(rng, "mlp") });
  return { ...skeleton, body };
};

function classic(rng: Rng): Skeleton {
  const { stem, pool, block, settings: shared, stages, last }: Classic = rng.pick(classics);
  const scale = rng.pick([1, 1, 1, 0.5, 0.25, 0.75]);
  const wide = (width: number) => Math.max(8, Math.round((width * scale) / 8) * 8);
  const body = stages.map(([repeat, width, stride, more]): Loose => {
    return { kind: "stage", repeat, block, width: wide(width), stride, ...shared, ...more };
  });
  if (pool) body.unshift({ kind: "pool", pool: "max", kernel: 3, stride: 2 });
  const { activation = block === "inverted" ? "relu6" : "relu" } = shared;
  if (last) body.push({ kind: "stage", repeat: 1, block: "conv", width: last, kernel: 1, activation });
  const input: Program["input"] = rng.chance(0.7)
    ? { kind: "picture", height: 224, width: 224, channels: 3 }
    : picture(rng, 64);
  return {
    input,
    stem: stem && { ...stem, width: wide(stem.width), activation },
    body,
    dropout: dropout(rng, 0.3),
    fixed: true,
  };
}

/** Nothing but the head, or one layer. */
const plain: Style = (rng) => ({
  input: rng.chance(0.5) ? vector(rng) : picture(rng),
  stem: null,
  body: [],
  dropout: dropout(rng, 0.1),
});

/** Styles and how often each is drawn. */
export const styles: readonly (readonly [number, Style])[] = [
  [17, pyramid("residual")],
  [8, pyramid("bottleneck")],
  [13, pyramid("inverted")],
  [9, pyramid("separable")],
  [9, pyramid("conv", { pooled: 0.4, stem: 0.5 })],
  [9, vgg],
  [8, vit],
  [9, mlp],
  [3, tabular],
  [5, hybrid],
  [7, mixed],
  [4, classic],
  [0.5, plain],
];
