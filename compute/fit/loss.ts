// What is made small: the cross entropy of logits.
import type { Tensor, Tf } from "../model/ops";
import { withGradient } from "../model/ops/gradient";

/** The labels as rows of probabilities, some of each spread over all classes. float32 [B, classes] */
export function targets(
  labels: readonly number[],
  classes: number,
  smoothing: number,
): Float32Array<ArrayBuffer> {
  const rows = new Float32Array(labels.length * classes).fill(smoothing / classes);
  labels.forEach((label, i) => {
    rows[i * classes + label] = 1 - smoothing + smoothing / classes;
  });
  return rows;
}

/**
 * The mean over the batch, with its gradient (softmax − target) / B in one.
 *
 * @param logits float32 [B, classes]
 * @param target float32 [B, classes]; takes no gradient
 * @returns float32 []
 */
export function crossEntropy(tf: Tf, logits: Tensor, target: Tensor): Tensor {
  return withGradient(tf, [logits] as const, ([x], save) => {
    const batch = x.shape[0] ?? 1;
    const logs = tf.logSoftmax(x);
    save([logs, target]);
    return {
      value: logs.mul(target).sum().div(-batch),
      gradient: (dy, saved) => {
        const [logits, wanted] = saved as [Tensor, Tensor];
        return [logits.exp().sub(wanted).mul(dy.div(batch))];
      },
    };
  });
}

/** How many rows are largest where they should be, and their summed cross entropy. */
export function score(
  logits: Float32Array | Int32Array | Uint8Array,
  labels: readonly number[],
  classes: number,
): { loss: number; right: number } {
  let loss = 0;
  let right = 0;
  labels.forEach((label, i) => {
    const row = logits.subarray(i * classes, (i + 1) * classes);
    let best = 0;
    for (let k = 1; k < classes; k++) if ((row[k] as number) > (row[best] as number)) best = k;
    const most = row[best] as number;
    let total = 0;
    for (let k = 0; k < classes; k++) total += Math.exp((row[k] as number) - most);
    loss += Math.log(total) + most - (row[label] as number);
    if (best === label) right++;
  });
  return { loss, right };
}
