// ArchBERT's strategy: many candidates, of which the best by knowledge and by the trials so far is tried.
//
// The prior mean of the surrogate is what is known before any trial: how well ArchBERT finds that a network fits the
// prompt, and a hand-written prior over its facts. Their weight falls as trials disagree with them.
import type { Member } from "../space";
import { byWorth, type Origin, type Ranking, type Trial } from "../trial";
import { neighbourOf } from "./local";
import { priorOf } from "./prior";
import {
  type Candidate,
  type Context,
  firstGuess,
  randomCandidate,
  type Strategy,
  unranked,
} from "./strategy";
import {
  agreement,
  features,
  gaussianProcess,
  interpolated,
  rankNormalised,
  standardised,
} from "./surrogate";

/** How many candidates of each origin are ranked for one choice. */
const pool = { random: 16, mutants: 36 } as const;
/** Trials whose neighbours are candidates. */
const parents = 3;

/** The weight of each ranker in the prior mean, before any trial; in standard scores. */
const rankers = { archbert: 0.4, prior: 0.5 } as const;
/** Worth so many trials that agree, against those that disagree. */
const trust = 4;
/** Trials that the surrogate learns from at most: its cost grows with their cube. */
const mostLearned = 512;
/** How much of its uncertainty is added to what the surrogate expects. */
const optimism = 0.5;

export const archbert: Strategy = {
  name: "archbert",
  summary: "ranked by ArchBERT, a prior and a surrogate that learns from the trials",
  async propose(history, context) {
    const first = firstGuess(context);
    if (first) return first;
    const candidates = await candidatesFor(history, context);
    if (candidates.length === 0) return null;
    return choose(candidates, history, context);
  },
};

async function candidatesFor(history: readonly Trial[], context: Context): Promise<Candidate[]> {
  const { space, seen, written } = context;
  const byText = new Map<string, Candidate>();
  const add = (candidate: Candidate | null) => {
    if (!candidate || seen.has(candidate.member.text) || byText.has(candidate.member.text)) return;
    byText.set(candidate.member.text, candidate);
  };
  const as = (how: Origin["how"], member: Member | null) =>
    add(member && { member, origin: { how, parent: null, mutation: null, ...unranked } });
  for (const member of space.starts) as("default", member);
  for (const member of await written()) as("written", member);
  const best = bestOf(history);
  for (let i = 0; i < pool.mutants && best.length > 0; i++) {
    const parent = best[i % best.length];
    if (parent) add(neighbourOf(parent, context));
  }
  for (let i = 0; i < pool.random; i++) add(randomCandidate(context));
  return [...byText.values()];
}

/** Before anything is complete, what is under way: the sane default. */
function bestOf(history: readonly Trial[]): readonly Trial[] {
  const complete = history.filter(({ state }) => state === "complete").sort(byWorth);
  return complete.length > 0 ? complete.slice(0, parents) : history.filter(({ number }) => number === 0);
}

/** Of more than can be learned from, the best half and the latest: around those it goes on. In their order. */
function learnedFrom(tried: readonly Trial[]): readonly Trial[] {
  if (tried.length <= mostLearned) return tried;
  const half = mostLearned / 2;
  const [earlier, latest] = [tried.slice(0, -half), tried.slice(-half)];
  const best = new Set(earlier.toSorted(byWorth).slice(0, half));
  return [...earlier.filter((trial) => best.has(trial)), ...latest];
}

async function choose(
  candidates: readonly Candidate[],
  history: readonly Trial[],
  { prompt, guide, knownOf }: Context,
): Promise<Candidate | null> {
  // What failed is worth nothing, and neither is what is like it.
  const tried = learnedFrom(history.filter(({ values, state }) => values !== null || state === "failed"));
  const accuracies = tried.map(({ values }) => values?.accuracy ?? 0);
  const networks = [
    ...candidates.map(({ member }) => member),
    ...tried.map(({ program }) => ({ text: program, known: knownOf(program) })),
  ];
  const known = networks.map((network) => network.known);
  const count = candidates.length;
  const targets = rankNormalised(accuracies);
  const opinions: { ranker: keyof typeof rankers; scores: number[]; weight: number }[] = [];
  const add = (ranker: keyof typeof rankers, raw: readonly number[]) => {
    const scores = standardised(raw);
    const weight = rankers[ranker] * agreement(scores.slice(count), targets, trust);
    opinions.push({ ranker, scores, weight });
  };
  if (guide) add("archbert", await guide.fit(prompt, networks));
  add("prior", known.map(priorOf));
  const mean = known.map((_, i) =>
    opinions.reduce((sum, { scores, weight }) => sum + weight * (scores[i] ?? 0), 0),
  );
  const points = features(known);
  const surrogate = gaussianProcess(
    points.slice(count),
    targets.map((target, i) => target - (mean[count + i] ?? 0)),
  );
  const expected = points.slice(0, count).map(surrogate);
  const corrections = expected.map(({ mean, deviation }) => mean + optimism * deviation);
  const total = corrections.map((correction, i) => correction + (mean[i] ?? 0));
  const chosen = ranksOf(total).indexOf(1);
  const candidate = candidates[chosen];
  if (!candidate) return null;
  const rankings: Ranking[] = [
    ...opinions.map(({ ranker, scores, weight }) => ranking(ranker, scores.slice(0, count), weight, chosen)),
    ranking("surrogate", corrections, 1, chosen),
  ];
  const score = (mean[chosen] ?? 0) + (expected[chosen]?.mean ?? 0);
  const predicted = interpolated(score, targets, accuracies);
  return { ...candidate, origin: { ...candidate.origin, rankings, rank: 1, candidates: count, predicted } };
}

function ranking(ranker: string, scores: readonly number[], weight: number, chosen: number): Ranking {
  return { ranker, score: scores[chosen] ?? 0, weight, rank: ranksOf(scores)[chosen] ?? 1 };
}

/** From 1 for the highest; of equals, the first. */
function ranksOf(scores: readonly number[]): number[] {
  const order = scores
    .map((score, index) => ({ score, index }))
    .sort((a, b) => b.score - a.score || a.index - b.index);
  const ranks = new Array<number>(scores.length);
  order.forEach(({ index }, place) => {
    ranks[index] = place + 1;
  });
  return ranks;
}
