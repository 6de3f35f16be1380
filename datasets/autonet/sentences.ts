// Claims put together into sentences, noun phrases and questions.
import type { Claim } from "../../archbert/graph";
import { clause, contraryOf, type Said } from "./clauses";
import { fill, filler, inverted, negated, pick, sentence, type Voice, withArticle } from "./language";
import { part } from "./parts";
import * as frames from "./words/frames";

/** The clause as a sentence that means its claim. */
export function said(one: Said, voice: Voice, network: string): string {
  return one.contrary ? negated(one, voice, network) : sentence(one, network);
}

/** As a question that is answered yes where the claim holds. */
function asked(one: Said, voice: Voice, network: string): string {
  if (!one.contrary) return inverted(one, network);
  // "isn't it deep" would expect a yes: the negation stands apart.
  return `${pick("is it true that; is it right that; is it the case that; is it so that", voice)} ${negated(one, voice, network)}`;
}

/** The claims as one statement. */
export function statementText(claims: readonly Claim[], voice: Voice): string {
  const { rng } = voice;
  const [only] = claims;
  if (claims.length === 1 && only) {
    const denied = rng.chance(0.1) ? contraryOf(only) : null;
    if (denied)
      return fill(pick(frames.denials, voice), {
        s: said(clause(denied, voice), voice, filler(frames.subjects, voice)),
      });
    if (rng.chance(0.06))
      return fill(pick(frames.affirmations, voice), {
        s: said(clause(only, voice), voice, filler(frames.subjects, voice)),
      });
  }
  if (rng.chance(claims.length === 1 ? 0.2 : 0.4)) {
    const opener = pick(frames.openers, voice);
    const extra = rng.chance(0.06) ? filler(frames.praise, voice) : "";
    return `${opener} ${nounPhrase(claims, voice, { extra })}`.trim();
  }
  return clauses(claims, voice);
}

/** Sentences or predicates one after the other. */
function clauses(claims: readonly Claim[], voice: Voice): string {
  const { rng } = voice;
  const network = filler(frames.subjects, voice);
  let text = "";
  let isShared = false;
  for (const [i, claim] of claims.entries()) {
    const one = clause(claim, voice);
    if (i === 0) text = said(one, voice, network);
    else {
      const last = i === claims.length - 1;
      // "it has X, uses Y and is Z": the subject is said once.
      if (isShared && one.subject === "" && rng.chance(0.6)) {
        text += `${last ? pick(" and; , and; and; , and", voice).replace(/^and/, " and") : ","} ${said(one, voice, "")}`;
      } else {
        text += `${joint(voice, last)}${said(one, voice, filler(frames.again, voice))}`;
      }
    }
    isShared = one.subject === "";
  }
  return text;
}

function joint(voice: Voice, isLast: boolean): string {
  const join = pick(frames.joins, voice, undefined, "|");
  return isLast || join !== ", " ? join : ", ";
}

