// Mutations: rewrites of a program's tree, each of which leaves a program that builds.
export { canonicalProgram, joinStages } from "./canonical";
export { mend } from "./mend";
export { type Mutated, type MutateOptions, mutate } from "./mutate";
export type { Mutation } from "./mutation";
export { applyMutation, type MutationName, mutations } from "./registry";
