// ask: a question about a network, answered from its graph with the nodes that show it.
import {
  ArchError,
  type Architecture,
  answer as answerOf,
  type Known,
  know,
  type Query,
  queryText,
} from "../graph";
import { type ArchBert, modelFor, type TaskOptions } from "./model";
import { readable } from "./say";
import { checkText, claimsOf, type Sentence, understand } from "./understand";

/** Plain data. */
export interface Answered {
  /** What was asked, as given. */
  question: string;
  /** A number in digits, "yes" or "no", a name or a list; "I cannot tell" where the question was not understood. */
  answer: string;
  /** That the question was understood, and so that the answer is right: 0 to 1. */
  confidence: number;
  /** Ids of the nodes that show it. */
  evidence: string[];
  /** What was understood, in canonical words; "" where nothing was. */
  query: string;
  /** The answer as a sentence. */
  text: string;
  /** What the model alone would guess where nothing could be computed: learned, and no proof. */
  opinion: { answer: string; confidence: number } | null;
}

const cannotTell = "I cannot tell";

/**
 * The answer to a question about a network. The model reads the question; the answer is computed from the graph. A
 * statement is answered as the question whether it is so.
 *
 * @param architecture borrowed, not changed
 * @throws ArchError for an empty text, a long one, or several questions; the signal's reason when aborted
 */
export async function ask(
  architecture: Architecture,
  question: string,
  options: TaskOptions = {},
): Promise<Answered> {
  const asked = checkText(question, "ask");
  const model = await modelFor(options);
  const known = know(architecture);
  const read = await understand(model, asked, options.signal);
  options.signal?.throwIfAborted();
  const understood = queryOf(read);
  if (!understood) {
    const why = read.find(({ doubt }) => doubt !== null)?.doubt ?? "I do not know how to look that up";
    return unanswered(model, known, question, "", why);
  }
  const { query, confidence } = understood;
  const found = answerOf(query, known);
  const words = queryText(query);
  if (!found)
    return unanswered(model, known, question, words, `the graph does not show it (asked: ${words})`);
  return {
    question,
    answer: found.answer,
    confidence,
    evidence: [...found.nodes],
    query: words,
    text: `${capital(words)} ${capital(readable(found.answer))}.`,
    opinion: null,
  };
}

/** The one question of a text; null where there is none that was understood. */
function queryOf(read: readonly Sentence[]): { query: Query; confidence: number } | null {
  const questions = read.flatMap(({ meaning, confidence }) =>
    meaning?.kind === "question" ? [{ query: meaning.query, confidence }] : [],
  );
  if (questions.length > 1) {
    throw new ArchError(`these are ${questions.length} questions`, {
      where: "ask",
      fix: "Ask one at a time",
    });
  }
  const [question] = questions;
  if (question) return question;
  const claims = read.map(claimsOf);
  if (read.length === 0 || claims.some((list) => list === null || list.length === 0)) return null;
  return {
    query: { kind: "askWhether", claims: claims.flatMap((list) => list ?? []) },
    confidence: Math.min(...read.map(({ confidence }) => confidence)),
  };
}

/** Nothing could be computed: the model's own guess stands beside. */
async function unanswered(
  model: ArchBert,
  known: Known,
  question: string,
  query: string,
  why: string,
): Promise<Answered> {
  const opinion = await model.answer(known, question);
  return {
    question,
    answer: cannotTell,
    confidence: 0,
    evidence: [],
    query,
    text: `${cannotTell}: ${why}.`,
    opinion: opinion.answer === "" ? null : opinion,
  };
}

const capital = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
