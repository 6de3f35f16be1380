// generate: programs of the architecture language for a wish. The model writes, the graph checks, mutation repairs.

import {
  ArchError,
  type Architecture,
  adjectives,
  build,
  type CheckedClaim,
  type Claim,
  contradiction,
  format,
  isBeyond,
  type Known,
  know,
  mutate,
  type Program,
  ProgramError,
  parse,
  type Rng,
  repair,
  rng,
  type Thing,
} from "../graph";
import { checkWhole } from "../graph/guard";
import { type ArchBert, cosine, modelFor, type TaskOptions } from "./model";
import { checked, pause, quoted, wordsOf } from "./say";
import { checkText } from "./understand";
import { mostSamples, mostSeed, wishOf } from "./wish";

/** Plain data. */
export interface Candidate {
  /** Its text in the architecture language. */
  program: string;
  parameters: number;
  /** What the wish claims, each checked: none is refuted. */
  claims: CheckedClaim[];
  /** "decoded": as the model wrote it; "repaired": changed by a search until the claims held. */
  source: "decoded" | "repaired";
  /** Cosine of its embedding and the wish's, -1 to 1. */
  likeness: number;
  architecture: Architecture;
}

/** The best first. */
export interface Generated extends Array<Candidate> {
  readonly wish: string;
  /** What was understood of the wish, in canonical words. */
  readonly understood: readonly string[];
  /** Sentences that claim nothing which can be checked. */
  readonly notUnderstood: readonly string[];
  /** How many were asked for; there may be fewer. */
  readonly asked: number;
  /** Programs that the model wrote, and how many of them were right as they were. */
  readonly decoded: { written: number; right: number };
}

export interface GenerateOptions extends TaskOptions {
  /** Programs to return. */
  count?: number;
  seed?: number;
  /** Programs that the model writes, to choose from. */
  samples?: number;
}

/** Programs to return, at most. */
const mostPrograms = 50;

/** Where a search begins when the model's programs lead nowhere: one of each kind of network. */
const starts = [
  "input 32x32x3\nstem conv 16\nstage 2 residual 32 stride 2\nstage 2 residual 64 stride 2\nhead 10",
  "input 32x32x3\nstem conv 16\nstage 2 inverted 24 stride 2\nstage 2 inverted 40 stride 2\nhead 10",
  "input 32x32x3\nstage 2 conv 16\npool max\nstage 2 conv 32\npool max\nhead 10",
  "input 32x32x3\nstem patch 64\nstage 2 transformer 64\nhead 10",
  "input 30\nstage 2 mlp 64\nhead 10",
];

/**
 * Programs that fulfil a wish: each builds, and each claim of the wish that can be checked holds.
 *
 * @returns the best first; fewer than `count` where no more were found
 * @throws ArchError where the wish is not understood, contradicts itself, or nothing fulfils it; the signal's reason
 *   when aborted
 */
export async function generate(
  text: string,
  { count = 3, seed = 1, samples = Math.max(16, 4 * count), ...options }: GenerateOptions = {},
): Promise<Generated> {
  const wish = checkText(text, "generate");
  checkWhole(count, 1, mostPrograms, "generate count");
  checkWhole(seed, 0, mostSeed, "generate seed");
  checkWhole(samples, 1, mostSamples, "generate samples");
  const model = await modelFor(options);
  const { claims, programs, notUnderstood } = await wishOf(model, wish, { samples, seed }, options.signal);
  if (claims.length === 0) {
    throw new ArchError("I cannot tell what network is wished for", {
      where: "generate",
      fix: 'Say what it should be, for instance "a small residual network for 8x8x1 pictures with 10 classes, under 30k parameters"',
    });
  }
  const pair = contradiction(claims);
  if (pair) {
    const [one, other] = pair.map(wordsOf);
    const told = one === other ? `"${one}" cannot hold` : `"${one}" and "${other}" cannot both hold`;
    throw new ArchError(told, { where: "generate", fix: "Leave one of them out" });
  }
  const unmade = claims.find(isBeyond);
  if (unmade) {
    throw new ArchError(`no program of the architecture language has ${quoted([wordsOf(unmade)])}`, {
      where: "generate",
      fix: "Leave it out; docs/architecture-language.md lists what there is",
    });
  }
  const found = await candidates(claims, programs, count, rng(seed), options);
  if (found.pool.length === 0) {
    throw new ArchError(`I found no network with ${quoted(claims.map(wordsOf))}`, {
      where: "generate",
      fix: "Ask for less, or try another seed",
    });
  }
  const ranked = await rank(model, wish, claims, found.pool, options);
  return Object.defineProperties(ranked.slice(0, count) as unknown as Generated, {
    wish: { value: text },
    understood: { value: claims.map(wordsOf) },
    notUnderstood: { value: notUnderstood },
    asked: { value: count },
    decoded: { value: { written: programs.length, right: found.right } },
  });
}

