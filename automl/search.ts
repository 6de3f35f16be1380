// From a sentence to a trained network: the whole search.
import { randomUUID } from "node:crypto";
import { availableParallelism, hostname } from "node:os";
import path from "node:path";
import { type Claim, claimText, isClaim } from "../archbert/graph/claims";
import { ArchError } from "../archbert/graph/errors";
import {
  checkList,
  checkOptions,
  checkOutline,
  checkString,
  type Outline,
  refused,
} from "../archbert/graph/guard";
import { parse } from "../archbert/graph/language";
import { checkFolder } from "../compute/files";
import { checkDataset, type Dataset, loadDataset } from "../datasets";
import { forgetCheckpoint } from "./checkpoints";
import { type Evaluator, type TrainingOptions, trainingEvaluator, trainingOptionsOf } from "./evaluators";
import type { StudyEvent } from "./events";
import { finishStudy } from "./final";
import { archbertGuide, type Guide } from "./guide";
import { medianPruner, type Pruner } from "./pruner";
import { readPrompt } from "./reading";
import { createSpace } from "./space";
import { activeRuns, openStorage, type Storage, type StudyConfig } from "./storages";
import { type Strategy, strategies, strategyNames } from "./strategies";
import { type Best, fingerprintOf, type Study, sameStudy, studyOf } from "./study";
import { isFinished } from "./trial";
import { runTrials, type Work } from "./worker";

export interface SearchOptions extends TrainingOptions {
  /** A dataset, its name, or a folder of IDX files. */
  data?: string | Dataset;
  /** In all: a study that resumes makes up the rest. */
  trials?: number;
  seed?: number;
  /** A URL (`openStorage`), or a storage, which stays the caller's. */
  storage?: string | Storage;
  /** By name, or one's own. */
  strategy?: string | Strategy;
  /** Trials at a time; as many as there are cores, up to 8, when not given. */
  jobs?: number;
  /** A folder for the trained network: model.onnx, tfjs/ and program.arch. */
  out?: string;
  /** What names of files are relative to. */
  folder?: string;
  signal?: AbortSignal;
  onEvent?: (event: StudyEvent) => void;
  /** What is wanted, in place of what is read in the prompt. */
  claims?: readonly Claim[];
  /** What reads, writes and ranks; ArchBERT unless given; null for none. */
  guide?: Guide | null;
  evaluator?: Evaluator;
  /** Null for none. */
  pruner?: Pruner | null;
  /** A trial that takes longer has failed; Infinity for no bound. */
  trialSeconds?: number;
}

export const searchDefaults = {
  data: "digits",
  trials: 12,
  seed: 1,
  strategy: "archbert",
  trialSeconds: 1800,
};

/** After so long without a sign of its worker, a trial is another's. */
const leaseMs = 30_000;
const mostTrials = 100_000;
export const mostJobs = 1024;

/**
 * Searches the architecture that fits the sentence and learns the data best.
 *
 * Each trial meets the claims of the sentence as far as they can be checked, and is trained on the training examples
 * only. Choices are made by the validation examples. At the end, the best is trained once more on both, and scored once
 * on the test examples. The same seed, data, jobs and backend give the same study.
 *
 * A network that cannot be written to `out` at the end is told in the study, which is not lost by it.
 *
 * @throws ArchError where the sentence, the data or an option cannot be; where every trial fails; the signal's reason
 *   when aborted, within a second: the study can then be resumed from its storage
 */
export async function search(prompt: string, options: SearchOptions = {}): Promise<Study> {
  checkString(prompt, "prompt", "search");
  checkOptions(options, "search");
  const { folder = process.cwd(), signal, storage: wanted } = options;
  if (wanted !== undefined) checkStorage(wanted, "search");
  checkOwn(options);
  if (options.out !== undefined) checkFolder(path.resolve(folder, options.out), options.out);
  signal?.throwIfAborted();
  const plan = await planOf(prompt, options, folder);
  const url = typeof wanted === "string" ? wanted : null;
  const own = typeof wanted === "object" ? null : await openStorage(url ?? "memory:", { folder });
  const storage = own ?? (wanted as Storage);
  const run = randomUUID();
  activeRuns.add(run);
  try {
    const work = await workOf(storage, plan, options, { url, run });
    await runWhole(work);
    return await studyOf(storage, { url, ...(await save(work, options.out, folder)) });
  } finally {
    activeRuns.delete(run);
    await own?.dispose();
  }
}

