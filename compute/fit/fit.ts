// The training loop, in this process.
import { setImmediate as turn } from "node:timers/promises";
import { rng } from "../../archbert/graph/random";
import type { Network } from "../model";
import type { Epoch, FitEvent, Settings, StopReason } from "../trained";
import { adamW, type Moments, noMoments, schedule } from "./adamW";
import { TrainingError } from "./errors";
import { type Examples, gather } from "./examples";
import { crossEntropy, score, targets } from "./loss";
import { downloaded, evaluateNetwork, uploaded } from "./pass";

/** All that a training is after an epoch: enough to go on from. */
export interface State {
  history: Epoch[];
  /** Epoch of the best validation so far. */
  bestEpoch: number;
  /** Of each parameter of the network in order, as it lies in memory: now, and after the best epoch. */
  values: Float32Array[];
  best: Float32Array[];
  moments: Moments;
}

export interface Data {
  training: Examples;
  validation: Examples;
}

export interface FitHooks {
  onEvent?: (event: FitEvent) => void;
  /** Called after each whole epoch; what it gets is borrowed until it returns. */
  onState?: (state: State) => void;
  /** Where to go on from; changed. */
  state?: State | null;
  maxSeconds?: number;
  /** Checked between steps. */
  signal?: AbortSignal;
}

export interface Fitted {
  history: readonly Epoch[];
  bestEpoch: number;
  stopped: StopReason;
}

const stepEventMs = 200;

/**
 * Trains the network, and leaves it with the weights of its best epoch: of highest accuracy on the validation, then of
 * least loss. The same seed, settings, data and backend give the same numbers, in one go or resumed between epochs.
 *
 * @param network changed; the caller disposes it
 * @param data    borrowed, and fitting the network (`checkFitting`)
 * @throws TrainingError of kind "diverged"; the signal's reason when aborted
 */
export async function fit(
  network: Network,
  { training, validation }: Data,
  settings: Settings,
  { onEvent, onState, state = null, maxSeconds = Infinity, signal }: FitHooks = {},
): Promise<Fitted> {
  const { epochs } = settings;
  const until = performance.now() + maxSeconds * 1000;
  const now = state ?? (await firstState(network));
  if (state) uploaded(network, state.values);
  onEvent?.({
    kind: "start",
    backend: network.backend.name,
    parameters: trainableOf(network).reduce((sum, k) => sum + (now.values[k]?.length ?? 0), 0),
    epochs,
    steps: stepsOf(training, settings),
    history: [...now.history],
  });
  let stopped: StopReason = "epochs";
  while (now.history.length < epochs && stopped === "epochs") {
    if (isOutOfPatience(now, settings)) {
      stopped = "patience";
      break;
    }
    const epoch = now.history.length + 1;
    const began = performance.now();
    const { isWhole, ...learned } = await trainEpoch(network, training, settings, now, {
      onEvent,
      signal,
      until,
    });
    const checked = await evaluateNetwork(network, validation, settings.batchSize);
    if (!Number.isFinite(checked.loss)) throw diverged(epoch, stepsOf(training, settings), settings);
    now.values = await downloaded(network);
    const record: Epoch = {
      epoch,
      ...learned,
      validationLoss: checked.loss,
      validationAccuracy: checked.accuracy,
      ms: performance.now() - began,
    };
    const isBest = noted(now, record);
    // Half an epoch is a result, but nothing to go on from as if it were whole.
    if (isWhole) onState?.(now);
    onEvent?.({ kind: "epoch", epochs, isBest, ...record });
    await turn();
    signal?.throwIfAborted();
    if (!isWhole || performance.now() > until) stopped = "time";
  }
  uploaded(network, now.best);
  return {
    history: now.history,
    bestEpoch: now.bestEpoch,
    stopped: now.history.length < epochs ? stopped : "epochs",
  };
}

/** Into the history; and the weights are kept where it is the best. @returns whether it is */
function noted(now: State, record: Epoch): boolean {
  const isBest = isBetter(record, now.history[now.bestEpoch - 1]);
  now.history.push(record);
  if (isBest) {
    now.bestEpoch = record.epoch;
    now.best = now.values.map((value) => value.slice());
  }
  return isBest;
}

interface Learned extends Pick<Epoch, "learningRate" | "loss" | "accuracy"> {
  /** False where the time was up before its last step. */
  isWhole: boolean;
}

