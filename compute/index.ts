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
