// Trainings and what comes of them, as plain data: a door of its own, since the others reach the types of TensorFlow.js.
import type { Architecture } from "../archbert/graph/architecture";

/** The numbers of one parameter, under the architecture's name and in its order of axes. */
export interface Weight {
  name: string;
  shape: readonly number[];
  data: Float32Array<ArrayBufferLike>;
}

export interface Augmentation {
  /** Pictures move by up to so many pixels each way; what comes in is 0. */
  shift?: number;
  /** Pictures are mirrored, left to right, half the time. */
  flip?: boolean;
}

/** Settings that decide what is learned: the same ones on the same backend learn the same. */
export interface Settings {
  epochs: number;
  batchSize: number;
  /** At its highest, after the warm-up; from there it falls along a cosine. */
  learningRate: number;
  /** The share of all steps in which the learning rate rises to its highest. */
  warmup: number;
  /** Decoupled from the gradient, on kernels and matrices only. */
  weightDecay: number;
  /** The share of each label that is spread over all classes. */
  labelSmoothing: number;
  /** Epochs without a better validation after which it stops; null for never. */
  patience: number | null;
  augment: Augmentation;
  seed: number;
}

export interface Epoch {
  /** From 1. */
  epoch: number;
  /** Of its last step. */
  learningRate: number;
  /** Means over its steps, while the weights moved. */
  loss: number;
  accuracy: number;
  validationLoss: number;
  validationAccuracy: number;
  ms: number;
}

export type FitEvent =
  | {
      kind: "start";
      backend: string;
      parameters: number;
      epochs: number;
      steps: number;
      /** Epochs of a training that goes on from its checkpoint. */
      history: readonly Epoch[];
    }
  | { kind: "step"; epoch: number; epochs: number; step: number; steps: number; loss: number }
  | ({ kind: "epoch"; epochs: number; isBest: boolean } & Epoch);

export type StopReason = "epochs" | "patience" | "time";

export interface Metrics {
  /** How many were trained, and after which the weights are from. */
  epochs: number;
  bestEpoch: number;
  /** After the best epoch. */
  validationLoss: number;
  validationAccuracy: number;
  trainingLoss: number;
  trainingAccuracy: number;
  seconds: number;
  stopped: StopReason;
}

/** A network that was trained: plain data but for the numbers of the weights. */
export interface Trained {
  architecture: Architecture;
  /** In the architecture's order of axes; running statistics among them. */
  weights: readonly Weight[];
  history: readonly Epoch[];
  metrics: Metrics;
  seed: number;
  backend: string;
  /** Of what computed it. */
  versions: { node: string; tfjs: string; backend: string };
  options: Settings;
}

export interface Evaluation {
  /** Mean cross entropy, in nats. */
  loss: number;
  accuracy: number;
}
