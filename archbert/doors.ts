// What the rooms below offer and the package gives, behind checks of what a caller may give; archbert/graph has its own.
import {
  type Check,
  checkFacts,
  checkFloats,
  checkNetwork,
  checkOutline,
  door,
  later,
  type Outline,
} from "./graph/guard";
import * as tasks from "./tasks";
import * as views from "./views";

const drawing: Check = (value, where) =>
  checkOutline(value, { name: "string", svg: "string", folds: "list" }, where, "what draw returns");

export const cosine = door("cosine", tasks.cosine, checkFloats, checkFloats);

/** The show function, for what another function of the package returns. */
function shown<T, Shown extends views.Content>(
  name: string,
  show: (value: T) => Shown,
  outline: Outline,
  from: string,
): (value: T) => Shown {
  return door(name, show, (value, where) => checkOutline(value, outline, where, `what ${from} returns`));
}

// What a notebook shows of what another function returned: MIME types with their content.
export const showArchitecture = door("showArchitecture", views.showArchitecture, checkNetwork);
export const showAnswer = shown(
  "showAnswer",
  views.showAnswer,
  { question: "string", text: "string", evidence: "list" },
  "ask",
);
export const showCaption = shown(
  "showCaption",
  views.showCaption,
  { text: "string", claims: "list" },
  "caption",
);
export const showComparison = shown(
  "showComparison",
  views.showComparison,
  { similarity: "number", differences: "list", same: "list" },
  "compare",
);
export const showDrawing = door("showDrawing", views.showDrawing, drawing);
/** The same with HTML in which a folded block of the network opens at a click. */
export const showOpenDrawing = later("showOpenDrawing", views.showOpenDrawing, drawing, checkNetwork);
export const showPairDrawing = shown(
  "showPairDrawing",
  views.showPairDrawing,
  { name: "string", svg: "string", differing: "number" },
  "draw of two networks",
);
export const showFacts = door("showFacts", views.showFacts, checkFacts);
export const showFound = shown(
  "showFound",
  views.showFound,
  { map: "function", notUnderstood: "list" },
  "search",
);
export const showGenerated = shown(
  "showGenerated",
  views.showGenerated,
  { map: "function", understood: "list" },
  "generate",
);
export const showCandidate = shown(
  "showCandidate",
  views.showCandidate,
  { program: "string", claims: "list" },
  "generate",
);
export const showReasoning = shown(
  "showReasoning",
  views.showReasoning,
  { text: "string", verdict: "string", claims: "list" },
  "reason",
);
export const showStageCosts = shown(
  "showStageCosts",
  views.showStageCosts,
  { name: "string", stages: "list", totals: "object", assumed: "object" },
  "cost",
);
export const showSummary = shown(
  "showSummary",
  views.showSummary,
  { rows: "list", repeats: "list" },
  "summary",
);
