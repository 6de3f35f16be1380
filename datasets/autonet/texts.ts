// Statements, questions and wishes about a network, with what they mean.
import {
  type Claim,
  holds,
  type Known,
  type Program,
  type Query,
  type Rng,
  type Topic,
  topics,
} from "../../archbert/graph";
import { contrast, contrastText } from "./contrasts";
import { drawClaim, trueClaim } from "./draw";
import type { Voice, Wordings } from "./language";
import { fill, filler, pick, plural, speak } from "./language";
import { nearMiss } from "./misses";
import { typed } from "./noise";
import { pickWeighted } from "./programs/random";
import { statementText, whetherText } from "./sentences";
import { stageName } from "./slots";
import { wishText } from "./wishes";
import * as frames from "./words/frames";
import { topicWords } from "./words/names";
import { quantityWords } from "./words/quantities";
import { thingWords } from "./words/things";

export interface TextOptions {
  wordings: Wordings;
}

export interface StatementOptions extends TextOptions {
  /** Whether the statement is to be true of the network. */
  holds: boolean;
}

const counts: readonly (readonly [number, number])[] = [
  [46, 1],
  [28, 2],
  [15, 3],
  [7, 4],
  [4, 5],
];

/**
 * Something said of the network: true of it, or a near miss of the truth.
 *
 * @param known of the network; what it computes is kept there for the next statement
 */
export function statement(
  known: Known,
  rng: Rng,
  options: StatementOptions,
): { text: string; claims: Claim[] } {
  for (;;) {
    const paired = rng.chance(0.32) ? contrast(known, rng) : null;
    const claims = paired ?? trueClaims(known, rng, pickWeighted(rng, counts));
    const meant = options.holds ? claims : nearMiss(claims, known, rng);
    if (meant === null || holds(meant, known) !== options.holds) continue;
    return {
      text: speak(rng, options.wordings, (voice) => statementOf(meant, voice, paired !== null)),
      claims: meant,
    };
  }
}

/** Different claims that all hold; at least one. */
function trueClaims(known: Known, rng: Rng, count: number): Claim[] {
  const claims: Claim[] = [];
  const seen = new Set<string>();
  for (let i = 0; i < 4 * count && claims.length < count; i++) {
    const claim = trueClaim(known, rng);
    if (!claim || seen.has(about(claim))) continue;
    seen.add(about(claim));
    claims.push(claim);
  }
  if (claims.length === 0) throw new Error("internal: nothing is true of this network");
  return claims;
}

/** What a claim is about: of one subject nobody speaks twice. */
function about(claim: Claim): string {
  switch (claim.kind) {
    case "has":
    case "count":
      return claim.thing;
    case "more":
      return `${claim.thing} ${claim.than}`;
    case "number":
      return /^input/.test(claim.quantity) ? "input" : `${claim.quantity} ${claim.stage}`;
    case "is":
      return claim.word;
    default:
      return claim.kind;
  }
}

/** @param isPaired the first two are to be said in one breath, if they can be */
export function statementOf(claims: readonly Claim[], voice: Voice, isPaired = false): string {
  const { rng } = voice;
  let text = (isPaired ? contrastText(claims, voice, "statement") : null) ?? statementText(claims, voice);
  if (rng.chance(0.06)) text = `${filler(frames.statementPrefixes, voice)} ${text}`;
  else if (rng.chance(0.03)) text = `${text}, ${filler(frames.statementSuffixes, voice)}`;
  return typed(text, rng, { end: "." });
}

/** Something asked of the network. Its answer is `answer(query, known)` of the claims. */
export function question(known: Known, rng: Rng, options: TextOptions): { text: string; query: Query } {
  const query = drawQuery(known, rng);
  return { text: speak(rng, options.wordings, (voice) => questionOf(query, voice)), query };
}

function drawQuery(known: Known, rng: Rng): Query {
  for (;;) {
    const query = pickWeighted<() => Query | null>(rng, [
      [28, () => numberQuery(known, rng)],
      [20, () => countQuery(known, rng)],
      [32, () => whetherQuery(known, rng)],
      [20, () => ({ kind: "askWhat", topic: rng.pick(topics) })],
    ])();
    if (query) return query;
  }
}

function numberQuery(known: Known, rng: Rng): Query | null {
  const claim = drawOf(known, rng, "number");
  return claim && { kind: "askNumber", quantity: claim.quantity, stage: claim.stage };
}

