// The numbers that people use: inputs, widths, classes and depths of networks, as tables to draw from.
import type { StageProgram } from "../../../archbert/graph";

export type Shape = readonly [height: number, width: number, channels: number];

/** Pictures, the commonest first: digits, thumbnails, faces, spectrograms, satellites, photographs. */
export const pictures: readonly Shape[] = [
  [32, 32, 3],
  [224, 224, 3],
  [28, 28, 1],
  [64, 64, 3],
  [8, 8, 1],
  [96, 96, 3],
  [128, 128, 3],
  [48, 48, 1],
  [16, 16, 1],
  [32, 32, 1],
  [64, 64, 1],
  [48, 48, 3],
  [16, 16, 3],
  [24, 24, 1],
  [28, 28, 3],
  [40, 40, 3],
  [12, 12, 1],
  [20, 20, 1],
  [56, 56, 3],
  [72, 72, 3],
  [96, 96, 1],
  [112, 112, 3],
  [128, 128, 1],
  [160, 160, 3],
  [192, 192, 3],
  [256, 256, 3],
  [299, 299, 3],
  [224, 224, 1],
  [100, 100, 3],
  [128, 64, 3],
  [60, 80, 3],
  [120, 160, 3],
  [40, 98, 1],
  [32, 128, 1],
  [64, 64, 13],
  [128, 128, 4],
  [84, 84, 4],
  [240, 320, 3],
];

/** Columns of tables, sensors, embeddings. */
export const features = [
  2, 3, 4, 6, 8, 9, 10, 12, 13, 14, 16, 20, 21, 24, 28, 30, 32, 40, 41, 50, 54, 57, 60, 64, 78, 90, 93, 100,
  128, 150, 187, 200, 256, 300, 384, 512, 561, 768, 784, 1024, 2048,
] as const;

export const classCounts = [
  10, 2, 3, 100, 5, 1000, 4, 7, 6, 8, 20, 12, 15, 26, 37, 43, 47, 50, 62, 75, 80, 101, 102, 120, 196, 200,
  256, 257, 345, 365, 397, 500, 1, 11, 24, 35,
] as const;

export const widths = [
  4, 6, 8, 10, 12, 16, 20, 24, 28, 32, 40, 48, 56, 64, 72, 80, 96, 112, 128, 144, 160, 192, 224, 256, 288,
  320, 384, 448, 512, 576, 640, 768, 896, 1024, 1280, 1536, 1792, 2048,
] as const;

export const dropouts = [0.1, 0.2, 0.5, 0.3, 0.25, 0.4, 0.05, 0.15] as const;

/** Common numbers of blocks of stages, by their count. */
export const repeats: Readonly<Record<number, readonly (readonly number[])[]>> = {
  1: [[1], [2], [3], [4], [5], [6], [8], [12]],
  2: [
    [1, 1],
    [2, 2],
    [1, 2],
    [2, 1],
    [3, 3],
    [2, 3],
    [4, 4],
    [2, 4],
    [3, 1],
  ],
  3: [
    [1, 1, 1],
    [2, 2, 2],
    [3, 3, 3],
    [1, 2, 2],
    [1, 2, 3],
    [2, 3, 2],
    [5, 5, 5],
    [4, 4, 4],
    [2, 2, 4],
    [1, 2, 1],
  ],
  4: [
    [2, 2, 2, 2],
    [1, 1, 1, 1],
    [3, 4, 6, 3],
    [1, 2, 2, 1],
    [1, 2, 3, 2],
    [3, 3, 3, 3],
    [2, 2, 6, 2],
    [2, 3, 4, 2],
  ],
  5: [
    [1, 1, 1, 1, 1],
    [1, 2, 2, 3, 3],
    [1, 2, 3, 3, 1],
    [2, 2, 2, 2, 2],
    [1, 1, 2, 2, 2],
    [1, 2, 3, 4, 2],
  ],
  6: [
    [1, 1, 1, 1, 1, 1],
    [1, 2, 2, 3, 3, 1],
    [1, 2, 3, 4, 2, 3],
    [2, 2, 2, 2, 2, 2],
    [1, 2, 2, 2, 2, 1],
  ],
};

