// AutoNet: random networks in the architecture language, and what people say of them, ask of them, and wish for.
import {
  type Check,
  checkKnown,
  checkOptions,
  checkProgram,
  checkRandom,
  door,
  refused,
} from "../../archbert/graph/guard";
import type { Wordings } from "./language";
import * as idle from "./nonsense";
import * as random from "./programs/random";
import * as others from "./programs/variant";
import * as texts from "./texts";

export type { Wordings } from "./language";

const kinds: readonly Wordings[] = ["train", "test", "strange"];

const options: Check = (value, where) => {
  checkOptions(value, where);
  const { wordings } = value as { wordings: Wordings };
  if (kinds.includes(wordings)) return;
  throw refused(wordings, "kind of wordings", `${where} wordings`, `Choose one of ${kinds.join(", ")}`);
};

const statementOptions: Check = (value, where) => {
  options(value, where);
  const { holds } = value as { holds: unknown };
  if (typeof holds !== "boolean") throw refused(holds, "boolean", `${where} holds`);
};

/** A program of the architecture language, from a thousand parameters to some 30 million. It always builds. */
export const randomProgram = door("randomProgram", random.randomProgram, checkRandom);
/** The same design with one to three small changes: a clone of the program, and never the program itself. */
export const variant = door("variant", others.variant, checkProgram, checkRandom);
/** A program of the same input and head and of a similar size, of other blocks: not a clone. */
export const lookalike = door("lookalike", others.lookalike, checkProgram, checkRandom);
/** Something said of the network: true of it, or a near miss of the truth. */
export const statement = door("statement", texts.statement, checkKnown, checkRandom, statementOptions);
/** Something asked of the network. Its answer is `answer(query, known)` of the claims. */
export const question = door("question", texts.question, checkKnown, checkRandom, options);
/** A wish that the program fulfils, as a person would tell it who does not know the program. */
export const prompt = door("prompt", texts.prompt, checkProgram, checkKnown, checkRandom, options);
/** A text that is no claim, question or wish about a graph. */
export const nonsense = door("nonsense", idle.nonsense, checkRandom, options);
