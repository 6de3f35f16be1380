// Claims that people would make of a network: what stands out in it, what it conspicuously lacks, its sizes.
import {
  adjectives,
  type Claim,
  families,
  holds,
  type Known,
  type Quantity,
  type Relation,
  type Rng,
  type Thing,
  things,
  types,
} from "../../archbert/graph";
import { exactly, rounded } from "./numbers";
import { pickWeighted } from "./programs/random";

/** How often a thing is spoken of; those not named once. */
const interest: Partial<Record<Thing, number>> = {
  residual: 6,
  squeezeExcitation: 5,
  depthwiseConv: 4,
  dropout: 5,
  batchNorm: 4,
  attention: 4,
  invertedResidual: 4,
  bottleneck: 3,
  depthwiseSeparable: 3,
  conv: 3,
  linear: 3,
  maxPool: 3,
  globalPool: 2,
  layerNorm: 3,
  groupNorm: 2,
  transformerBlock: 3,
  relu: 3,
  gelu: 3,
  silu: 2,
  hardSwish: 2,
  relu6: 2,
  tanh: 1.5,
  patchEmbedding: 2,
  recurrent: 1.5,
  stridedConv: 1.5,
  groupedConv: 1.5,
  pool: 2,
};
const weightedThings = things.map((thing) => [interest[thing] ?? 1, thing] as const);

const quantityInterest: readonly (readonly [number, Quantity])[] = [
  [14, "parameters"],
  [4, "multiplyAdds"],
  [4, "bytes"],
  [6, "depth"],
  [1.5, "ops"],
  [6, "stages"],
  [5, "blocks"],
  [3, "widest"],
  [3, "largestKernel"],
  [1.5, "smallestKernel"],
  [3, "stemKernel"],
  [2, "stemStride"],
  [2.5, "stemWidth"],
  [3, "heads"],
  [3, "downsampling"],
  [8, "classes"],
  [1, "inputHeight"],
  [1, "inputWidth"],
  [3, "inputChannels"],
  [3, "inputFeatures"],
  [4, "stageWidth"],
  [3, "stageBlocks"],
];

/** Quantities that are said with a scale: 25.6 million. The rest are counted. */
const large = new Set<Quantity>(["parameters", "multiplyAdds", "bytes"]);
const relationsOf: readonly (readonly [number, Relation])[] = [
  [5, "="],
  [3, "<"],
  [2, "<="],
  [2, ">="],
  [3, ">"],
  [1.5, "~"],
];

/** A claim that may or may not hold: near the truth, as far as there is one. */
export function drawClaim(known: Known, rng: Rng): Claim | null {
  return pickWeighted<() => Claim | null>(rng, [
    [24, () => hasClaim(known, rng)],
    [15, () => countClaim(known, rng)],
    [30, () => numberClaim(known, rng)],
    [4, () => moreClaim(known, rng)],
    [7, () => kernelClaim(known, rng)],
    [7, () => inputClaim(known, rng)],
    [3, () => stagesClaim(known, rng)],
    [12, () => isClaim(known, rng)],
  ])();
}

/** One that holds; null where none was found in a few draws. */
export function trueClaim(known: Known, rng: Rng): Claim | null {
  for (let i = 0; i < 30; i++) {
    const claim = drawClaim(known, rng);
    if (claim && holds([claim], known) === true) return claim;
  }
  return null;
}

function hasClaim(known: Known, rng: Rng): Claim {
  const isPresent = rng.chance(0.5);
  let thing = pickWeighted(rng, weightedThings);
  for (let i = 0; i < 20 && known.occurrences(thing).length > 0 !== isPresent; i++)
    thing = pickWeighted(rng, weightedThings);
  return { kind: "has", not: known.occurrences(thing).length === 0, thing };
}

