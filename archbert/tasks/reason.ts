// reason: whether what a text says of a network is true, each of its claims checked against the graph.
import { type Architecture, type CheckedClaim, type Known, know } from "../graph";
import { modelFor, type TaskOptions } from "./model";
import { checked, quoted } from "./say";
import { checkText, claimsOf, type Sentence, understand } from "./understand";

/** Plain data. */
export interface Reasoning {
  /** What was said, as given. */
  text: string;
  verdict: "true" | "false" | "unknown";
  /** That the text was understood, and so that the verdict is right: 0 to 1; 0 where the verdict is "unknown". */
  confidence: number;
  /** What the text claims, each checked. */
  claims: CheckedClaim[];
  /** "claims": the graph proves the verdict; "none": nothing does. */
  way: "claims" | "none";
  /** The verdict and why, to be read. */
  sentence: string;
  /** What the model alone thinks: how likely it is that the text is true. Learned, and no proof. */
  opinion: number;
}

/**
 * Whether a text is true of a network: all that its sentences claim must hold. One false claim makes it false; what was
 * not understood or cannot be checked makes it unknown where nothing is false.
 *
 * @param architecture borrowed, not changed
 * @param text a statement, several, or a question that yes or no answers
 * @throws ArchError for an empty text or one of more than 2,000 letters; the signal's reason when aborted
 */
export async function reason(
  architecture: Architecture,
  text: string,
  options: TaskOptions = {},
): Promise<Reasoning> {
  const said = checkText(text, "reason");
  const model = await modelFor(options);
  const known = know(architecture);
  const read = await understand(model, said, options.signal);
  options.signal?.throwIfAborted();
  const opinion = await model.judge(known, said);
  return { text, ...judged(read, known), opinion };
}

type Judged = Omit<Reasoning, "text" | "opinion">;

function judged(read: readonly Sentence[], known: Known): Judged {
  const parts = read.map((sentence) => ({
    ...sentence,
    claims: claimsOf(sentence)?.map((claim) => checked(claim, known)) ?? [],
  }));
  const claims = parts.flatMap((part) => part.claims);
  const refuted = claims.filter(({ verdict }) => verdict === "refuted");
  const told = { claims, way: "claims" as const };
  if (refuted.length > 0) {
    const wrong = parts.filter((part) => part.claims.some(({ verdict }) => verdict === "refuted"));
    return {
      ...told,
      verdict: "false",
      confidence: Math.max(...wrong.map(({ confidence }) => confidence)),
      sentence: `False: ${textsOf(refuted)} ${refuted.length === 1 ? "does" : "do"} not hold.`,
    };
  }
  const why = doubts(parts);
  if (why.length > 0) {
    return {
      claims,
      way: claims.length > 0 ? "claims" : "none",
      verdict: "unknown",
      confidence: 0,
      sentence: `I cannot tell: ${why.join("; ")}.`,
    };
  }
  return {
    ...told,
    verdict: "true",
    confidence: Math.min(...parts.map(({ confidence }) => confidence)),
    sentence: `True: ${textsOf(claims)} ${claims.length === 1 ? "holds" : "hold"}.`,
  };
}

/** Why a text with nothing false in it is not true for certain. */
function doubts(parts: readonly (Sentence & { claims: readonly CheckedClaim[] })[]): string[] {
  if (parts.length === 0) return ["there are no words in it"];
  return parts.flatMap(({ text, meaning, claims, doubt }) => {
    if (doubt !== null) return [doubt];
    if (meaning === null) return [`"${text}" says nothing that I know how to check`];
    if (claims.length === 0) {
      return [
        meaning.kind === "question"
          ? `"${text}" is a question that yes or no does not answer; use ask`
          : `"${text}" claims nothing`,
      ];
    }
    const open = claims.filter(({ verdict }) => verdict === "unchecked");
    return open.length > 0 ? [`the network's graph does not show whether ${textsOf(open)}`] : [];
  });
}

const textsOf = (claims: readonly CheckedClaim[]) => quoted(claims.map(({ text }) => text));
