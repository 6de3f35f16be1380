// The architecture language: a network as a text of a few lines, written by people, generated and rewritten by machines.
export { build } from "./build";
export { format } from "./format";
export type { Expected } from "./grammar";
export { accepts, nextTokens, ProgramError, parse } from "./parse";
export type { Head, Input, Line, Pool, Program, Stage, StageOf, Stem } from "./program";
export {
  type Activation,
  activations,
  type BlockName,
  blockNames,
  blocks,
  type Kind,
  limits,
  type Norm,
  type NumberRange,
  norms,
  ranges,
  stems,
} from "./vocabulary";
