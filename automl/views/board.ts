// The state of a search as a reader sees it, followed from its events.
import type { StudyEvent } from "../events";
import { isFinished, type Trial } from "../trial";

export interface Epoch {
  epoch: number;
  epochs: number;
  /** On the validation examples; null of the last training, which learns from them. */
  accuracy: number | null;
}

/** Plain data. */
export interface Board {
  prompt: string;
  data: string;
  strategy: string;
  seed: number;
  /** Null where it is kept in memory only. */
  storage: string | null;
  /** Trials in all; null until the search has begun. */
  total: number | null;
  /** By number; a gap where one is not known yet. */
  trials: readonly (Trial | undefined)[];
  /** The latest epoch of each trial that runs. */
  epochs: ReadonlyMap<number, Epoch>;
  /** Canonical words; null until the sentence was read. */
  understood: readonly string[] | null;
  notUnderstood: readonly string[];
  last: { number: number; epoch: Epoch | null; test: number | null } | null;
  end: { how: "done" } | { how: "stopped" | "failed"; note: string } | null;
}

export function newBoard(about: Pick<Board, "prompt" | "data" | "strategy" | "seed" | "storage">): Board {
  return {
    ...about,
    total: null,
    trials: [],
    epochs: new Map(),
    understood: null,
    notUnderstood: [],
    last: null,
    end: null,
  };
}

/** The board after one more event; the one before is not changed. */
export function follow(board: Board, event: StudyEvent): Board {
  switch (event.kind) {
    case "study": {
      const { prompt, strategy, trials, total, claims: understood, notUnderstood } = event;
      return { ...board, prompt, strategy, trials, total, understood, notUnderstood };
    }
    case "trial":
      return withTrial(board, event.trial);
    case "epoch": {
      const { number, epoch, epochs, accuracy } = event;
      return { ...board, epochs: new Map(board.epochs).set(number, { epoch, epochs, accuracy }) };
    }
    case "retraining": {
      const { number, epoch, epochs } = event;
      return { ...board, last: { number, epoch: { epoch, epochs, accuracy: null }, test: null } };
    }
    case "test":
      return { ...board, last: { number: event.number, epoch: null, test: event.accuracy } };
  }
}

function withTrial(board: Board, trial: Trial): Board {
  const trials = [...board.trials];
  trials[trial.number] = trial;
  const epochs = new Map(board.epochs);
  epochs.delete(trial.number);
  return { ...board, trials, epochs };
}

/** The board once the search has ended: what ran runs no more, and would begin anew. */
export function ended(board: Board, end: NonNullable<Board["end"]>): Board {
  const trials = board.trials.map((trial) =>
    trial?.state === "running" ? { ...trial, state: "queued" as const } : trial,
  );
  return { ...board, trials, epochs: new Map(), end };
}

/** Those that are known. */
export const trialsOf = ({ trials }: Pick<Board, "trials">): Trial[] =>
  trials.filter((trial) => trial !== undefined);

export const finishedOf = (board: Pick<Board, "trials">): Trial[] => trialsOf(board).filter(isFinished);
