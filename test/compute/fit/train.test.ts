// Training in a child process: what it learns, what it refuses, and how it ends.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build, parse } from "../../../archbert/graph/language";
import {
  type Data,
  evaluate,
  type FitEvent,
  type FitOptions,
  readContainer,
  TrainingError,
  train,
  writeContainer,
} from "../../../compute";
import { architecture, bars, data } from "./examples";

const quick: FitOptions = { epochs: 4, batchSize: 16, learningRate: 0.01, backend: "wasm", seed: 5 };

const failure = async (training: Promise<unknown>): Promise<TrainingError> => {
  try {
    await training;
  } catch (error) {
    assert.ok(error instanceof TrainingError, String(error));
    return error;
  }
  assert.fail("the training ended well");
};

describe("train", () => {
  it("learns, tells how, and keeps the best epoch", async () => {
    const events: FitEvent[] = [];
    const trained = await train(architecture, data, {
      ...quick,
      epochs: 10,
      onEvent: (event) => events.push(event),
    });
    const epochs = events.flatMap((event) => (event.kind === "epoch" ? [event] : []));
    assert.deepEqual(
      epochs.map(({ epoch }) => epoch),
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
    );
    assert.deepEqual(events[0], {
      kind: "start",
      backend: "wasm",
      parameters: trained.weights.reduce((sum, { data }, i) => sum + (isStatistic(i) ? 0 : data.length), 0),
      epochs: 10,
      steps: 6,
      history: [],
    });
    assert.ok(events.some(({ kind }) => kind === "step"));
    const { metrics, history } = trained;
    assert.ok((history.at(-1)?.loss ?? 9) < (history[0]?.loss ?? 0) / 2, "the loss falls");
    assert.ok(metrics.validationAccuracy > 0.9, `${metrics.validationAccuracy} of the validation`);
    const best = Math.max(...history.map(({ validationAccuracy }) => validationAccuracy));
    assert.equal(metrics.validationAccuracy, best);
    assert.equal(epochs.filter(({ isBest }) => isBest).at(-1)?.epoch, metrics.bestEpoch);
    const again = await evaluate(trained, data.validation, { backend: "wasm" });
    assert.equal(again.accuracy, metrics.validationAccuracy);
    assert.ok(Math.abs(again.loss - metrics.validationLoss) < 1e-6, "the weights are the best epoch's");
    assert.equal(metrics.stopped, "epochs");
    assert.match(trained.versions.tfjs, /^\d+\.\d+/);
    function isStatistic(i: number) {
      return /\.(mean|variance)$/.test(trained.weights[i]?.name ?? "");
    }
  });

  it("gives the same numbers again", async () => {
    const augmented: FitOptions = { ...quick, augment: { shift: 1, flip: true }, labelSmoothing: 0.1 };
    const numbers = ({ history }: Awaited<ReturnType<typeof train>>) =>
      history.map(({ ms: _, ...rest }) => rest);
    const [a, b, c] = [
      await train(architecture, data, augmented),
      await train(architecture, data, augmented),
      await train(architecture, data, { ...augmented, seed: 6 }),
    ];
    assert.deepEqual(numbers(a), numbers(b));
    assert.deepEqual(a.weights, b.weights);
    assert.notDeepEqual(numbers(a), numbers(c));
  });

  it("stops when nothing gets better", async () => {
    const { metrics } = await train(architecture, data, {
      ...quick,
      epochs: 60,
      learningRate: 1e-9,
      patience: 2,
    });
    assert.equal(metrics.stopped, "patience");
    assert.ok(metrics.epochs < 60);
    assert.equal(metrics.epochs, metrics.bestEpoch + 2);
  });

  it("stops after its time, with what it has", async () => {
    const { metrics } = await train(architecture, data, { ...quick, epochs: 100_000, maxSeconds: 0.5 });
    assert.equal(metrics.stopped, "time");
    assert.ok(metrics.epochs >= 1);
  });

  it("says that it diverged", async () => {
    const error = await failure(
      train(architecture, data, { ...quick, epochs: 20, learningRate: 1e6, warmup: 0 }),
    );
    assert.equal(error.kind, "diverged");
    assert.match(
      error.message,
      /^training: the loss is no longer a number at step \d+ of epoch \d+\. Train with/,
    );
  });

  it("survives a full heap", async () => {
    const error = await failure(train(architecture, data, { ...quick, memoryMb: 16 }));
    assert.equal(error.kind, "outOfMemory");
    assert.match(error.message, /the heap of 16 MB was full/);
  });

  it("survives what takes more memory than it may", async () => {
    const error = await failure(train(architecture, data, { ...quick, residentMb: 20 }));
    assert.equal(error.kind, "outOfMemory");
    assert.match(
      error.message,
      /^training: its process holds \d+ MB, more than 20 MB\. Train a smaller network/,
    );
  });

  it("ends at once when aborted", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    let abortedAt = 0;
    const training = train(architecture, data, {
      ...quick,
      epochs: 100_000,
      signal: controller.signal,
      onEvent: ({ kind }) => {
        if (kind !== "epoch" || abortedAt > 0) return;
        abortedAt = performance.now();
        controller.abort(reason);
      },
    });
    await assert.rejects(training, reason);
    assert.ok(performance.now() - abortedAt < 1000);
    await assert.rejects(train(architecture, data, { ...quick, signal: controller.signal }), reason);
  });

  it("adds one listener to this process, however many trainings there are, and takes it away", async () => {
    const before = process.listenerCount("exit");
    const controller = new AbortController();
    const { signal } = controller;
    const trainings = [1, 2, 3].map((seed) => train(architecture, data, { ...quick, seed, signal }));
    const ended = Promise.allSettled(trainings);
    assert.equal(process.listenerCount("exit"), before + 1);
    controller.abort();
    await ended;
    assert.equal(process.listenerCount("exit"), before);
  });

  it("ends with what a listener throws", async () => {
    const onEvent = () => {
      throw new RangeError("a listener's own");
    };
    await assert.rejects(train(architecture, data, { ...quick, onEvent }), RangeError);
  });
});

