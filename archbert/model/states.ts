// What the network makes of rows: the states of their places, and one vector a row.
import type { Tensor2D, Tensor4D } from "@tensorflow/tfjs";
import type { Tf } from "../../compute";
import { bagSize } from "./bags";
import { type Forward, forward, type ModelConfig, pooled, type Weights } from "./network";
import { type Batch, batchOf, type Row, readingBias, segments } from "./rows";

export interface Model {
  weights: Weights;
  config: ModelConfig;
}

export function statesOf(tf: Tf, { weights, config }: Model, batch: Batch): Forward {
  const { rows: B, places: N } = batch;
  const ids = tf.tensor3d(batch.ids, [B, N, bagSize], "int32");
  const bias = tf.tensor4d(readingBias(batch), [B, 1, N, N]) as Tensor4D;
  return forward(tf, weights, config, ids, bias);
}

/**
 * The mean of one segment of each row, mapped into the space where texts and networks are compared.
 *
 * @param multiple see `batchOf`
 * @returns float32 [B, D], of length 1 each
 */
export function vectorsOf(
  tf: Tf,
  model: Model,
  rows: readonly Row[],
  segment: "network" | "text",
  multiple?: number,
): Tensor2D {
  const batch = batchOf(rows, multiple);
  const { states } = statesOf(tf, model, batch);
  const read = Float32Array.from(batch.segments, (kind) => (kind === segments[segment] ? 1 : 0));
  const { textSpace, networkSpace } = model.weights;
  const mask = tf.tensor2d(read, [batch.rows, batch.places]);
  return pooled(tf, states, mask, segment === "text" ? textSpace : networkSpace);
}