function countClaim(known: Known, rng: Rng): Claim {
  let thing = pickWeighted(rng, weightedThings);
  for (let i = 0; i < 20 && known.occurrences(thing).length === 0; i++)
    thing = pickWeighted(rng, weightedThings);
  const count = known.occurrences(thing).length;
  const relation = pickWeighted(rng, relationsOf);
  return { kind: "count", thing, ...smallAmount(count, relation, rng) };
}

/** A bound beside a count, or the count. */
function smallAmount(
  value: number,
  relation: Relation,
  rng: Rng,
): { relation: Relation; amount: { value: number; tolerance: number } } {
  const step = 1 + rng.below(Math.max(1, Math.ceil(value * 0.4)));
  if (relation === "~" && value < 12) return { relation: "=", amount: exactly(value) };
  const near = relation === "~" ? Math.round(value * (1 + (rng.next() - 0.5) / 8)) : value;
  const bound = {
    "<": value + step,
    "<=": value + rng.below(step + 1),
    "=": value,
    ">=": value - rng.below(step + 1),
    ">": value - step,
    "~": near,
  }[relation];
  if (bound < 1) return { relation: "=", amount: exactly(value) };
  return { relation, amount: exactly(bound) };
}

function numberClaim(known: Known, rng: Rng): Claim | null {
  const quantity = pickWeighted(rng, quantityInterest);
  let stage: number | null = null;
  if (quantity === "stageWidth" || quantity === "stageBlocks") {
    const count = known.facts.stages.length;
    if (count === 0) return null;
    stage = rng.chance(0.3) ? 0 : 1 + rng.below(count);
  }
  const { value } = known.measure(quantity, stage);
  if (value === null || value <= 0 || !Number.isFinite(value)) return null;
  return {
    kind: "number",
    quantity,
    stage,
    ...amountNear(quantity, value, pickWeighted(rng, relationsOf), rng),
  };
}

function amountNear(
  quantity: Quantity,
  value: number,
  relation: Relation,
  rng: Rng,
): { relation: Relation; amount: { value: number; tolerance: number } } {
  if (!large.has(quantity)) {
    // Sizes are usually told, counts bounded.
    const isSize = /^input|^stem|Kernel$|^classes|^heads|^downsampling/.test(quantity);
    const meant = isSize && rng.chance(0.6) ? "=" : relation;
    if (!Number.isInteger(value))
      return { relation: meant === "=" ? "~" : meant, amount: exactly(Math.max(1, Math.round(value))) };
    if (/Kernel$/.test(quantity)) return smallAmount(value, meant === "~" ? "=" : meant, rng);
    if (/idth|widest/.test(quantity) && meant !== "=" && meant !== "~")
      return { relation: meant, amount: exactly(roundBound(value, meant, rng)) };
    return smallAmount(value, meant, rng);
  }
  if (relation === "=") {
    if (quantity === "parameters" && rng.chance(0.35)) return { relation, amount: exactly(value) };
    return { relation, amount: value < 1000 ? exactly(value) : rounded(value, rng.pick([2, 3, 3, 4])) };
  }
  if (relation === "~") {
    const amount = rounded(value * (1 + (rng.next() - 0.5) / 10), rng.pick([1, 2, 2, 3]));
    return { relation, amount };
  }
  return { relation, amount: rounded(roundBound(value, relation, rng), rng.pick([1, 1, 1, 2, 2, 3])) };
}

/** A bound some way off: "under 30k" is said of 24k. */
function roundBound(value: number, relation: Relation, rng: Rng): number {
  const factor = 1.08 + 10 ** (rng.next() * 1.3 - 1);
  const bound = relation === "<" || relation === "<=" ? value * factor : value / factor;
  const unit = 10 ** Math.floor(Math.log10(bound));
  const digits = rng.pick([1, 2, 5, 10, 20]);
  const near = Math.round((bound / unit) * digits) / digits;
  return Math.max(1, Math.round(near * unit));
}