/** Every training example once, in an order of the epoch's own. Moves the network, and `now` with it. */
async function trainEpoch(
  network: Network,
  training: Examples,
  settings: Settings,
  now: State,
  { onEvent, signal, until }: Pick<FitHooks, "onEvent" | "signal"> & { until: number },
): Promise<Learned> {
  const { epochs, batchSize, weightDecay } = settings;
  const epoch = now.history.length + 1;
  const steps = stepsOf(training, settings);
  const trainable = trainableOf(network);
  const values = trainable.map((k) => now.values[k] ?? new Float32Array());
  const decays = trainable.map((k) => network.parameters[k]?.decays === true);
  const random = rng(rng(settings.seed).next() * 2 ** 32 + epoch);
  const order = random.shuffle(Array.from(training.labels.keys()));
  const seen = { loss: 0, right: 0, count: 0 };
  let learningRate = 0;
  let step = 0;
  let said = 0;
  for (let at = 0; step < steps && at <= until; step++) {
    const chosen = order.slice(step * batchSize, step === steps - 1 ? undefined : (step + 1) * batchSize);
    learningRate =
      settings.learningRate * schedule((epoch - 1) * steps + step, epochs * steps, settings.warmup);
    const made = await oneStep(network, training, chosen, settings, random.fork());
    const moved =
      Number.isFinite(made.loss) &&
      adamW(values, made.gradients, now.moments, learningRate, { decays, weightDecay });
    if (!moved) throw diverged(epoch, step + 1, settings);
    uploaded(network, now.values, trainable);
    seen.loss += made.loss * chosen.length;
    seen.right += made.right;
    seen.count += chosen.length;
    at = performance.now();
    if (at - said >= stepEventMs) {
      said = at;
      onEvent?.({ kind: "step", epoch, epochs, step: step + 1, steps, loss: seen.loss / seen.count });
      // Lets messages and timers in: what a step awaits may be there at once.
      await turn();
    }
    signal?.throwIfAborted();
  }
  return {
    learningRate,
    loss: seen.loss / seen.count,
    accuracy: seen.right / seen.count,
    isWhole: step === steps,
  };
}

/** Indices of the parameters that learn. */
function trainableOf({ parameters }: Network): number[] {
  return parameters.flatMap(({ trainable }, k) => (trainable ? [k] : []));
}

/** A last batch that is less than half full joins the one before: a norm over a few examples says little. */
function stepsOf({ labels }: Examples, { batchSize }: Settings): number {
  return Math.max(1, Math.round(labels.length / batchSize));
}

async function firstState(network: Network): Promise<State> {
  const values = await downloaded(network);
  const sizes = trainableOf(network).map((k) => values[k]?.length ?? 0);
  return { history: [], bestEpoch: 0, values, best: values, moments: noMoments(sizes) };
}

function isBetter(epoch: Epoch, best: Epoch | undefined): boolean {
  if (!best || epoch.validationAccuracy !== best.validationAccuracy) {
    return !best || epoch.validationAccuracy > best.validationAccuracy;
  }
  return epoch.validationLoss < best.validationLoss;
}

function isOutOfPatience({ history, bestEpoch }: State, { patience }: Settings): boolean {
  return patience !== null && history.length - bestEpoch >= patience && history.length > 0;
}

function diverged(epoch: number, step: number, { learningRate }: Settings): TrainingError {
  return new TrainingError("diverged", `the loss is no longer a number at step ${step} of epoch ${epoch}`, {
    fix: `Train with a learning rate below ${learningRate}, or with normalization`,
  });
}

interface Made {
  loss: number;
  right: number;
  /** Of the trainable parameters in order. */
  gradients: Float32Array[];
}

async function oneStep(
  network: Network,
  examples: Examples,
  chosen: readonly number[],
  settings: Settings,
  random: ReturnType<typeof rng>,
): Promise<Made> {
  const { tf } = network.backend;
  const { classes, shape } = examples;
  const labels = chosen.map((example) => examples.labels[example] ?? 0);
  const block = gather(examples, chosen, settings.augment, random);
  const x = tf.tensor(block, [chosen.length, ...shape]);
  const target = tf.tensor(targets(labels, classes, settings.labelSmoothing), [chosen.length, classes]);
  const variables = network.parameters.flatMap(({ trainable, variable }) => (trainable ? [variable] : []));
  let logits = x;
  const { value, grads } = tf.variableGrads(() => {
    logits = tf.keep(network.forward(x, random));
    return crossEntropy(tf, logits, target).asScalar();
  }, variables);
  const held = [x, target, value, logits, ...Object.values(grads)];
  try {
    const [loss, outputs, ...gradients] = await Promise.all([
      value.data(),
      logits.data(),
      ...variables.map(async (variable) => {
        const gradient = grads[variable.name];
        if (!gradient) throw new Error(`internal: no gradient reaches ${variable.name}`);
        return (await gradient.data()) as Float32Array;
      }),
    ]);
    const { right } = score(outputs, labels, classes);
    return { loss: loss[0] ?? Number.NaN, right, gradients };
  } finally {
    for (const tensor of held) tensor.dispose();
  }
}
