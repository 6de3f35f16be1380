// The end of a study: its best is trained once more with all that may be learned from, and looked at once on the test.
import { setTimeout as sleep } from "node:timers/promises";
import { ArchError } from "../archbert/graph/errors";
import { parse } from "../archbert/graph/language";
import { checkpointFor, forgetCheckpoint } from "./checkpoints";
import { LostTrial, type Model } from "./evaluators";
import { mostAttempts } from "./runTrial";
import { seedOf } from "./seed";
import type { Final } from "./storages";
import { bestTrial, flawOf, type Trial } from "./trial";
import type { Work } from "./worker";

/** Parts of a study's seed that no trial has. */
const lastTraining = 2 ** 31;
const waitMs = 200;

/**
 * The last training with its score: made now, or what is stored. A score is stored once and never replaced; a process
 * that dies after training goes on from the stored network.
 *
 * @throws ArchError where no trial is complete, or the training fails; the signal's reason when aborted
 */
export async function finishStudy(work: Work): Promise<Final> {
  const { storage, worker, leaseMs, signal } = work;
  for (;;) {
    signal.throwIfAborted();
    const stored = await storage.final();
    if (stored?.test) return stored;
    if (await storage.claimFinal(worker, leaseMs)) break;
    // Another process that shares the study is at it.
    await sleep(waitMs, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
  const beat = setInterval(() => void storage.claimFinal(worker, leaseMs).catch(() => {}), leaseMs / 3);
  try {
    return await scored(work, await trained(work));
  } finally {
    clearInterval(beat);
  }
}

async function trained(work: Work): Promise<Final> {
  const { storage } = work;
  const best = bestTrial(await storage.trials());
  if (!best) {
    throw new ArchError("no trial is complete, so there is no best", {
      fix: "Give more trials, or look at why they failed",
    });
  }
  const stored = await storage.final();
  // A study that was killed before its score may have found a better one since.
  if (stored?.model && stored.number === best.number) return stored;
  const { packed, backend, versions } = await retrained(work, best);
  const final = { number: best.number, model: packed, test: null, backend, versions };
  await storage.setFinal(final);
  return final;
}

async function retrained(
  { storage, config, evaluator, signal, onEvent }: Work,
  { number, program }: Trial,
): Promise<Model> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await evaluator.retrain(parse(program), {
        seed: seedOf(config.seed, lastTraining),
        checkpoint: await checkpointFor(storage, "final"),
        signal,
        onEpoch: ({ epoch, epochs }) => onEvent({ kind: "retraining", number, epoch, epochs }),
      });
    } catch (error) {
      if (!(error instanceof LostTrial)) throw error;
      if (attempt < mostAttempts) continue;
      throw new ArchError(`the last training, of trial ${number}, failed: ${error.message}`, {
        fix: "Mend that and resume the study: its trials are kept",
      });
    }
  }
}

async function scored({ storage, evaluator, onEvent }: Work, final: Final): Promise<Final> {
  const trial = (await storage.trials())[final.number];
  if (!trial || !final.model) throw new ArchError("the study's last training is of no trial that it has");
  const test = await evaluator.test(parse(trial.program), final.model);
  const flaw = flawOf({ ...test });
  if (flaw) throw new ArchError(`trial ${final.number} cannot be scored on the test examples: ${flaw}`);
  const stored = await storage.setFinal({ ...final, test });
  const kept = stored ? { ...final, test } : await storage.final();
  if (!kept?.test) throw new Error("internal: a score is stored, and not there");
  await forgetCheckpoint(storage);
  onEvent({ kind: "test", number: kept.number, accuracy: kept.test.accuracy });
  return kept;
}
