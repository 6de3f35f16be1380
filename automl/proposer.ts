// What is tried next: the strategy's proposals, one at a time, each into the queue of the study.
import { type Known, know } from "../archbert/graph/claims";
import { build, parse } from "../archbert/graph/language";
import { rng } from "../archbert/graph/random";
import { seedOf } from "./seed";
import type { Member } from "./space";
import type { StudyConfig } from "./storages";
import type { Context } from "./strategies";
import { isFinished } from "./trial";
import type { Work } from "./worker";

/**
 * How many trials are known to a proposal, or to the pruning of that trial: all before it but the latest few, as many as
 * run at a time. It waits for those. So the study depends on no chance of who is done first, and nobody waits long.
 */
export function settledBefore(number: number, { jobs }: Pick<StudyConfig, "jobs">): number {
  return jobs === 1 ? number : Math.max(0, number - jobs);
}

/** A trial of which nothing may be known yet. */
const unsettled = {
  state: "queued",
  values: null,
  intermediateValues: [],
  reason: null,
  attempts: 0,
} as const;

/** "not yet": there are as many as wanted, or some must be finished first. "nothing new": there never will be another. */
export type Proposed = "queued" | "not yet" | "nothing new";

/** @returns a function that queues one more trial, if it can */
export function proposer(work: Work): () => Promise<Proposed> {
  const networks = new Map<string, Known>();
  const knownOf = (program: string) => {
    const found = networks.get(program) ?? know(build(parse(program)));
    networks.set(program, found);
    return found;
  };
  let written: Promise<readonly Member[]> | undefined;
  const context = {
    knownOf,
    written: () => {
      written ??= writtenFor(work);
      return written;
    },
  };
  let last: Promise<Proposed> = Promise.resolve("not yet");
  const propose = (before?: Proposed) => (before === "nothing new" ? before : proposeOne(work, context));
  return () => {
    last = last.then(propose, () => propose());
    return last;
  };
}

/** Programs that ArchBERT writes, of which there are fewer that may be trained. */
const samples = 24;

async function writtenFor({ guide, space, config: { prompt, seed } }: Work): Promise<readonly Member[]> {
  const programs = guide ? await guide.write(prompt, { samples, seed }) : [];
  const random = rng(seedOf(seed, samples));
  return programs.flatMap((program) => space.admit(program, random) ?? []).filter(space.isCheap);
}

async function proposeOne(
  { storage, config, space, strategy, guide, most, signal }: Work,
  context: Pick<Context, "knownOf" | "written">,
): Promise<Proposed> {
  for (;;) {
    signal.throwIfAborted();
    const trials = await storage.trials();
    const number = trials.length;
    const settled = settledBefore(number, config);
    if (number >= most || !trials.slice(0, settled).every(isFinished)) return "not yet";
    const candidate = await strategy.propose(
      trials.map((trial) => (trial.number < settled ? trial : { ...trial, ...unsettled })),
      {
        ...context,
        space,
        guide,
        prompt: config.prompt,
        seed: config.seed,
        random: rng(seedOf(config.seed, number)),
        seen: new Set(trials.map(({ program }) => program)),
      },
    );
    if (!candidate) return "nothing new";
    const { program, text, known } = candidate.member;
    // Checked once more at the door to training, whatever the strategy: claims are hard constraints.
    if (!space.admit(program)) throw new Error(`internal: ${strategy.name} proposed what violates a claim`);
    const { parameters } = known.facts;
    const { origin } = candidate;
    if (await storage.add({ number, program: text, parameters, origin, claims: space.check(known) })) {
      return "queued";
    }
    // Another process was there first: it has added one, or ended the study.
    if ((await storage.final())?.test) return "nothing new";
  }
}
