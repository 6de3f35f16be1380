// Where a study is kept: its configuration, its trials and who is running them, its last training.
import type { Claim } from "../../archbert/graph/claims";
import type { NewTrial, Trial, Values } from "../trial";

/** All that results depend on. A study that resumes must have the same. */
export interface StudyConfig {
  prompt: string;
  claims: readonly Claim[];
  /** Parts of the prompt that nothing was made of. */
  notUnderstood: readonly string[];
  /** `from`: as `loadDataset` takes it; null where the data were given themselves. */
  data: { name: string; from: string | null; fingerprint: string };
  seed: number;
  /** Trials at a time at most. */
  jobs: number;
  /** Trials in all, as asked for when it began; more may be asked for later. */
  trials: number;
  strategy: string;
  /** The evaluator's name and settings. */
  evaluator: Readonly<Record<string, string | number | boolean>>;
}

/** Who runs a trial: the machine, the process, and the search within it. */
export interface Worker {
  host: string;
  pid: number;
  run: string;
}

/** A trial that is this worker's until its lease ends. */
export interface Lease {
  trial: Trial;
  /** Opens `report`, `heartbeat` and `finish`; another worker that takes the trial over gets another. */
  token: string;
}

export type Outcome =
  | { state: "complete"; values: Values }
  | { state: "pruned"; values: Values; reason: string }
  | { state: "failed"; reason: string };

/** The last training, and the one look at the test examples. */
export interface Final {
  /** The trial whose program was trained. */
  number: number;
  /** The trained network, as the evaluator packs it; null until it is trained. */
  model: Uint8Array | null;
  /** Null until it is scored. */
  test: { accuracy: number; loss: number } | null;
  /** What computed it. */
  backend: string;
  versions: Readonly<Record<string, string>>;
}

/**
 * One study. Several processes may share it: whatever they do at once, no trial is two workers' at a time, no two trials
 * have the same program, and what is finished stays finished.
 */
export interface Storage {
  /** The path of the file that the study lies in; null where it lies in none. */
  readonly file: string | null;
  /**
   * The configuration that is stored, and `config` itself where there was none.
   *
   * @param config undefined to look only
   * @returns undefined where there is no study
   */
  open(config: StudyConfig | undefined): Promise<StudyConfig | undefined>;
  /** All trials by number. */
  trials(): Promise<Trial[]>;
  /**
   * Queues a trial. False where its number is not the next, its program was queued before, or the study was scored:
   * nothing is changed.
   */
  add(trial: NewTrial): Promise<boolean>;
  /** Leases the first trial that is queued, or whose worker is gone or has let its lease run out. */
  claim(worker: Worker, leaseMs: number): Promise<Lease | undefined>;
  /** Lengthens the lease. False where the trial has been given to another: then leave it alone. */
  heartbeat(token: string, leaseMs: number): Promise<boolean>;
  /** Notes the accuracy after one more epoch. */
  report(token: string, accuracy: number): Promise<void>;
  /** Ends the trial. False where it was no longer this worker's; then nothing is changed. */
  finish(token: string, outcome: Outcome): Promise<boolean>;
  /** Gives the trial back to the queue. @param counts whether the attempt counts */
  release(token: string, options: { counts: boolean }): Promise<void>;
  final(): Promise<Final | undefined>;
  /** Stores the last training; a score that is there is never replaced. False where it was. */
  setFinal(final: Final): Promise<boolean>;
  /** Whoever holds the lease does the last training. False where another does. */
  claimFinal(worker: Worker, leaseMs: number): Promise<boolean>;
  /** Once it is done, the study lies whole in its place. */
  dispose(): void | Promise<void>;
}

/** Runs of this process that are under way: a worker of this process and of no such run is gone. */
export const activeRuns = new Set<string>();

/** Whether a worker is certainly no more; false of those on other machines. */
export function isGone({ host, pid, run }: Worker, here: string): boolean {
  if (host !== here) return false;
  if (pid === process.pid) return !activeRuns.has(run);
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}
