// Pooling: windows padded so that only the stride makes the picture smaller, and means over all of it.
import {
  first,
  numbersOf,
  type OpExecutor,
  refusesWindow,
  samePadding,
  straight,
  type Tensor,
  windowOf,
} from "./op";

type Tensor4D = ReturnType<Tensor["as4D"]>;

export const maxPool: OpExecutor = {
  refuses: refusesWindow,
  run(call) {
    const { kernel, strides } = windowOf(call.node);
    return call.tf.maxPool(first(call) as Tensor4D, kernel, strides, "same");
  },
};

/**
 * What is padded does not count in the mean. The padding is done here: the gradient of TensorFlow.js's own divides by
 * the whole window at the edges too, where its forward pass does not.
 */
export const averagePool: OpExecutor = {
  refuses: refusesWindow,
  run(call) {
    const { tf, node } = call;
    const x = first(call) as Tensor4D;
    const { kernel, strides } = windowOf(node);
    const rows = coverage(x.shape[1], kernel[0], strides[0]);
    const columns = coverage(x.shape[2], kernel[1], strides[1]);
    const padded = tf.pad(x, [[0, 0], rows.padding, columns.padding, [0, 0]]);
    const means = tf.avgPool(padded, kernel, strides, "valid");
    const shares = rows.shares.flatMap((down) => columns.shares.map((right) => down * right));
    if (shares.every((share) => share === 1)) return means;
    return means.mul(tf.tensor(shares, [1, rows.shares.length, columns.shares.length, 1]));
  },
};

/** The padding along one axis, and how much more than its share each place of every window counts. */
function coverage(
  size: number,
  kernel: number,
  stride: number,
): { padding: [number, number]; shares: number[] } {
  const padding = samePadding(size, kernel, stride);
  const shares = Array.from({ length: Math.ceil(size / stride) }, (_, step) => {
    const from = step * stride - padding[0];
    return kernel / (Math.min(size, from + kernel) - Math.max(0, from));
  });
  return { padding, shares };
}

export const globalAveragePool: OpExecutor = {
  refuses: (_, shapes) => (shapes[0]?.length === 3 ? undefined : "works on pictures only"),
  run(call) {
    const x = first(call);
    const [batch = 0, height = 0, width = 0, channels = 0] = x.shape;
    const mean = x.reshape([batch, height * width, channels]).mean(1);
    return call.node.attributes.keepDims === false ? mean : mean.reshape([batch, 1, 1, channels]);
  },
};

export const reduceMean: OpExecutor = {
  refuses: (node) => {
    const axes = numbersOf(node, "axes");
    return axes?.every((axis) => axis !== 0) ? undefined : "takes the mean over the batch";
  },
  run(call) {
    const keep = call.node.attributes.keepDims !== false;
    return straight(first(call), false).mean([...(numbersOf(call.node, "axes") ?? [])], keep);
  },
};