function countQuery(known: Known, rng: Rng): Query | null {
  const claim = drawOf(known, rng, rng.chance(0.85) ? "count" : "has");
  return claim && { kind: "askCount", thing: claim.thing };
}

function drawOf<K extends Claim["kind"]>(
  known: Known,
  rng: Rng,
  kind: K,
): Extract<Claim, { kind: K }> | null {
  for (let i = 0; i < 40; i++) {
    const claim = drawClaim(known, rng);
    if (claim?.kind === kind) return claim as Extract<Claim, { kind: K }>;
  }
  return null;
}

function whetherQuery(known: Known, rng: Rng): Query | null {
  const claims =
    (rng.chance(0.25) ? contrast(known, rng) : null) ??
    trueClaims(known, rng, rng.pick([1, 1, 1, 1, 2, 2, 3]));
  const asked = rng.chance(0.5) ? claims : nearMiss(claims, known, rng);
  return asked && holds(asked, known) !== null ? { kind: "askWhether", claims: asked } : null;
}

export function questionOf(query: Query, voice: Voice): string {
  const { rng } = voice;
  let text = questionText(query, voice);
  if (rng.chance(0.06)) text = `${filler(frames.questionPrefixes, voice)} ${text}`;
  else if (rng.chance(0.04)) text = `${text} ${filler(frames.questionSuffixes, voice)}`;
  return typed(text, rng, { end: "?" });
}

function questionText(query: Query, voice: Voice): string {
  const it = filler(frames.askedOf, voice);
  switch (query.kind) {
    case "askWhether":
      return (
        (voice.rng.chance(0.4) ? contrastText(query.claims, voice, "question") : null) ??
        whetherText(query.claims, voice)
      );
    case "askWhat":
      return topicText(query.topic, it, voice);
    case "askCount":
      return fill(pick(frames.askMany, voice), { m: plural(pick(thingWords[query.thing].count, voice)), it });
    case "askNumber": {
      const { many, ask, name } = quantityWords[query.quantity];
      const way = voice.rng.next();
      const text =
        many && way < 0.4
          ? fill(pick(frames.askMany, voice), { m: pick(many, voice), it })
          : ask && way < 0.7
            ? pick(ask, voice)
            : fill(pick(frames.askName, voice), {
                q: pick(name, voice).replace("{S}", stageName(query.stage, voice)),
                it,
              });
      return text.replaceAll("{S}", stageName(query.stage, voice));
    }
  }
}

function topicText(topic: Topic, it: string, voice: Voice): string {
  return fill(pick(topicWords[topic], voice), { it });
}

/** A wish that the program fulfils, as a person would tell it who does not know the program. */
export function prompt(
  _program: Program,
  known: Known,
  rng: Rng,
  { wordings }: TextOptions,
): { text: string; claims: Claim[] } {
  const wished = new Set<Claim["kind"]>(["has", "is", "number", "input", "count", "kernel", "stages"]);
  const count = pickWeighted(rng, [
    [16, 1],
    [26, 2],
    [28, 3],
    [19, 4],
    [11, 5],
  ]);
  const paired = rng.chance(0.36) ? contrast(known, rng) : null;
  const claims: Claim[] = paired ?? [];
  const seen = new Set(claims.map(about));
  for (let i = 0; i < 60 && claims.length < count; i++) {
    const claim = trueClaim(known, rng);
    if (!claim || !wished.has(claim.kind) || seen.has(about(claim)) || !isWish(claim, rng)) continue;
    seen.add(about(claim));
    claims.push(claim);
  }
  if (claims.length === 0) claims.push(...trueClaims(known, rng, 1));
  const text = speak(rng, wordings, (voice) => {
    const told = paired ? contrastText(claims, voice, "wish") : null;
    return typed(told ?? wishText(claims, voice), rng, { end: "." });
  });
  return { text, claims };
}

/** Nobody wishes for an exact number of operations, or for the lack of what nobody expects. */
function isWish(claim: Claim, rng: Rng): boolean {
  if (claim.kind === "number") {
    const { quantity, relation } = claim;
    if (/^(ops|multiplyAdds|bytes|parameters)$/.test(quantity))
      return relation === "=" ? rng.chance(0.1) : relation === "<" || relation === "<=" || rng.chance(0.4);
    return relation === "=" || rng.chance(0.4);
  }
  if (claim.kind === "has" || claim.kind === "is") return !claim.not || rng.chance(0.3);
  return claim.kind === "count" ? rng.chance(0.3) : true;
}
