// The architecture as plain data: what it is made of, how it is read, and what can be said about it.
export type {
  Architecture,
  ArchNode,
  Attribute,
  Dimension,
  DType,
  Parameter,
  Shape,
  Value,
} from "./architecture";
export { canonicalHash, canonicalize } from "./canonical";
export {
  type Caption,
  type CaptionOptions,
  type CaptionStyle,
  type CheckedClaim,
  caption,
  captionStyles,
} from "./caption";
export * from "./claims";
export { evaluate, evaluateShape } from "./dimensions";
export {
  type Drawing,
  type DrawOptions,
  draw,
  drawFold,
  drawPair,
  escapeXml,
  type Fold,
  labelOf,
  type PairDrawing,
  type Repeat,
  repeatsOf,
  repeatText,
  type Span,
  shapeText,
  wordsOf,
} from "./drawing";
export { ArchError, type ErrorContext, ImportError } from "./errors";
export {
  type ActivationMemory,
  type Facts,
  type FactsOptions,
  type Family,
  facts,
  type Motif,
  type Stage,
} from "./facts";
export { costs, type NodeCost, sumOfCosts } from "./facts/costs";
export { isArchitecture } from "./guard";
export { type ByteSource, bytesSource, type Importer, importArchitecture, importers } from "./importers";
export {
  type Activation,
  accepts,
  activations,
  type BlockName,
  blockNames,
  blocks,
  build,
  type Expected,
  format,
  type Head,
  type Input,
  type Kind,
  type Line,
  limits,
  type Norm,
  type NumberRange,
  nextTokens,
  norms,
  type Pool,
  type Program,
  ProgramError,
  parse,
  ranges,
  type Stage as StageProgram,
  type StageOf as StageLine,
  type Stem,
} from "./language";
export {
  applyMutation,
  canonicalProgram,
  joinStages,
  type Mutated,
  type MutateOptions,
  type Mutation,
  type MutationName,
  mend,
  mutate,
  mutations,
} from "./mutations";
export { isDepthwise, isPointwise, type Op, opOf, ops, type Role } from "./ops";
export { type Rng, rng } from "./random";
export { type Repair, type RepairOptions, repair } from "./repair";
export { isBeyond } from "./repair/beyond";
export { amount } from "./words";
