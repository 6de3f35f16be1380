// Training, and what comes of it.
export { type AdamWOptions, adamW, type Moments, noMoments } from "./adamW";
export { readContainer, writeContainer, writeWhole } from "./container";
export { type FailureKind, TrainingError } from "./errors";
export { evaluate, type Outputs, predict, type RunOptions } from "./evaluate";
export type { Augmentation, Examples } from "./examples";
export type { Data, Epoch, FitEvent, StopReason } from "./fit";
export { defaults as fitDefaults, type Settings } from "./options";
export type { Evaluation } from "./pass";
export { loadTrained, saveTrained } from "./save";
export { checkFitOptions, type FitOptions, train } from "./train";
export type { Metrics, Trained } from "./trained";
