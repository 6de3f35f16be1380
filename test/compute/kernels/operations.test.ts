// The rest of what blocks of the architecture language differentiate: pools, activations, look-ups, sums, normalization.
import assert from "node:assert/strict";
import type { Tensor, Tensor2D, Tensor4D } from "@tensorflow/tfjs";
import { rng } from "../../../archbert/graph/random";
import type { Tf } from "../../../compute";
import { agrees, run } from "../compare";

const random = rng(13);
const normal = (tf: Tf, shape: number[], seed: number): Tensor =>
  tf.randomNormal(shape, 0, 1, "float32", seed);

/** The result of a function of one tensor, and its gradient under random weights. */
const both = (tf: Tf, x: Tensor, f: (x: Tensor) => Tensor): Tensor[] => {
  const y = f(x);
  const weights = normal(tf, y.shape, 99);
  return [
    y,
    tf.grad((z) =>
      f(z as Tensor)
        .mul(weights)
        .sum(),
    )(x),
  ];
};

describe("wasm operations and their gradients agree with cpu:", () => {
  it("pooling", async () => {
    for (let i = 0; i < 40; i++) {
      const window = 1 + random.below(4);
      const stride = 1 + random.below(3);
      const shape = [2, window + random.below(6), window + random.below(6), 1 + random.below(5)];
      const pad = random.pick(["same", "valid", 0] as const);
      for (const pool of ["maxPool", "avgPool"] as const) {
        await agrees(`${pool} ${shape} ${window} ${stride} ${pad}`, (tf) =>
          both(tf, normal(tf, shape, 1), (x) => tf[pool](x as Tensor4D, window, stride, pad)),
        );
      }
    }
  });

  it("sums and means over any axes", async () => {
    const cases: [number[], number | number[] | undefined][] = [
      [[7, 5], 0],
      [[300, 5], 0],
      [[1000, 1], 0],
      [[1, 9], 0],
      [
        [3, 60, 2, 3],
        [0, 1],
      ],
      [
        [4, 9, 9, 3],
        [0, 1, 2],
      ],
      [
        [4, 9, 9, 3],
        [2, 1],
      ],
      [[3, 4, 5], 1],
      [[3, 4, 5], -1],
      [[3, 4, 5], undefined],
    ];
    for (const [shape, axis] of cases) {
      for (const name of ["sum", "mean"] as const) {
        for (const keep of [false, true]) {
          await agrees(`${name} ${shape} over ${axis} ${keep}`, (tf) =>
            both(tf, normal(tf, shape, 1), (x) => x[name](axis, keep)),
          );
        }
      }
    }
    await agrees("whole numbers", (tf) => [
      tf
        .tensor(
          [
            [1, 2],
            [3, 4],
          ],
          [2, 2],
          "int32",
        )
        .sum(0),
    ]);
  });

  it("look-ups, with places read twice and never", async () => {
    for (const shape of [[3], [2, 4], [2, 2, 2]]) {
      await agrees(`gather ${shape}`, (tf) => {
        const ids = tf.randomUniform(shape, 0, 6, "int32", 5) as never;
        return both(tf, normal(tf, [6, 3], 1), (x) => tf.gather(x, ids));
      });
    }
    await agrees("along another axis", (tf) =>
      both(tf, normal(tf, [3, 6, 2], 1), (x) => tf.gather(x, tf.tensor1d([5, 0, 5, 2], "int32"), 1)),
    );
    await agrees("segments", (tf) => {
      const ids = tf.tensor1d([2, 0, 2, 1], "int32");
      return [
        tf.unsortedSegmentSum(normal(tf, [4, 3], 1), ids, 4),
        tf.unsortedSegmentSum(normal(tf, [4], 1), ids, 3),
      ];
    });
  });

  const activations: Record<string, (tf: Tf, x: Tensor) => Tensor> = {
    relu: (tf, x) => tf.relu(x),
    relu6: (tf, x) => tf.relu6(x),
    leakyRelu: (tf, x) => tf.leakyRelu(x, 0.01),
    elu: (tf, x) => tf.elu(x),
    gelu: (tf, x) => x.mul(tf.erf(x.mul(Math.SQRT1_2)).add(1)).mul(0.5),
    silu: (tf, x) => x.mul(tf.sigmoid(x)),
    hardSwish: (tf, x) => x.mul(tf.relu6(x.add(3))).div(6),
    tanh: (tf, x) => tf.tanh(x),
    softmax: (tf, x) => tf.softmax(x),
    logSoftmax: (tf, x) => tf.logSoftmax(x),
    softplus: (tf, x) => tf.softplus(x),
    clip: (tf, x) => tf.clipByValue(x, -0.5, 0.5),
    where: (tf, x) => tf.where(normal(tf, x.shape, 7).greater(0), x.square(), x.neg()),
  };
  for (const [name, activation] of Object.entries(activations)) {
    it(name, () =>
      agrees(name, (tf) => both(tf, normal(tf, [4, 3, 5, 7], 1).mul(3), (x) => activation(tf, x))),
    );
  }

  it("normalization over each axis", async () => {
    for (const axes of [[0, 1, 2], [3], [1, 2, 3]]) {
      await agrees(`moments ${axes}`, (tf) =>
        both(tf, normal(tf, [3, 4, 5, 6], 1), (x) => {
          const { mean, variance } = tf.moments(x, axes, true);
          return x.sub(mean).div(variance.add(1e-5).sqrt());
        }),
      );
    }
    await agrees("batchNorm", (tf) => {
      const x = normal(tf, [3, 4, 5, 6], 1) as Tensor4D;
      const per = [2, 3, 4].map((seed) => normal(tf, [6], seed));
      const f = (...given: Tensor[]) => {
        const [y, mean, offset, scale] = given as [Tensor4D, Tensor, Tensor, Tensor];
        const one = (t: Tensor) => t as never;
        return tf.batchNorm(y, one(mean), one(tf.ones([6]).mul(1.5)), one(offset), one(scale), 1e-3);
      };
      return [
        f(x, ...per),
        ...tf.grads((...all) =>
          f(...(all as Tensor[]))
            .square()
            .sum(),
        )([x, ...per]),
      ];
    });
  });

  it("moving and joining", async () => {
    await agrees("transpose", (tf) =>
      both(tf, normal(tf, [2, 3, 4, 5], 1), (x) => tf.transpose(x, [0, 2, 3, 1])),
    );
    await agrees("split", (tf) =>
      both(tf, normal(tf, [2, 3, 8], 1), (x) => tf.concat(tf.split(x, 4, -1).reverse(), -1)),
    );
    await agrees("slice", (tf) =>
      both(tf, normal(tf, [5, 4, 3], 1), (x) => tf.slice(x, [1, 0, 1], [3, 4, 1])),
    );
    await agrees("pad", (tf) =>
      both(tf, normal(tf, [5, 4], 1), (x) =>
        tf.pad(x, [
          [1, 2],
          [0, 1],
        ]),
      ),
    );
    await agrees("tile", (tf) => both(tf, normal(tf, [3, 2], 1), (x) => tf.tile(x, [2, 3])));
    await agrees("broadcast", (tf) =>
      both(tf, normal(tf, [1, 4, 1], 1), (x) => x.mul(normal(tf, [3, 4, 5], 2)).add(x)),
    );
    await agrees("stack", (tf) => both(tf, normal(tf, [3, 2], 1), (x) => tf.stack([x, x.square()], 1)));
  });

  it("a whole attention head", () =>
    agrees("attention", (tf) =>
      both(tf, normal(tf, [2, 5, 12], 1), (x) => {
        const weights = normal(tf, [12, 36], 2) as Tensor2D;
        const [q, k, v] = tf
          .split(tf.matMul(x.reshape([10, 12]), weights).reshape([2, 5, 36]), 3, -1)
          .map((t) => t.reshape([2, 5, 3, 4]).transpose([0, 2, 1, 3])) as [Tensor, Tensor, Tensor];
        const attention = tf.softmax(tf.matMul(q, k, false, true).mul(0.5));
        return tf.matMul(attention, v).transpose([0, 2, 1, 3]).reshape([2, 5, 12]);
      }),
    ));

  it("tells what is no number", async () => {
    const [found] = await run("wasm", (tf) =>
      tf.isNaN(tf.tensor1d([1, Number.NaN, Number.POSITIVE_INFINITY])),
    );
    assert.deepEqual([...(found?.values ?? [])], [0, 1, 0]);
  });
});
