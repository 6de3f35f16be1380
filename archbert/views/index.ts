// How results look in a notebook and on a terminal.
export { type Bundle, withDisplay } from "./show";
export {
  type RowGroup,
  type RowSpan,
  type Summary,
  type SummaryOptions,
  type SummaryRow,
  summarize,
} from "./summary";
export { showSummary, summaryText } from "./summaryView";
