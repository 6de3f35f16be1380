// Reading rows and writing on from them token by token: which token comes is the caller's choice.
import type { Tensor2D, Tensor3D, Tensor4D } from "@tensorflow/tfjs";
import type { Tf } from "../../compute";
import type { Vocabulary } from "../text";
import { bagSize, targetBag } from "./bags";
import { forward, logitsOf, type Past, type Weights } from "./network";
import { batchOf, type Row } from "./rows";
import { type Model, statesOf } from "./states";

export interface Loaded extends Model {
  tf: Tf;
  vocabulary: Vocabulary;
}

/** What a model has read so far, and what it would write next; to be disposed of. */
export interface Reading {
  past: Past;
  /** Places read; the next one is written to. */
  places: number;
  /** Tokens written, from the task on. */
  written: number;
  /** Log-probabilities of the ids below `vocabulary.written`, one row for each row of the batch. */
  logProbabilities: Float32Array[];
}

/** Reads rows that end on the task: all of one length, since nothing may stand between a row and what it writes. */
export function startReading({ tf, weights, config, vocabulary }: Loaded, rows: readonly Row[]): Reading {
  const batch = batchOf(rows, 1);
  const { rows: B, places: N } = batch;
  const written = rows[0]?.target.length ?? 0;
  const [logs, past] = run(tf, () => {
    const { states, past } = statesOf(tf, { weights, config }, batch);
    return [lastLogs(tf, weights, states, vocabulary), past];
  });
  return { past, places: N, written, logProbabilities: rowsOf(logs, B) };
}

/** Takes one token a row, and reads it. */
export function take(
  { tf, weights, config, vocabulary }: Loaded,
  reading: Reading,
  tokens: readonly number[],
): void {
  const B = tokens.length;
  const before = reading.past;
  const [logs, past] = run(tf, () => {
    const flat = new Int32Array(B * bagSize);
    tokens.forEach((id, b) => {
      flat.set(targetBag(vocabulary, id, reading.written), b * bagSize);
    });
    const ids = tf.tensor3d(flat, [B, 1, bagSize], "int32") as Tensor3D;
    const bias = tf.zeros([B, 1, 1, reading.places + 1]) as Tensor4D;
    const { states, past } = forward(tf, weights, config, ids, bias, before);
    return [lastLogs(tf, weights, states, vocabulary), past];
  });
  disposePast(tf, before);
  reading.past = past;
  reading.places++;
  reading.written++;
  reading.logProbabilities = rowsOf(logs, B);
}

/** The same reading for several rows, which go their own ways from here. */
export function fork({ tf }: Loaded, reading: Reading, rows: number): Reading {
  const copy = (x: Tensor4D) => tf.tile(x, [rows, 1, 1, 1]);
  return {
    ...reading,
    past: reading.past.map(({ keys, values }) => ({ keys: copy(keys), values: copy(values) })),
    logProbabilities: Array.from({ length: rows }, () => reading.logProbabilities[0] as Float32Array),
  };
}

/** Lets go of the rows that are not named. */
export function keepRows({ tf }: Loaded, reading: Reading, rows: readonly number[]): void {
  const before = reading.past;
  const at = tf.tensor1d([...rows], "int32");
  const keep = (x: Tensor4D) => tf.gather(x, at);
  reading.past = before.map(({ keys, values }) => ({ keys: keep(keys), values: keep(values) }));
  at.dispose();
  disposePast(tf, before);
  reading.logProbabilities = rows.map((row) => reading.logProbabilities[row] as Float32Array);
}

export function disposeReading({ tf }: Loaded, { past }: Reading): void {
  disposePast(tf, past);
}

function disposePast(tf: Tf, past: Past): void {
  tf.dispose(past.flatMap(({ keys, values }) => [keys, values]));
}

function run(tf: Tf, compute: () => [Tensor2D, Past]): [Float32Array, Past] {
  let past: Past = [];
  const logs = tf.tidy(() => {
    const [tensor, now] = compute();
    past = now.map(({ keys, values }) => ({ keys: tf.keep(keys), values: tf.keep(values) }));
    return tensor;
  });
  const values = logs.dataSync() as Float32Array;
  logs.dispose();
  return [values, past];
}

function lastLogs(tf: Tf, weights: Weights, states: Tensor3D, vocabulary: Vocabulary): Tensor2D {
  const [B, N, D] = states.shape;
  const last = states.slice([0, N - 1, 0], [B, 1, D]).reshape([B, D]) as Tensor2D;
  return tf.logSoftmax(logitsOf(tf, weights, last, 0, vocabulary.written));
}

function rowsOf(flat: Float32Array, rows: number): Float32Array[] {
  const width = flat.length / rows;
  return Array.from({ length: rows }, (_, b) => flat.subarray(b * width, (b + 1) * width));
}
