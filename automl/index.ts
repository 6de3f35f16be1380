// The room of the search: from a sentence and data to a trained network.
export {
  type EpochReport,
  type Evaluator,
  LostTrial,
  type Model,
  type RunOptions,
  type TrainingOptions,
  trainingDefaults,
} from "./evaluators";
export type { StudyEvent } from "./events";
export type { Guide } from "./guide";
export { medianPruner, type Pruner } from "./pruner";
export {
  loadStudy,
  mostJobs,
  type ResumeOptions,
  resume,
  type SearchOptions,
  search,
  searchDefaults,
} from "./search";
export type { Member, Neighbour, Space } from "./space";
export { memoryStorage, openStorage, type Storage } from "./storages";
export {
  type Candidate,
  type Context,
  type Strategy,
  type StrategyName,
  strategies,
  strategyNames,
} from "./strategies";
export type { Best, Study, Why } from "./study";
export type { Origin, Ranking, Trial, TrialState, Values } from "./trial";
