// %automl: from a sentence to a trained network.
import { automlVerbs } from "../verbs/automl";
import type { VerbMagic } from "./magic";

export const automl = {
  kind: "verbs",
  name: "automl",
  summary: automlVerbs.search.summary,
  verbs: automlVerbs,
  fallback: "search",
} satisfies VerbMagic;
