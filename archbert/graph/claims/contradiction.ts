// Two claims that no network can meet together, told before anyone searches for one.
import { adjectiveMeanings } from "./adjectives";
import {
  adjectives,
  type Claim,
  type FamilyName,
  families,
  type Quantity,
  type Relation,
  type Thing,
  types,
} from "./claim";
import { familyMarks } from "./families";

/** A number that the claim binds: it must lie from `low` to `high`, both included. */
interface Bound {
  key: string;
  low: number;
  high: number;
}

/** What has the first also has the others. */
const implied: Partial<Record<Thing, readonly Thing[]>> = {
  depthwiseConv: ["conv"],
  pointwiseConv: ["conv"],
  batchNorm: ["normalization"],
  layerNorm: ["normalization"],
  groupNorm: ["normalization"],
  rmsNorm: ["normalization"],
  relu: ["activation"],
  relu6: ["activation"],
  leakyRelu: ["activation"],
  elu: ["activation"],
  gelu: ["activation"],
  silu: ["activation"],
  hardSwish: ["activation"],
  tanh: ["activation"],
  sigmoid: ["activation"],
  maxPool: ["pool"],
  averagePool: ["pool"],
  globalPool: ["pool"],
  basicBlock: ["residual", "conv"],
  bottleneck: ["residual", "conv", "pointwiseConv"],
  invertedResidual: ["conv", "pointwiseConv"],
  squeezeExcitation: ["globalPool"],
  depthwiseSeparable: ["conv", "depthwiseConv", "pointwiseConv"],
  transformerBlock: ["attention", "residual"],
  denseBlock: ["concat"],
  inception: ["conv", "concat"],
  fire: ["conv", "pointwiseConv", "concat"],
  skipConnection: ["concat"],
  patchEmbedding: ["conv", "stridedConv"],
};

/** The first pair of claims that exclude each other; null where none is seen. Finding none does not prove that all can hold. */
export function contradiction(claims: readonly Claim[]): readonly [Claim, Claim] | null {
  const bounds = claims.map(boundsOf);
  for (let j = 0; j < claims.length; j++) {
    // A claim against itself, too: "residual connections" of something without.
    for (let i = 0; i <= j; i++) {
      const [one, other] = [claims[i], claims[j]];
      if (!one || !other) continue;
      const apart = (bounds[i] ?? []).some((a) =>
        (bounds[j] ?? []).some((b) => a.key === b.key && Math.max(a.low, b.low) > Math.min(a.high, b.high)),
      );
      if (apart || excludes(one, other)) return [one, other];
    }
  }
  return null;
}

/** What bounds on numbers do not tell. */
function excludes(a: Claim, b: Claim): boolean {
  if (a.kind === "more" && b.kind === "more") return a.thing === b.than && a.than === b.thing;
  const isSame =
    (a.kind === "input" && b.kind === "input" && a.size.join() === b.size.join()) ||
    (a.kind === "stages" && b.kind === "stages" && a.blocks.join() === b.blocks.join()) ||
    (a.kind === "kernel" && b.kind === "kernel" && a.only && b.only && edges(a.size) === edges(b.size));
  return isSame && "not" in a && "not" in b && a.not !== b.not;
}

const edges = (size: readonly number[]) => (size.length === 1 ? [size[0], size[0]] : size).join("x");

