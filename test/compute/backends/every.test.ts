// What every backend that is there must do: compute, train, repeat itself, leave nothing behind, say nothing.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import type { Tensor, Tensor2D, Tensor4D } from "@tensorflow/tfjs";
import { availableBackends, type BackendName, type Tf, useBackend } from "../../../compute";
import { run } from "../compare";

const room = resolve(__dirname, "..", "..", "..", "compute");

/** Eight steps of a network with each kind of layer on the same batch: its losses, and the tensors held after each step. */
async function train(tf: Tf, seed: number): Promise<{ losses: number[]; held: number[] }> {
  const scope = tf.engine();
  scope.startScope();
  try {
    let next = seed;
    const weights = (shape: number[], deviation: number) =>
      tf.variable(tf.randomNormal(shape, 0, deviation, "float32", next++));
    const filters = weights([3, 3, 1, 8], 0.4);
    const depthwise = weights([3, 3, 8, 1], 0.4);
    const offsets = tf.variable(tf.zeros([8]));
    const scales = tf.variable(tf.ones([8]));
    const table = weights([10, 8], 0.3);
    const mixing = weights([8, 24], 0.3);
    const head = weights([8, 3], 0.3);
    const x = tf.randomNormal([12, 8, 8, 1], 0, 1, "float32", 91) as Tensor4D;
    const ids = tf.randomUniform([12, 4], 0, 10, "int32", 92) as Tensor2D;
    const labels = tf.oneHot(tf.randomUniform([12], 0, 3, "int32", 93) as never, 3);
    const loss = () => {
      const first = tf.conv2d(x, filters as never, 1, "same");
      const { mean, variance } = tf.moments(first, [0, 1, 2]);
      const normal = tf.batchNorm(first, mean as never, variance as never, offsets as never, scales as never);
      const second = tf.depthwiseConv2d(tf.relu(normal) as Tensor4D, depthwise as never, 2, "same");
      const picture = tf.maxPool(tf.elu(second), 2, 2, "same").mean([1, 2]);
      const tokens = tf.gather(table, ids);
      const [q, k, v] = tf.split(
        tf.matMul(tokens.reshape([48, 8]), mixing as Tensor2D).reshape([12, 4, 24]),
        3,
        -1,
      );
      const attention = tf.softmax(tf.matMul(q as Tensor, k as Tensor, false, true));
      const read = tf.matMul(attention, v as Tensor).mean(1);
      const logits = tf.matMul(picture.add(read) as Tensor2D, head as Tensor2D);
      return tf.losses.softmaxCrossEntropy(labels, logits).asScalar();
    };
    const optimizer = tf.train.adam(0.02);
    const losses: number[] = [];
    const held: number[] = [];
    for (let step = 0; step < 8; step++) {
      const value = optimizer.minimize(loss, true);
      losses.push((await value?.data())?.[0] as number);
      value?.dispose();
      held.push(tf.memory().numTensors);
    }
    optimizer.dispose();
    tf.dispose([filters, depthwise, offsets, scales, table, mixing, head]);
    return { losses, held };
  } finally {
    scope.endScope();
  }
}

for (const { name, available, note } of availableBackends()) {
  describe(`backend ${name}`, () => {
    if (!available) {
      it.skip(`is not here: ${note}`);
      return;
    }
    const use = () => useBackend(name);

    it("says what it is", async () => {
      const { tf, name: given, version, why } = await use();
      assert.equal(given, name);
      assert.equal(tf.getBackend(), name);
      assert.match(version, /\d+\.\d+/);
      assert.ok(why.length > 0);
    });

    it("computes", async () => {
      const [product] = await run(name, (tf) =>
        tf.matMul(tf.tensor2d([1, 2, 3, 4], [2, 2]), tf.tensor2d([5, 6, 7, 8], [2, 2])),
      );
      assert.deepEqual([...(product?.values ?? [])], [19, 22, 43, 50]);
    });

    it("learns, as much as the reference does", async () => {
      const { losses } = await train((await use()).tf, 1);
      const reference = (await train((await useBackend("cpu")).tf, 1)).losses;
      assert.ok((losses.at(-1) as number) < 0.8 * (losses[0] as number), losses.join());
      for (const [step, loss] of losses.entries()) {
        assert.ok(
          Math.abs(loss - (reference[step] as number)) < 1e-3,
          `step ${step}: ${losses} and ${reference}`,
        );
      }
    });

    it("gives the same losses from the same seed, others from another", async () => {
      const { tf } = await use();
      const { losses } = await train(tf, 5);
      assert.deepEqual((await train(tf, 5)).losses, losses);
      assert.notDeepEqual((await train(tf, 6)).losses, losses);
    });

    it("holds no more tensors after a step than after the one before", async () => {
      const { tf } = await use();
      const before = tf.memory().numTensors;
      const { held } = await train(tf, 1);
      assert.deepEqual(new Set(held.slice(1)), new Set([held[1]]));
      assert.equal(tf.memory().numTensors, before);
    });

    it("says nothing on the console, and lets the process end", () => {
      const script = `require(${JSON.stringify(room)}).useBackend(${JSON.stringify(name satisfies BackendName)})
        .then(({ tf }) => tf.tidy(() => tf.ones([2, 2]).sum()).data())`;
      const { status, stdout, stderr } = spawnSync(process.execPath, ["-e", script], {
        encoding: "utf8",
        timeout: 20_000,
      });
      assert.deepEqual({ status, stdout, stderr }, { status: 0, stdout: "", stderr: "" });
    }).timeout(20_000);
  });
}
