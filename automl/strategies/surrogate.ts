// A small Gaussian process over facts: what the trials so far let expect of a network that was not trained.
import type { Known, Thing } from "../../archbert/graph/claims";

const counted: readonly Thing[] = [
  "conv",
  "depthwiseConv",
  "linear",
  "attention",
  "residual",
  "squeezeExcitation",
  "batchNorm",
  "layerNorm",
  "groupNorm",
  "maxPool",
  "averagePool",
  "dropout",
  "relu",
  "gelu",
  "silu",
  "tanh",
];

const logarithm = (value: number) => Math.log2(1 + Math.max(0, value));

/** Facts of each network as numbers, standardised over all of them; what is the same in all is left out. */
export function features(networks: readonly Known[]): number[][] {
  const rows = networks.map((known) => {
    const { parameters, multiplyAdds, depth, stages } = known.facts;
    const measured = (["widest", "largestKernel", "blocks", "downsampling", "stemWidth"] as const).map(
      (quantity) => known.measure(quantity).value ?? 0,
    );
    const sizes = [parameters, multiplyAdds ?? 0, depth, stages.length, ...measured].map(logarithm);
    // Size matters most, and its measures go together.
    return [...sizes, ...counted.map((thing) => logarithm(known.occurrences(thing).length))];
  });
  const columns = (rows[0] ?? []).map((_, j) => standardised(rows.map((row) => row[j] ?? 0)));
  const telling = columns.filter((column) => column.some((value) => value !== 0));
  return rows.map((_, i) => telling.map((column) => column[i] ?? 0));
}

/** Mean 0 and deviation 1; all 0 where they are equal. */
export function standardised(values: readonly number[]): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(values.length, 1);
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(values.length, 1);
  const deviation = Math.sqrt(variance);
  return values.map((value) => (deviation > 1e-12 ? (value - mean) / deviation : 0));
}

/** Ranks with ties sharing theirs, standardised: how far apart values are is forgotten. */
export function rankNormalised(values: readonly number[]): number[] {
  return standardised(
    values.map((value) => {
      const below = values.filter((other) => other < value).length;
      const equal = values.filter((other) => other === value).length;
      return below + (equal - 1) / 2;
    }),
  );
}

/**
 * The value at a score, between those of the nearest scores that are known; never beyond the least or the greatest.
 *
 * @returns null where fewer than two are known
 */
export function interpolated(
  score: number,
  scores: readonly number[],
  values: readonly number[],
): number | null {
  const known = scores.map((at, i) => ({ at, value: values[i] ?? 0 })).sort((a, b) => a.at - b.at);
  const [first] = known;
  const last = known.at(-1);
  if (known.length < 2 || !first || !last) return null;
  const above = known.find(({ at }) => at >= score) ?? last;
  const below = known.findLast(({ at }) => at <= score) ?? first;
  if (above.at === below.at) return above.value;
  return below.value + ((above.value - below.value) * (score - below.at)) / (above.at - below.at);
}

/**
 * From 1, where nothing speaks against it, towards the rank correlation of the scores with what came out; never below 0.
 *
 * @param trust worth so many trials that agree
 */
export function agreement(scores: readonly number[], outcomes: readonly number[], trust: number): number {
  const count = outcomes.length;
  const ranks = rankNormalised(scores);
  const correlation =
    count < 2 ? 0 : ranks.reduce((sum, rank, i) => sum + rank * (outcomes[i] ?? 0), 0) / count;
  const heard = count < 2 ? 0 : count;
  return Math.max(0, (trust + heard * correlation) / (trust + heard));
}

export type Surrogate = (point: readonly number[]) => { mean: number; deviation: number };

/** Of values that are ranks of single trainings: most of what sets neighbours apart is chance. */
const noise = 0.15;

/**
 * Squared-exponential kernel over the mean squared difference of the features, of unit variance and length.
 *
 * @param points  features of what was tried
 * @param targets what came out, with mean 0 where nothing is known
 * @see Rasmussen and Williams, Gaussian Processes for Machine Learning, algorithm 2.1
 */
export function gaussianProcess(
  points: readonly (readonly number[])[],
  targets: readonly number[],
): Surrogate {
  const kernel = (a: readonly number[], b: readonly number[]) => {
    const squares = a.reduce((sum, value, i) => sum + (value - (b[i] ?? 0)) ** 2, 0);
    return Math.exp(-squares / (2 * Math.max(a.length, 1)));
  };
  const factor = cholesky(points.map((a, i) => points.map((b, j) => kernel(a, b) + (i === j ? noise : 0))));
  const solved = forward(factor, targets);
  return (point) => {
    const between = forward(
      factor,
      points.map((other) => kernel(point, other)),
    );
    const mean = between.reduce((sum, value, i) => sum + value * (solved[i] ?? 0), 0);
    const variance = 1 - between.reduce((sum, value) => sum + value * value, 0);
    return { mean, deviation: Math.sqrt(Math.max(0, variance)) };
  };
}

/** The lower triangle L with L Lᵀ = A, of a positive definite A. */
function cholesky(matrix: readonly (readonly number[])[]): number[][] {
  const lower: number[][] = [];
  matrix.forEach((row, i) => {
    const made: number[] = [];
    for (let j = 0; j <= i; j++) {
      const above = j === i ? made : (lower[j] ?? []);
      let rest = row[j] ?? 0;
      for (let k = 0; k < j; k++) rest -= (made[k] ?? 0) * (above[k] ?? 0);
      made.push(j === i ? Math.sqrt(rest) : rest / (above[j] ?? 1));
    }
    lower.push(made);
  });
  return lower;
}

/** x with L x = b. */
function forward(lower: readonly (readonly number[])[], b: readonly number[]): number[] {
  const x: number[] = [];
  lower.forEach((row, i) => {
    let rest = b[i] ?? 0;
    for (let k = 0; k < i; k++) rest -= (row[k] ?? 0) * (x[k] ?? 0);
    x.push(rest / (row[i] ?? 1));
  });
  return x;
}
