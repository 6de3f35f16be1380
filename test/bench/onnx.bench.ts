// Reading a large ONNX file: against Python's onnx.load where a Python is given, memory added, and a file of 2.5 GB. Then
// facts, caption and drawing of a network of 2,000 nodes.
//
//   node dist/test/bench/onnx.bench.js [MODEL.onnx]          PYTHON_ONNX=/path/to/python compares with onnx.load
//
// Without a file, one of 100 MB is made: 24 linear layers of 1024 x 1024, weights zero.
import { spawnSync } from "node:child_process";
import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build, caption, draw, facts, load } from "../../archbert";

const runs = 15;

function median(times: number[]): number {
  return times.sort((a, b) => a - b)[times.length >> 1] ?? Number.NaN;
}

const varint = (value: number): number[] =>
  value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
const text = (field: number, value: string) => [
  field * 8 + 2,
  value.length,
  ...new TextEncoder().encode(value),
];

/** A model of `count` square linear layers, whose weights are holes of a sparse file. */
function write(path: string, count: number, side: number): void {
  const bytes = side * side * 4;
  const heads = Array.from({ length: count }, (_, i) => {
    const head = [
      0x08,
      ...varint(side),
      0x08,
      ...varint(side),
      0x10,
      1,
      ...text(8, `w${i}`),
      0x4a,
      ...varint(bytes),
    ];
    return [0x2a, ...varint(head.length + bytes), ...head];
  });
  const nodes = Array.from({ length: count }, (_, i) => {
    const body = [...text(1, `y${i}`), ...text(1, `w${i}`), ...text(2, `y${i + 1}`), ...text(4, "MatMul")];
    return [0x0a, ...varint(body.length), ...body];
  });
  const dim = (size: number) => [0x0a, varint(size).length + 1, 0x08, ...varint(size)];
  const shape = [...dim(1), ...dim(side)];
  const tensor = [0x08, 1, 0x12, shape.length, ...shape];
  const type = [0x0a, tensor.length, ...tensor];
  const input = [...text(1, "y0"), 0x12, type.length, ...type];
  const output = text(1, `y${count}`);
  const ends = [...nodes.flat(), 0x5a, input.length, ...input, 0x62, output.length, ...output];
  const graph = heads.reduce((sum, head) => sum + head.length + bytes, 0) + ends.length;
  const opset = [0x42, 2, 0x10, 17];
  const file = openSync(path, "w");
  let at = 0;
  const put = (data: number[]) => {
    writeSync(file, Uint8Array.from(data), 0, data.length, at);
    at += data.length;
  };
  put([0x08, 8, ...opset, 0x3a, ...varint(graph)]);
  for (const head of heads) {
    put(head);
    at += bytes;
  }
  put(ends);
  ftruncateSync(file, at);
  closeSync(file);
}

async function time(path: string): Promise<{ ms: number; addedMB: number; first: number }> {
  const start = performance.now();
  await load(path);
  const first = performance.now() - start;
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  const times: number[] = [];
  let most = before;
  for (let i = 0; i < runs; i++) {
    const from = performance.now();
    await load(path);
    times.push(performance.now() - from);
    most = Math.max(most, process.memoryUsage.rss());
  }
  return { ms: median(times), addedMB: (most - before) / 2 ** 20, first };
}

function python(path: string): number | undefined {
  const interpreter = process.env.PYTHON_ONNX;
  if (!interpreter) return undefined;
  const script = `
import onnx, sys, time
times = []
for _ in range(7):
    start = time.perf_counter(); onnx.load(sys.argv[1]); times.append(time.perf_counter() - start)
print(sorted(times)[3] * 1000)`;
  const result = spawnSync(interpreter, ["-c", script, path], { encoding: "utf8" });
  if (result.status !== 0) throw new Error(`Python failed: ${result.stderr}`);
  return Number(result.stdout);
}

/** A residual network of some 2,000 nodes: facts and caption, and its drawing, folded and op by op. */
async function deep(): Promise<void> {
  const stages = [64, 128, 256, 512].map((width) => `stage 64 bottleneck ${width}`);
  const architecture = build(["input 64x64x3", "stem conv 32", ...stages, "head 10", ""].join("\n"));
  const count = architecture.nodes.length;
  const times = Array.from({ length: runs }, () => {
    const from = performance.now();
    caption(architecture, { facts: facts(architecture) });
    return performance.now() - from;
  });
  console.log(`facts and caption of ${count} nodes: ${median(times).toFixed(0)} ms`);
  for (const open of [false, true]) {
    const drawn: number[] = [];
    for (let i = 0; i < 5; i++) {
      const from = performance.now();
      await draw(architecture, { open });
      drawn.push(performance.now() - from);
    }
    console.log(`drawing ${count} nodes, ${open ? "op by op" : "folded"}: ${median(drawn).toFixed(0)} ms`);
  }
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "archbert-bench-"));
  try {
    const given = process.argv[2];
    const model = given ?? join(folder, "model.onnx");
    if (!given) write(model, 24, 1024);
    const { ms, addedMB, first } = await time(model);
    const size = (statSync(model).size / 1e6).toFixed(0);
    console.log(
      `read ${size} MB: ${ms.toFixed(1)} ms (the first time ${first.toFixed(0)} ms), ${addedMB.toFixed(1)} MB of memory added over ${runs} reads`,
    );
    const theirs = python(model);
    if (theirs === undefined) console.log("onnx.load: not compared (PYTHON_ONNX names no Python)");
    else console.log(`onnx.load: ${theirs.toFixed(1)} ms; ours / theirs ${(ms / theirs).toFixed(3)}`);
    const huge = join(folder, "huge.onnx");
    write(huge, 10, 8192);
    const large = await time(huge);
    console.log(
      `read ${(statSync(huge).size / 1e9).toFixed(2)} GB: ${large.ms.toFixed(1)} ms (the first time ${large.first.toFixed(0)} ms)`,
    );
    const architecture = await load(model);
    const times = Array.from({ length: runs }, () => {
      const from = performance.now();
      caption(architecture, { facts: facts(architecture) });
      return performance.now() - from;
    });
    console.log(`facts and caption of ${architecture.nodes.length} nodes: ${median(times).toFixed(1)} ms`);
    await deep();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

void main();
