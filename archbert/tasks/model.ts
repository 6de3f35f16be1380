// What the tasks ask of ArchBERT's model; it is loaded when a task first needs it.

import { ArchError, type Claim, type Known, type Meaning, type Program } from "../graph";
import { checkOptions, told } from "../graph/guard";

/** The learned part: it reads and writes language, and feels what is alike. What it claims is checked elsewhere. */
export interface ArchBert {
  /** What the text means; `confidence` (0 to 1) that it was understood. */
  read(text: string): Promise<{ meaning: Meaning; confidence: number }>;
  /** How likely it is that the text is true of the network: an opinion, 0 to 1. */
  judge(known: Known, text: string): Promise<number>;
  /** The network as a unit vector, in one space with texts. */
  embed(known: Known): Promise<Float32Array>;
  embedText(text: string): Promise<Float32Array>;
  /** What a wish claims, and programs that may fulfil it: as many as `samples`, or fewer where some repeat. */
  write(
    text: string,
    options: { samples: number; seed: number },
  ): Promise<{ claims: readonly Claim[]; confidence: number; programs: Program[] }>;
  /** A guess at the answer: an opinion. */
  answer(known: Known, question: string): Promise<{ answer: string; confidence: number }>;
}

/** What every task takes. */
export interface TaskOptions {
  /** Another model than the one that comes with the package. */
  model?: ArchBert;
  signal?: AbortSignal;
  /** Called while what takes long goes on. */
  onEvent?: (event: TaskEvent) => void;
}

export interface TaskEvent {
  message: string;
  done?: number;
  total?: number;
}

const everyMs = 250;
let loading: Promise<ArchBert> | undefined;

/**
 * Makes all tasks use this model rather than the package's own; `undefined` goes back to that.
 *
 * @throws ArchError for what is no model
 */
export function useModel(model: ArchBert | undefined): void {
  if (model !== undefined) checkModel(model);
  loading = model && Promise.resolve(model);
}

/**
 * The model to work with, loaded once for all tasks.
 *
 * @throws ArchError for what is no model; the signal's reason when aborted: the loading itself goes on, for whoever
 *   asks next
 */
export async function modelFor(options: TaskOptions): Promise<ArchBert> {
  checkOptions(options, "modelFor");
  const { model, signal, onEvent } = options;
  signal?.throwIfAborted();
  if (model !== undefined) return checkModel(model);
  loading ??= loadOwn();
  const event = { message: "loading ArchBERT" };
  onEvent?.(event);
  const beat = setInterval(() => onEvent?.(event), everyMs);
  try {
    return await unlessAborted(loading, signal);
  } finally {
    clearInterval(beat);
  }
}

const abilities = ["read", "judge", "embed", "embedText", "write", "answer"] satisfies (keyof ArchBert)[];

function checkModel(model: ArchBert): ArchBert {
  const missing = abilities.find((name) => typeof model?.[name] !== "function");
  if (missing === undefined) return model;
  throw new ArchError(`${told(model)} is no model: it cannot ${missing}`, {
    where: "model",
    fix: "Give an ArchBert, or nothing for the package's own",
  });
}

async function loadOwn(): Promise<ArchBert> {
  try {
    const { loadModel } = await import("../model/index.js");
    return await loadModel();
  } catch (error) {
    loading = undefined;
    throw error;
  }
}

function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener("abort", abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}

/**
 * Cosine of two unit vectors.
 *
 * @throws ArchError where their lengths differ
 */
export function cosine(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length)
    throw new ArchError(`vectors of ${a.length} and ${b.length} numbers`, { where: "cosine" });
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return Math.max(-1, Math.min(1, sum));
}
