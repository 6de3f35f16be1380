// Runs the trials of a study, several at a time, each in whatever process the evaluator gives it.
import { setTimeout as sleep } from "node:timers/promises";
import { type Known, know } from "../archbert/graph/claims";
import { ArchError } from "../archbert/graph/errors";
import { build, parse } from "../archbert/graph/language";
import { rng } from "../archbert/graph/random";
import { type EpochReport, type Evaluator, LostTrial } from "./evaluators";
import type { StudyEvent } from "./events";
import type { Guide } from "./guide";
import type { Pruner } from "./pruner";
import type { Space } from "./space";
import type { Lease, Outcome, Storage, StudyConfig, Worker } from "./storages";
import type { Strategy } from "./strategies";
import { isFinished, type Trial, type Values } from "./trial";

export interface Work {
  storage: Storage;
  config: StudyConfig;
  space: Space;
  strategy: Strategy;
  evaluator: Evaluator;
  pruner: Pruner | null;
  guide: Guide | null;
  worker: Worker;
  /** Trials in all, finished ones included. */
  most: number;
  jobs: number;
  /** A trial that takes longer has failed. */
  trialSeconds: number;
  leaseMs: number;
  signal: AbortSignal;
  onEvent(event: StudyEvent): void;
}

/** Attempts at a trial whose process is lost each time. */
const mostAttempts = 2;
/** Trials that fail before any is complete, after which the fault is not the candidates'. */
const hopeless = 3;

/**
 * Until all trials are finished, here or by others who share the study.
 *
 * @throws ArchError when every trial fails; the signal's reason when aborted: then the trials under way are queued again
 */
export async function runTrials(work: Work): Promise<void> {
  const next = proposer(work);
  const stop = new AbortController();
  const together: Work = { ...work, signal: AbortSignal.any([work.signal, stop.signal]) };
  const loops = Array.from({ length: work.jobs }, async () => {
    try {
      await loop(together, next);
    } catch (error) {
      stop.abort(error);
      throw error;
    }
  });
  // Each gives its trial back before any error goes on.
  const ended = await Promise.allSettled(loops);
  work.signal.throwIfAborted();
  const failed = ended.find((result) => result.status === "rejected");
  if (failed) throw stop.signal.reason;
}

async function loop(work: Work, next: () => Promise<boolean>): Promise<void> {
  const { storage, worker, leaseMs, signal } = work;
  for (;;) {
    signal.throwIfAborted();
    const lease = await storage.claim(worker, leaseMs);
    if (lease) {
      await runTrial(work, lease);
      refuseHopeless(await storage.trials());
    } else if (!(await next())) {
      const open = (await storage.trials()).filter((trial) => !isFinished(trial));
      if (open.length === 0) return;
      // Others are at it. Should they be lost, their trials are to be done here.
      await sleep(100, undefined, { signal }).catch(() => signal.throwIfAborted());
    }
  }
}

function refuseHopeless(trials: readonly Trial[]): void {
  const finished = trials.filter(isFinished);
  const failed = finished.filter(({ state }) => state === "failed");
  if (failed.length < hopeless || failed.length < finished.length) return;
  throw new ArchError(`each of ${failed.length} trials failed: ${failed.at(-1)?.reason}`, {
    fix: "Mend that first; the study can be resumed with more trials",
  });
}

/** Queues one more trial; false where there are enough, or nothing new is found. One proposal at a time. */
function proposer({ storage, config, space, strategy, guide, most }: Work): () => Promise<boolean> {
  const networks = new Map<string, Known>();
  const knownOf = (program: string) => {
    const found = networks.get(program) ?? know(build(parse(program)));
    networks.set(program, found);
    return found;
  };
  let last: Promise<boolean> = Promise.resolve(true);
  const propose = async (): Promise<boolean> => {
    for (;;) {
      const history = await storage.trials();
      if (history.length >= most) return false;
      const candidate = await strategy.propose(history, {
        space,
        guide,
        knownOf,
        prompt: config.prompt,
        seed: config.seed,
        random: rng(seedOf(config.seed, history.length)),
        seen: new Set(history.map(({ program }) => program)),
      });
      if (!candidate) return false;
      const { program, text, known } = candidate.member;
      // Checked once more at the door to training, whatever the strategy: claims are hard constraints.
      if (!space.admit(program)) throw new Error(`internal: ${strategy.name} proposed what violates a claim`);
      const added = await storage.add(
        {
          program: text,
          parameters: known.facts.parameters,
          origin: candidate.origin,
          claims: space.check(known),
        },
        most,
      );
      if (added !== "duplicate") return added === "added";
    }
  };
  return () => {
    last = last.then(propose, propose);
    return last;
  };
}

