// A study without training: values that follow from the program alone, and counts of what was asked.
import { setTimeout as sleep } from "node:timers/promises";
import { know, type Program } from "../../archbert/graph";
import { build, format } from "../../archbert/graph/language";
import type { Evaluator, RunOptions, StudyEvent } from "../../automl";
import type { Dataset, Examples } from "../../datasets";

export interface Fake extends Evaluator {
  /** Programs in the order they were begun. */
  readonly evaluated: string[];
  readonly retrained: string[];
  readonly tested: string[];
}

export interface FakeOptions {
  epochs?: number;
  epochMs?: number;
  /** Called before the program is evaluated; what it throws is the evaluation's error. */
  before?: (text: string, options: RunOptions) => void;
  accuracy?: (program: Program) => number;
}

/** The more parameters up to 20,000 and the fewer layers, the better: something that a search can learn. */
export function goodness(program: Program): number {
  const { parameters, depth } = know(build(program)).facts;
  return 0.5 + 0.4 * Math.min(1, parameters / 20_000) - 0.01 * Math.min(depth, 20);
}

export function fakeEvaluator({
  epochs = 3,
  epochMs = 0,
  before = () => {},
  accuracy = goodness,
}: FakeOptions = {}): Fake {
  const [evaluated, retrained, tested]: string[][] = [[], [], []];
  const versions = { node: process.versions.node };
  return {
    evaluated: evaluated as string[],
    retrained: retrained as string[],
    tested: tested as string[],
    config: { evaluator: "fake", epochs },
    async evaluate(program, options) {
      const text = format(program);
      evaluated?.push(text);
      before(text, options);
      const value = accuracy(program);
      for (let epoch = 1; epoch <= epochs; epoch++) {
        await sleep(epochMs, undefined, { signal: options.signal });
        options.onEpoch({ epoch, epochs, accuracy: (value * epoch) / epochs, loss: 1 - value });
      }
      return { accuracy: value, loss: 1 - value, epochs, seconds: (epochs * epochMs) / 1000 };
    },
    async retrain(program) {
      retrained?.push(format(program));
      return { backend: "fake", versions, packed: Buffer.from(format(program)) };
    },
    async test(program, packed) {
      tested?.push(format(program));
      if (Buffer.from(packed).toString() !== format(program)) throw new Error("another network");
      return { accuracy: accuracy(program) - 0.01, loss: 0.5 };
    },
    async save() {
      return ["model.onnx"];
    },
  };
}

/** Options of a small study that really trains. */
export const trainedStudy = {
  guide: null,
  data: "digits",
  trials: 1,
  epochs: 4,
  finalEpochs: 1,
  jobs: 1,
  seed: 1,
  backend: "wasm",
} as const;

const examples = (count: number, from: number): Examples => ({
  inputs: Float32Array.from({ length: count * 64 }, (_, i) => ((i * 7 + from) % 16) / 16),
  labels: Int32Array.from({ length: count }, (_, i) => i % 10),
  shape: [8, 8, 1],
  classes: 10,
});

/** 8x8x1 pictures of ten classes, with nothing to be learned in them. */
export function fakeData(from = 0): Dataset {
  return {
    name: "fake",
    description: "numbers",
    source: "made up",
    train: examples(40, from),
    validation: examples(20, from + 1),
    test: examples(20, from + 2),
  };
}

/** Options of a study without training, but for its evaluator. */
export const fakedStudy = {
  guide: null,
  data: fakeData(),
  trials: 9,
  seed: 3,
  strategy: "local",
  jobs: 1,
} as const;

/** What of a study is the same when it is run again: all but times. */
export function lasting(study: { trials: readonly { values: object | null }[] }): unknown {
  return study.trials.map((trial) => ({
    ...trial,
    attempts: 0,
    values: trial.values && { ...trial.values, seconds: 0 },
  }));
}

export function kindsOf(events: readonly StudyEvent[]): string[] {
  return events.map(({ kind }) => kind);
}
