// The room where networks compute: backends and their kernels, networks from architectures, training.
export {
  availableBackends,
  type Backend,
  type BackendName,
  type BackendState,
  backends,
  type ChosenBackend,
  type Tf,
  useBackend,
} from "./backends";
export { exportOnnx, exportTfjs } from "./export";
export {
  type AdamWOptions,
  adamW,
  checkFitOptions,
  checkParts,
  type Data,
  type Examples,
  evaluate,
  type FailureKind,
  type FitOptions,
  fitDefaults,
  loadTrained,
  type Moments,
  noMoments,
  type Outputs,
  predict,
  type RunOptions,
  readContainer,
  saveTrained,
  TrainingError,
  train,
  writeContainer,
} from "./fit";
export { type ModelOptions, type Network, type NetworkParameter, toModel } from "./model";
export type {
  Augmentation,
  Epoch,
  Evaluation,
  FitEvent,
  Metrics,
  Settings,
  StopReason,
  Trained,
  Weight,
} from "./trained";
