// Trains ArchBERT on AutoNet's networks and texts, and keeps a checkpoint from which a stopped run goes on:
//
//   node scripts/train-archbert.mjs [FOLDER] [--steps N] [--seed N] [--width D] [--layers L]
//
// FOLDER (default runs/archbert) gets checkpoint.bin, log.jsonl (a line of losses every 50 steps) and, at the end and
// at each checkpoint, weights.bin as the package ships them. It takes the backend that `archbert doctor` names.
import { appendFileSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { parseArgs } from "node:util";

const require = createRequire(import.meta.url);
const { useBackend } = require("../dist/compute/index.js");
const training = require("../dist/archbert/training/index.js");
const { saveWeights } = require("../dist/archbert/model/index.js");
const autonet = require("../dist/datasets/index.js");

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    steps: { type: "string" },
    seed: { type: "string" },
    width: { type: "string" },
    layers: { type: "string" },
  },
});
const folder = positionals[0] ?? "runs/archbert";
const given = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, Number(value)]));
for (const [name, value] of Object.entries(given)) {
  if (Number.isSafeInteger(value) && value >= 1) continue;
  console.error(`--${name}: ${values[name]} is not a whole number from 1 on`);
  process.exit(2);
}

mkdirSync(folder, { recursive: true });
const checkpoint = join(folder, "checkpoint.bin");
const backend = await useBackend();
const state = training.loadState(checkpoint) ?? fresh();
// A run may be made longer or shorter while it is under way; seed, width and layers are what it began with.
if (given.steps) state.config.steps = given.steps;
const { config } = state;
console.log(
  `${backend.name} ${backend.version}; step ${state.step} of ${config.steps}; ${state.words.length} words`,
);

function fresh() {
  const config = { ...training.defaultConfig, ...given };
  console.log("counting words");
  return training.freshState(config, training.commonWords(autonet, config.seed));
}

const trainer = new training.Trainer(backend, state);
const steps = training.curriculum(autonet, config.seed, state.step);
const losses = {};
let since = performance.now();
let waited = 0;
let tokens = 0;

function keep() {
  training.saveState(checkpoint, state);
  saveWeights(join(folder, "weights.bin"), state);
}

function report({ step, learningRate }) {
  const seconds = (performance.now() - since) / 1000;
  const means = Object.fromEntries(
    Object.entries(losses).map(([task, list]) => [
      task,
      +(list.reduce((a, b) => a + b, 0) / list.length).toFixed(4),
    ]),
  );
  const line = {
    step,
    learningRate: +learningRate.toPrecision(3),
    seconds: +seconds.toFixed(1),
    drawing: +(waited / 1000).toFixed(1),
    tokensPerSecond: Math.round(tokens / seconds),
    ...means,
  };
  appendFileSync(join(folder, "log.jsonl"), `${JSON.stringify(line)}\n`);
  console.log(JSON.stringify(line));
  for (const task of Object.keys(losses)) delete losses[task];
  [since, waited, tokens] = [performance.now(), 0, 0];
}

let stopped = false;
const stop = () => {
  stopped = true;
};
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, stop);

while (state.step < config.steps && !stopped) {
  const asked = performance.now();
  const step = steps.next().value;
  waited += performance.now() - asked;
  const event = trainer.take(step);
  losses[event.task] = [...(losses[event.task] ?? []), event.loss];
  tokens += event.tokens;
  if (event.step % 50 === 0) {
    report(event);
    await new Promise((resolve) => setImmediate(resolve));
  }
  if (event.step % 500 === 0) keep();
}
keep();
console.log(stopped ? `stopped at step ${state.step}: run again to go on` : "done");
process.exit(0);
