// The training of ArchBERT: steps come from an iterable, checkpoints go to a file, an interrupted run goes on.
import type { Scalar, Tensor, Variable } from "@tensorflow/tfjs";
import { adamW, type ChosenBackend, type Moments, noMoments } from "../../compute";
import { ArchError } from "../graph/errors";
import { type Rng, rng } from "../graph/random";
import { isModelConfig, type ModelConfig, weightShapes, weightsFrom } from "../model/network";
import { lengthOf, type Row } from "../model/rows";
import { type Model, vectorsOf } from "../model/states";
import { type Vocabulary, vocabulary } from "../text";
import { labelLoss, matchLoss } from "./losses";
import {
  answerRow,
  bagsOfNetworks,
  judgeRow,
  type LabelledRow,
  maskRow,
  matches,
  meaningRow,
  type NetworkBags,
  networkRow,
  textRow,
} from "./rows";
import type { Step, StepTask } from "./steps";

export interface TrainingConfig extends ModelConfig {
  seed: number;
  steps: number;
  learningRate: number;
  weightDecay: number;
  /** Steps of rising learning rate. */
  warmup: number;
  /** Share of the steps at the end over which the learning rate falls to nothing. */
  cooldown: number;
  /** What a step's loss counts for. */
  lossWeights: Partial<Record<StepTask, number>>;
}

export const defaultConfig: TrainingConfig = {
  width: 128,
  layers: 4,
  heads: 4,
  expansion: 4,
  seed: 1,
  steps: 31_000,
  learningRate: 2e-3,
  weightDecay: 0.02,
  warmup: 200,
  cooldown: 0.6,
  lossWeights: { meaning: 1, program: 1, judge: 1, answer: 1, match: 0.7, mask: 0.3 },
};

/** All that a run is, to be kept and gone on with. */
export interface TrainingState {
  config: TrainingConfig;
  words: string[];
  step: number;
  values: Float32Array[];
  moments: Moments;
}

/** @throws ArchError where the sizes make no network */
export function freshState(config: TrainingConfig, words: readonly string[]): TrainingState {
  if (!isModelConfig(config)) {
    const { width, layers, heads } = config;
    throw new ArchError(`a width of ${width}, ${layers} layers and ${heads} heads make no network`, {
      where: "training",
      fix: "Give a width that the heads divide",
    });
  }
  const random = rng(config.seed);
  const shapes = [...weightShapes(config, vocabulary(words).size)];
  const values = shapes.map(([name, shape]) => initial(name, shape, random));
  return {
    config,
    words: [...words],
    step: 0,
    values,
    moments: noMoments(values.map(({ length }) => length)),
  };
}

function initial(name: string, shape: readonly number[], random: Rng): Float32Array {
  const size = shape.reduce((a, b) => a * b, 1);
  if (name.endsWith("Scale")) return Float32Array.from([Math.log(10), -5]);
  if (shape.length === 1) return new Float32Array(size).fill(1);
  // What adds to the stream of states starts small.
  const deviation =
    name === "embedding" ? 0.05 : 1 / Math.sqrt(shape[0] as number) / (/out$|down$/.test(name) ? 3 : 1);
  return Float32Array.from({ length: size }, () => deviation * gaussian(random));
}

const gaussian = (random: Rng) =>
  Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());

/** Up, level, and along a cosine down to nothing. */
export function learningRateAt(
  step: number,
  { steps, warmup, cooldown, learningRate }: TrainingConfig,
): number {
  const falling = steps * (1 - cooldown);
  if (step < warmup) return (learningRate * (step + 1)) / warmup;
  if (step < falling) return learningRate;
  const done = Math.min(1, (step - falling) / (steps - falling));
  return learningRate * 0.5 * (1 + Math.cos(Math.PI * done));
}

export interface TrainingEvent {
  step: number;
  task: StepTask;
  loss: number;
  learningRate: number;
  milliseconds: number;
  /** Places of the batch, filled ones only. */
  tokens: number;
}

/** Gradients longer than this are shortened to it. */
const longestGradient = 1;

export class Trainer {
  readonly vocabulary: Vocabulary;
  private readonly variables: Variable[];
  private readonly names: string[];
  private readonly shapes: number[][];
  private readonly bags: NetworkBags;
  private readonly random: Rng;

  constructor(
    private readonly backend: ChosenBackend,
    readonly state: TrainingState,
  ) {
    const { tf } = backend;
    this.vocabulary = vocabulary(state.words);
    this.bags = bagsOfNetworks(this.vocabulary);
    const shapes = weightShapes(state.config, this.vocabulary.size);
    this.names = [...shapes.keys()];
    this.shapes = [...shapes.values()];
    this.variables = this.shapes.map((shape, k) =>
      tf.tidy(() => tf.variable(tf.tensor(state.values[k] as Float32Array, shape))),
    );
    this.random = rng(state.config.seed + 7919 * (state.step + 1));
  }

