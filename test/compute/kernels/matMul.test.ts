import assert from "node:assert/strict";
import type { Tensor } from "@tensorflow/tfjs";
import { rng } from "../../../archbert/graph/random";
import { type Tf, useBackend } from "../../../compute";
import { agrees, allowedDistance, distance, run } from "../compare";

const random = rng(12);
const size = () => 1 + random.below(9);
const turned = (shape: number[], turn: boolean) =>
  turn ? [...shape.slice(0, -2), shape.at(-1) as number, shape.at(-2) as number] : shape;

const normal = (tf: Tf, shape: number[], seed: number): Tensor =>
  tf.randomNormal(shape, 0, 1, "float32", seed);

describe("wasm matMul", () => {
  it("forgets a right operand that comes back in another shape", async () => {
    const [first, second] = await run("wasm", (tf) => {
      const right = tf.range(1, 25).reshape([4, 6]);
      return [
        tf.matMul(tf.ones([1, 4]), right as never) as Tensor,
        tf.matMul(tf.ones([1, 2]), right.reshape([2, 12])) as Tensor,
      ];
    });
    assert.deepEqual([...(first?.values ?? [])], [40, 44, 48, 52, 56, 60]);
    assert.deepEqual([...(second?.values ?? [])], [14, 16, 18, 20, 22, 24, 26, 28, 30, 32, 34, 36]);
  });

  it("forgets the bias and the activation that were fused with it", async () => {
    await agrees("fused", (tf) => {
      const a = normal(tf, [5, 4], 1) as never;
      const b = normal(tf, [4, 6], 2);
      const fused = (bias: number, activation: "relu" | "linear" | "elu" | "sigmoid" | "leakyrelu") =>
        tf.fused.matMul({ a, b: b as never, bias: tf.fill([6], bias), activation, leakyreluAlpha: 0.1 });
      return [
        fused(0, "linear"),
        fused(3, "linear"),
        fused(-1, "relu"),
        fused(1, "elu"),
        fused(0, "sigmoid"),
        fused(0, "leakyrelu"),
        tf.fused.matMul({ a: normal(tf, [3, 2], 3) as never, b: b.reshape([2, 12]) as never }),
        tf.matMul(a, b as never),
      ];
    });
  });

  it("and its gradients agree with cpu over sizes, batches and transposes", async () => {
    for (let i = 0; i < 60; i++) {
      const [m, k, n] = [size(), size(), size()];
      const batch = random.pick([[], [1], [3], [2, 2]]);
      const [transposeA, transposeB] = [random.chance(0.5), random.chance(0.5)];
      await agrees(`[${batch}] ${m} ${k} ${n} ${transposeA} ${transposeB}`, (tf) => {
        const a = normal(tf, turned([...batch, m, k], transposeA), 1);
        const b = normal(tf, turned([...batch, k, n], transposeB), 2);
        const weights = normal(tf, [...batch, m, n], 3);
        const product = (x: Tensor, y: Tensor) => tf.matMul(x, y, transposeA, transposeB) as Tensor;
        return [
          product(a, b),
          ...tf.grads((x, y) =>
            product(x as Tensor, y as Tensor)
              .mul(weights)
              .sum(),
          )([a, b]),
        ];
      });
    }
  });

  it("broadcasts batches as NumPy does, which cpu does only where one of them is single", async () => {
    const cases: [number[], number[], number[]][] = [
      [[3], [1], [3]],
      [[1], [4], [4]],
      [[], [2], [2]],
      [
        [2, 1],
        [1, 3],
        [2, 3],
      ],
      [[3], [2, 1], [2, 3]],
    ];
    for (const [batchA, batchB, both] of cases) {
      const [product, expected] = await run("wasm", (tf) => {
        const a = normal(tf, [...batchA, 3, 4], 1);
        const b = normal(tf, [...batchB, 4, 5], 2);
        const widened = (x: Tensor, rows: number, columns: number) =>
          tf.broadcastTo(x, [...both, rows, columns]) as Tensor;
        return [tf.matMul(a, b) as Tensor, tf.matMul(widened(a, 3, 4), widened(b, 4, 5)) as Tensor];
      });
      assert.deepEqual(product?.shape, [...both, 3, 5]);
      assert.ok(
        distance(product?.values as Float32Array, expected?.values as Float32Array) < allowedDistance,
      );
    }
  });

  it("gives the empty product and that of no columns", async () => {
    await agrees("empty", (tf) => [
      tf.matMul(tf.zeros([0, 3]), tf.ones([3, 2])) as Tensor,
      tf.matMul(tf.zeros([2, 3]), tf.zeros([3, 0])) as Tensor,
    ]);
  });

  it("leaves no memory on the backend", async () => {
    const { tf } = await useBackend("wasm");
    const held = () => (tf.backend() as unknown as { numDataIds(): number }).numDataIds();
    const before = held();
    for (let i = 0; i < 5; i++) {
      tf.tidy(() => {
        tf.matMul(tf.ones([2, 3, 4]), tf.ones([2, 5, 4]), false, true);
      });
    }
    assert.equal(held(), before);
  });
});
