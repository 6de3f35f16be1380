// ArchBERT's network: one pre-norm transformer for graphs and English, bags of embeddings in, states out.
import type { Tensor, Tensor1D, Tensor2D, Tensor3D, Tensor4D } from "@tensorflow/tfjs";
import type { Tf } from "../../compute";
import { bagSize } from "./bags";

export interface ModelConfig {
  /** D, divided by H. */
  width: number;
  layers: number;
  heads: number;
  /** Of the two-layer networks, in D. */
  expansion: number;
}

/** The most that a file may ask for. */
const most = { width: 4096, layers: 64, heads: 64, expansion: 16 };

/** Whether the numbers of a file make a network. */
export function isModelConfig(value: unknown): value is ModelConfig {
  if (typeof value !== "object" || value === null) return false;
  const config = value as ModelConfig;
  const fits = (["width", "layers", "heads", "expansion"] as const).every(
    (name) => Number.isInteger(config[name]) && config[name] >= 1 && config[name] <= most[name],
  );
  return fits && config.width % config.heads === 0;
}

export interface LayerWeights<T> {
  /** [D] scales of the two normalizations. */
  attend: T;
  think: T;
  /** [D, 3 D], [D, D], [D, e D], [e D, D] */
  queryKeyValue: T;
  out: T;
  up: T;
  down: T;
}

export interface Weights<T = Tensor> {
  /** [V, D]; its first rows are also what logits are told by. */
  embedding: T;
  /** [D], after the last layer. */
  last: T;
  /** [D, D]: pooled states into the space where texts and networks are compared. */
  textSpace: T;
  networkSpace: T;
  /** [2]: scale and offset of cosines; one pair for text and network, one for network and network. */
  textScale: T;
  cloneScale: T;
  layers: LayerWeights<T>[];
}

/** The shape of each weight, by name, in the order in which they are kept. */
export function weightShapes(
  { width, layers, expansion }: ModelConfig,
  vocabularySize: number,
): Map<string, number[]> {
  const shapes: [string, number[]][] = [
    ["embedding", [vocabularySize, width]],
    ["last", [width]],
    ["textSpace", [width, width]],
    ["networkSpace", [width, width]],
    ["textScale", [2]],
    ["cloneScale", [2]],
  ];
  for (let l = 0; l < layers; l++) {
    shapes.push(
      [`layers.${l}.attend`, [width]],
      [`layers.${l}.think`, [width]],
      [`layers.${l}.queryKeyValue`, [width, 3 * width]],
      [`layers.${l}.out`, [width, width]],
      [`layers.${l}.up`, [width, expansion * width]],
      [`layers.${l}.down`, [expansion * width, width]],
    );
  }
  return new Map(shapes);
}

/** Weights by their names, as the network wants them. */
export function weightsFrom<T>(named: ReadonlyMap<string, T>, { layers }: ModelConfig): Weights<T> {
  const get = (name: string): T => {
    const found = named.get(name);
    if (found === undefined) throw new Error(`internal: no weight "${name}"`);
    return found;
  };
  return {
    embedding: get("embedding"),
    last: get("last"),
    textSpace: get("textSpace"),
    networkSpace: get("networkSpace"),
    textScale: get("textScale"),
    cloneScale: get("cloneScale"),
    layers: Array.from({ length: layers }, (_, l) => ({
      attend: get(`layers.${l}.attend`),
      think: get(`layers.${l}.think`),
      queryKeyValue: get(`layers.${l}.queryKeyValue`),
      out: get(`layers.${l}.out`),
      up: get(`layers.${l}.up`),
      down: get(`layers.${l}.down`),
    })),
  };
}

/** Keys and values of places already read, one pair a layer: float32 [B, H, M, D / H]. */
export type Past = { keys: Tensor4D; values: Tensor4D }[];

export interface Forward {
  /** float32 [B, N, D], normalized; owned by the caller, as is `past`. */
  states: Tensor3D;
  past: Past;
}

/**
 * States of new places, which read one another and those of `past`.
 *
 * @param ids  int32 [B, N, bagSize]
 * @param bias float32 [B, 1, N, M + N]: 0 where a place may read another, far below 0 where not
 * @param past of the M places before; borrowed
 */
