// Linear layers and attention.
import type { ArchNode } from "../../../archbert/graph/architecture";
import { first, laid, numberOf, type OpExecutor, straight, type Tensor } from "./op";

/** Whether the matrix is [in, out], as other formats keep it, rather than [out, in]; a square one passes for the latter. */
export function isInputFirst(shape: readonly number[], node: ArchNode): boolean {
  const [rows, columns] = shape;
  const { inFeatures, outFeatures } = node.attributes;
  return rows !== columns && rows === inFeatures && columns === outFeatures;
}

export const linear: OpExecutor = {
  needs: ["weight"],
  layout: (key, shape, node) => ({
    view: shape,
    axes: key !== "weight" ? [0] : isInputFirst(shape, node) ? [0, 1] : [1, 0],
  }),

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

/** What attention may say of itself here; masks, biases and positions are none of it. */
const known = new Set(["layout", "heads", "headSize", "kvHeads", "causal", "keyTransposed"]);

export const attention: OpExecutor = {
  refuses(node, shapes) {
    const { layout, causal, kvHeads, heads } = node.attributes;
    if (causal === true || shapes.length > 3) return "is masked";
    const other = Object.keys(node.attributes).find((name) => !known.has(name));
    if (other !== undefined) return `has ${other}`;
    if (kvHeads !== undefined && kvHeads !== heads) return "shares keys between heads";
    const rank = layout === "joined" ? 2 : 3;
    return shapes.length < 3 || shapes.some((shape) => shape.length !== rank)
      ? "reads other than queries, keys and values"
      : undefined;
  },

  run({ tf, node, inputs }) {
    const isJoined = node.attributes.layout === "joined";
    const heads = numberOf(node, "heads", 1);
    const [query, key, value] = inputs.map((x) => (isJoined ? split(x, heads) : straight(x, false)));
    if (!query || !key || !value) throw new Error("internal: attention without its inputs");
    const scale = 1 / Math.sqrt(query.shape[3] ?? 1);
    const isKeyTransposed = !isJoined && node.attributes.keyTransposed === true;
    const scores = tf.matMul(query, key, false, !isKeyTransposed).mul(scale);
    const mixed = tf.matMul(tf.softmax(scores), value);
    if (!isJoined) return laid(mixed);
    const [batch = 0, count = 0] = inputs[0]?.shape ?? [];
    return mixed.transpose([0, 2, 1, 3]).reshape([batch, count, -1]);
  },
};

/** [batch, tokens, width] as [batch, heads, tokens, width / heads]. */
function split(x: Tensor, heads: number): Tensor {
  const [batch = 0, count = 0, width = 0] = x.shape;
  return x.reshape([batch, count, heads, width / heads]).transpose([0, 2, 1, 3]);
}
