// What the tests of compute share: one computation on two backends, and how far apart the results are.
import assert from "node:assert/strict";
import type { Tensor } from "@tensorflow/tfjs";
import { type Tf, useBackend } from "../../compute";

export type Computation = (tf: Tf) => Tensor | Tensor[];

interface Values {
  shape: number[];
  values: Float32Array;
}

/** Runs it on a backend, asserting that it leaves no tensor behind. */
export async function run(name: string, compute: Computation): Promise<Values[]> {
  const { tf } = await useBackend(name);
  const before = tf.memory().numTensors;
  const results = [tf.tidy(() => compute(tf))].flat();
  const read = await Promise.all(
    results.map(async (tensor) => ({ shape: tensor.shape, values: Float32Array.from(await tensor.data()) })),
  );
  tf.dispose(results);
  assert.equal(tf.memory().numTensors, before, "tensors left behind");
  return read;
}

/** The largest difference, relative to the largest number there. */
export function distance(a: Float32Array, b: Float32Array): number {
  let largest = 1e-6;
  let apart = 0;
  for (const [i, value] of b.entries()) {
    largest = Math.max(largest, Math.abs(value));
    const difference = Math.abs((a[i] as number) - value);
    if (!(difference <= apart)) apart = difference; // NaN is far apart.
  }
  return apart / largest;
}

export const allowedDistance = 1e-4;

/** Asserts that wasm and the reference say the same. */
export async function agrees(what: string, compute: Computation): Promise<void> {
  const [ours, theirs] = [await run("wasm", compute), await run("cpu", compute)];
  assert.deepEqual(
    ours.map(({ shape }) => shape),
    theirs.map(({ shape }) => shape),
    what,
  );
  for (const [i, { values }] of ours.entries()) {
    const apart = distance(values, (theirs[i] as Values).values);
    assert.ok(apart <= allowedDistance, `${what}: result ${i} is ${apart} apart`);
  }
}
