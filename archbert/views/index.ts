// How results look in a notebook and on a terminal.
export { showArchitecture } from "./architectureView";
export { showCaption } from "./captionView";
export { showDrawing } from "./drawingView";
export { showFacts } from "./factsView";
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
