// The verbs of AutoML.
import { resume } from "./resume";
import { search } from "./search";
import { why } from "./why";

export const automlVerbs = { search, why, resume };