/** A seed for a part of the study: the same for the same part, and above 0, which some libraries read as none. */
export function seedOf(seed: number, part: number): number {
  return 1 + rng(rng(seed).next() * 2 ** 32 + part).below(2 ** 31);
}

/** Why a trial was stopped by us. */
class Pruned extends Error {}
class TooLong extends Error {}
class Taken extends Error {}

async function runTrial(work: Work, lease: Lease): Promise<void> {
  const { storage, config, evaluator, leaseMs, trialSeconds, signal, onEvent } = work;
  const { trial, token } = lease;
  onEvent({ kind: "trial", trial });
  const stop = new AbortController();
  const began = performance.now();
  const seen: EpochReport[] = [];
  // What is stored is stored in order, and before the end; a storage that fails ends the study.
  let stored: Promise<unknown> = Promise.resolve();
  const later = (work: () => Promise<unknown>) => {
    stored = stored.then(work).catch((error: unknown) => stop.abort(error));
  };
  const beat = setInterval(
    () =>
      later(async () => {
        if (!(await storage.heartbeat(token, leaseMs))) stop.abort(new Taken());
      }),
    leaseMs / 3,
  );
  const late = setTimeout(() => stop.abort(new TooLong()), trialSeconds * 1000);
  const onEpoch = (report: EpochReport) => {
    seen.push(report);
    const sofar = seen.map(({ accuracy }) => accuracy);
    later(async () => {
      await storage.report(token, report.accuracy);
      await prune(work, trial, sofar, report.epochs, stop);
    });
    const { epoch, epochs, accuracy } = report;
    onEvent({ kind: "epoch", number: trial.number, epoch, epochs, accuracy });
  };
  const ended = async (outcome: Outcome) => {
    await stored;
    if (!(await storage.finish(token, outcome))) return;
    const finished = (await storage.trials())[trial.number];
    if (finished) onEvent({ kind: "trial", trial: finished });
  };
  try {
    const values = await evaluator.evaluate(parse(trial.program), {
      seed: seedOf(config.seed, trial.number),
      signal: AbortSignal.any([signal, stop.signal]),
      onEpoch,
    });
    await ended({ state: "complete", values });
  } catch (error) {
    const stopped: unknown = stop.signal.reason;
    if (stopped instanceof Taken) return;
    if (stopped instanceof Pruned) {
      await ended({ state: "pruned", values: valuesOf(seen, began), reason: stopped.message });
    } else if (stopped instanceof TooLong) {
      await ended({ state: "failed", reason: `it took longer than ${trialSeconds} s` });
    } else if (stopped !== undefined) {
      throw stopped;
    } else if (signal.aborted) {
      await stored;
      await storage.release(token, { counts: false });
      throw signal.reason;
    } else if (error instanceof LostTrial && trial.attempts < mostAttempts) {
      await storage.release(token, { counts: true });
    } else {
      await ended({ state: "failed", reason: reasonOf(error) });
    }
  } finally {
    clearInterval(beat);
    clearTimeout(late);
  }
}

async function prune(
  { pruner, storage }: Work,
  { number }: Trial,
  sofar: readonly number[],
  epochs: number,
  stop: AbortController,
): Promise<void> {
  if (!pruner || stop.signal.aborted) return;
  const others = (await storage.trials()).filter((other) => other.number !== number);
  const reason = pruner.prune(sofar, epochs, others);
  if (reason) stop.abort(new Pruned(reason));
}

function valuesOf(seen: readonly EpochReport[], began: number): Values {
  const best = seen.reduce<EpochReport | undefined>(
    (best, report) => (best && best.accuracy >= report.accuracy ? best : report),
    undefined,
  );
  return {
    accuracy: best?.accuracy ?? 0,
    loss: best?.loss ?? 0,
    epochs: seen.length,
    seconds: (performance.now() - began) / 1000,
  };
}

function reasonOf(error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error);
  return (error instanceof ArchError || error instanceof LostTrial ? reason : `internal: ${reason}`).slice(
    0,
    2000,
  );
}
