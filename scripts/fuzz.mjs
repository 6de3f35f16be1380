// Reads damaged files of every format, one after another, and counts what happens:
//
//   npm run build && node scripts/fuzz.mjs [--files N] [--seed N] [--from N]
//
// The files are those of test/archbert/graph/fuzzing.ts: real ones, changed in their bytes or in their structure; the
// same seed and number give the same file. They are read in a child process that is ended when a file takes more than
// 5 seconds of it or 1 GB. Prints the counts, and the numbers of the files that went wrong; exits with 1 if any did.
import { fork } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const limits = { cpuMs: 5000, wallMs: 120_000, bytes: 2 ** 30 };
/** A child reads this many files, then another one goes on. */
const filesOfChild = 5000;

function work({ seed, from, to }) {
  const require = createRequire(import.meta.url);
  const { fuzzed, loadSeeds, survives } = require("../dist/test/archbert/graph/fuzzing.js");
  const seeds = loadSeeds();
  const counts = {};
  const count = (name) => {
    counts[name] = (counts[name] ?? 0) + 1;
  };
  const run = async () => {
    let slowestMs = 0;
    for (let number = from; number < to; number++) {
      process.send({ number, counts: number % 100 === 0 ? counts : undefined });
      const { format, level, bytes } = fuzzed(seeds, seed, number);
      const start = process.cpuUsage();
      let outcome;
      try {
        outcome = (await survives(bytes)) ? "read" : "refused";
      } catch (error) {
        outcome = "crashed";
        process.send({ wrong: { number, outcome, message: String(error?.stack).slice(0, 600) } });
      }
      const { user, system } = process.cpuUsage(start);
      const ms = (user + system) / 1000;
      slowestMs = Math.max(slowestMs, ms);
      if (ms > limits.cpuMs)
        process.send({ wrong: { number, outcome: "slow", message: `${Math.round(ms)} ms` } });
      if (process.memoryUsage.rss() > limits.bytes) {
        process.send({
          wrong: { number, outcome: "large", message: `${process.memoryUsage.rss() >> 20} MB` },
        });
      }
      count(`${format} ${level} ${outcome}`);
    }
    process.send({ done: true, counts, slowestMs, peakMb: process.resourceUsage().maxRSS >> 10 });
  };
  void run();
}

function report(result, wrong) {
  result.wrong.push(wrong);
  console.error(`file ${wrong.number} ${wrong.outcome}: ${wrong.message}`);
}

/** Reads files until the end or until one ends the child; tells where to go on. */
function batch({ seed, from, to, result }) {
  return new Promise((resolve) => {
    const child = fork(fileURLToPath(import.meta.url), [], {
      env: { ...process.env, FUZZ_WORK: JSON.stringify({ seed, from, to }) },
      execArgv: ["--max-old-space-size=1024"],
    });
    let number = from;
    let timer;
    let counts = {};
    let finished = false;
    const watch = () => {
      clearTimeout(timer);
      timer = setTimeout(() => child.kill("SIGKILL"), limits.wallMs);
    };
    watch();
    child.on("message", (message) => {
      if (message.number !== undefined) ({ number } = message);
      if (message.counts) ({ counts } = message);
      if (message.wrong) report(result, message.wrong);
      if (message.done) {
        finished = true;
        result.slowestMs = Math.max(result.slowestMs, message.slowestMs);
        result.peakMb = Math.max(result.peakMb, message.peakMb);
        child.disconnect();
      }
      watch();
    });
    child.on("exit", (code, signal) => {
      clearTimeout(timer);
      for (const [name, n] of Object.entries(counts)) result.counts[name] = (result.counts[name] ?? 0) + n;
      if (!finished) report(result, { number, outcome: "ended", message: `${signal ?? code}` });
      resolve(finished ? to : number + 1);
    });
  });
}

async function main() {
  const { values } = parseArgs({
    options: {
      files: { type: "string", default: "1000" },
      seed: { type: "string", default: "1" },
      from: { type: "string", default: "0" },
    },
  });
  const [files, seed, start] = [values.files, values.seed, values.from].map(Number);
  const result = { counts: {}, wrong: [], slowestMs: 0, peakMb: 0 };
  for (let from = start; from < start + files; ) {
    from = await batch({ seed, from, to: Math.min(from + filesOfChild, start + files), result });
    console.error(`${from - start} of ${files} files, ${result.wrong.length} went wrong`);
  }
  for (const [name, count] of Object.entries(result.counts).sort()) console.log(`${name}: ${count}`);
  for (const { number, outcome, message } of result.wrong)
    console.log(`file ${number} ${outcome}: ${message}`);
  console.log(
    `${files} files, seed ${seed}: ${result.wrong.length} went wrong; the slowest took ${Math.round(result.slowestMs)} ms, memory at most ${result.peakMb} MB`,
  );
  process.exitCode = result.wrong.length > 0 ? 1 : 0;
}

if (process.env.FUZZ_WORK) work(JSON.parse(process.env.FUZZ_WORK));
else await main();
