// What ArchBERT trains on: steps, each of one task. Where samples come from is the caller's affair.
import type { Claim, Known, Meaning } from "../graph/claims";
import type { Program } from "../graph/language";

/** A text with its meaning; where a wish, with a program that fulfils it. */
export interface TextSample {
  text: string;
  meaning: Meaning;
  program?: Program;
}

/** A statement about a network. */
export interface JudgeSample {
  network: Known;
  text: string;
  holds: boolean;
}

/** A question about a network, whose answer is a word or a small number. */
export interface AnswerSample {
  network: Known;
  text: string;
  answer: string;
}

/** Networks and texts, each text with the networks it is true of; networks of one group are clones. */
export interface MatchSample {
  networks: readonly Known[];
  /** The group of each network. */
  groups: readonly number[];
  texts: readonly { text: string; claims: readonly Claim[] }[];
}

export interface MaskSample {
  network: Known;
  text: string;
}

export type Step =
  | { task: "meaning" | "program"; samples: readonly TextSample[] }
  | { task: "judge"; samples: readonly JudgeSample[] }
  | { task: "answer"; samples: readonly AnswerSample[] }
  | { task: "match"; samples: MatchSample }
  /** MAM and MLM. */
  | { task: "mask"; samples: readonly MaskSample[] };

export type StepTask = Step["task"];