export type ResumeOptions = Omit<SearchOptions, "seed" | "storage" | "claims">;

/**
 * Goes on with a stored study, as it was begun.
 *
 * @param storage its URL, or a storage, which stays the caller's
 * @param options only what shall be otherwise: more trials, fewer jobs
 * @throws ArchError where there is no study, or what is given is not what it was begun with
 */
export async function resume(storage: string | Storage, options: ResumeOptions = {}): Promise<Study> {
  checkStorage(storage, "resume");
  checkOptions(options, "resume");
  const { folder = process.cwd() } = options;
  const opened =
    typeof storage === "string" ? await openStorage(storage, { folder, create: false }) : storage;
  try {
    const config = await opened.open(undefined);
    if (!config) throw noStudy(typeof storage === "string" ? storage : undefined);
    const { prompt, seed, claims, data, strategy, trials, evaluator } = config;
    const count = (await opened.trials()).length;
    return await search(prompt, {
      data: data.from ?? data.name,
      strategy,
      trials: Math.max(trials, count),
      ...trainingOptionsOf(evaluator),
      ...options,
      seed,
      claims,
      storage,
    });
  } finally {
    if (opened !== storage) await opened.dispose();
  }
}

/**
 * A stored study as it is: running, stopped or over.
 *
 * @param storage its URL, or a storage, which stays the caller's
 * @throws ArchError where there is none
 */
export async function loadStudy(
  storage: string | Storage,
  options: { folder?: string } = {},
): Promise<Study> {
  checkStorage(storage, "loadStudy");
  checkOptions(options, "loadStudy");
  const { folder = process.cwd() } = options;
  if (typeof storage !== "string") return studyOf(storage, { url: null });
  const opened = await openStorage(storage, { folder, create: false });
  try {
    return await studyOf(opened, { url: storage });
  } finally {
    await opened.dispose();
  }
}

interface Plan {
  prompt: string;
  data: Dataset;
  from: string | null;
  seed: number;
  trials: number;
  jobs: number;
  trialSeconds: number;
  strategy: Strategy;
  evaluator: Evaluator;
}

/** The options as they are meant. @throws ArchError for one that cannot be */
async function planOf(prompt: string, options: SearchOptions, folder: string): Promise<Plan> {
  if (prompt.trim() === "") throw new ArchError("the prompt is empty", { fix: "Say what network you want" });
  const { data: wanted = searchDefaults.data, strategy: named = searchDefaults.strategy } = options;
  const { seed = searchDefaults.seed, trials = searchDefaults.trials } = options;
  const { jobs = Math.min(8, availableParallelism()), trialSeconds = searchDefaults.trialSeconds } = options;
  whole("trials", trials, 1, mostTrials);
  whole("jobs", jobs, 1, mostJobs);
  whole("seed", seed, 0, 2 ** 32 - 1);
  if (!(trialSeconds > 0)) {
    throw new ArchError(`trialSeconds is ${trialSeconds}`, { fix: "Give a number above 0" });
  }
  const strategy = typeof named === "string" ? strategyNamed(named) : named;
  checkOutline(
    strategy,
    { name: "string", propose: "function" },
    "strategy",
    "a strategy, nor the name of one",
  );
  const from = typeof wanted === "string" ? wanted : null;
  const data = typeof wanted === "string" ? await loadDataset(wanted, { folder }) : wanted;
  checkDataset(data, "data");
  const evaluator = options.evaluator ?? trainingEvaluator(data, options);
  await evaluator.check?.();
  return { prompt, data, from, seed, trials, jobs, trialSeconds, strategy, evaluator };
}

