// Linear layers and attention.
import { first, numberOf, type OpExecutor, type Tensor } from "./op";

export const linear: OpExecutor = {
  needs: ["weight"],
  layout: (key, shape) => ({ view: shape, axes: key === "weight" ? [1, 0] : [0] }),

  /** Over the last axis; all before it are rows of one product. */
  run(call) {
    const x = first(call);
    const [features = 0] = x.shape.slice(-1);
    const weight = call.weight("weight");
    const rows = call.tf.matMul(x.reshape([-1, features]), weight);
    const mixed = call.has("bias") ? rows.add(call.weight("bias")) : rows;
    return mixed.reshape([...x.shape.slice(0, -1), weight.shape[1] ?? 0]);
  },
};

export const attention: OpExecutor = {
  refuses(node, shapes) {
    const { layout, causal, kvHeads, heads } = node.attributes;
    if (layout !== "joined" || shapes.some((shape) => shape.length !== 2)) return "gives each head apart";
    if (causal === true || shapes.length > 3) return "is masked";
    return kvHeads !== undefined && kvHeads !== heads ? "shares keys between heads" : undefined;
  },

  run({ tf, node, inputs }) {
    const heads = numberOf(node, "heads", 1);
    const [query, key, value] = inputs.map((x) => split(x, heads));
    if (!query || !key || !value) throw new Error("internal: attention without its inputs");
    const [batch = 0, count = 0, width = 0] = inputs[0]?.shape ?? [];
    const scores = tf.matMul(query, key, false, true).mul(1 / Math.sqrt(width / heads));
    const mixed = tf.matMul(tf.softmax(scores), value);
    return mixed.transpose([0, 2, 1, 3]).reshape([batch, count, -1]);
  },
};

/** [batch, tokens, width] as [batch, heads, tokens, width / heads]. */
function split(x: Tensor, heads: number): Tensor {
  const [batch = 0, count = 0, width = 0] = x.shape;
  return x.reshape([batch, count, heads, width / heads]).transpose([0, 2, 1, 3]);
}