type Fitting = Omit<Candidate, "likeness"> & { known: Known };

/** Programs that fulfil the claims: the model's own, those repaired, and variants of both until there are enough. */
async function candidates(
  claims: readonly Claim[],
  written: readonly Program[],
  count: number,
  random: Rng,
  { signal, onEvent }: TaskOptions,
): Promise<{ pool: Fitting[]; right: number }> {
  const pool: Fitting[] = [];
  const trees: Program[] = [];
  const seen = new Set<string>();
  const add = (program: Program, source: Candidate["source"]): "added" | "known" | "wrong" => {
    const text = format({ ...program, name: null });
    if (seen.has(text)) return "known";
    const made = fitting(program, text, claims, source);
    if (!made) return "wrong";
    seen.add(text);
    trees.push(program);
    pool.push(made);
    return "added";
  };
  const mend = (program: Program) => {
    const mended = repair(program, claims, random.fork());
    if (mended.unmet.length === 0) add(mended.program, "repaired");
  };
  const enough = 3 * count;
  const tick = async () => {
    onEvent?.({ message: "writing programs", done: Math.min(pool.length, enough), total: enough });
    await pause(signal);
  };
  const wrong: Program[] = [];
  for (const program of written) {
    await tick();
    if (add(program, "decoded") === "wrong") wrong.push(program);
  }
  const right = pool.length;
  // Some begin with a plain network of each kind: what is mended of the model's own may be far-fetched.
  for (const [programs, most] of [
    [wrong, enough - count],
    [starts.map(parse), enough],
    [wrong, enough],
  ] as const) {
    for (const program of programs) {
      if (pool.length >= most) break;
      await tick();
      mend(program);
    }
  }
  for (let tries = 0; pool.length < enough && trees.length > 0 && tries < 4 * enough; tries++) {
    await tick();
    const changed = mutate(random.pick(trees), random, { steps: 1 + random.below(3) });
    if (!changed) continue;
    const { program } = changed;
    if (add(program, "repaired") === "wrong") mend(program);
  }
  return { pool, right };
}

/** Null where it does not build, or a claim is refuted. */
function fitting(
  program: Program,
  text: string,
  claims: readonly Claim[],
  source: Candidate["source"],
): Fitting | null {
  try {
    const architecture = build({ ...program, name: null });
    const known = know(architecture);
    const checks = claims.map((claim) => checked(claim, known));
    if (checks.some(({ verdict }) => verdict === "refuted")) return null;
    return { program: text, parameters: known.facts.parameters, claims: checks, source, architecture, known };
  } catch (error) {
    if (error instanceof ProgramError) return null;
    throw error;
  }
}

/** What stands out in a network, and surprises whoever did not ask for it. */
export const conspicuous: readonly Thing[] = [
  "attention",
  "invertedResidual",
  "bottleneck",
  "squeezeExcitation",
  "depthwiseConv",
  "groupedConv",
  "patchEmbedding",
];

/** How much stands out that no claim speaks of; of a kind or a family that was wished for, nothing does. */
function surprises(claims: readonly Claim[], known: Known): number {
  if (claims.some((claim) => claim.kind === "is" && !adjectives.some((word) => word === claim.word)))
    return 0;
  const told = new Set(claims.flatMap((claim) => ("thing" in claim ? [claim.thing] : [])));
  return conspicuous.filter((thing) => !told.has(thing) && known.occurrences(thing).length > 0).length;
}

/**
 * Those whose claims are proved, not merely open, come first; then those in which least stands out that nobody wished for,
 * then the model's own, then those most like the wish.
 */
async function rank(
  model: ArchBert,
  wish: string,
  claims: readonly Claim[],
  pool: readonly Fitting[],
  { signal, onEvent }: TaskOptions,
): Promise<Candidate[]> {
  const target = await model.embedText(wish);
  const ranked: (Candidate & { added: number })[] = [];
  for (const [done, { known, ...candidate }] of pool.entries()) {
    onEvent?.({ message: "ranking programs", done, total: pool.length });
    await pause(signal);
    const likeness = cosine(await model.embed(known), target);
    ranked.push({ ...candidate, likeness, added: surprises(claims, known) });
  }
  const proved = ({ claims }: Candidate) => claims.filter(({ verdict }) => verdict === "proved").length;
  const own = ({ source }: Candidate) => (source === "decoded" ? 1 : 0);
  const sorted = ranked.sort(
    (a, b) =>
      proved(b) - proved(a) ||
      a.added - b.added ||
      own(b) - own(a) ||
      b.likeness - a.likeness ||
      (a.program < b.program ? -1 : 1),
  );
  return sorted.map(({ added: _, ...candidate }) => candidate);
}
