// How ArchBERT is trained, and how it is measured.
export { loadState, saveState } from "./checkpoint";
export { commonWords, curriculum, type Sampled, type Source, sampled, type Wordings } from "./curriculum";
export { labelledLogits } from "./losses";
export { bagsOfNetworks, maskRow } from "./rows";
export type { Step, StepTask } from "./steps";
export {
  defaultConfig,
  freshState,
  Trainer,
  type TrainingConfig,
  type TrainingEvent,
  type TrainingState,
} from "./train";
