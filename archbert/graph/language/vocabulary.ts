// The words of the architecture language, the numbers they take and their bounds: the one table behind the parser,
// the mask of the decoder, the formatter and the mutations.

export const activations = [
  "relu",
  "relu6",
  "leakyRelu",
  "elu",
  "gelu",
  "silu",
  "hardSwish",
  "tanh",
] as const;
export type Activation = (typeof activations)[number];

export const norms = ["batch", "layer", "group", "none"] as const;
export type Norm = (typeof norms)[number];

export const pools = ["max", "average", "global"] as const;

/** Numbers from `min` in steps, up to `max`; with `divides`, those that divide it. */
export interface NumberRange {
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly divides?: number;
}

const whole = (min: number, max: number): NumberRange => ({ min, max, step: 1 });

/** What numbers may be. Together they bound what a program can make: nodes, values, time. */
export const ranges = {
  pixels: whole(1, 512),
  channels: whole(1, 256),
  features: whole(1, 65_536),
  repeat: whole(1, 64),
  width: whole(1, 4096),
  classes: whole(1, 65_536),
  kernel: whole(1, 11),
  patch: whole(1, 64),
  window: whole(2, 11),
  stride: whole(1, 4),
  step: whole(1, 8),
  expansion: whole(1, 8),
  narrowing: whole(1, 16),
  groups: whole(1, 128),
  heads: whole(1, 32),
  se: whole(1, 64),
  dropout: { min: 0, max: 0.9, step: 0.01 },
} satisfies Record<string, NumberRange>;

export const limits = {
  /** Stages and poolings of a program. */
  lines: 64,
  /** Blocks of all its stages. */
  blocks: 256,
  /** Tokens that attention may look over. */
  tokens: 4096,
  /** Features that a picture or tokens may be flattened to. */
  flattened: 65_536,
  /** Numbers that flow between two blocks, for one example. */
  values: 2 ** 25,
  /** Characters of a program in a file. */
  characters: 65_536,
  nameLength: 64,
} as const;

/** An option as a word and a number, or a word and a word. */
type OptionSpec = { readonly number: NumberRange } | { readonly words: readonly string[] };

const number = (range: NumberRange) => ({ number: range }) as const;
const everyNorm = { words: norms } as const;
const tokenNorm = { words: ["layer", "none"] } as const;
const vectorNorm = { words: ["batch", "layer", "none"] } as const;
const activation = { words: activations } as const;
const kernel = number(ranges.kernel);
const stride = number(ranges.stride);
const se = number(ranges.se);
const dropout = number(ranges.dropout);

/** What a kind of line takes: its options in the order in which they are written, and what they are when not given. */
export interface Kind {
  readonly options: Readonly<Record<string, OptionSpec>>;
  readonly defaults: Readonly<Record<string, number | string>>;
}

/** Kinds of blocks. `heads: 0` stands for the largest number up to 4 that divides the width; `se: 0` for no gate. */
export const blocks = {
  conv: {
    options: { kernel, stride, groups: number(ranges.groups), se, norm: everyNorm, activation, dropout },
    defaults: { kernel: 3, stride: 1, groups: 1, se: 0, norm: "batch", activation: "relu", dropout: 0 },
  },
  residual: {
    options: { kernel, stride, se, norm: everyNorm, activation, dropout },
    defaults: { kernel: 3, stride: 1, se: 0, norm: "batch", activation: "relu", dropout: 0 },
  },
  bottleneck: {
    options: {
      kernel,
      stride,
      expansion: number(ranges.narrowing),
      groups: number(ranges.groups),
      se,
      norm: everyNorm,
      activation,
      dropout,
    },
    defaults: {
      kernel: 3,
      stride: 1,
      expansion: 4,
      groups: 1,
      se: 0,
      norm: "batch",
      activation: "relu",
      dropout: 0,
    },
  },
  inverted: {
    options: {
      kernel,
      stride,
      expansion: number(ranges.expansion),
      se,
      norm: everyNorm,
      activation,
      dropout,
    },
    defaults: { kernel: 3, stride: 1, expansion: 6, se: 0, norm: "batch", activation: "relu6", dropout: 0 },
  },
  separable: {
    options: { kernel, stride, se, norm: everyNorm, activation, dropout },
    defaults: { kernel: 3, stride: 1, se: 0, norm: "batch", activation: "relu", dropout: 0 },
  },
  mlp: {
    options: { norm: vectorNorm, activation, dropout },
    defaults: { norm: "none", activation: "relu", dropout: 0 },
  },
  transformer: {
    options: {
      heads: number(ranges.heads),
      expansion: number(ranges.expansion),
      norm: tokenNorm,
      activation,
      dropout,
    },
    defaults: { heads: 0, expansion: 4, norm: "layer", activation: "gelu", dropout: 0 },
  },
} as const satisfies Record<string, Kind>;

export type BlockName = keyof typeof blocks;
export const blockNames = Object.keys(blocks) as BlockName[];

/** Kinds of stems. */
export const stems = {
  conv: {
    options: { kernel, stride, norm: everyNorm, activation },
    defaults: { kernel: 3, stride: 1, norm: "batch", activation: "relu" },
  },
  patch: { options: { kernel: number(ranges.patch) }, defaults: { kernel: 4 } },
} as const satisfies Record<string, Kind>;

export type StemName = keyof typeof stems;
export const stemNames = Object.keys(stems) as StemName[];

export const poolKind = {
  options: { kernel: number(ranges.window), stride: number(ranges.step) },
  defaults: { kernel: 2, stride: 2 },
} as const satisfies Kind;

export const headKind = { options: { dropout }, defaults: { dropout: 0 } } as const satisfies Kind;

/** Whether a kind of line has the setting, and takes this value for it. */
export function takes(kind: Kind, setting: string, value: string): boolean {
  const spec = Object.hasOwn(kind.options, setting) ? kind.options[setting] : undefined;
  return spec !== undefined && "words" in spec && spec.words.includes(value);
}

/** The largest number up to `most` that divides the width: heads when not given, groups of a group normalization. */
export function largestDivisor(width: number, most: number): number {
  for (let divisor = Math.min(most, width); divisor > 1; divisor--) if (width % divisor === 0) return divisor;
  return 1;
}

export function isIn(range: NumberRange, value: number): boolean {
  const { min, max, step, divides } = range;
  if (!(value >= min && value <= max)) return false;
  const steps = (value - min) / step;
  return Math.abs(steps - Math.round(steps)) < 1e-6 && (divides === undefined || divides % value === 0);
}