function boundsOf(claim: Claim): Bound[] {
  const exactly = (key: string, value: number): Bound => ({ key, low: value, high: value });
  switch (claim.kind) {
    case "has":
      return claim.not ? [exactly(`count ${claim.thing}`, 0)] : present(claim.thing);
    case "count": {
      const { low, high } = whole(interval(claim.relation, claim.amount));
      const own = { key: `count ${claim.thing}`, low: Math.max(0, low), high };
      return low > 0 ? [own, ...present(claim.thing)] : [own];
    }
    case "more":
      return present(claim.thing);
    case "number": {
      const { low, high } = interval(claim.relation, claim.amount);
      if (claim.quantity === "bytes") return [{ key: "parameters", low: low / 4, high: high / 4 }];
      if (claim.quantity === "downsampling") return [{ key: claim.quantity, low, high }];
      const isStage = claim.quantity === "stageWidth" || claim.quantity === "stageBlocks";
      const key = isStage ? `${claim.quantity} ${claim.stage ?? 0}` : claim.quantity;
      return [{ key, ...whole({ low, high }) }, ...implications(claim.quantity, low)];
    }
    case "kernel": {
      const own = `kernel ${edges(claim.size)}`;
      if (claim.not) return claim.only ? [] : [exactly(own, 0)];
      const [most, least] = [Math.max(...claim.size), Math.min(...claim.size)];
      const low = claim.only ? most : Number.NEGATIVE_INFINITY;
      return [
        { key: own, low: 1, high: Number.POSITIVE_INFINITY },
        ...present("conv"),
        { key: "largestKernel", low: most, high: claim.only ? most : Number.POSITIVE_INFINITY },
        // Of a kernel that is no square, the smallest is told by its larger edge.
        ...(most === least ? [{ key: "smallestKernel", low, high: most }] : []),
      ];
    }
    case "input": {
      if (claim.not) return [];
      const names =
        claim.size.length === 1 ? ["inputFeatures"] : ["inputHeight", "inputWidth", "inputChannels"];
      const axes = exactly("input axes", claim.size.length === 1 ? 1 : 3);
      return [axes, ...claim.size.map((size, i) => exactly(names[i] ?? `input ${i}`, size))];
    }
    case "stages": {
      if (claim.not) return [];
      const { blocks } = claim;
      return [
        exactly("stages", blocks.length),
        exactly(
          "blocks",
          blocks.reduce((a, b) => a + b, 0),
        ),
        exactly("stageBlocks 0", blocks.at(-1) ?? 0),
        ...blocks.map((count, i) => exactly(`stageBlocks ${i + 1}`, count)),
      ];
    }
    case "is":
      return boundsOfWord(claim);
  }
}

/** What else is there where such a number is. */
function implications(quantity: Quantity, low: number): Bound[] {
  if (/^stem/.test(quantity)) return present("conv");
  if (quantity === "heads") return low > 0 ? present("attention") : [];
  if (!/^input/.test(quantity)) return [];
  const axes = quantity === "inputFeatures" ? 1 : 3;
  return [{ key: "input axes", low: axes, high: axes }];
}

function boundsOfWord({ word, not }: Extract<Claim, { kind: "is" }>): Bound[] {
  const adjective = adjectives.find((each) => each === word);
  if (adjective) {
    const { claim } = adjectiveMeanings[adjective];
    return boundsOf(not ? { ...claim, relation: opposite[claim.relation] } : claim);
  }
  const names: readonly string[] = types.some((each) => each === word) ? types : families;
  const bounds = names
    .filter((name) => !not || name === word)
    .map((name) => ({
      key: `is ${name}`,
      low: name === word && !not ? 1 : 0,
      high: name === word && !not ? 1 : 0,
    }));
  if (not || !families.some((each) => each === word)) return bounds;
  const { has, lacks } = familyMarks[word as FamilyName];
  return [
    ...bounds,
    ...has.flatMap(present),
    ...lacks.map((thing) => ({ key: `count ${thing}`, low: 0, high: 0 })),
  ];
}

const opposite: Record<Relation, Relation> = {
  "<": ">=",
  "<=": ">",
  "=": "=",
  ">=": "<",
  ">": "<=",
  "~": "~",
};

function present(thing: Thing): Bound[] {
  const things = new Set<Thing>([thing]);
  for (const each of things) for (const more of implied[each] ?? []) things.add(more);
  const bounds = [...things].map((each) => ({
    key: `count ${each}`,
    low: 1,
    high: Number.POSITIVE_INFINITY,
  }));
  if (!things.has("pointwiseConv")) return bounds;
  return [...bounds, { key: "smallestKernel", low: Number.NEGATIVE_INFINITY, high: 1 }];
}

/** Counts are whole: above 2 is at least 3. */
function whole({ low, high }: { low: number; high: number }) {
  return { low: Math.ceil(low), high: Math.floor(high) };
}

function interval(relation: Relation, { value, tolerance }: { value: number; tolerance: number }) {
  const [least, most] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  const around = relation === "~" ? Math.max(tolerance, Math.abs(value) / 10) : tolerance;
  const step = Math.max(1e-9, Math.abs(value) * 1e-9);
  switch (relation) {
    case "<":
      return { low: least, high: value - step };
    case "<=":
      return { low: least, high: value };
    case ">":
      return { low: value + step, high: most };
    case ">=":
      return { low: value, high: most };
    default:
      return { low: value - around, high: value + around };
  }
}
