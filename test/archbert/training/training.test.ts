import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { holds, type know } from "../../../archbert/graph";
import {
  curriculum,
  defaultConfig,
  freshState,
  loadState,
  type Step,
  saveState,
  Trainer,
  type TrainingConfig,
} from "../../../archbert/training";
import { learningRateAt } from "../../../archbert/training/train";
import { type ChosenBackend, useBackend } from "../../../compute";
import * as autonet from "../../../datasets";

const config: TrainingConfig = {
  ...defaultConfig,
  width: 32,
  layers: 1,
  heads: 2,
  expansion: 2,
  steps: 60,
  warmup: 5,
  learningRate: 5e-3,
};
const words = [
  "the",
  "a",
  "network",
  "has",
  "is",
  "residual",
  "parameters",
  "layers",
  "how",
  "many",
  "not",
  "?",
];

function take(count: number): Step[] {
  const steps = curriculum(autonet, 5);
  return Array.from({ length: count }, () => steps.next().value);
}

describe("the curriculum", () => {
  const steps = take(28);

  it("has every task in its round", () => {
    assert.deepEqual([...new Set(steps.map(({ task }) => task))].sort(), [
      "answer",
      "judge",
      "mask",
      "match",
      "meaning",
      "program",
    ]);
  });

  it("is the same for the same seed", () => {
    const texts = (list: Step[]) =>
      JSON.stringify(
        list.map((step) =>
          step.task === "match" ? step.samples.texts : step.samples.map(({ text }) => text),
        ),
      );
    assert.equal(texts(take(28)), texts(steps));
  });

  it("says of networks what is so, and of near misses that they are not", () => {
    let both = 0;
    for (const step of steps) {
      if (step.task === "match") {
        for (const [i, { claims }] of step.samples.texts.entries()) {
          assert.equal(holds(claims, step.samples.networks[i] as ReturnType<typeof know>), true);
        }
      }
      if (step.task === "judge") both += new Set(step.samples.map(({ holds }) => holds)).size;
    }
    assert.ok(both >= 2);
  });

  it("uses the training's wordings alone", () => {
    const asked: string[] = [];
    const spy = {
      ...autonet,
      statement: (...args: Parameters<typeof autonet.statement>) => {
        asked.push(args[2].wordings);
        return autonet.statement(...args);
      },
      question: (...args: Parameters<typeof autonet.question>) => {
        asked.push(args[2].wordings);
        return autonet.question(...args);
      },
      prompt: (...args: Parameters<typeof autonet.prompt>) => {
        asked.push(args[3].wordings);
        return autonet.prompt(...args);
      },
      nonsense: (...args: Parameters<typeof autonet.nonsense>) => {
        asked.push(args[1].wordings);
        return autonet.nonsense(...args);
      },
    };
    const stream = curriculum(spy, 6);
    for (let i = 0; i < 28; i++) stream.next();
    assert.ok(asked.length > 300);
    assert.deepEqual(new Set(asked), new Set(["train"]));
  });
});

describe("the training", () => {
  let backend: ChosenBackend;
  const folder = mkdtempSync(join(tmpdir(), "archbert-training-"));
  before(async () => {
    backend = await useBackend("wasm");
  });
  after(() => rmSync(folder, { recursive: true }));

  it("lowers the loss of every task", () => {
    const trainer = new Trainer(backend, freshState(config, words));
    const few = take(28).filter((step, i, all) => all.findIndex(({ task }) => task === step.task) === i);
    const small = few.map((step) =>
      step.task === "match" ? step : ({ ...step, samples: step.samples.slice(0, 8) } as Step),
    );
    const round = () => new Map(small.map((step) => [step.task, trainer.take(step).loss]));
    const first = round();
    for (let i = 0; i < 6; i++) round();
    const last = round();
    for (const [task, loss] of first)
      assert.ok((last.get(task) as number) < 0.9 * loss, `${task}: ${loss} to ${last.get(task)}`);
    trainer.dispose();
  }).timeout(60_000);

  it("goes on from its checkpoint as if nothing had happened", () => {
    const file = join(folder, "checkpoint.bin");
    const steps = take(28).filter(({ task }) => task === "match" || task === "mask");
    const run = (interrupted: boolean) => {
      let trainer = new Trainer(backend, freshState(config, words));
      const losses = steps.map((step, i) => {
        if (interrupted && i > 0) {
          saveState(file, trainer.state);
          trainer.dispose();
          const state = loadState(file);
          assert.ok(state);
          trainer = new Trainer(backend, state);
        } else if (i > 0) {
          const { state } = trainer;
          trainer.dispose();
          trainer = new Trainer(backend, state);
        }
        return trainer.take(step).loss;
      });
      trainer.dispose();
      return losses;
    };
    assert.deepEqual(run(true), run(false));
  }).timeout(60_000);

  it("refuses sizes that make no network", () => {
    for (const wrong of [{ width: 33 }, { layers: 0 }, { heads: 1.5 }])
      assert.throws(() => freshState({ ...config, ...wrong }, words), /^ArchError: training: a width of /);
  });

  it("refuses a file that is no checkpoint of it", () => {
    assert.equal(loadState(join(folder, "none.bin")), null);
    const file = join(folder, "bad.bin");
    writeFileSync(file, "ARCHBERT nonsense");
    assert.throws(() => loadState(file), /bad\.bin/);
  });

  it("raises the learning rate, keeps it, and lets it fall to nothing", () => {
    const at = (step: number) => learningRateAt(step, { ...config, steps: 100, warmup: 10, cooldown: 0.5 });
    assert.ok(at(0) < at(5) && at(5) < at(9));
    assert.equal(at(10), config.learningRate);
    assert.equal(at(50), config.learningRate);
    assert.ok(at(75) < config.learningRate && at(75) > at(90));
    assert.ok(at(100) < 1e-9);
  });
});
