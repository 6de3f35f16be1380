// How results look in a notebook and on a terminal.
export { showAnswer } from "./answerView";
export { showArchitecture } from "./architectureView";
export { showCaption } from "./captionView";
export { showComparison } from "./comparisonView";
export { showDrawing } from "./drawingView";
export { showFacts } from "./factsView";
export { showFound } from "./foundView";
export { showCandidate, showGenerated } from "./generatedView";
export { showReasoning } from "./reasoningView";
export { type Bundle, withDisplay } from "./show";
export {
  type RowGroup,
  type RowSpan,
  type Summary,
  type SummaryOptions,
  type SummaryRow,
  summarize,
} from "./summary";
export { showSummary } from "./summaryView";
