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
export {
  type Augmentation,
  type Data,
  type Epoch,
  type Evaluation,
  type Examples,
  evaluate,
  type FailureKind,
  type FitEvent,
  type FitOptions,
  fitDefaults,
  type Metrics,
  type Outputs,
  predict,
  type RunOptions,
  type Settings,
  type StopReason,
  type Trained,
  TrainingError,
  train,
} from "./fit";
export { type ModelOptions, type Network, type NetworkParameter, toModel, type Weight } from "./model";
