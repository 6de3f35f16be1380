// Convolutions: plain, depthwise, and in groups.
import type { ArchNode } from "../../../archbert/graph/architecture";
import { type Call, first, numberOf, type OpExecutor, refusesWindow, type Tensor, windowOf } from "./op";

type Tensor4D = ReturnType<Tensor["as4D"]>;

/** Up to here a grouped kernel is spread out to a plain one with zeros between the groups. */
const spreadNumbers = 2 ** 20;

export const conv: OpExecutor = {
  needs: ["weight"],
  refuses: refusesWindow,

  layout(key, shape, node) {
    const [out = 1, into = 1, height = 1, width = 1] = shape;
    if (key !== "weight") return { view: shape, axes: [0] };
    if (!isDepthwise(node)) return { view: shape, axes: [2, 3, 1, 0] };
    const groups = numberOf(node, "groups", 1);
    return { view: [groups, out / groups, height, width * into], axes: [2, 3, 0, 1] };
  },

  run(call) {
    const { tf, node } = call;
    const x = first(call) as Tensor4D;
    const kernel = call.weight("weight") as unknown as Tensor4D;
    const { strides } = windowOf(node);
    const mixed = isDepthwise(node)
      ? tf.depthwiseConv2d(x, kernel, strides, "same")
      : numberOf(node, "groups", 1) > 1
        ? grouped(call, x, kernel)
        : tf.conv2d(x, kernel, strides, "same");
    return call.has("bias") ? mixed.add(call.weight("bias")) : mixed;
  },
};

/**
 * TensorFlow.js has no grouped convolution. Small kernels are spread out, since one larger convolution is quicker than
 * many small ones and their slices; large ones are not, as the zeros would outgrow the memory.
 */
function grouped({ tf, node }: Call, x: Tensor4D, kernel: Tensor4D): Tensor {
  const { strides } = windowOf(node);
  const { groups, into, out } = channelsOf(node);
  if (kernel.size * groups <= spreadNumbers) {
    const spread = kernel.tile([1, 1, groups, 1]).mul(tf.tensor2d(belongs(groups, into, out), [into, out]));
    return tf.conv2d(x, spread as Tensor4D, strides, "same");
  }
  const kernels = tf.split(kernel, groups, 3);
  const parts = (tf.split(x, groups, 3) as Tensor4D[]).map((part, i) =>
    tf.conv2d(part, kernels[i] as Tensor4D, strides, "same"),
  );
  return tf.concat(parts, 3);
}

function isDepthwise(node: ArchNode): boolean {
  const { groups, into } = channelsOf(node);
  return groups > 1 && groups === into;
}

function channelsOf(node: ArchNode): { groups: number; into: number; out: number } {
  return {
    groups: numberOf(node, "groups", 1),
    into: numberOf(node, "inChannels", 1),
    out: numberOf(node, "outChannels", 1),
  };
}

/** 1 where an input and an output channel are of one group, else 0: [into, out]. */
function belongs(groups: number, into: number, out: number): Float32Array {
  const mask = new Float32Array(into * out);
  for (let i = 0; i < into; i++) {
    const group = Math.floor((i * groups) / into);
    mask.fill(1, i * out + (group * out) / groups, i * out + ((group + 1) * out) / groups);
  }
  return mask;
}