/** Begins the study in its storage, or goes on with the one there is. */
async function workOf(
  storage: Storage,
  { prompt, data, from, seed, trials, jobs, trialSeconds, strategy, evaluator }: Plan,
  options: SearchOptions,
  { url, run }: { url: string | null; run: string },
): Promise<Work> {
  const { signal = new AbortController().signal, onEvent = () => {}, pruner = medianPruner } = options;
  const guide = options.guide === undefined ? archbertGuide({ signal }) : options.guide;
  const asked = {
    prompt,
    data: { name: data.name, from, fingerprint: fingerprintOf(data) },
    seed,
    jobs,
    trials,
    strategy: strategy.name,
    evaluator: evaluator.config,
  };
  const where = url ?? "memory";
  let config = await storage.open(undefined);
  if (!config) {
    const reading = options.claims
      ? { claims: options.claims, notUnderstood: [] }
      : await readPrompt(guide, prompt);
    createSpace(reading.claims, data.train);
    const fresh: StudyConfig = { ...asked, ...reading };
    config = (await storage.open(fresh)) ?? fresh;
  }
  sameStudy(config, { ...asked, claims: options.claims ?? config.claims }, where);
  return {
    storage,
    config,
    space: createSpace(config.claims, data.train),
    strategy,
    evaluator,
    pruner,
    guide,
    worker: { host: hostname(), pid: process.pid, run },
    most: trials,
    jobs: Math.min(jobs, config.jobs, trials),
    trialSeconds,
    leaseMs,
    signal,
    onEvent,
  };
}

async function runWhole(work: Work): Promise<void> {
  const { storage, config, most, onEvent } = work;
  const before = await storage.trials();
  const { prompt, strategy, notUnderstood } = config;
  const claims = work.space.claims.map(claimText);
  onEvent({ kind: "study", prompt, claims, notUnderstood, strategy, trials: before, total: most });
  if ((await storage.final())?.test) {
    // To go on now would be to choose with an eye on the test.
    if (before.filter(isFinished).length < most) {
      throw new ArchError(
        `this study is over: it was scored on the test examples after ${before.length} trials`,
        {
          fix: `Ask for ${before.length} trials to see it, or begin another in another storage`,
        },
      );
    }
    // What a process left that was killed right after the score.
    await forgetCheckpoint(storage);
    return;
  }
  await runTrials(work);
  await finishStudy(work);
}

async function save(
  { storage, evaluator }: Work,
  out: string | undefined,
  folder: string,
): Promise<Pick<Best, "exports" | "notExported">> {
  if (out === undefined) return { exports: [], notExported: null };
  const final = await storage.final();
  const trial = final && (await storage.trials())[final.number];
  if (!final?.model || !trial) throw new Error("internal: a study that is over without a network");
  try {
    const files = await evaluator.save(parse(trial.program), final.model, path.resolve(folder, out));
    return { exports: files.map((file) => path.join(out, file)), notExported: null };
  } catch (error) {
    // The search took long: what it found is worth telling all the same.
    const isTold = error instanceof ArchError || (error as NodeJS.ErrnoException).code !== undefined;
    if (!isTold) throw error;
    return { exports: [], notExported: (error as Error).message };
  }
}

/** @throws ArchError for an object of one's own that lacks what is asked of it, before anything is done */
function checkOwn({ claims, guide, evaluator, pruner, out }: SearchOptions): void {
  if (out !== undefined) checkString(out, "name of a folder", "out");
  if (claims !== undefined) {
    checkList(claims, "claims", "claims", (claim, where) => {
      if (!isClaim(claim)) throw refused(claim, "claim", where);
    });
  }
  const check = (value: unknown, where: string, outline: Outline) => {
    if (value === undefined || value === null) return;
    checkOutline(value, outline, where, `an object with ${Object.keys(outline).join(", ")}`);
  };
  check(guide, "guide", { read: "function", write: "function", fit: "function" });
  check(evaluator, "evaluator", { config: "object", evaluate: "function", retrain: "function" });
  check(pruner, "pruner", { prune: "function" });
}

/** @throws ArchError for what neither names a storage nor is one */
function checkStorage(storage: unknown, where: string): void {
  if (typeof storage === "string") return;
  checkOutline(storage, { open: "function", trials: "function" }, where, "a storage, nor the URL of one");
}

function noStudy(where: string | undefined): ArchError {
  return new ArchError("there is no study", { where, fix: "Begin one first" });
}

function strategyNamed(name: string): Strategy {
  if (Object.hasOwn(strategies, name)) return strategies[name as keyof typeof strategies];
  throw new ArchError(`there is no strategy "${name}"`, { fix: `Choose ${strategyNames.join(", ")}` });
}

function whole(name: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new ArchError(`${name} is ${value}`, { fix: `Give a whole number from ${least} to ${most}` });
}
