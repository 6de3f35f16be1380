// What a search tells while it runs.
import type { Trial } from "./trial";

export type StudyEvent =
  /** It begins, or goes on: with the trials there are. */
  | {
      kind: "study";
      prompt: string;
      /** What was understood of it, in canonical words; and the parts that were not. */
      claims: readonly string[];
      notUnderstood: readonly string[];
      strategy: string;
      trials: readonly Trial[];
      total: number;
    }
  /** A trial has come into another state. */
  | { kind: "trial"; trial: Trial }
  | { kind: "epoch"; number: number; epoch: number; epochs: number; accuracy: number }
  /** The best is trained once more, on training and validation examples. */
  | { kind: "retraining"; number: number; epoch: number; epochs: number }
  /** The one look at the test examples. */
  | { kind: "test"; number: number; accuracy: number };
