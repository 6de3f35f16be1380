// The kernel among the machine's kernels: put there, taken away, examined.
export { type Check, examine, type Report } from "./examine";
export {
  defaultDisplayName,
  defaultName,
  type Installation,
  type InstallOptions,
  install,
  uninstall,
  warningsOf,
} from "./install";
export {
  type InstalledKernel,
  installedKernels,
  type KernelSpec,
  kernelSpec,
  nodeOptions,
} from "./kernelSpec";
export {
  activePrefix,
  type Machine,
  prefixDataFolder,
  searchedFolders,
  thisMachine,
  userDataFolder,
} from "./places";
export { tryKernel } from "./trial";
export { version } from "./version";
