// Repair: from a program to a near one for which the claims hold.
import type { Claim, Quantity } from "../claims/claim";
import { claimText } from "../claims/text";
import { format } from "../language/format";
import { parse } from "../language/parse";
import type { Program } from "../language/program";
import { canonicalProgram } from "../mutations/canonical";
import { mend } from "../mutations/mend";
import { applyMutation, type MutationName, mutations } from "../mutations/registry";
import type { Rng } from "../random";
import { beginnings } from "./beginnings";
import { distance } from "./distance";
import { editsFor } from "./edits";
import { changed, likelyPairs, readingsOf, stageChanges } from "./pairs";
import { solved } from "./solve";
import { type State, stateOf } from "./state";

export interface Repair {
  program: Program;
  /** What was changed for which claim, in order. */
  steps: string[];
  /** Claims that are still refuted: empty when the repair is whole. Those that cannot be checked are not among them. */
  unmet: Claim[];
}

export interface RepairOptions {
  /** How many programs may be built and looked at; large ones count for more. */
  budget?: number;
}

interface Candidate extends State {
  distances: readonly number[];
  /** The sum of the distances: below 1 where no claim is refuted, 0 where no family is left open either. */
  unmet: number;
  /** The same with what else speaks against it: what candidates are compared by. */
  cost: number;
  steps: readonly string[];
}

/** Candidates of one step that are built and looked at. */
const breadth = 10;
/** Nodes that cost as much as one unit of the budget. */
const nodesPerUnit = 50;
/** What it costs to see that a tree is no program, or an old one: without it, a search among few programs never ends. */
const unbuilt = 0.05;
/** What may be spent on proving a family, where nothing is refuted any more. */
const proving = 300;
/** Quantities that are polynomials of the second degree in the widths. */
const quadratic: ReadonlySet<Quantity> = new Set<Quantity>(["parameters", "bytes", "multiplyAdds"]);
/** Changes of single stages, of which pairs are made. */
const mostChanges = 60;
/** Steps without progress before more is tried: two changes at once, other beginnings, random ones. */
const patience = 4;
/** What a step without progress counts against a trail, where an unmet claim counts more than 1. */
const tire = 0.7;

/**
 * A program for which every claim that can be checked holds, made from the given one by edits that aim at the claims
 * and, where those lead nowhere, by search. Input and classes stay where the claims can be met with them. Finding none proves
 * nothing; `contradiction` tells claims that exclude each other.
 *
 * @param program borrowed; returned as it is when the claims hold already
 */
export function repair(
  program: Program,
  claims: readonly Claim[],
  rng: Rng,
  { budget = 2000 }: RepairOptions = {},
): Repair {
  const search = new Search(program, claims, rng, budget);
  const first = search.look(program, []);
  if (!first) throw new Error("internal: a program that does not build is no beginning");
  const best = search.run(first);
  const unmet = claims.filter((_, i) => (best.distances[i] ?? 0) >= 1);
  return { program: best === first ? program : parse(format(best.program)), steps: [...best.steps], unmet };
}

/** A way from some beginning, as far as it has come. */
interface Trail {
  at: Candidate;
  /** Steps since it last came markedly nearer to the claims. */
  stale: number;
}

class Search {
  private readonly seen = new Set<string>();
  private spent = 0;
  private turn = 0;
  private best: Candidate | undefined;

  constructor(
    private readonly given: Program,
    private readonly claims: readonly Claim[],
    private readonly rng: Rng,
    private readonly budget: number,
  ) {}

  /** The nearest to the claims that was found. */
  run(first: Candidate): Candidate {
    const trails: Trail[] = [{ at: first, stale: 0 }];
    this.best = first;
    while (this.best.unmet > 0 && this.spent < (this.best.unmet < 1 ? proving : this.budget)) {
      const trail = trails.reduce((a, b) =>
        b.at.cost + tire * b.stale < a.at.cost + tire * a.stale ? b : a,
      );
      this.follow(trail);
      if (trails.length === 1 && trail.stale > patience) trails.push(...this.others());
      if (trail.stale > 2 * patience)
        Object.assign(trail, { at: this.elsewhere(this.best) ?? trail.at, stale: patience });
    }
    return this.best;
  }

  /** Plain networks to begin with instead. */
  private others(): Trail[] {
    return beginnings(this.given).flatMap((style) => {
      const at = this.look(style, ["from a plain network"]);
      return at ? [{ at, stale: 0 }] : [];
    });
  }

  /** One step more: nearer to the claims, or around what stands in the way. */
  private follow(trail: Trail): void {
    // Now and then the claim at hand is met whatever it costs the others, which are seen to after it.
    const commits = trail.stale > 0 && this.rng.chance(0.4);
    const next = trail.stale === patience ? this.pair(trail.at) : this.step(trail.at, commits);
    const gain = next ? trail.at.cost - next.cost : 0;
    trail.stale = gain > 0.02 ? 0 : trail.stale + 1;
    if (next && (commits || gain >= 0 || this.rng.chance(0.4))) trail.at = next;
  }

