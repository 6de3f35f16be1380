// The canonical words of meanings as tokens. Numbers are no tokens: they point at the slots of the text.
import {
  adjectives,
  families,
  type Quantity,
  quantities,
  relations,
  things,
  topics,
  types,
} from "../graph/claims";
import { mostSlots } from "./lexer";

/** Of the quantities, those of one stage. */
export const staged: readonly Quantity[] = ["stageWidth", "stageBlocks"];
/** What a network can be said to be. */
export const isWords = [...types, ...adjectives, ...families] as const;

export const slotTokens = Array.from({ length: mostSlots }, (_, i) => `#${i + 1}`);
/** Numbers that stand in no text: "a single", "grayscale", "the last". */
export const literals = ["0", "1", "2", "3", "4"];
const values = [...slotTokens, ...literals];
/** What a claim may begin with. */
export const heads = ["has", "count", "more", "kernel", "input", "stageList", "is", ...quantities] as const;
/** Heads that "not" may stand before. */
export const negatable = ["has", "only", "kernel", "input", "stageList", "is"];

/** Every token a meaning may hold. */
export const meaningTokens: readonly string[] = [
  ...new Set([
    "none",
    "?",
    "whether",
    "what",
    "not",
    "only",
    ",",
    ".",
    ...heads,
    ...things,
    ...topics,
    ...isWords,
    ...relations,
    ...values,
  ]),
];
