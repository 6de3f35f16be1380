// A function with its gradient written out, in the types of TensorFlow.js made plain.
import type { Tensor, Tf } from "./op";

interface Gradient {
  value: Tensor;
  /** One gradient an input, from that of the value and what was saved. */
  gradient(dy: Tensor, saved: readonly Tensor[]): Tensor[];
}

/**
 * Calls `f` with the inputs and a `save` for what its gradient needs: nothing that `f` computes is taped.
 *
 * @param inputs borrowed
 */
export function withGradient<T extends readonly Tensor[]>(
  tf: Tf,
  inputs: T,
  f: (inputs: T, save: (tensors: Tensor[]) => void) => Gradient,
): Tensor {
  const wrapped = tf.customGrad((...args) => {
    const save = args.at(-1);
    if (typeof save !== "function") throw new Error("internal: nothing to save with");
    const { value, gradient } = f(args.slice(0, -1) as unknown as T, save);
    return { value, gradFunc: (dy: Tensor, saved: Tensor[]) => gradient(dy, saved) };
  });
  return wrapped(...inputs);
}
