// A network that was trained: what it is, what it learned, and how that went.
import type { Architecture } from "../../archbert/graph/architecture";
import type { Weight } from "../model";
import type { Epoch, StopReason } from "./fit";
import type { Settings } from "./options";

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

/** Plain data but for the numbers of the weights. */
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
