// What somebody wishes a network to be: one phrase, or orders one after the other.
import type { Claim } from "../../archbert/graph";
import { clause, familyPhrase, type Said } from "./clauses";
import { fill, filler, pick, type Voice, withArticle } from "./language";
import { part } from "./parts";
import { baseForm, nounPhrase, said } from "./sentences";
import { bareInput, comparative, figure, inputNoun, isFamily, thingSlots, unitOf, wordsOf } from "./slots";
import * as frames from "./words/frames";
import { quantityWords } from "./words/quantities";
import * as orders from "./words/wishes";

/** The claims as something wished for. */
export function wishText(claims: readonly Claim[], voice: Voice): string {
  return voice.rng.chance(0.6) ? wish(claims, voice) : inPieces(claims, voice);
}

/** "give me a small network with four stages. it must not use dropout". */
function wish(claims: readonly Claim[], voice: Voice): string {
  const { rng } = voice;
  const purpose = rng.chance(0.3) ? filler(frames.purposes, voice) : "";
  const extra = rng.chance(0.12) ? filler(frames.praise, voice) : "";
  const split = claims.length > 1 && rng.chance(0.22) ? 1 + rng.below(claims.length - 1) : claims.length;
  const phrase = nounPhrase(claims.slice(0, split), voice, { nouns: frames.wishNouns, extra, tail: purpose });
  let text = fill(pick(frames.wishes, voice), { x: phrase });
  for (const claim of claims.slice(split)) {
    const one = clause(claim, voice);
    if (one.subject !== "")
      text += `${pick(". ; , ; ; and; . ; . also, ", voice)
        .replace(/^and$/, " and")
        .replace(/([.,;])$/, "$1")} ${said(one, voice, "it")}`;
    else text += `${pick(", ; . ; and ; ; ; . ", voice).replace(/^and$/, " and")} ${should(one, voice)}`;
  }
  if (rng.chance(0.1)) text += `${rng.chance(0.5) ? "," : ""} ${filler(frames.wishTails, voice)}`;
  return text;
}

function should(one: Said, voice: Voice): string {
  const pattern = pick(frames.wishShould, voice);
  const finite = said(one, voice, "");
  const base = one.contrary ? `not ${baseForm(one)}` : baseForm(one);
  return fill(pattern, { p: base, ps: finite });
}

/** "a small CNN, 3 stages, use batch norm, no dropout": each claim by itself, one mark between all of them or any. */
function inPieces(claims: readonly Claim[], voice: Voice): string {
  const { rng } = voice;
  const count = rng.chance(0.6) ? 1 + rng.below(Math.min(2, claims.length)) : 0;
  const tail = rng.chance(0.15) ? filler(frames.purposes, voice) : "";
  const pieces = claims.slice(count).map((claim) => order(claim, voice));
  if (count > 0) {
    const phrase = nounPhrase(claims.slice(0, count), voice, { nouns: frames.wishNouns, tail });
    pieces.unshift(rng.chance(0.5) ? phrase : fill(pick(frames.wishes, voice), { x: phrase }));
  } else if (tail !== "") pieces.splice(rng.below(pieces.length + 1), 0, tail);
  const mark = rng.chance(0.6) ? pick(orders.between, voice, undefined, "|") : null;
  return pieces.reduce((text, piece) => text + (mark ?? pick(orders.between, voice, undefined, "|")) + piece);
}

/** The claim as an order of its own: "no dropout", "keep it under 30k parameters", "make it tiny". */
function order(claim: Claim, voice: Voice): string {
  const { rng } = voice;
  if (claim.kind === "has") {
    const slots = thingSlots(claim.thing, voice);
    if (claim.not) return fill(pick(orders.avoids, voice), { T: slots.T });
    return fill(pick(orders.uses, voice), { h: slots.T });
  }
  if (claim.kind === "is") {
    const { word, not } = claim;
    const x = isFamily(word) ? familyPhrase(word, voice) : pick(wordsOf(word).is, voice);
    return fill(pick(not ? orders.staysAway : orders.becomes, voice), { x });
  }
  if (claim.kind === "input" && !claim.not) {
    const i = inputNoun(claim.size, voice);
    const bare = claim.size.length === 1 ? i : bareInput(claim.size, voice);
    return fill(pick(orders.inputs, voice), { I: i, i: bare });
  }
  if (claim.kind === "number" && rng.chance(0.7)) {
    const { quantity, relation, amount } = claim;
    const compared = rng.chance(0.2) ? comparative(claim, voice) : null;
    if (compared) return fill(pick(orders.becomes, voice), { x: compared });
    const isSize = quantity === "bytes";
    const units = isSize ? orders.bytesOf : quantityWords[quantity].many;
    if (units !== undefined) {
      const fits = (pattern: string) => !isSize || !/^\{u\}|of \{u\}/.test(pattern);
      const n = figure(amount, rng, unitOf(quantity));
      return fill(pick(orders.limits[relation], voice, fits), { n, u: pick(units, voice) });
    }
  }
  const piece = part(claim, voice);
  switch (piece.place) {
    case "that":
      return should(piece.clause, voice);
    case "with":
      return fill(pick(orders.uses, voice), { h: piece.text });
    case "before":
      return fill(pick(orders.becomes, voice), { x: piece.text });
    case "noun":
      return fill(pick(orders.becomes, voice), { x: withArticle(piece.text) });
    default:
      return piece.text;
  }
}
