// The verbs: what a user can ask for, as a magic, on the command line and through the API.
import { doctorVerb as doctor } from "../cli/doctor";
import { ask } from "./ask";
import { caption } from "./caption";
import { compare } from "./compare";
import { cost } from "./cost";
import { draw } from "./draw";
import { facts } from "./facts";
import { generate } from "./generate";
import { load } from "./load";
import { reason } from "./reason";
import { search } from "./search";
import { summary } from "./summary";
import { train } from "./train";
import type { Verbs } from "./verb";

/** Add a verb: one file, one line here. */
export const verbs = {
  load,
  summary,
  caption,
  draw,
  facts,
  cost,
  reason,
  ask,
  search,
  compare,
  generate,
  train,
  doctor,
} satisfies Verbs;
