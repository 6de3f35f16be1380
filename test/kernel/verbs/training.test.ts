// The course of a training, its panel, its curves and its card, without training anything.
import assert from "node:assert/strict";
import { build } from "../../../archbert";
import { type Epoch, type FitEvent, fitDefaults, type Trained } from "../../../compute";
import { toMimeBundle } from "../../../kernel/display";
import { train } from "../../../kernel/verbs/train";
import { type Course, doneOf, follow, newCourse, secondsLeft } from "../../../kernel/verbs/training/course";
import { trainingCurves } from "../../../kernel/verbs/training/curves";
import { showCourse, showTrained } from "../../../kernel/verbs/training/view";
import { durationText } from "../../../kernel/verbs/training/words";

const evil = '<img src=x onerror="alert(1)">';

/** Epoch by epoch better, but the last. */
const epoch = (n: number): Epoch => ({
  epoch: n,
  learningRate: 0.003,
  loss: 1 / n,
  accuracy: 1 - 0.5 / n,
  validationLoss: 1.2 / n,
  validationAccuracy: n === 4 ? 0.8 : 1 - 0.6 / n,
  ms: 1000 * n,
});
const start: FitEvent = {
  kind: "start",
  backend: "wasm",
  parameters: 1234,
  epochs: 4,
  steps: 10,
  history: [],
};
const ended = (n: number): FitEvent => ({ kind: "epoch", epochs: 4, isBest: n < 4, ...epoch(n) });
const step = (n: number, at: number): FitEvent => ({
  kind: "step",
  epoch: n,
  epochs: 4,
  step: at,
  steps: 10,
  loss: 0.5,
});
const after = (...events: FitEvent[]): Course =>
  events.reduce(follow, newCourse({ name: "net", data: "digits", epochs: 4 }));
const over = (course: Course): Course => ({
  ...course,
  test: { accuracy: 0.79, loss: 0.4 },
  end: { how: "done", stopped: "epochs", seconds: 75 },
});

describe("a training, as it is shown", () => {
  it("is followed without changing what was before", () => {
    const before = after(start);
    const next = follow(before, ended(1));
    assert.deepEqual([before.history.length, next.history.length, next.bestEpoch], [0, 1, 1]);
    assert.equal(after(start, ended(1), ended(2), ended(3), ended(4)).bestEpoch, 3);
  });

  it("knows how far it is, and how long the rest takes at the latest pace", () => {
    assert.equal(doneOf(after(start, step(1, 5))), 0.125);
    assert.equal(secondsLeft(after(start, step(1, 5))), null);
    // Two epochs and a half are left, of 1.5 s each.
    const course = after(start, ended(1), ended(2), step(3, 5));
    assert.equal(doneOf(course), 0.625);
    assert.equal(secondsLeft(course), 2.25);
    assert.deepEqual([0.84, 12.3, 200, 7500].map(durationText), ["0.8 s", "12 s", "3 min 20 s", "2 h 5 min"]);
  });

  it("is one line: epoch, losses, accuracies, time left; then what it came to", () => {
    const text = (course: Course) => showCourse(course)["text/plain"];
    assert.equal(
      text(after(start, step(1, 5))),
      "net, 1,234 parameters, on digits, by wasm: epoch 1 of 4 · loss 0.500",
    );
    assert.equal(
      text(after(start, ended(1), ended(2), step(3, 5))),
      "net, 1,234 parameters, on digits, by wasm: epoch 3 of 4 · training 75.0 %, loss 0.500 · validation 70.0 %, loss 0.600 · about 2.3 s left",
    );
    assert.equal(
      text(over(after(start, ended(1), ended(2), ended(3), ended(4)))),
      "net, 1,234 parameters, on digits, by wasm: 4 epochs in 1 min 15 s · kept: epoch 3 · validation 80.0 %, loss 0.400 · test 79.0 %, loss 0.400",
    );
  });

  it("has a bar only while it goes on", () => {
    const html = (course: Course) => String(showCourse(course)["text/html"]);
    assert.match(html(after(start, ended(1), ended(2))), /width:50\.0%/);
    assert.doesNotMatch(html(over(after(start, ended(1)))), /[^-]width:\d/);
  });

  it("draws both curves against epochs, and marks the epoch that is kept", () => {
    assert.equal(trainingCurves(after(start)), undefined);
    const { data } = trainingCurves(after(start, ended(1), ended(2), ended(3), ended(4))) ?? { data: [] };
    const drawn = data.map(({ name, x, y }) => [name, x, y]);
    assert.deepEqual(drawn, [
      ["training", [1, 2, 3, 4], [1, 2, 3, 4].map((n) => epoch(n).accuracy)],
      ["validation", [1, 2, 3, 4], [1, 2, 3, 4].map((n) => epoch(n).validationAccuracy)],
      ["training", [1, 2, 3, 4], [1, 2, 3, 4].map((n) => epoch(n).loss)],
      ["validation", [1, 2, 3, 4], [1, 2, 3, 4].map((n) => epoch(n).validationLoss)],
      ["kept: epoch 3", [3], [0.8]],
    ]);
  });

  it("escapes what it is given, and steers no terminal", () => {
    const course: Course = {
      ...after(start, ended(1)),
      name: `${evil}\u001b[31m`,
      data: evil,
      end: { how: "failed", note: evil },
    };
    const shown = showCourse(course);
    for (const text of [String(shown["text/html"]), String(showTrained(trained)["text/html"])]) {
      assert.doesNotMatch(text, /<img|<script|<style| on\w+="/);
    }
    assert.match(String(shown["text/html"]), /&(?:lt|#60);img/);
    assert.match(String(showTrained(trained)["text/html"]), /&(?:lt|#60);img/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: this is what is looked for
    assert.doesNotMatch(shown["text/plain"], /\u001b/);
  });
});

const architecture = build("input 8x8x1\nstage 1 conv 4\nhead 10");
architecture.name = evil;
const trained: Trained = {
  architecture,
  weights: [],
  history: [1, 2, 3].map(epoch),
  metrics: {
    epochs: 3,
    bestEpoch: 3,
    validationLoss: 0.4,
    validationAccuracy: 0.8,
    trainingLoss: 0.3333,
    trainingAccuracy: 0.833,
    seconds: 6,
    stopped: "patience",
  },
  seed: 7,
  backend: "wasm",
  versions: { node: "24", tfjs: "4.22.0", backend: "4.22.0" },
  options: { ...fitDefaults, seed: 7 },
};

describe("a trained network", () => {
  it("shows itself as a card, also one of the API or from a folder", async () => {
    const text = String((await toMimeBundle(trained)).data["text/plain"]);
    assert.match(
      text,
      /^trained +3 epochs in 6\.0 s, epoch 3 kept; ended early: the validation got no better$/m,
    );
    assert.match(text, /^validation +80\.0 %, loss 0\.400$/m);
    assert.match(text, /seed 7$/m);
    assert.doesNotMatch(text, /^(test|data|files)/m);
    const scored = { ...trained, data: "digits", test: { accuracy: 0.79, loss: 0.41 }, files: ["a.onnx"] };
    assert.match(showTrained(scored)["text/plain"], /^test +79\.0 %, loss 0\.410, looked at once$/m);
    assert.match(showTrained(scored)["text/plain"], /^files +a\.onnx$/m);
  });
});

describe("train", () => {
  it("has the defaults of training itself", () => {
    for (const name of ["epochs", "batchSize", "learningRate", "seed"] as const) {
      assert.equal(train.options[name].default, fitDefaults[name], name);
    }
  });
});
