// One trial, from its lease to its end: complete, pruned, failed, or given back.
import { ArchError } from "../archbert/graph/errors";
import { parse } from "../archbert/graph/language";
import { checkpointFor, forgetCheckpoint } from "./checkpoints";
import { type EpochReport, LostTrial } from "./evaluators";
import { settledBefore } from "./proposer";
import { seedOf } from "./seed";
import type { Lease, Outcome } from "./storages";
import { flawOf, type Trial, type Values } from "./trial";
import type { Work } from "./worker";

/** Attempts at a trial whose process is lost each time. */
export const mostAttempts = 2;
/** The same where the whole search is lost each time, which may be somebody's wish. */
const mostBeginnings = 10;
/** A timer of more fires at once. @see https://nodejs.org/api/timers.html#settimeoutcallback-delay-args */
const longestTimerMs = 2 ** 31 - 1;

/** Why a trial was stopped by us. */
class Pruned extends Error {
  constructor(
    reason: string,
    /** The epochs that the decision was made by; more may have come meanwhile. */
    readonly epochs: number,
  ) {
    super(reason);
  }
}
class Failed extends Error {}
class Taken extends Error {}

/** @throws the signal's reason when aborted, and what a storage or a listener throws; the trial is then given back */
export async function runTrial(work: Work, lease: Lease): Promise<void> {
  const { storage, onEvent } = work;
  const { trial, token } = lease;
  const outcome =
    trial.attempts > mostBeginnings
      ? failed(`each of ${trial.attempts - 1} attempts ended with the whole search`)
      : await outcomeOf(work, lease).catch(async (error: unknown) => {
          // A storage that failed may fail here again: what came first is told.
          await storage.release(token, { counts: false }).catch(() => {});
          throw error;
        });
  if (outcome === "taken") return;
  if (outcome === "lost" || outcome === "aborted") {
    await storage.release(token, { counts: outcome === "lost" });
    if (outcome === "aborted") throw work.signal.reason;
    return;
  }
  if (!(await storage.finish(token, outcome))) return;
  await forgetCheckpoint(storage, checkpointOf(trial));
  const finished = (await storage.trials())[trial.number];
  if (finished) onEvent({ kind: "trial", trial: finished });
}

async function outcomeOf(
  work: Work,
  { trial, token }: Lease,
): Promise<Outcome | "taken" | "lost" | "aborted"> {
  const { storage, config, evaluator, leaseMs, trialSeconds, signal, onEvent } = work;
  onEvent({ kind: "trial", trial });
  const stop = new AbortController();
  const began = performance.now();
  const seen: EpochReport[] = [];
  // What is stored is stored in order, and before the end; a storage that fails ends the study.
  let stored: Promise<unknown> = Promise.resolve();
  const later = (write: () => Promise<unknown>) => {
    stored = stored
      .then(() => (stop.signal.aborted ? undefined : write()))
      .catch((error: unknown) => stop.abort(error));
  };
  const beat = setInterval(() => {
    later(async () => {
      if (!(await storage.heartbeat(token, leaseMs))) stop.abort(new Taken());
    });
  }, leaseMs / 3);
  const fail = (reason: string) => stop.abort(new Failed(reason));
  const late =
    trialSeconds * 1000 <= longestTimerMs
      ? setTimeout(() => fail(`it took longer than ${trialSeconds} s`), trialSeconds * 1000)
      : undefined;
  const onEpoch = (report: EpochReport) => {
    if (stop.signal.aborted) return;
    const flaw = flawOf({ ...report });
    if (flaw) return fail(`after epoch ${report.epoch}, ${flaw}`);
    const count = seen.push(report);
    const { epoch, epochs, accuracy } = report;
    later(async () => {
      await storage.report(token, accuracy);
      const reason = await pruneReason(work, trial.number, seen.slice(0, count), epochs);
      if (reason) stop.abort(new Pruned(reason, count));
    });
    try {
      onEvent({ kind: "epoch", number: trial.number, epoch, epochs, accuracy });
    } catch (error) {
      // Else it would pass for the candidate's fault.
      stop.abort(error);
    }
  };
  try {
    const values = await evaluator.evaluate(parse(trial.program), {
      seed: seedOf(config.seed, trial.number),
      checkpoint: await checkpointFor(storage, checkpointOf(trial)),
      signal: AbortSignal.any([signal, stop.signal]),
      onEpoch,
    });
    await stored;
    stop.signal.throwIfAborted();
    const flaw = flawOf({ ...values });
    return flaw ? failed(flaw) : { state: "complete", values };
  } catch (error) {
    await stored;
    const stopped: unknown = stop.signal.reason;
    if (stopped instanceof Taken) return "taken";
    if (stopped instanceof Pruned) {
      const values = valuesOf(seen.slice(0, stopped.epochs), began);
      return { state: "pruned", values, reason: stopped.message };
    }
    if (stopped instanceof Failed) return failed(stopped.message);
    if (stopped !== undefined) throw stopped;
    if (signal.aborted) return "aborted";
    if (error instanceof LostTrial && trial.attempts < mostAttempts) return "lost";
    return failed(reasonOf(error));
  } finally {
    clearInterval(beat);
    clearTimeout(late);
  }
}

const checkpointOf = ({ number }: Trial) => `trial-${number}`;

const failed = (reason: string): Outcome => ({ state: "failed", reason });

async function pruneReason(
  { pruner, storage, config }: Work,
  number: number,
  sofar: readonly EpochReport[],
  epochs: number,
): Promise<string | null> {
  if (!pruner) return null;
  const known = (await storage.trials()).slice(0, settledBefore(number, config));
  return pruner.prune(
    sofar.map(({ accuracy }) => accuracy),
    epochs,
    known,
  );
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
  const isKnown = error instanceof ArchError || error instanceof LostTrial;
  return (isKnown ? reason : `internal: ${reason}`).slice(0, 2000);
}