describe("train refuses before it starts", () => {
  const other = (text: string) => build(parse(text));
  const changed = (change: Partial<Data["training"]>): Data => ({
    ...data,
    training: { ...data.training, ...change },
  });
  const labels = Int32Array.from(data.training.labels);
  labels[3] = 3;
  const inputs = Float32Array.from(data.training.inputs);
  inputs[80] = Number.NaN;
  const cases: [string, Parameters<typeof train>, RegExp][] = [
    [
      "pictures of another size",
      [other("input 8x8x1\nstem conv 4\nhead 3"), data],
      /^training examples: they are 6x6x1, and network reads 8x8x1\. Begin the program with "input 6x6x1"/,
    ],
    [
      "another number of classes",
      [other("input 6x6x1\nstem conv 4\nhead 5"), data],
      /they are of 3 classes, and network tells 5 apart\. End the program with "head 3"/,
    ],
    [
      "a network without classes",
      [other("input 6x6x1\nstem conv 4\nhead none"), data],
      /has no classes to tell apart/,
    ],
    [
      "labels out of bounds",
      [architecture, changed({ labels })],
      /example 3 has the label 3; labels go from 0 to 2\. Number the classes from 0/,
    ],
    ["numbers that are none", [architecture, changed({ inputs })], /example 2 holds NaN, .*\. Leave it out/],
    [
      "half an example",
      [architecture, changed({ inputs: inputs.subarray(1) })],
      /3455 numbers are not 96 examples of 6x6x1\. Give 36 numbers for each label/,
    ],
    [
      "no examples",
      [architecture, { ...data, validation: bars(0, 1) }],
      /^validation examples: there are none\. Set some of the training examples apart/,
    ],
    ["half an epoch", [architecture, data, { epochs: 1.5 }], /epochs is 1\.5\. Give a whole number/],
    ["a dropout of the seed", [architecture, data, { seed: -1 }], /seed is -1\. Give a number from 0/],
    [
      "a backend that there is not",
      [architecture, data, { backend: "abacus" }],
      /^there is no backend "abacus"\. Choose one of/,
    ],
    ["no memory", [architecture, data, { memoryMb: 8 }], /memoryMb is 8\. Give a number from 16/],
  ];
  for (const [title, given, message] of cases) {
    it(title, () => assert.rejects(train(...given), { name: "ArchError", message }));
  }
});

describe("a checkpoint", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "archbert-checkpoint-"));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("lets a killed training go on as if nothing had been", async () => {
    const checkpoint = join(folder, "killed");
    const options: FitOptions = { ...quick, epochs: 6 };
    const whole = await train(architecture, data, options);
    const controller = new AbortController();
    const killed = train(architecture, data, {
      ...options,
      checkpoint,
      signal: controller.signal,
      onEvent: (event) => {
        if (event.kind === "epoch" && event.epoch === 3) controller.abort();
      },
    });
    await assert.rejects(killed, { name: "AbortError" });
    let resumedAfter = 0;
    const resumed = await train(architecture, data, {
      ...options,
      checkpoint,
      onEvent: (event) => {
        if (event.kind === "start") resumedAfter = event.history.length;
      },
    });
    assert.ok(resumedAfter >= 3, `resumed after epoch ${resumedAfter}`);
    const numbers = ({ history }: typeof whole) => history.map(({ ms: _, ...rest }) => rest);
    assert.deepEqual(numbers(resumed), numbers(whole));
    assert.deepEqual(resumed.weights, whole.weights);
  });

  it("does not take an epoch that was cut short for a whole one", async () => {
    const checkpoint = join(folder, "short");
    const short = await train(architecture, data, { ...quick, checkpoint, maxSeconds: 0 });
    assert.deepEqual([short.metrics.stopped, short.metrics.epochs], ["time", 1]);
    const resumed = await train(architecture, data, { ...quick, checkpoint });
    assert.deepEqual(resumed.weights, (await train(architecture, data, quick)).weights);
  });

  it("of another training, or damaged, is refused", async () => {
    const checkpoint = join(folder, "other");
    await train(architecture, data, { ...quick, epochs: 1, checkpoint });
    await assert.rejects(train(architecture, data, { ...quick, epochs: 2, checkpoint }), {
      name: "ArchError",
      message: /is the checkpoint of another training\. Delete it to begin anew/,
    });
    const { about, arrays } = readContainer(checkpoint, 1e6);
    const lies = [{ history: [null] }, { bestEpoch: 0 }, { bestEpoch: 2 }, { steps: -1 }];
    for (const lie of lies) {
      writeContainer(checkpoint, { ...(about as object), ...lie }, arrays);
      await assert.rejects(train(architecture, data, { ...quick, epochs: 1, checkpoint }), {
        name: "ArchError",
        message: /other: is no checkpoint of a training/,
      });
    }
    writeContainer(checkpoint, about, arrays);
    writeFileSync(checkpoint, readFileSync(checkpoint).subarray(0, 400));
    await assert.rejects(train(architecture, data, { ...quick, epochs: 1, checkpoint }), /other: is damaged/);
    assert.throws(() => readContainer(join(folder, "nowhere"), 1), {
      name: "ArchError",
      message: /nowhere: cannot be read \(ENOENT/,
    });
  });
});
