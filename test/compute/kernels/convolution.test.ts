import assert from "node:assert/strict";
import type { Rank, Tensor4D } from "@tensorflow/tfjs";
import { rng } from "../../../archbert/graph/random";
import { type Tf, useBackend } from "../../../compute";
import { agrees } from "../compare";

const random = rng(11);
const size = (from: number, to: number) => from + random.below(to - from + 1);

interface Case {
  batch: number;
  height: number;
  width: number;
  channels: number;
  /** Outputs, or outputs a channel where depthwise. */
  outputs: number;
  kernel: [number, number];
  strides: [number, number];
  pad: "same" | "valid" | number | [[0, 0], [number, number], [number, number], [0, 0]];
}

/** Odd and even sizes, filters wider than high, strides above the filter's size, uneven pads. */
function drawCase(): Case {
  const kernel: [number, number] = [size(1, 5), size(1, 5)];
  const strides: [number, number] = [size(1, 3), size(1, 3)];
  const even = kernel[0] === kernel[1] && strides[0] === strides[1];
  return {
    batch: size(1, 3),
    height: size(kernel[0], 9),
    width: size(kernel[1], 9),
    channels: size(1, 9),
    outputs: size(1, 6),
    kernel,
    strides,
    pad: random.pick<Case["pad"]>([
      "same",
      "valid",
      even ? size(0, 2) : "same",
      [
        [0, 0],
        [size(0, 2), size(0, 2)],
        [size(0, 2), 1],
        [0, 0],
      ],
    ]),
  };
}

const title = (c: Case) =>
  `${c.batch}x${c.height}x${c.width}x${c.channels} to ${c.outputs}, filter ${c.kernel}, stride ${c.strides}, pad ${JSON.stringify(c.pad)}`;

/** The result and both gradients, weighted so that each place counts differently. */
function gradients(tf: Tf, c: Case, outputs: number, convolve: (x: Tensor4D, filter: Tensor4D) => Tensor4D) {
  const x = tf.randomNormal([c.batch, c.height, c.width, c.channels], 0, 1, "float32", 1) as Tensor4D;
  const filter = tf.randomNormal([...c.kernel, c.channels, outputs], 0, 1, "float32", 2) as Tensor4D;
  const y = convolve(x, filter);
  const weights = tf.randomNormal(y.shape, 0, 1, "float32", 3);
  const grads = tf.grads((a, b) =>
    convolve(a as Tensor4D, b as Tensor4D)
      .mul(weights)
      .sum(),
  );
  return [y, ...grads([x, filter])];
}

describe("wasm convolutions and their gradients", () => {
  it("agree with cpu over sizes, strides and pads", async () => {
    for (let i = 0; i < 80; i++) {
      const c = drawCase();
      await agrees(title(c), (tf) =>
        gradients(tf, c, c.outputs, (x, filter) => tf.conv2d(x, filter, c.strides, c.pad)),
      );
    }
  });

  it("agree when depthwise", async () => {
    for (let i = 0; i < 80; i++) {
      const c = { ...drawCase(), outputs: random.pick([1, 1, 2, 3]) };
      await agrees(`depthwise ${title(c)}`, (tf) =>
        gradients(tf, c, c.outputs, (x, filter) => tf.depthwiseConv2d(x, filter, c.strides, c.pad)),
      );
    }
  });

  it("agree where the stride is above the filter and padding is the same: stock wasm gives zeros", async () => {
    const c: Case = {
      batch: 1,
      height: 6,
      width: 7,
      channels: 1,
      outputs: 1,
      kernel: [2, 2],
      strides: [3, 3],
      pad: "same",
    };
    await agrees(title(c), (tf) => gradients(tf, c, 1, (x, filter) => tf.conv2d(x, filter, 3, "same")));
    await agrees(title(c), (tf) =>
      gradients(tf, c, 1, (x, filter) => tf.depthwiseConv2d(x, filter, 3, "same")),
    );
  });

  it("refuse one number of padding for an uneven filter, which tfjs takes for an even one", async () => {
    const { tf } = await useBackend("wasm");
    const x = tf.ones<Rank.R4>([3, 5, 9, 5]);
    const uneven = () => tf.conv2d(x, tf.ones<Rank.R4>([4, 5, 5, 4]), [2, 1], 1);
    assert.throws(uneven, /cannot be padded by one number: give/);
    tf.dispose(x);
  });

  it("agree when one filter is used in several ways", async () => {
    await agrees("one filter", (tf) => {
      const filter = tf.randomNormal([3, 3, 4, 4], 0, 1, "float32", 1) as Tensor4D;
      const x = tf.randomNormal([2, 7, 6, 4], 0, 1, "float32", 2) as Tensor4D;
      const fused = (bias: number, activation: "relu" | "linear") =>
        tf.fused.conv2d({ x, filter, strides: 1, pad: "same", bias: tf.fill([4], bias), activation });
      return [
        tf.conv2d(x, filter, 1, "same"),
        tf.conv2d(x, filter, 2, "valid"),
        tf.conv2d(x, filter.transpose([1, 0, 3, 2]) as Tensor4D, 1, 1),
        fused(1, "linear"),
        fused(-2, "relu"),
        tf.depthwiseConv2d(x, filter, 1, "same"),
      ];
    });
  });
});
