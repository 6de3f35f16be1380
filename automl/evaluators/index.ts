// Evaluators: what gives a candidate its value.
export { type EpochReport, type Evaluator, LostTrial, type Model, type RunOptions } from "./evaluator";
export { type TrainingOptions, trainingDefaults, trainingEvaluator, trainingOptionsOf } from "./training";
