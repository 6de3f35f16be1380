// Texts whose meaning is null: what no graph can tell, alone or beside what it can.
import { adjectives, type Claim, type Rng, things } from "../../archbert/graph";
import { clause } from "./clauses";
import { pick, speak, type Voice, type Wordings } from "./language";
import { typed } from "./noise";
import { pickWeighted } from "./programs/random";
import { said } from "./sentences";
import { askings, chatter, fillers, idle, insideAskings, insideOpinions, opinions } from "./words/nonsense";

/** A clause about the network that nothing in its graph proves or refutes. */
export function uncheckable(voice: Voice): string {
  return filled(pick(voice.rng.chance(0.35) ? insideOpinions : opinions, voice), voice);
}

/** A text that is no claim, question or wish about a graph. */
export function nonsense(rng: Rng, { wordings }: { wordings: Wordings }): string {
  return speak(rng, wordings, (voice) => nonsenseOf(rng, voice));
}

function nonsenseOf(rng: Rng, voice: Voice): string {
  const [text, end] = pickWeighted<() => readonly [string, "." | "?"]>(rng, [
    [36, () => [uncheckable(voice), "."]],
    [30, () => [filled(pick(rng.chance(0.4) ? insideAskings : askings, voice), voice), "?"]],
    [14, () => [filled(pick(chatter, voice), voice), "."]],
    [6, () => [filled(pick(idle, voice), voice), "."]],
    [5, () => [`${uncheckable(voice)} and ${uncheckable(voice)}`, "."]],
    [10, () => [half(voice), "."]],
    [5, () => [babble(rng), "."]],
    [4, () => [keys(rng), "."]],
  ])();
  return typed(text, rng, { end });
}

/** Something that can be checked, and beside it what cannot: the whole cannot. */
function half(voice: Voice): string {
  const { rng } = voice;
  const claim: Claim = rng.chance(0.6)
    ? { kind: "has", not: rng.chance(0.4), thing: rng.pick(things) }
    : { kind: "is", not: rng.chance(0.3), word: rng.pick(adjectives) };
  const parts = [said(clause(claim, voice), voice, "it"), uncheckable(voice)];
  return (rng.chance(0.7) ? parts : parts.reverse()).join(pick(besides, voice, undefined, "|"));
}

const besides = " and |, and |, but |, while | but |; ";

function filled(pattern: string, voice: Voice): string {
  return pattern.replace(/\{(\w+)\}/g, (_, name: string) => {
    if (name === "num") return String(1 + voice.rng.below(voice.rng.chance(0.5) ? 100 : 1000));
    const list = fillers[name];
    if (list === undefined) throw new Error(`internal: nothing for {${name}} in "${pattern}"`);
    return pick(list, voice);
  });
}

const syllables = "ba do ki lu mer no pa qui ra sho ti vu xo ze plim gra tru fen wob sna".split(" ");

/** Words of no language. */
function babble(rng: Rng): string {
  const word = () => Array.from({ length: 1 + rng.below(3) }, () => rng.pick(syllables)).join("");
  return Array.from({ length: 1 + rng.below(7) }, word).join(" ");
}

/** A cat on the keyboard. */
function keys(rng: Rng): string {
  const letters = rng.pick(["asdfghjkl", "qwertyuiop", "zxcvbnm", "asdfjkl;", "1234567890", "!@#$%^&*"]);
  return Array.from({ length: 3 + rng.below(14) }, () =>
    rng.chance(0.08) ? " " : rng.pick([...letters]),
  ).join("");
}
