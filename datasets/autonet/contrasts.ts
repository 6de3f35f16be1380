// What is easily mixed up when read: two things of which one may be missing, two adjectives, a number between two bounds.
import { adjectives, type Claim, holds, type Known, type Quantity, type Rng } from "../../archbert/graph";
import { clause, familyPhrase } from "./clauses";
import { drawClaim } from "./draw";
import { fill, filler, pick, sentence, type Voice, withArticle } from "./language";
import { rounded } from "./numbers";
import { part } from "./parts";
import { figure, isFamily, type Of, thingSlots, unitOf, wordsOf } from "./slots";
import * as said from "./words/contrasts";
import * as frames from "./words/frames";
import { quantityWords } from "./words/quantities";
import * as orders from "./words/wishes";

type Pair =
  | readonly [Of<"has">, Of<"has">]
  | readonly [Of<"is">, Of<"is">]
  | readonly [Of<"number">, Of<"number">];

/** Two claims of one kind that hold, the second often where the first is not, and perhaps a third; null where none were found. */
export function contrast(known: Known, rng: Rng): Claim[] | null {
  const way = rng.next();
  const stacked = way > 0.9 ? twoAdjectives(known, rng) : null;
  const pair = stacked ?? (way < 0.2 ? range(known, rng) : two(known, rng, way < 0.75 ? "has" : "is"));
  if (!pair || !rng.chance(0.5)) return pair;
  const third = held(known, rng, (claim) => claim.kind !== pair[0]?.kind && claim.kind !== "more");
  return third ? [...pair, third] : pair;
}

/** A claim that holds and is wanted. */
function held(known: Known, rng: Rng, wants: (claim: Claim) => boolean): Claim | null {
  for (let i = 0; i < 60; i++) {
    const claim = drawClaim(known, rng);
    if (claim && wants(claim) && holds([claim], known) === true) return claim;
  }
  return null;
}

function two(known: Known, rng: Rng, kind: "has" | "is"): Claim[] | null {
  const nameOf = (claim: Claim) =>
    claim.kind === "has" ? claim.thing : claim.kind === "is" ? claim.word : null;
  const first = held(known, rng, (claim) => claim.kind === kind);
  if (!first) return null;
  const differs = rng.chance(0.65);
  const isDenied = (claim: Claim) => "not" in claim && claim.not;
  const second = held(
    known,
    rng,
    (claim) =>
      claim.kind === kind &&
      nameOf(claim) !== nameOf(first) &&
      (!differs || isDenied(claim) !== isDenied(first)),
  );
  return second ? rng.shuffle([first, second]) : null;
}

/** "a deep narrow network". */
function twoAdjectives(known: Known, rng: Rng): Claim[] | null {
  const claims = adjectives.map((word): Claim => ({ kind: "is", not: false, word }));
  const found = rng.shuffle(claims.filter((claim) => holds([claim], known) === true)).slice(0, 2);
  return found.length === 2 ? found : null;
}

const counted: readonly Quantity[] = [
  "parameters",
  "parameters",
  "parameters",
  "bytes",
  "multiplyAdds",
  "depth",
  "stages",
  "blocks",
  "classes",
  "heads",
];

/** The quantity above one bound and below another. */
function range(known: Known, rng: Rng): Claim[] | null {
  const quantity = rng.pick(counted);
  const { value } = known.measure(quantity);
  if (value === null || value < 2) return null;
  const near = (factor: number) => {
    const bound = Math.max(1, value * factor);
    return value < 200 ? { value: Math.round(bound), tolerance: 0 } : rounded(bound, rng.pick([1, 1, 2]));
  };
  const relations = rng.chance(0.6) ? ([">=", "<="] as const) : ([">", "<"] as const);
  const amounts = [near(1 - 0.1 - 0.6 * rng.next()), near(1.1 + 2 * rng.next())];
  const claims = relations.map(
    (relation, i): Claim => ({
      kind: "number",
      quantity,
      stage: null,
      relation,
      amount: amounts[i] as (typeof amounts)[0],
    }),
  );
  return holds(claims, known) === true ? claims : null;
}

/** The first two, if they can be told in one breath. */
function pairOf([one, other]: readonly Claim[]): Pair | null {
  if (one?.kind === "has" && other?.kind === "has") return [one, other];
  if (one?.kind === "is" && other?.kind === "is") return [one, other];
  if (one?.kind !== "number" || other?.kind !== "number" || one.quantity !== other.quantity) return null;
  const isRange = /^(>= <=|> <)$/.test(`${one.relation} ${other.relation}`);
  return isRange && one.amount.value < other.amount.value ? [one, other] : null;
}

/** The claims as a statement, a wish or a question; null where the first two are no pair. */
export function contrastText(
  claims: readonly Claim[],
  voice: Voice,
  form: "statement" | "wish" | "question",
): string | null {
  const pair = pairOf(claims);
  if (!pair) return null;
  const { rng } = voice;
  const text = carried(pair, voice, form);
  const rest = claims.slice(2).map((claim) => {
    const piece = part(claim, voice);
    const isShort = piece.place === "with" || piece.place === "after" || piece.place === "without";
    if (isShort && form !== "question" && rng.chance(0.6)) return piece.text;
    const one = clause(claim, voice);
    return one.contrary ? null : sentence(one, "it");
  });
  if (rest.includes(null)) return null;
  const all = rng.chance(0.75) || form === "question" ? [text, ...rest] : [...rest, text];
  return all.join(form === "question" ? " and " : pick(said.beside, voice, undefined, "|"));
}