/** How much wider each stage is than the first, by the count of stages. */
export const growths: readonly ((stage: number) => number)[] = [
  (i) => 2 ** i,
  (i) => 2 ** i,
  (i) => 1.5 ** i,
  (i) => i + 1,
  () => 1,
  (i) => 1 + i / 2,
];

/** Networks that have names: their stages as [repeat, width, stride, more], drawn whole or with a few of them. */
export interface Classic {
  stem: { kind: "conv"; width: number; kernel: number; stride: number } | null;
  pool: boolean;
  block: Exclude<StageProgram["block"], "mlp" | "transformer">;
  settings: Readonly<Record<string, number | string>>;
  stages: readonly (readonly [number, number, number, Readonly<Record<string, number | string>>?])[];
  last?: number;
}

const photo = { kind: "conv", width: 64, kernel: 7, stride: 2 } as const;
const phone = { kind: "conv", width: 32, kernel: 3, stride: 2 } as const;

export const classics: readonly Classic[] = [
  ...(
    [
      [2, 2, 2, 2],
      [3, 4, 6, 3],
      [1, 1, 1, 1],
    ] as const
  ).map(
    ([a, b, c, d]): Classic => ({
      stem: photo,
      pool: true,
      block: "residual",
      settings: {},
      stages: [
        [a, 64, 1],
        [b, 128, 2],
        [c, 256, 2],
        [d, 512, 2],
      ],
    }),
  ),
  ...([{}, { groups: 32, expansion: 2 }, { expansion: 2 }] as const).map(
    (settings): Classic => ({
      stem: photo,
      pool: true,
      block: "bottleneck",
      settings,
      stages: [
        [3, 256, 1],
        [4, 512, 2],
        [6, 1024, 2],
        [3, 2048, 2],
      ],
    }),
  ),
  {
    stem: phone,
    pool: false,
    block: "separable",
    settings: {},
    stages: [
      [1, 64, 1],
      [2, 128, 2],
      [2, 256, 2],
      [6, 512, 2],
      [2, 1024, 2],
    ],
  },
  {
    stem: phone,
    pool: false,
    block: "inverted",
    settings: {},
    stages: [
      [1, 16, 1, { expansion: 1 }],
      [2, 24, 2],
      [3, 32, 2],
      [4, 64, 2],
      [3, 96, 1],
      [3, 160, 2],
      [1, 320, 1],
    ],
    last: 1280,
  },
  {
    stem: phone,
    pool: false,
    block: "inverted",
    settings: { activation: "relu", expansion: 3 },
    stages: [
      [1, 16, 1, { expansion: 1 }],
      [3, 24, 2],
      [3, 40, 2, { kernel: 5 }],
      [3, 80, 2, { expansion: 6, kernel: 5 }],
      [2, 96, 1, { expansion: 6 }],
      [4, 192, 2, { expansion: 6, kernel: 5 }],
      [1, 320, 1, { expansion: 6 }],
    ],
    last: 1280,
  },
  {
    stem: { ...phone, width: 16 },
    pool: false,
    block: "inverted",
    settings: { activation: "hardSwish", se: 4 },
    stages: [
      [1, 16, 2, { expansion: 1 }],
      [2, 24, 2, { se: 0 }],
      [3, 40, 2, { kernel: 5 }],
      [2, 48, 1, { kernel: 5 }],
      [3, 96, 2, { kernel: 5 }],
    ],
    last: 576,
  },
  {
    stem: phone,
    pool: false,
    block: "inverted",
    settings: { activation: "silu", se: 4 },
    stages: [
      [1, 16, 1, { expansion: 1 }],
      [2, 24, 2],
      [2, 40, 2, { kernel: 5 }],
      [3, 80, 2],
      [3, 112, 1, { kernel: 5 }],
      [4, 192, 2, { kernel: 5 }],
      [1, 320, 1],
    ],
    last: 1280,
  },
];
