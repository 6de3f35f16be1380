// What a training process and the one that started it say to each other.
import type { Architecture } from "../../archbert/graph/architecture";
import type { Epoch, FitEvent, Settings, StopReason, Weight } from "../trained";
import type { FailureKind } from "./errors";
import type { Data } from "./fit";

export interface Job {
  architecture: Architecture;
  data: Data;
  settings: Settings;
  /** As the parent was asked for it; what there is, when undefined. */
  backend: string | undefined;
  maxSeconds: number | undefined;
  residentMb: number | undefined;
  checkpoint: string | undefined;
}

export interface Outcome {
  weights: Weight[];
  history: readonly Epoch[];
  bestEpoch: number;
  stopped: StopReason;
  backend: string;
  backendVersion: string;
  tfjsVersion: string;
  seconds: number;
}

export interface Failure {
  /** Null for a mistake in what was given. */
  failure: FailureKind | null;
  message: string;
  where: string | undefined;
  fix: string | undefined;
}

export type FromChild =
  | { kind: "event"; event: FitEvent }
  | { kind: "done"; outcome: Outcome }
  | ({ kind: "failed" } & Failure);