  get model(): Model {
    const named = new Map(this.names.map((name, k) => [name, this.variables[k] as Tensor]));
    return { weights: weightsFrom(named, this.state.config), config: this.state.config };
  }

  /** One step: forward, backward, AdamW. */
  take(step: Step): TrainingEvent {
    const { tf } = this.backend;
    const { state } = this;
    const started = performance.now();
    const rate = learningRateAt(state.step, state.config);
    const prepared = this.prepare(step);
    const { value, grads } = tf.tidy(() => tf.variableGrads(() => this.loss(prepared), this.variables));
    const loss = value.dataSync()[0] as number;
    // Where a task does not touch a weight, its gradient is zero.
    const gradients = this.variables.map((variable, k) => {
      const gradient = grads[variable.name];
      return gradient
        ? (gradient.dataSync() as Float32Array)
        : new Float32Array((state.values[k] as Float32Array).length);
    });
    tf.dispose([value, ...Object.values(grads)]);
    clip(gradients, state.config.lossWeights[step.task] ?? 1);
    const decays = this.shapes.map((shape) => shape.length > 1);
    const options = { decays, weightDecay: state.config.weightDecay, beta2: 0.98 };
    if (adamW(state.values, gradients, state.moments, rate, options)) this.upload();
    state.step++;
    return {
      step: state.step,
      task: step.task,
      loss,
      learningRate: rate,
      milliseconds: performance.now() - started,
      tokens: prepared.tokens,
    };
  }

  dispose(): void {
    for (const variable of this.variables) variable.dispose();
  }

  private upload(): void {
    const { tf } = this.backend;
    this.variables.forEach((variable, k) => {
      tf.tidy(() =>
        variable.assign(tf.tensor(this.state.values[k] as Float32Array, this.shapes[k] as number[])),
      );
    });
  }

  private prepare(step: Step): Prepared {
    const { vocabulary: words, random, bags } = this;
    const count = (rows: readonly Row[]) => rows.reduce((sum, row) => sum + lengthOf(row), 0);
    if (step.task === "match") {
      const networks = step.samples.networks.map((network) => networkRow(network, bags));
      const texts = step.samples.texts.map(({ text }) => textRow(words, text, random));
      return {
        kind: "match",
        networks,
        texts,
        ...matches(step.samples),
        tokens: count([...networks, ...texts]),
      };
    }
    const rows = labelledRows(step, words, random, bags);
    const good = rows.filter((row) => row !== undefined);
    const end = step.task === "mask" ? words.named : words.written;
    return { kind: "labels", rows: good, end, tokens: count(good) };
  }

  private loss(prepared: Prepared): Scalar {
    const { tf } = this.backend;
    if (prepared.kind === "labels") return labelLoss(tf, this.model, prepared.rows, prepared.end);
    const { networks, texts, truth, clones } = prepared;
    const one = vectorsOf(tf, this.model, texts, "text");
    const two = vectorsOf(tf, this.model, networks, "network");
    return matchLoss(tf, this.model, one, two, truth, clones);
  }
}

function labelledRows(
  step: Exclude<Step, { task: "match" }>,
  words: Vocabulary,
  random: Rng,
  bags: NetworkBags,
): (LabelledRow | undefined)[] {
  switch (step.task) {
    case "judge":
      return step.samples.map((sample) => judgeRow(words, sample, random, bags));
    case "answer":
      return step.samples.map((sample) => answerRow(words, sample, random, bags));
    case "mask":
      return step.samples.map((sample) => maskRow(words, sample, random, bags));
    case "meaning":
    case "program":
      return step.samples.map((sample) => meaningRow(words, sample, random));
  }
}

type Prepared =
  | { kind: "labels"; rows: LabelledRow[]; end: number; tokens: number }
  | {
      kind: "match";
      networks: Row[];
      texts: Row[];
      truth: Float32Array;
      clones: Float32Array;
      tokens: number;
    };

/** Scales the gradients in place: by the weight of the task, and to the longest length allowed. */
function clip(gradients: readonly Float32Array[], weight: number): void {
  let square = 0;
  for (const gradient of gradients)
    for (let i = 0; i < gradient.length; i++) square += (gradient[i] as number) ** 2;
  const scale = weight * Math.min(1, longestGradient / Math.max(1e-12, Math.sqrt(square)));
  for (const gradient of gradients)
    for (let i = 0; i < gradient.length; i++) gradient[i] = (gradient[i] as number) * scale;
}
