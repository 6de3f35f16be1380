// How long a cell waits for the compiler: start, cells of several kinds, completion; and what it takes in memory.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";

const loading = performance.now();
const { createLanguage } = require("../../kernel/tslab") as typeof import("../../kernel/tslab");
const loadMs = performance.now() - loading;

const repetitions = 60;

function median(times: readonly number[]): string {
  const sorted = [...times].sort((a, b) => a - b);
  return `${sorted[sorted.length >> 1]?.toFixed(1)} ms`;
}

async function timed(action: () => unknown): Promise<number> {
  const start = performance.now();
  await action();
  return performance.now() - start;
}

async function many(action: (i: number) => unknown): Promise<string> {
  const times: number[] = [];
  for (let i = 0; i < repetitions; i++) {
    times.push(await timed(() => action(i)));
    // What is declared is read while the user thinks.
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  return median(times);
}

async function main(): Promise<void> {
  const folder = mkdtempSync(`${tmpdir()}/language-`);
  const start = performance.now();
  const language = createLanguage({ folder, globals: {} });
  const createMs = performance.now() - start;
  const firstMs = await timed(() => language.execute("1 + 1"));
  const rows: [what: string, figure: string][] = [
    ["load the compiler", `${loadMs.toFixed(0)} ms`],
    ["createLanguage", `${createMs.toFixed(0)} ms`],
    ["first cell", `${firstMs.toFixed(0)} ms`],
    ["1 + 1, the same again", await many(() => language.execute("1 + 1"))],
    ["n + 1, another each time", await many((i) => language.execute(`${i} + 1`))],
    [
      "a declaration",
      await many((i) => language.execute(`let x${i % 5} = ${i}; function f${i % 5}() { return x${i % 5} }`)),
    ],
    ["an import", await many((i) => language.execute(`import { join } from "node:path"; join("a", "${i}")`))],
    ["await", await many((i) => language.execute(`await Promise.resolve(${i})`))],
    ["a compile error", await many((i) => language.execute(`nope${i}`).catch(() => {}))],
    ["completion", await many((i) => language.complete(`process.st${i}`, 10))],
    ["inspection", await many((i) => language.inspect(`process.stdout; ${i}`, 10))],
    [
      "a loop of 10 million at top level",
      `${(await timed(() => language.execute("let s = 0; for (let i = 0; i < 1e7; i++) s += i; s"))).toFixed(0)} ms`,
    ],
    ["memory (RSS)", `${(process.memoryUsage().rss / 2 ** 20).toFixed(0)} MB`],
  ];
  console.log(`kernel language, Node ${process.version}, median of ${repetitions}`);
  for (const [what, figure] of rows) console.log(`${what.padEnd(36)} ${figure.padStart(10)}`);
  language.dispose();
  rmSync(folder, { recursive: true });
}

void main();