export function forward(
  tf: Tf,
  weights: Weights,
  config: ModelConfig,
  ids: Tensor3D,
  bias: Tensor4D,
  past?: Past,
): Forward {
  const [B, N] = ids.shape;
  const { width: D, heads: H } = config;
  let x = embed(tf, weights.embedding, ids);
  const now: Past = [];
  weights.layers.forEach((layer, l) => {
    const mixed = normalize(tf, x, layer.attend).matMul(layer.queryKeyValue as Tensor2D) as Tensor2D;
    const part = (i: number) =>
      mixed
        .slice([0, i * D], [B * N, D])
        .reshape([B, N, H, D / H])
        .transpose([0, 2, 1, 3]) as Tensor4D;
    const query = part(0);
    let keys = part(1);
    let values = part(2);
    const before = past?.[l];
    if (before) {
      keys = tf.concat([before.keys, keys], 2);
      values = tf.concat([before.values, values], 2);
    }
    now.push({ keys, values });
    const scores = tf.matMul(query, keys, false, true).mul(1 / Math.sqrt(D / H));
    const read = tf.matMul(tf.softmax(scores.add(bias)), values) as Tensor4D;
    const joined = read.transpose([0, 2, 1, 3]).reshape([B * N, D]) as Tensor2D;
    x = x.add(joined.matMul(layer.out as Tensor2D));
    const hidden = normalize(tf, x, layer.think)
      .matMul(layer.up as Tensor2D)
      .relu() as Tensor2D;
    x = x.add(hidden.matMul(layer.down as Tensor2D));
  });
  return { states: normalize(tf, x, weights.last).reshape([B, N, D]) as Tensor3D, past: now };
}

/** Sums of embeddings, scaled to one size: [B N, D]. */
function embed(tf: Tf, embedding: Tensor, ids: Tensor3D): Tensor2D {
  const [B, N] = ids.shape;
  const summed = tf
    .gather(embedding as Tensor2D, ids.reshape([B * N * bagSize]) as Tensor1D)
    .reshape([B * N, bagSize, -1]);
  return normalize(tf, summed.sum(1) as Tensor2D);
}

const tiny = 1e-5;

/** Root-mean-square normalization (arXiv:1910.07467): rows of [R, D] to mean square 1, times a scale [D]. */
function normalize(tf: Tf, x: Tensor2D, scale?: Tensor): Tensor2D {
  const unit = tf.customGrad((x, save) => {
    const input = x as Tensor2D;
    const factor = input.square().mean(-1, true).add(tiny).rsqrt();
    const value = input.mul(factor);
    (save as (tensors: Tensor[]) => void)([value, factor]);
    return {
      value,
      gradFunc: (dy: Tensor, saved: Tensor[]) => {
        const [value, factor] = saved as [Tensor, Tensor];
        return dy.sub(value.mul(dy.mul(value).mean(-1, true))).mul(factor);
      },
    };
  })(x) as Tensor2D;
  return scale ? unit.mul(scale) : unit;
}

/** Logits over ids from `first` to below `end`: [M, D] to [M, end - first]. */
export function logitsOf(tf: Tf, weights: Weights, states: Tensor2D, first: number, end: number): Tensor2D {
  const D = states.shape[1];
  const rows = weights.embedding.slice([first, 0], [end - first, D]) as Tensor2D;
  return tf.matMul(states, rows, false, true);
}

/** Means of the states of a segment, mapped and brought to length 1: [B, N, D], mask [B, N] to [B, D]. */
export function pooled(tf: Tf, states: Tensor3D, mask: Tensor2D, space: Tensor): Tensor2D {
  const weights = mask.div(mask.sum(1, true).maximum(1)).expandDims(1);
  const mean = tf.matMul(weights, states).reshape([states.shape[0], states.shape[2]]);
  const mapped = mean.matMul(space as Tensor2D);
  return mapped.div(mapped.square().sum(-1, true).add(1e-8).sqrt()) as Tensor2D;
}
