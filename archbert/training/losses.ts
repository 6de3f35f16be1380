// The loss of each task, as tensors.
import type { Scalar, Tensor, Tensor2D } from "@tensorflow/tfjs";
import type { Tf } from "../../compute";
import { logitsOf } from "../model/network";
import { batchOf, lengthOf } from "../model/rows";
import { type Model, statesOf } from "../model/states";
import type { LabelledRow } from "./rows";

/** Rows of like length share a batch: less of it is filled up. */
const rowsPerBatch = 16;

/**
 * Mean cross-entropy at the labelled places.
 *
 * @param end ids below are told apart
 */
export function labelLoss(tf: Tf, model: Model, rows: readonly LabelledRow[], end: number): Scalar {
  const sorted = [...rows].sort((a, b) => lengthOf(a) - lengthOf(b));
  const logits: Tensor2D[] = [];
  const ids: number[] = [];
  for (let from = 0; from < sorted.length; from += rowsPerBatch) {
    const some = sorted.slice(from, from + rowsPerBatch);
    logits.push(labelledLogits(tf, model, some, end));
    ids.push(...some.flatMap(({ labels }) => labels.map(({ id }) => id)));
  }
  return crossEntropy(tf, tf.concat(logits), ids);
}

/** Logits over the ids below `end` at the labelled places, row after row: float32 [labels, end]. */
export function labelledLogits(tf: Tf, model: Model, rows: readonly LabelledRow[], end: number): Tensor2D {
  const batch = batchOf(rows);
  const { states } = statesOf(tf, model, batch);
  const places = rows.flatMap(({ labels }, b) => labels.map(({ place }) => b * batch.places + place));
  const at = tf.tensor1d(places, "int32");
  const picked = tf.gather(states.reshape([-1, model.config.width]), at) as Tensor2D;
  return logitsOf(tf, model.weights, picked, 0, end);
}

/** Softmax and cross-entropy as one op: its gradient needs nothing but the probabilities. */
function crossEntropy(tf: Tf, logits: Tensor2D, ids: readonly number[]): Scalar {
  const goal = tf.oneHot(tf.tensor1d([...ids], "int32"), logits.shape[1]).toFloat();
  return tf.customGrad((x, save) => {
    const logProbabilities = tf.logSoftmax(x as Tensor2D);
    const value = logProbabilities.mul(goal).sum().div(-ids.length);
    (save as (tensors: Tensor[]) => void)([logProbabilities, goal]);
    return {
      value,
      gradFunc: (dy: Tensor, saved: Tensor[]) => {
        const [logs, goal] = saved as [Tensor, Tensor];
        return logs.exp().sub(goal).mul(dy.div(ids.length));
      },
    };
  })(logits) as Scalar;
}

/** Sigmoid loss of every pair (arXiv:2303.15343 §3), here against the exact truth; a text is true of many networks. */
export function matchLoss(
  tf: Tf,
  { weights }: Model,
  texts: Tensor2D,
  networks: Tensor2D,
  truth: Float32Array,
  clones: Float32Array,
): Scalar {
  const [T, M] = [texts.shape[0], networks.shape[0]];
  const off = tf.tensor2d(
    Float32Array.from({ length: M * M }, (_, i) => (i % (M + 1) === 0 ? 0 : 1)),
    [M, M],
  );
  const one = binary(tf, scaled(tf, texts, networks, weights.textScale), tf.tensor2d(truth, [T, M]));
  const two = binary(
    tf,
    scaled(tf, networks, networks, weights.cloneScale),
    tf.tensor2d(clones, [M, M]),
    off,
  );
  return one.add(two) as Scalar;
}

/** Cosines as logits: scale * cosine + offset. */
function scaled(tf: Tf, a: Tensor2D, b: Tensor2D, scale: Tensor): Tensor2D {
  return tf
    .matMul(a, b, false, true)
    .mul(scale.slice([0], [1]).exp())
    .add(scale.slice([1], [1])) as Tensor2D;
}

/** True and false weigh the same, however many there are of each. */
function binary(tf: Tf, logits: Tensor2D, goal: Tensor2D, mask: Tensor = tf.onesLike(goal)): Tensor {
  const losses = logits.relu().sub(logits.mul(goal)).add(logits.abs().neg().exp().log1p());
  const mean = (part: Tensor) => losses.mul(part).sum().div(part.sum().maximum(1));
  return mean(goal.mul(mask))
    .add(mean(goal.mul(-1).add(1).mul(mask)))
    .div(2);
}
