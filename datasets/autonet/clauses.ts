// Claims in English: each as a clause with a verb.
import type { Claim, FamilyName, Relation } from "../../archbert/graph";
import { type Clause, clauseOf, fill, pick, type Voice, withArticle } from "./language";
import {
  after,
  bareInput,
  comparative,
  countSlots,
  fits,
  inputNoun,
  isFamily,
  kernelSlots,
  moreSlots,
  numberSlots,
  type Of,
  stageName,
  stagesSlots,
  thingSlots,
  unitOf,
  type Word,
  wordsOf,
} from "./slots";
import * as said from "./words/clauses";
import { familyIs, familyWords } from "./words/names";
import { quantityWords } from "./words/quantities";

export interface Said extends Clause {
  /** The clause says the contrary of the claim: to be negated by whoever puts it into a sentence. */
  contrary: boolean;
}

const opposite: Partial<Record<Relation, Relation>> = { "<": ">=", "<=": ">", ">": "<=", ">=": "<" };

/** The claim with its contrary said: "parameters > 1M" for "parameters <= 1M"; null where one claim cannot say it. */
export function contraryOf(claim: Claim): Claim | null {
  if ("not" in claim) return { ...claim, not: !claim.not };
  if (claim.kind === "more") return null;
  const relation = opposite[claim.relation];
  return relation === undefined ? null : { ...claim, relation };
}

/** The claim as a clause. One that is negative comes as a negative clause, or as a positive one that is `contrary`. */
export function clause(claim: Claim, voice: Voice): Said {
  const isNegative = "not" in claim && claim.not;
  const lexical = isNegative && (claim.kind === "has" || (claim.kind === "kernel" && !claim.only));
  if (lexical && voice.rng.chance(0.65)) return { ...clauseOf(lacking(claim, voice)), contrary: false };
  // "does not have more than a million parameters", "is not without dropout".
  const turned = isNegative || voice.rng.chance(claim.kind === "has" ? 0.02 : 0.12);
  const contrary = turned ? contraryOf(claim) : null;
  if (!contrary) return { ...clauseOf(positive(claim, voice)), contrary: false };
  const text = "not" in contrary && contrary.not ? lacking(contrary, voice) : positive(contrary, voice);
  return text === ""
    ? { ...clauseOf(positive(claim, voice)), contrary: false }
    : { ...clauseOf(text), contrary: true };
}

/** Negative words: "lacks", "is free of". Empty where the claim has none. */
function lacking(claim: Claim, voice: Voice): string {
  if (claim.kind === "has") return fill(pick(said.lacksClauses, voice), thingSlots(claim.thing, voice));
  if (claim.kind === "kernel" && !claim.only)
    return fill(pick(said.kernelLacksClauses, voice), kernelSlots(claim, voice));
  return "";
}

/** The claim without its "not". */
function positive(claim: Claim, voice: Voice): string {
  const { rng } = voice;
  switch (claim.kind) {
    case "has":
      return fill(pick(said.hasClauses, voice), thingSlots(claim.thing, voice));
    case "count":
      if (rng.chance(0.15)) {
        return fill(pick(said.countOfClauses, voice), {
          ...thingSlots(claim.thing, voice),
          R: after(claim, voice),
        });
      }
      return fill(pick(said.countClauses, voice), countSlots(claim, voice));
    case "more":
      return fill(pick(said.moreClauses, voice), moreSlots(claim, voice));
    case "kernel":
      return fill(
        pick(claim.only ? said.onlyKernelClauses : said.kernelClauses, voice),
        kernelSlots(claim, voice),
      );
    case "input": {
      const i = inputNoun(claim.size, voice);
      return fill(pick(said.inputClauses, voice), {
        I: i,
        i: claim.size.length === 1 ? i : bareInput(claim.size, voice),
      });
    }
    case "stages":
      return fill(pick(said.stagesClauses, voice), stagesSlots(claim, voice));
    case "is":
      return name(claim.word, voice);
    case "number":
      return numberClause(claim, voice);
  }
}

function numberClause(claim: Of<"number">, voice: Voice): string {
  const { quantity, relation, stage } = claim;
  const { rng } = voice;
  const words = quantityWords[quantity];
  const way = rng.next();
  if (quantity === "inputChannels" && relation === "=" && way < 0.7) {
    const clauses = said.channelClauses[claim.amount.value];
    const kinds = said.channelKinds[claim.amount.value];
    if (clauses && kinds) return fill(pick(clauses, voice), { k: pick(kinds, voice) });
  }
  if (quantity === "downsampling" && claim.amount.value === 1 && relation === "=" && way < 0.7)
    return pick(said.neverDownsamples, voice);
  const compared = rng.chance(0.15) ? comparative(claim, voice) : null;
  if (compared) return `> is ${compared}`;
  if (words.full && way < 0.4) return numberSlots(pick(words.full, voice, fits(relation)), claim, voice);
  if (words.has && way < 0.75) {
    const verb = pick(
      "> has; > has; > has; > comes with; > features; > uses; > possesses; > uses; > sports; > holds",
      voice,
    );
    return `${verb} ${numberSlots(pick(words.has, voice, fits(relation)), claim, voice)}`;
  }
  const called = pick(words.name, voice).replaceAll("{S}", stageName(stage, voice));
  const whose = pick(
    "the; the; its; this network's; the model's; this model's; the net's; our; the resulting; the network's",
    voice,
  );
  const verb = after(claim, voice, unitOf(quantity));
  return `${whose} ${called} > ${verb}`;
}

function name(word: Word, voice: Voice): string {
  if (isFamily(word)) return `> is ${familyPhrase(word, voice)}`;
  const { is, full } = wordsOf(word);
  return full && voice.rng.chance(0.2) ? pick(full, voice) : `> is ${pick(is, voice)}`;
}

/** "a ResNet", "of the ResNet family". */
export function familyPhrase(word: FamilyName, voice: Voice): string {
  const called = pick(familyWords[word], voice);
  return pick(familyIs, voice).replace("{a F}", withArticle(called)).replace("{F}", called);
}