function moreClaim(known: Known, rng: Rng): Claim | null {
  const pairs: readonly (readonly [Thing, Thing])[] = [
    ["conv", "linear"],
    ["linear", "conv"],
    ["batchNorm", "dropout"],
    ["relu", "sigmoid"],
    ["conv", "attention"],
    ["depthwiseConv", "pointwiseConv"],
    ["pointwiseConv", "depthwiseConv"],
    ["attention", "conv"],
    ["linear", "attention"],
    ["normalization", "activation"],
    ["activation", "normalization"],
    ["residual", "squeezeExcitation"],
    ["pool", "residual"],
    ["conv", "normalization"],
    ["maxPool", "globalPool"],
    ["residual", "pool"],
    ["activation", "conv"],
  ];
  const thing = rng.chance(0.6) ? null : pickWeighted(rng, weightedThings);
  const than = pickWeighted(rng, weightedThings);
  const [a, b] = thing === null ? rng.pick(pairs) : [thing, than];
  if (a === b) return null;
  return known.occurrences(a).length >= known.occurrences(b).length
    ? { kind: "more", thing: a, than: b }
    : { kind: "more", thing: b, than: a };
}

function kernelClaim(known: Known, rng: Rng): Claim | null {
  const { kernelSizes } = known.facts;
  if (kernelSizes.length === 0) return null;
  if (rng.chance(0.3)) {
    const edge = rng.pick([1, 3, 5, 7, 2, 9, 11, 4]);
    const isThere = kernelSizes.some(({ size }) => size.every((n) => n === edge));
    return { kind: "kernel", not: !isThere, only: false, size: [edge, edge] };
  }
  const found = rng.pick(kernelSizes);
  const only = kernelSizes.length === 1 && rng.chance(0.7);
  return {
    kind: "kernel",
    not: kernelSizes.length > 1 && rng.chance(0.1),
    only: only || rng.chance(0.1),
    size: [...found.size],
  };
}

function inputClaim(known: Known, rng: Rng): Claim | null {
  const size = inputSize(known);
  if (size === null) return null;
  if (size.length === 3 && rng.chance(0.35)) return { kind: "input", not: false, size: size.slice(0, 2) };
  if (rng.chance(0.08)) return { kind: "input", not: true, size: otherInput(size, rng) };
  return { kind: "input", not: false, size };
}

export function inputSize(known: Known): number[] | null {
  const features = known.measure("inputFeatures").value;
  if (features !== null) return [features];
  const sides = (["inputHeight", "inputWidth", "inputChannels"] as const).map(
    (name) => known.measure(name).value,
  );
  return sides.every((side) => side !== null) ? (sides as number[]) : null;
}

export function otherInput(size: readonly number[], rng: Rng): number[] {
  const [height = 1, width = 1, channels = 1] = size;
  if (size.length === 1) return [rng.pick([4, 10, 13, 20, 30, 64, 100, 784].filter((n) => n !== height))];
  if (size.length === 3 && rng.chance(0.4)) return [height, width, channels === 1 ? 3 : 1];
  const side = rng.pick([8, 16, 28, 32, 48, 64, 96, 128, 224, 256].filter((n) => n !== height));
  return size.length === 3 ? [side, side, channels] : [side, side];
}

function stagesClaim(known: Known, rng: Rng): Claim | null {
  const blocks = known.facts.stages.map((stage) => stage.blocks);
  if (blocks.length < 2) return null;
  if (rng.chance(0.08))
    return { kind: "stages", not: true, blocks: blocks.map((n, i) => (i === 0 ? n + 1 : n)) };
  return { kind: "stages", not: false, blocks };
}

function isClaim(known: Known, rng: Rng): Claim {
  const { family } = known.facts;
  const named = families.find((each) => each === family?.name);
  const word = rng.chance(0.45)
    ? rng.pick(types)
    : rng.chance(0.6)
      ? rng.pick(adjectives)
      : named && rng.chance(0.6)
        ? named
        : rng.pick(families);
  const is = holds([{ kind: "is", not: false, word }], known);
  return { kind: "is", not: is === false, word };
}
