// The kernel beside ipykernel, in one run: start, first result, a small cell, 200,000 lines.
// Usage: npm run bench kernel. ARCHBERT_PYTHON names a Python that has ipykernel; the project's .venv is the default.
import { existsSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Kernel, startKernel, streamText } from "../kernel/protocol/client";

const starts = 7;
const cells = 200;
const lines = 200_000;

interface Subject {
  name: string;
  command?: (connectionFile: string) => string[];
  /** The same small cell, and the same many lines, in its language. */
  small: string;
  print: string;
}

interface Figures {
  kernelInfoMs: number;
  firstResultMs: number;
  cellMs: number;
  linesMs: number;
}

const venvPython = path.join(
  __dirname,
  "../../../.venv",
  process.platform === "win32" ? "Scripts/python.exe" : "bin/python",
);
const python = path.resolve(process.env.ARCHBERT_PYTHON ?? venvPython);

const subjects: [Subject, Subject] = [
  { name: "archbert", small: "1+1", print: `for (let i = 0; i < ${lines}; i++) console.log(i);` },
  {
    name: "ipykernel",
    command: (file) => [python, "-m", "ipykernel_launcher", "-f", file],
    small: "1+1",
    print: `for i in range(${lines}): print(i)`,
  },
];

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] as number;

async function timed<T>(work: () => Promise<T>): Promise<[number, T]> {
  const start = performance.now();
  const result = await work();
  return [performance.now() - start, result];
}

/** Starts a kernel and waits for its first reply, and then for its first result. */
async function start({
  command,
  small,
}: Subject): Promise<{ kernel: Kernel; kernelInfoMs: number; firstResultMs: number }> {
  const begin = performance.now();
  const kernel = await startKernel(command ? { command } : {});
  await kernel.request("shell", "kernel_info_request", {});
  const kernelInfoMs = performance.now() - begin;
  await kernel.execute(small);
  return { kernel, kernelInfoMs, firstResultMs: performance.now() - begin };
}

async function measure(subject: Subject): Promise<Figures> {
  const kernelInfo: number[] = [];
  const firstResult: number[] = [];
  for (let i = 0; i < starts; i++) {
    const { kernel, kernelInfoMs, firstResultMs } = await start(subject);
    if (i === 0) await sleep(5000); // the first start fills the caches of the disk and of the compiler
    await kernel.stop();
    if (i === 0) continue;
    kernelInfo.push(kernelInfoMs);
    firstResult.push(firstResultMs);
  }
  const { kernel } = await start(subject);
  const small: number[] = [];
  for (let i = 0; i < cells; i++) small.push((await timed(() => kernel.execute(subject.small)))[0]);
  const many: number[] = [];
  for (let i = 0; i < 5; i++) {
    const [ms, exchange] = await timed(() => kernel.execute(subject.print));
    if (streamText(exchange).length !== Array.from({ length: lines }, (_, n) => `${n}\n`).join("").length) {
      throw new Error(`${subject.name} lost lines`);
    }
    many.push(ms);
  }
  await kernel.stop();
  return {
    kernelInfoMs: median(kernelInfo),
    firstResultMs: median(firstResult),
    cellMs: median(small.slice(20)),
    linesMs: median(many),
  };
}

async function main() {
  if (!existsSync(python))
    throw new Error(`no Python at ${python}; set ARCHBERT_PYTHON to one that has ipykernel`);
  const [ours, theirs] = [await measure(subjects[0]), await measure(subjects[1])];
  const row = (what: string, key: keyof Figures, limit: string) =>
    console.log(
      `${what.padEnd(34)} ${ours[key].toFixed(1).padStart(9)} ms ${theirs[key].toFixed(1).padStart(9)} ms   ratio ${(ours[key] / theirs[key]).toFixed(2)} (${limit})`,
    );
  console.log(`Node ${process.versions.node}, medians${" ".repeat(20)}archbert    ipykernel`);
  row("start to kernel_info_reply", "kernelInfoMs", "at most 0.4");
  row("start to first result", "firstResultMs", "at most 2");
  row("1+1", "cellMs", "at most 1.3");
  row(`${lines} lines from one cell`, "linesMs", "ours at most 2000 ms");
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
