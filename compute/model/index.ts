// Networks that compute: an architecture with weights, on a backend.
export {
  checkWeights,
  type ModelOptions,
  type Network,
  type NetworkParameter,
  toModel,
} from "./network";
export { type Plan, planOf } from "./plan";
