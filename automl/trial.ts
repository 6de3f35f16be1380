// A trial: one candidate, and what came of training it.
import type { CheckedClaim } from "../archbert/graph/caption";

export const trialStates = ["queued", "running", "complete", "failed", "pruned"] as const;
export type TrialState = (typeof trialStates)[number];

/** What a training was worth, on the validation examples. */
export interface Values {
  /** After the best epoch; the objective. */
  accuracy: number;
  loss: number;
  /** How many were trained. */
  epochs: number;
  seconds: number;
}

/** What one ranker thought of a candidate before it was trained. */
export interface Ranking {
  /** "archbert", "prior", "surrogate". */
  ranker: string;
  /** In standard scores among the candidates of that choice: 0 is the mean one. */
  score: number;
  /** How much of the whole score it made. */
  weight: number;
  /** From 1, by this ranker alone. */
  rank: number;
}

/** How a candidate came to be, and why it was chosen. */
export interface Origin {
  /** "default", "written" by ArchBERT, "random", "mutation". */
  how: "default" | "written" | "random" | "mutation";
  /** Number of the trial that it was made from. */
  parent: number | null;
  /** The name of the rewriting, for instance "widen". */
  mutation: string | null;
  rankings: readonly Ranking[];
  /** From 1, among so many candidates; null where nothing was ranked. */
  rank: number | null;
  candidates: number | null;
  /** The accuracy that was expected of it on the validation examples; null where too little was known. */
  predicted: number | null;
}

export interface Trial {
  /** From 0, in the order of proposal. */
  number: number;
  state: TrialState;
  /** In the architecture language, canonical and without a name. */
  program: string;
  parameters: number;
  /** Null until there are any; of a pruned trial, what it had reached. */
  values: Values | null;
  /** Accuracy on the validation examples after each epoch. */
  intermediateValues: readonly number[];
  /** Why it failed or was pruned. */
  reason: string | null;
  origin: Origin;
  /** The claims of the prompt, as checked on it. */
  claims: readonly CheckedClaim[];
  /** How often it was begun: more than once where its process was lost. */
  attempts: number;
}

/** What a trial is before it has run. */
export type NewTrial = Pick<Trial, "number" | "program" | "parameters" | "origin" | "claims">;

export const isFinished = ({ state }: Trial): boolean =>
  state === "complete" || state === "failed" || state === "pruned";

/** What is wrong with an evaluator's numbers: no storage can keep them. Null where nothing is. */
export function flawOf(numbers: Readonly<Record<string, number>>): string | null {
  for (const [name, value] of Object.entries(numbers)) {
    const isWithin = name !== "accuracy" || (value >= 0 && value <= 1);
    if (!Number.isFinite(value) || !isWithin) return `its ${name} is ${value}`;
  }
  return null;
}

/** The better first: higher accuracy, then fewer parameters, then earlier. */
export function byWorth(a: Trial, b: Trial): number {
  return (
    (b.values?.accuracy ?? -1) - (a.values?.accuracy ?? -1) ||
    a.parameters - b.parameters ||
    a.number - b.number
  );
}

/** The best of those complete; undefined where none is. */
export function bestTrial(trials: readonly Trial[]): Trial | undefined {
  return trials.filter(({ state }) => state === "complete").sort(byWorth)[0];
}