  /** The best of what may be done about one claim, or of what meets it; null when nothing new can. */
  private step(from: Candidate, commits: boolean): Candidate | null {
    const unmet = from.distances.flatMap((each, i) => (each > 0 ? [i] : []));
    const at = this.rng.chance(0.6) ? first(unmet, this.claims) : this.rng.pick(unmet);
    const claim = this.claims[at];
    if (!claim) return null;
    const edits = [...this.exact(claim, from), ...editsFor(claim, from)];
    const why = `for ${claimText(claim)}`;
    let best: Candidate | null = null;
    // The first few are what a person would try; of the others, some at random.
    const tries = [...edits.slice(0, 4), ...this.rng.shuffle(edits.slice(4))];
    let looked = 0;
    for (const tree of tries) {
      if (looked >= breadth || this.spent >= this.budget) break;
      const before = this.spent;
      const candidate = this.look(tree, [...from.steps, why], best?.cost);
      if (this.spent - before >= 1) looked++;
      if (!candidate || (commits && (candidate.distances[at] ?? 0) > 0)) continue;
      best = candidate;
      if (candidate.cost === 0) return candidate;
    }
    return best ?? this.elsewhere(from);
  }

  /** Where a number must come out within less than its hundredth part: what equations say, once it is near. */
  private exact(claim: Claim, from: Candidate): Program[] {
    if (claim.kind !== "number" || !quadratic.has(claim.quantity) || claim.relation !== "=") return [];
    const { quantity, amount } = claim;
    const have = from.known.measure(quantity).value ?? 0;
    const { value, tolerance } = amount;
    if (tolerance > value / 100 || have > 3 * value || 3 * have < value) return [];
    this.spent += 2;
    const bounds = { low: value - tolerance, high: value + tolerance, turn: this.turn++ };
    return solved(from.program, bounds, (tree) => {
      const known = this.spent < this.budget ? this.state(tree)?.known : undefined;
      if (!known) return null;
      const breaks = this.claims.some((other, i) => from.distances[i] === 0 && distance(other, known) > 0);
      return breaks ? null : known.measure(quantity).value;
    });
  }

  /** The best of two changes at once; null when none is new. */
  private pair(from: Candidate): Candidate | null {
    const changes = this.rng.shuffle(stageChanges(from.program)).slice(0, mostChanges);
    const single = changes.flatMap((change) => {
      const state = this.state(changed(from.program, [change]));
      return state ? [{ change, readings: readingsOf(this.claims, state.known) }] : [];
    });
    let best: Candidate | null = null;
    for (const pair of likelyPairs(readingsOf(this.claims, from.known), single, breadth)) {
      const steps = [...from.steps, "two stages at once"];
      const candidate: Candidate | null = this.look(changed(from.program, pair), steps, best?.cost);
      if (!candidate) continue;
      best = candidate;
      if (candidate.cost === 0) break;
    }
    return best;
  }

  /** The tree as a program with its network, whether seen before or not. */
  private state(tree: Program): State | null {
    const mended = mend(tree);
    const state = mended && stateOf(mended);
    this.spent += state ? 0.5 + state.known.architecture.nodes.length / nodesPerUnit : unbuilt;
    return state;
  }

  /** Some random mutations away. */
  private elsewhere(from: Candidate): Candidate | null {
    for (let tries = 0; tries < 8; tries++) {
      const name = this.rng.pick(Object.keys(mutations) as MutationName[]);
      const changed = applyMutation(name, from.program, this.rng);
      const candidate = changed && this.look(changed, [...from.steps, name]);
      if (candidate) return candidate;
    }
    return null;
  }

  /**
   * The tree as a program with its distances; null when it is none, when it was seen before, or when it costs as much
   * as one that is there already.
   */
  look(tree: Program, steps: readonly string[], limit = Number.POSITIVE_INFINITY): Candidate | null {
    this.spent += unbuilt;
    const mended = mend(tree);
    if (!mended) return null;
    const key = canonicalProgram(mended);
    if (this.seen.has(key)) return null;
    this.seen.add(key);
    const state = stateOf(mended);
    if (!state) return null;
    const { known } = state;
    this.spent += 1 + known.architecture.nodes.length / nodesPerUnit;
    const distances: number[] = [];
    let unmet = 0;
    const strange = departures(this.given, mended);
    for (const claim of this.claims) {
      const apart = distance(claim, known);
      distances.push(apart);
      unmet += apart;
      if (unmet + strange >= limit) return null;
    }
    const candidate = { program: mended, known, distances, unmet, cost: unmet + strange, steps };
    if (this.best && candidate.cost < this.best.cost) this.best = candidate;
    return candidate;
  }
}

/** Less than any claim: that the input or the classes are others. */
function departures(from: Program, to: Program): number {
  const otherInput = JSON.stringify(from.input) !== JSON.stringify(to.input);
  return 0.05 * (Number(otherInput) + Number(from.head.classes !== to.head.classes));
}

/** What shapes the rest comes first. */
const order: readonly Claim["kind"][] = ["input", "is", "stages", "has", "kernel", "more", "count", "number"];

function first(unmet: readonly number[], claims: readonly Claim[]): number {
  const rank = (i: number) => order.indexOf(claims[i]?.kind ?? "number");
  return [...unmet].sort((a, b) => rank(a) - rank(b))[0] ?? 0;
}
