// The verbs: what a user can ask for, as a magic, on the command line and through the API.
import { doctorVerb as doctor } from "../cli/doctor";
import { caption } from "./caption";
import { draw } from "./draw";
import { facts } from "./facts";
import { load } from "./load";
import { summary } from "./summary";
import type { Verbs } from "./verb";

/** Add a verb: one file, one line here. */
export const verbs = { load, summary, caption, draw, facts, doctor } satisfies Verbs;