/** "a small residual network with four stages, without dropout". */
export function nounPhrase(
  claims: readonly Claim[],
  voice: Voice,
  { nouns = frames.nouns, extra = "", tail = "" } = {},
): string {
  const { rng } = voice;
  const before: string[] = extra ? [extra] : [];
  let noun = "";
  const having: string[] = [];
  const after: string[] = [];
  const that: Said[] = [];
  for (const claim of claims) {
    const piece = part(claim, voice);
    if (piece.place === "that") that.push(piece.clause);
    else if (piece.place === "noun") {
      if (noun === "") noun = piece.text;
      else that.push(clause(claim, voice));
    } else if (piece.place === "before") {
      if (before.length < 3) before.push(piece.text);
      else that.push(clause(claim, voice));
    } else if (piece.place === "with") having.push(piece.text);
    else if (piece.place === "without" && having.length > 0 && "thing" in claim && rng.chance(0.25)) {
      having.push(piece.text.replace(/^(without any|without|with no|and no|but no|free of|lacking) /, "no "));
    } else after.push(piece.text);
  }
  const head = [...before, noun || filler(nouns, voice)].join(" ");
  const article = rng.chance(0.82) ? withArticle(head) : head;
  const kept = having.filter(
    (text) => /^(no |zero )/.test(text) || !/^(without|with|but|and|minus|devoid)/.test(text),
  );
  const rest = [...after, ...having.filter((text) => !kept.includes(text))];
  const tails: string[] = [];
  if (kept.length > 0)
    tails.push(
      `${pick("with; with; with; with; having; that has; using; including; containing; that uses; that contains; w/; featuring; which has", voice)} ${listed(kept, voice)}`,
    );
  tails.push(...rest);
  const ordered = rng.chance(0.3) ? rng.shuffle(tails) : tails;
  if (tail) ordered.splice(rng.below(ordered.length + 1), 0, tail);
  const clauses = that.map((one) => relative(one, voice));
  return [
    article,
    ...ordered.map((text, i) =>
      i > 0 && rng.chance(0.35) && !/^(and|but) /.test(text) ? `, ${text}` : text,
    ),
    ...clauses,
  ]
    .join(" ")
    .replaceAll(" ,", ",");
}

/** "that does not downsample", "whose stem is 7x7", or a sentence of its own. */
function relative(one: Said, voice: Voice): string {
  if (one.subject === "")
    return `${pick("that; which; and that; that; and which; , one that", voice)} ${said(one, voice, "")}`;
  const owned = /^(its|the) (.*)$/.exec(one.subject);
  if (owned && owned[1] === "its") return `whose ${said({ ...one, subject: owned[2] ?? "" }, voice, "")}`;
  return `${pick("where; in which; and; such that", voice)} ${said(one, voice, "it")}`;
}

function listed(items: readonly string[], voice: Voice): string {
  if (items.length === 1) return items[0] ?? "";
  const way = voice.rng.next();
  if (way < 0.55) return `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
  if (way < 0.7) return items.join(", ");
  if (way < 0.85)
    return `${items.slice(0, -1).join(", ")} ${pick("as well as; plus; and also; along with; and additionally; &; in addition to; together with", voice)} ${items.at(-1)}`;
  return items.join(" and ");
}

/** "has four stages" as "have four stages". */
export const baseForm = (one: Said) =>
  inverted(one, "@")
    .replace(/^(?:does|do|is|are) @ ?/, (m) => (/^(is|are)/.test(m) ? "be " : ""))
    .trim();

/** Yes or no: do the claims hold? */
export function whetherText(claims: readonly Claim[], voice: Voice): string {
  const { rng } = voice;
  const network = filler(frames.askedOf, voice);
  const [first, ...more] = claims.map((claim) => clause(claim, voice));
  if (!first) throw new Error("internal: a question about nothing");
  if (rng.chance(0.08)) return `is ${network} ${nounPhrase(claims, voice)}`;
  const tail = more.map((one) => ` and ${said(one, voice, "it")}`).join("");
  const pattern = pick(frames.whether, voice);
  if (!pattern.includes("{i}")) return fill(pattern, { s: said(first, voice, network) + tail });
  const isSame =
    first.subject === "" &&
    !first.contrary &&
    more.every((one) => one.subject === "" && !one.contrary && isCopula(one.verb) === isCopula(first.verb));
  // "does it have X and use Y": one inversion for all.
  if (isSame)
    return fill(pattern, {
      i: [
        asked(first, voice, network),
        ...more.map((one) => (isCopula(one.verb) ? one.rest : baseForm(one))),
      ].join(" and "),
    });
  return fill(pattern, {
    i:
      asked(first, voice, network) +
      (more.length > 0 ? more.map((one) => `, and ${asked(one, voice, "it")}`).join("") : ""),
  });
}

const isCopula = (verb: string) => verb === "is" || verb === "are";
