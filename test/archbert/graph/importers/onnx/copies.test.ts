import assert from "node:assert/strict";
import { bytesSource, facts, importArchitecture, rng } from "../../../../../archbert/graph";
import { model, node } from "../../../onnxModel";

const [rows, width] = [120, 24];

function numbers(size: number, seed: number): number[] {
  const { next } = rng(seed);
  return Array.from({ length: size }, () => next() - 0.5);
}

function transposed(values: readonly number[], columns: number): number[] {
  const lines = values.length / columns;
  return values.map((_, i) => values[(i % lines) * columns + Math.floor(i / lines)] ?? 0);
}

/** Parameters of: a table looked up, and a matrix multiplied with, under these names. */
async function count(table: string, head: string, tables: readonly number[], heads: readonly number[]) {
  const bytes = await model({
    inputs: { ids: [1, 8] },
    outputs: ["y"],
    tensors: {
      [table]: { dims: [rows, width], floats: [...tables] },
      [head]: { dims: [width, rows], floats: [...heads] },
    },
    nodes: [node("Gather", [table, "ids"], ["x"]), node("MatMul", ["x", head], ["y"])],
  });
  return facts(await importArchitecture(bytesSource("tied.onnx", bytes))).parameters;
}

/** Parameters of two square layers, one after the other, under these names. */
async function squares(first: string, second: string, a: readonly number[], b: readonly number[]) {
  const bytes = await model({
    inputs: { x: [1, 40] },
    outputs: ["y"],
    tensors: {
      [first]: { dims: [40, 40], floats: [...a] },
      [second]: { dims: [40, 40], floats: [...b] },
    },
    nodes: [node("MatMul", ["x", first], ["h"]), node("MatMul", ["h", second], ["y"])],
  });
  return facts(await importArchitecture(bytesSource("two.onnx", bytes))).parameters;
}

describe("matrices written twice", () => {
  const table = numbers(rows * width, 1);
  const square = numbers(1600, 3);

  it("count once when one is the other, transposed", async () => {
    const one = rows * width;
    assert.equal(await count("embed.weight", "onnx::MatMul_7", table, transposed(table, width)), one);
    assert.equal(await count("embed.weight", "head.weight", table, transposed(table, width)), one);
  });

  it("count twice when they only begin alike", async () => {
    const other = [table[0] ?? 0, ...numbers(rows * width - 1, 2)];
    assert.equal(await count("embed.weight", "onnx::MatMul_7", table, other), 2 * rows * width);
  });

  it("count twice when they hold zeros, which tell nothing", async () => {
    const sparse = table.map((value, i) => (i % 7 === 3 ? value : 0));
    const copy = transposed(sparse, width);
    assert.equal(await count("embed.weight", "onnx::MatMul_7", sparse, copy), 2 * rows * width);
  });

  it("count once where an exporter made up the name of a square one, however it lies", async () => {
    assert.equal(await squares("a.weight", "onnx::MatMul_9", square, square), 1600);
    assert.equal(await squares("onnx::MatMul_8", "onnx::MatMul_9", square, transposed(square, 40)), 1600);
  });

  it("count as one row when all rows are the same", async () => {
    const row = numbers(24, 5);
    const sum = async (floats: number[]) => {
      const bytes = await model({
        inputs: { x: [1, 30, 24] },
        outputs: ["y"],
        tensors: { "kinds.weight": { dims: [1, 30, 24], floats } },
        nodes: [node("Add", ["x", "kinds.weight"], ["y"])],
      });
      return facts(await importArchitecture(bytesSource("sum.onnx", bytes))).parameters;
    };
    assert.equal(await sum(new Array<number[]>(30).fill(row).flat()), 24);
    assert.equal(await sum(numbers(720, 6)), 720);
  });

  it("count twice under names of their own: layers built as copies, not yet trained", async () => {
    assert.equal(await squares("layers.0.weight", "layers.1.weight", square, square), 3200);
  });
});
