// Claims about networks: their canonical words, and whether they hold.
export { adjectiveMeanings } from "./adjectives";
export { type Answer, answer, blockThings } from "./answer";
export { check, holds } from "./check";
export * from "./claim";
export { contradiction } from "./contradiction";
export { familyMarks } from "./families";
export { type Known, know } from "./known";
export type { Measure } from "./quantities";
export { claimText, queryText } from "./text";
export { isClaim, isQuery } from "./valid";
export { quantityWords, thingWords } from "./words";
