// ArchBERT: a step of its training on each backend that is here, beside wasm; and what a reader waits for.
import { build, know, rng } from "../../archbert/graph";
import { loadModel } from "../../archbert/model";
import { curriculum, defaultConfig, freshState, type Step, Trainer } from "../../archbert/training";
import { availableBackends, useBackend } from "../../compute";
import * as autonet from "../../datasets";

const median = (numbers: number[]) => numbers.sort((a, b) => a - b)[numbers.length >> 1] as number;

function steps(count: number): Step[] {
  const list: Step[] = [];
  const stream = curriculum(autonet, 99);
  while (list.length < count) {
    const { value } = stream.next();
    if (value.task === "meaning") list.push(value);
  }
  return list;
}

/** Tokens a second over steps of text to meaning, the first left out. */
async function rate(name: string, list: readonly Step[]): Promise<number> {
  const backend = await useBackend(name);
  const trainer = new Trainer(backend, freshState(defaultConfig, []));
  const rates = list.map((step) => {
    const { tokens, milliseconds } = trainer.take(step);
    return (1000 * tokens) / milliseconds;
  });
  trainer.dispose();
  return median(rates.slice(1));
}

async function timed(what: string, times: number, work: (i: number) => Promise<unknown>): Promise<void> {
  const taken: number[] = [];
  for (let i = 0; i < times; i++) {
    const began = performance.now();
    await work(i);
    taken.push(performance.now() - began);
  }
  console.log(`${what.padEnd(44)}${median(taken).toFixed(0).padStart(8)} ms`);
}

async function main(): Promise<void> {
  const list = steps(6);
  const names = availableBackends()
    .filter(({ available, name }) => available && name !== "cpu")
    .map(({ name }) => name);
  const wasm = await rate("wasm", list);
  console.log(`training, ${defaultConfig.layers} layers of width ${defaultConfig.width}, 64 texts a step`);
  for (const name of names) {
    const own = name === "wasm" ? wasm : await rate(name, list);
    console.log(`${name.padEnd(12)} ${own.toFixed(0)} tokens/s (${(own / wasm).toFixed(2)} x wasm)`);
  }
  const { name } = await useBackend();
  console.log(`\nthe shipped model on ${name}`);
  const began = performance.now();
  const model = await loadModel();
  console.log(`${"loading".padEnd(44)}${(performance.now() - began).toFixed(0).padStart(8)} ms`);
  const random = rng(5);
  const networks = Array.from({ length: 20 }, () => know(build(autonet.randomProgram(random))));
  const text = "It has at least 3 residual blocks, no dropout, and fewer than 5 million parameters.";
  await timed("reading a sentence of three claims", 20, () => model.read(text));
  await timed("embedding a network", 20, (i) => model.embed(networks[i] as (typeof networks)[number]));
  await timed("writing 16 programs", 5, (seed) => model.write(text, { samples: 16, seed }));
}

void main();
