// Pooling: windows padded so that only the stride makes the picture smaller, and means over all of it.
import { first, numbersOf, type OpExecutor, refusesWindow, straight, type Tensor, windowOf } from "./op";

type Tensor4D = ReturnType<Tensor["as4D"]>;

export const maxPool: OpExecutor = {
  refuses: refusesWindow,
  run(call) {
    const { kernel, strides } = windowOf(call.node);
    return call.tf.maxPool(first(call) as Tensor4D, kernel, strides, "same");
  },
};

/** What is padded does not count in the mean. */
export const averagePool: OpExecutor = {
  refuses: refusesWindow,
  run(call) {
    const { kernel, strides } = windowOf(call.node);
    return call.tf.avgPool(first(call) as Tensor4D, kernel, strides, "same");
  },
};

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
