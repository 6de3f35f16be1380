// Measures ArchBERT on every task, and prints the table:
//
//   npm run evaluate -- [--weights FILE] [--size N] [--seed N] [--only TASK] [--json]
//
// Networks and texts come from a seed that training never uses, in wordings that it never saw ("seen": in those of the
// training). --size is the number of statements and of questions; --only runs one task (written, statements, ...).
import { createRequire } from "node:module";
import { parseArgs } from "node:util";

const require = createRequire(import.meta.url);
const { loadModel } = require("../dist/archbert/model/index.js");
const { evaluate, tableOf } = require("../dist/archbert/evaluation/index.js");
const { ArchError } = require("../dist/archbert/graph/index.js");
const { handwritten } = require("../dist/test/archbert/tasks/handwritten.js");
const source = require("../dist/datasets/index.js");

const { values } = parseArgs({
  options: {
    weights: { type: "string" },
    size: { type: "string", default: "500" },
    seed: { type: "string", default: "1000000" },
    only: { type: "string" },
    json: { type: "boolean", default: false },
  },
});

const whole = (name) => {
  const value = Number(values[name]);
  if (Number.isSafeInteger(value) && value >= 1) return value;
  console.error(`--${name}: ${values[name]} is not a whole number from 1 on`);
  process.exit(2);
};
const [seed, size] = [whole("seed"), whole("size")];
const started = performance.now();
const progress = (message) => {
  const seconds = Math.round((performance.now() - started) / 1000);
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${seconds} s: ${message}`);
};
try {
  const model = await loadModel(values.weights);
  const lines = await evaluate({ model, source, seed, size, progress }, handwritten(), values.only);
  if (process.stderr.isTTY) process.stderr.write("\r\x1b[K");
  console.log(values.json ? JSON.stringify(lines, null, 2) : tableOf(lines));
} catch (error) {
  if (!(error instanceof ArchError)) throw error;
  console.error(error.message);
  process.exit(1);
}
process.exit(0);
