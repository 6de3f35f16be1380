// What gives a candidate its value: a training, or whatever stands for one.
import type { Program } from "../../archbert/graph/language";
import type { Final } from "../storages";
import type { Values } from "../trial";

export interface EpochReport {
  /** From 1. */
  epoch: number;
  epochs: number;
  /** On the validation examples. */
  accuracy: number;
  loss: number;
}

export interface RunOptions {
  seed: number;
  /** A file that may hold this very training after each epoch: one that was killed can go on from it. */
  checkpoint?: string | undefined;
  /** Aborted, the evaluation rejects with the signal's reason within a second. */
  signal: AbortSignal;
  /** Called after each epoch; of a training that goes on, first for those before. */
  onEpoch(report: EpochReport): void;
}

export type Model = Pick<Final, "backend" | "versions"> & { packed: Uint8Array };

export interface Evaluator {
  /** All that values depend on besides program, data and seed: recorded with the study, the same when it resumes. */
  readonly config: Readonly<Record<string, string | number | boolean>>;
  /** Asked before a study begins. @throws ArchError where no program can be evaluated, for instance for an option or the data */
  check?(): Promise<void>;
  /**
   * Trains on the training examples.
   *
   * @throws LostTrial when its process was lost; any other error is the candidate's fault
   */
  evaluate(program: Program, options: RunOptions): Promise<Values>;
  /** Trains on training and validation examples, with the longer budget. */
  retrain(program: Program, options: RunOptions): Promise<Model>;
  /** The one method that looks at the test examples. */
  test(program: Program, packed: Uint8Array): Promise<{ accuracy: number; loss: number }>;
  /** Writes the trained network into the folder, in every format. @returns the files, relative to the folder */
  save(program: Program, packed: Uint8Array, folder: string): Promise<string[]>;
}

/** The process that trained is gone, by no fault that is known: another attempt may succeed. */
export class LostTrial extends Error {}
