// How results look in a notebook and on a terminal.
export { showAnswer } from "./answerView";
export { showArchitecture } from "./architectureView";
export { showCaption } from "./captionView";
// The looks themselves, for the views of rooms above.
export { claimHtml, claimPlain } from "./claimList";
export { showComparison } from "./comparisonView";
export { showDrawing, showOpenDrawing, showPairDrawing } from "./drawingView";
export { showFacts } from "./factsView";
export { showFound } from "./foundView";
export { showCandidate, showGenerated } from "./generatedView";
export { accent, bar, faint, ground, line, pairs, styles } from "./page";
export { showReasoning } from "./reasoningView";
export { type Bundle, type Content, type Picture, withDisplay } from "./show";
export { costsOfStages, type StageCost, type StageCosts } from "./stageCosts";
export { showStageCosts } from "./stageCostsView";
export {
  type RowGroup,
  type RowSpan,
  type Summary,
  type SummaryOptions,
  type SummaryRow,
  summarize,
} from "./summary";
export { showSummary } from "./summaryView";
export { type Column, clip, count, escapeHtml, percent, printable, spaced, textTable } from "./text";
