// Runs the trials of a study, several at a time, each in whatever process the evaluator gives it.
import { setTimeout as sleep } from "node:timers/promises";
import { ArchError } from "../archbert/graph/errors";
import type { Evaluator } from "./evaluators";
import type { StudyEvent } from "./events";
import type { Guide } from "./guide";
import { type Proposed, proposer } from "./proposer";
import type { Pruner } from "./pruner";
import { runTrial } from "./runTrial";
import type { Space } from "./space";
import type { Storage, StudyConfig, Worker } from "./storages";
import type { Strategy } from "./strategies";
import { isFinished, type Trial } from "./trial";

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

/** Trials that fail before any is complete, after which the fault is not the candidates'. */
const hopeless = 3;
/** How often it is looked whether others are done. */
const waitMs = 100;

/**
 * Until all trials are finished, here or by others who share the study.
 *
 * @throws ArchError when every trial fails; the signal's reason when aborted: then the trials under way are queued again
 */
export async function runTrials(work: Work): Promise<void> {
  const stop = new AbortController();
  const together: Work = { ...work, signal: AbortSignal.any([work.signal, stop.signal]) };
  const next = proposer(together);
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
  const failed = ended.some((result) => result.status === "rejected");
  if (failed) throw stop.signal.reason;
}

async function loop(work: Work, next: () => Promise<Proposed>): Promise<void> {
  const { storage, worker, leaseMs, most, signal } = work;
  for (;;) {
    signal.throwIfAborted();
    const lease = await storage.claim(worker, leaseMs);
    if (lease) {
      await runTrial(work, lease);
      refuseHopeless(await storage.trials());
      continue;
    }
    const proposed = await next();
    if (proposed === "queued") continue;
    const trials = await storage.trials();
    if (!trials.every(isFinished)) {
      // Others are at it. Should they be lost, their trials are to be done here.
      await sleep(waitMs, undefined, { signal }).catch(() => signal.throwIfAborted());
    } else if (proposed === "nothing new" || trials.length >= most) return;
    // Else others have finished since, and now there can be a proposal.
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
