// A training as a reader sees it, followed from its events.
import type { Epoch, Evaluation, FitEvent, StopReason } from "../../../compute/trained";

/** Plain data. */
export interface Course {
  /** Of the network, and of the data. */
  name: string;
  data: string;
  /** At most. */
  epochs: number;
  /** Null until it has begun. */
  backend: string | null;
  parameters: number | null;
  history: readonly Epoch[];
  /** From 1; 0 before the first is over. */
  bestEpoch: number;
  /** How far the epoch is that runs. */
  step: { epoch: number; step: number; steps: number; loss: number } | null;
  /** The one look at the test examples. */
  test: Evaluation | null;
  end:
    | { how: "done"; stopped: StopReason; seconds: number }
    | { how: "stopped" | "failed"; note: string }
    | null;
}

export function newCourse(about: Pick<Course, "name" | "data" | "epochs">): Course {
  return {
    ...about,
    backend: null,
    parameters: null,
    history: [],
    bestEpoch: 0,
    step: null,
    test: null,
    end: null,
  };
}

/** The course after one more event; the one before is not changed. */
export function follow(course: Course, event: FitEvent): Course {
  switch (event.kind) {
    case "start": {
      const { backend, parameters, epochs, history } = event;
      return { ...course, backend, parameters, epochs, history };
    }
    case "step": {
      const { epoch, step, steps, loss } = event;
      return { ...course, step: { epoch, step, steps, loss } };
    }
    case "epoch": {
      const { kind: _, epochs: __, isBest, ...epoch } = event;
      const bestEpoch = isBest ? epoch.epoch : course.bestEpoch;
      return { ...course, history: [...course.history, epoch], bestEpoch, step: null };
    }
  }
}

/** Of all epochs, from 0 to 1. */
export function doneOf({ history, step, epochs, end }: Course): number {
  if (end?.how === "done") return 1;
  return Math.min(1, (history.length + (step ? step.step / step.steps : 0)) / epochs);
}

/** Epochs whose pace tells how long the rest takes. */
const recent = 3;

/** Null where too little is known to say. */
export function secondsLeft(course: Course): number | null {
  const last = course.history.slice(-recent);
  if (last.length === 0) return null;
  const epochMs = last.reduce((sum, { ms }) => sum + ms, 0) / last.length;
  return ((1 - doneOf(course)) * course.epochs * epochMs) / 1000;
}
