// Near misses: true claims of which one is changed, so that the whole is false.
import {
  blockThings,
  type Claim,
  families,
  holds,
  type Known,
  type Rng,
  type Thing,
  types,
} from "../../archbert/graph";
import { contraryOf } from "./clauses";
import { otherInput } from "./draw";
import { exactly, rounded } from "./numbers";

/** The claims with one of them changed; null where no change of a few makes them false. */
export function nearMiss(claims: readonly Claim[], known: Known, rng: Rng): Claim[] | null {
  for (let i = 0; i < 8; i++) {
    const at = rng.below(claims.length);
    const claim = claims[at];
    const changed = claim && change(claim, rng);
    if (!changed || holds([changed], known) !== false) continue;
    return claims.map((each, k) => (k === at ? changed : each));
  }
  return null;
}

/** Things that are mistaken for one another. */
const rivals: readonly (readonly Thing[])[] = [
  ["batchNorm", "layerNorm", "groupNorm", "rmsNorm"],
  ["relu", "relu6", "leakyRelu", "elu", "gelu", "silu", "hardSwish", "tanh", "sigmoid"],
  ["maxPool", "averagePool", "globalPool"],
  blockThings,
  ["depthwiseConv", "groupedConv", "dilatedConv", "transposedConv", "stridedConv"],
  ["residual", "squeezeExcitation", "attention", "concat", "dropout", "recurrent", "channelShuffle"],
];

function change(claim: Claim, rng: Rng): Claim | null {
  const contrary = contraryOf(claim);
  switch (claim.kind) {
    case "has":
      if (rng.chance(0.5)) return contrary;
      return {
        ...claim,
        thing: rng.pick(rivals.find((group) => group.includes(claim.thing)) ?? ["dropout"]),
      };
    case "is": {
      if (rng.chance(0.4)) return contrary;
      const others = types.some((type) => type === claim.word)
        ? types
        : families.some((name) => name === claim.word)
          ? families
          : null;
      return others && !claim.not ? { ...claim, word: rng.pick(others) } : contrary;
    }
    case "count":
    case "number":
      if (contrary && rng.chance(0.45)) return contrary;
      return { ...claim, amount: nudged(claim.amount, rng) };
    case "more":
      return { ...claim, thing: claim.than, than: claim.thing };
    case "kernel": {
      if (rng.chance(0.4)) return contrary;
      const edge = rng.pick([1, 2, 3, 4, 5, 7, 9, 11]);
      return rng.chance(0.3) ? { ...claim, only: true } : { ...claim, size: claim.size.map(() => edge) };
    }
    case "input":
      return rng.chance(0.15) ? contrary : { ...claim, size: otherInput(claim.size, rng) };
    case "stages":
      if (rng.chance(0.15)) return contrary;
      return { ...claim, blocks: stagesLike(claim.blocks, rng) };
  }
}

function stagesLike(blocks: readonly number[], rng: Rng): number[] {
  const at = rng.below(blocks.length);
  if (rng.chance(0.25)) return rng.shuffle(blocks);
  if (rng.chance(0.15) && blocks.length > 2) return blocks.slice(0, -1);
  return blocks.map((n, i) => (i === at ? Math.max(1, n + rng.pick([-1, 1, 1, 2])) : n));
}

/** 5 % to three times more or less, in the digits that were written. */
function nudged({ value, tolerance }: { value: number; tolerance: number }, rng: Rng) {
  const factor = 10 ** (0.025 + rng.next() * 0.45);
  const moved = rng.chance(0.5) ? value * factor : value / factor;
  if (tolerance > 0) return rounded(moved, rng.pick([1, 2, 2, 3, 3]));
  let near = Math.round(moved);
  if (near === value) near += rng.chance(0.5) ? 1 : -1;
  if (near <= 0) near = value + 1;
  return exactly(near);
}
