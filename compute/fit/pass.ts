// Examples through a network, and its numbers in and out of the backend.
import type { Network } from "../model";
import type { Evaluation } from "../trained";
import type { Examples } from "./examples";
import { score } from "./loss";

const evaluationBatch = 256;

/** Logits of all examples, row after row. float32 [examples, outputs] */
export async function outputsOf(
  network: Network,
  examples: Pick<Examples, "inputs" | "shape">,
  batchSize = evaluationBatch,
): Promise<Float32Array> {
  const { tf } = network.backend;
  const size = examples.shape.reduce((a, b) => a * b, 1);
  const count = examples.inputs.length / size;
  const width = network.outputShape.reduce((a, b) => a * b, 1);
  const rows = new Float32Array(count * width);
  for (let at = 0; at < count; at += batchSize) {
    const block = examples.inputs.slice(at * size, (at + batchSize) * size);
    const out = tf.tidy(() => network.forward(tf.tensor(block, [block.length / size, ...examples.shape])));
    try {
      rows.set(await out.data(), at * width);
    } finally {
      out.dispose();
    }
  }
  return rows;
}

/** @param examples borrowed, and fitting the network */
export async function evaluateNetwork(
  network: Network,
  examples: Examples,
  batchSize = evaluationBatch,
): Promise<Evaluation> {
  const logits = await outputsOf(network, examples, Math.max(batchSize, 32));
  const labels = Array.from(examples.labels);
  const { loss, right } = score(logits, labels, examples.classes);
  return { loss: loss / labels.length, accuracy: right / labels.length };
}

/** Copies of all parameters, as they lie in memory. */
export function downloaded({ parameters }: Network): Promise<Float32Array[]> {
  return Promise.all(parameters.map(async ({ variable }) => Float32Array.from(await variable.data())));
}

/** Sets the parameters, or those with these indices; `values` are borrowed. */
export function uploaded(
  { parameters, backend: { tf } }: Network,
  values: readonly Float32Array[],
  indices: readonly number[] = values.map((_, k) => k),
): void {
  for (const k of indices) {
    const [parameter, value] = [parameters[k], values[k]];
    if (!parameter || value?.length !== parameter.variable.size) {
      throw new Error("internal: numbers for another network");
    }
    // A copy: the cpu backend computes on the very array that it is given.
    tf.tidy(() => parameter.variable.assign(tf.tensor(value.slice(), parameter.variable.shape)));
  }
}