function carried(pair: Pair, voice: Voice, form: "statement" | "wish" | "question"): string {
  const { rng } = voice;
  const isName = pair[0].kind === "is";
  const stacked = isName ? adjectivesOf(pair as readonly [Of<"is">, Of<"is">], voice) : null;
  const noun = filler(form === "wish" ? frames.wishNouns : frames.nouns, voice);
  if (stacked && rng.chance(0.6)) {
    const phrase = `${rng.chance(0.8) ? withArticle(stacked) : stacked} ${noun}`;
    if (form === "question") return `is it ${phrase}`;
    return form === "wish"
      ? fill(pick(frames.wishes, voice), { x: phrase })
      : `${pick(frames.openers, voice)} ${phrase}`.trim();
  }
  const h = phraseOf(pair, voice);
  // "with dropout but without attention" has its own preposition.
  const isLed = /^(with|without|w\/o|free|lacking|devoid|minus|none|instead|in place|while)\b/.test(h);
  const it = filler(frames.subjects, voice);
  if (form === "question") {
    if (isName)
      return fill(
        pick(
          "is it {h}; is the network {h}; is this model {h}; would you call it {h}; is it true that it is {h}; so is it {h}",
          voice,
        ),
        { h },
      );
    if (isLed) return `is it a ${noun} ${h}`;
    return fill(
      pick(
        "does it have {h}; does it use {h}; does the network have {h}; has it {h}; has it got {h}; is it true that it has {h}; does this model contain {h}; does it come with {h}; are there {h}",
        voice,
      ),
      { h },
    );
  }
  if (form === "statement") {
    if (isName) return rng.chance(0.8) ? `${it} is ${h}` : h;
    if (isLed) return fill(pick(said.comes, voice), { h });
    return rng.chance(0.3) ? `${it} has ${h}` : fill(pick(said.has, voice), { h });
  }
  const way = rng.next();
  if (way < 0.2) return h;
  const phrase = isName
    ? `${withArticle(noun)} that is ${h}`
    : `${rng.chance(0.7) ? withArticle(noun) : noun} ${isLed ? h : `with ${h}`}`;
  if (way < 0.6 || isLed) return fill(pick(frames.wishes, voice), { x: phrase });
  return way < 0.75
    ? phrase
    : fill(pick(isName ? orders.becomes : orders.uses, voice), isName ? { x: h } : { h });
}

/** "deep narrow", where both are adjectives that hold. */
function adjectivesOf(pair: readonly [Of<"is">, Of<"is">], voice: Voice): string | null {
  const words = pair.map(({ word, not }) => {
    const isPlain = !not && adjectives.some((each) => each === word);
    const before = isPlain && !isFamily(word) ? wordsOf(word).before : undefined;
    return before === undefined ? null : pick(before, voice);
  });
  return words.includes(null)
    ? null
    : words.join(voice.rng.chance(0.6) ? " " : voice.rng.chance(0.5) ? ", " : " and ");
}

function phraseOf(pair: Pair, voice: Voice): string {
  const [one, other] = pair;
  if (one.kind === "number" && other.kind === "number") return rangePhrase(one, other, voice);
  const [a, b] = [one, other].map((claim) => called(claim as Of<"has"> | Of<"is">, voice));
  const denied = [one, other].map((claim) => (claim as Of<"has"> | Of<"is">).not);
  const isName = one.kind === "is";
  if (denied[0] === denied[1]) {
    const list = denied[0] ? (isName ? said.isNeither : said.neither) : isName ? said.areBoth : said.both;
    return fill(pick(list, voice), { A: a, B: b, x: a, y: b });
  }
  const [there, missing] = denied[0] ? [b, a] : [a, b];
  return fill(pick(isName ? said.isOneOnly : said.oneOnly, voice), {
    A: there,
    B: missing,
    x: there,
    y: missing,
  });
}

function called(claim: Of<"has"> | Of<"is">, voice: Voice): string {
  if (claim.kind === "has") return thingSlots(claim.thing, voice).T ?? "";
  return isFamily(claim.word) ? familyPhrase(claim.word, voice) : pick(wordsOf(claim.word).is, voice);
}

function rangePhrase(one: Of<"number">, other: Of<"number">, voice: Voice): string {
  const { quantity, relation } = one;
  const isSize = quantity === "bytes";
  const [n, m] = [one, other].map(({ amount }) => figure(amount, voice.rng, unitOf(quantity)));
  const fits = (pattern: string) =>
    !isSize || !/\{u\} (?:between|from|>|at least and)|\{u\}:|of \{u\}/.test(pattern);
  const u = pick(isSize ? orders.bytesOf : (quantityWords[quantity].many ?? "of it"), voice);
  return fill(pick(relation === ">=" ? said.ranges : said.openRanges, voice, fits), { n, m, u });
}
