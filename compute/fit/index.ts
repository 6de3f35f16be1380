// Training, and what comes of it.
export { type AdamWOptions, adamW, type Moments, noMoments } from "./adamW";
export { readContainer, writeContainer } from "./container";
export { type FailureKind, TrainingError } from "./errors";
export { evaluate, type Outputs, predict, type RunOptions } from "./evaluate";
export { checkParts, type Examples } from "./examples";
export type { Data } from "./fit";
export { defaults as fitDefaults } from "./options";
export { loadTrained, saveTrained } from "./save";
export { checkFitOptions, type FitOptions, train } from "./train";
