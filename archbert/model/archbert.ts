// ArchBERT at work: a text read into claims, a network and a text as vectors, opinions, and programs written.
import { type Known, type Meaning, type Program, ProgramError } from "../graph";
import type { Claim } from "../graph/claims";
import { type Rng, rng } from "../graph/random";
import { type Lexed, lex, meaningMachine, type ProgramMachine, programMachine } from "../text";
import { type Bag, networkBags, targetBags, textBags } from "./bags";
import { disposeReading, fork, keepRows, type Loaded, type Reading, startReading, take } from "./decode";
import type { Row } from "./rows";
import { vectorsOf } from "./states";

/** Tokens of a meaning, and of a program, at most. */
const longestMeaning = 96;
const longestProgram = 168;
/** Of sampled programs: below 1, likelier ones come more often. */
const temperature = 0.8;

export interface Written {
  claims: readonly Claim[];
  /** 0 to 1. */
  confidence: number;
  /** Each once. */
  programs: Program[];
}

export class ArchBertModel {
  constructor(readonly loaded: Loaded) {}

  /**
   * What a sentence means.
   *
   * @returns confidence: the probability that the model gives to all that it wrote, 0 to 1
   */
  async read(text: string): Promise<{ meaning: Meaning; confidence: number }> {
    const lexed = lex(text);
    if (lexed.pieces.length === 0) return { meaning: null, confidence: 1 };
    const { reading, ...read } = this.meaningOf(lexed);
    disposeReading(this.loaded, reading);
    return read;
  }

  /** How likely it is that the text is true of the network: learned, 0 to 1. */
  async judge(known: Known, text: string): Promise<number> {
    const logs = this.next(known, text, "task:judge");
    const [yes, no] = ["yes", "no"].map((token) =>
      Math.exp(logs[this.loaded.vocabulary.id(token)] as number),
    );
    return (yes as number) / ((yes as number) + (no as number));
  }

  /** The likeliest answer of one token: a number of the table, yes, no, or a name. */
  async answer(known: Known, question: string): Promise<{ answer: string; confidence: number }> {
    const { vocabulary } = this.loaded;
    const logs = this.next(known, question, "task:answer");
    let best = 0;
    logs.forEach((log, id) => {
      if (log > (logs[best] as number)) best = id;
    });
    const token = vocabulary.token(best);
    const isAnswer = token.startsWith("n:") || /^[A-Za-z][\w -]*$/.test(token);
    return isAnswer
      ? { answer: token.replace(/^n:/, ""), confidence: Math.exp(logs[best] as number) }
      : { answer: "", confidence: 0 };
  }

  /** @returns float32 [D], of length 1 */
  async embed(known: Known): Promise<Float32Array> {
    const { nodes, facts } = networkBags(this.loaded.vocabulary, known);
    return this.vector({ network: [...nodes, ...facts], text: [], target: [] }, "network");
  }

  /** @returns float32 [D], of length 1, to be compared with those of networks */
  async embedText(text: string): Promise<Float32Array> {
    return this.vector({ network: [], text: this.textOf(lex(text)), target: [] }, "text");
  }

  /** What a wish claims, and programs for it, sampled under the grammar; the same seed gives the same ones. */
  async write(text: string, { samples, seed }: { samples: number; seed: number }): Promise<Written> {
    const lexed = lex(text);
    if (lexed.pieces.length === 0) return { claims: [], confidence: 1, programs: [] };
    const { reading, meaning, confidence } = this.meaningOf(lexed);
    try {
      const claims = claimsOf(meaning);
      if (samples === 0 || claims.length === 0) return { claims, confidence, programs: [] };
      take(this.loaded, reading, [this.loaded.vocabulary.id("task:program")]);
      return { claims, confidence, programs: this.programs(reading, samples, rng(seed)) };
    } finally {
      disposeReading(this.loaded, reading);
    }
  }

  dispose(): void {
    const { weights, tf } = this.loaded;
    tf.dispose(weights as never);
  }

  private textOf(lexed: Lexed): Bag[] {
    return textBags(this.loaded.vocabulary, lexed);
  }

  /** The likeliest meaning, token by token; the reading has read all of it. */
  private meaningOf(lexed: Lexed): { meaning: Meaning; confidence: number; reading: Reading } {
    const { vocabulary } = this.loaded;
    const reading = this.start([], this.textOf(lexed), "task:meaning");
    const machine = meaningMachine(lexed.slots);
    let log = 0;
    for (let count = 0; machine.next.length > 0 && count < 2 * longestMeaning; count++) {
      const logs = reading.logProbabilities[0] as Float32Array;
      // Past the longest, it ends where it can.
      const end = count >= longestMeaning && machine.next.includes(".");
      const allowed = end ? ["."] : machine.next;
      const token = likeliest(allowed, (one) => logs[vocabulary.id(one)] as number);
      log += logs[vocabulary.id(token)] as number;
      machine.take(token);
      take(this.loaded, reading, [vocabulary.id(token)]);
    }
    return { meaning: machine.meaning ?? null, confidence: Math.exp(log), reading };
  }

  private programs(from: Reading, samples: number, random: Rng): Program[] {
    const { vocabulary } = this.loaded;
    const reading = fork(this.loaded, from, samples);
    let open = Array.from({ length: samples }, () => ({ machine: programMachine(), random: random.fork() }));
    const programs: Program[] = [];
    try {
      for (let count = 0; open.length > 0 && count < longestProgram; count++) {
        const tokens = open.map(({ machine, random }, b) => {
          const logs = reading.logProbabilities[b] as Float32Array;
          const token = drawn(machine, (one) => logs[vocabulary.id(one)] as number, random);
          return takenBy(machine, token) ? vocabulary.id(token) : null;
        });
        programs.push(...open.flatMap(({ machine }) => machine.program ?? []));
        const going = open.flatMap(({ machine }, b) =>
          tokens[b] !== null && machine.next.length > 0 ? [b] : [],
        );
        if (going.length === 0) break;
        if (going.length < open.length) {
          keepRows(this.loaded, reading, going);
          open = going.map((b) => open[b] as (typeof open)[number]);
        }
        take(
          this.loaded,
          reading,
          going.map((b) => tokens[b] as number),
        );
      }
    } finally {
      disposeReading(this.loaded, reading);
    }
    return [...new Map(programs.map((program) => [JSON.stringify(program), program])).values()];
  }

  private start(network: readonly Bag[], text: readonly Bag[], task: string): Reading {
    const { vocabulary } = this.loaded;
    return startReading(this.loaded, [
      { network, text, target: targetBags(vocabulary, [vocabulary.id(task)]) },
    ]);
  }

  /** Log-probabilities of the first token that the task writes. */
  private next(known: Known, text: string, task: string): Float32Array {
    const { nodes, facts } = networkBags(this.loaded.vocabulary, known);
    const reading = this.start([...nodes, ...facts], this.textOf(lex(text)), task);
    disposeReading(this.loaded, reading);
    return reading.logProbabilities[0] as Float32Array;
  }

  private vector(row: Row, segment: "network" | "text"): Float32Array {
    const { tf } = this.loaded;
    return tf.tidy(() => vectorsOf(tf, this.loaded, [row], segment, 1).dataSync() as Float32Array);
  }
}

/** What is claimed; of a question that yes or no answers, what it asks. */
function claimsOf(meaning: Meaning): readonly Claim[] {
  if (meaning?.kind === "statement") return meaning.claims;
  return meaning?.kind === "question" && meaning.query.kind === "askWhether" ? meaning.query.claims : [];
}

function likeliest(tokens: readonly string[], log: (token: string) => number): string {
  let best = tokens[0] as string;
  for (const token of tokens) if (log(token) > log(best)) best = token;
  return best;
}

/** One of the tokens that may come, each as often as its probability says. */
function drawn({ next }: ProgramMachine, log: (token: string) => number, random: Rng): string {
  const weights = next.map((token) => Math.exp(log(token) / temperature));
  let left = random.next() * weights.reduce((a, b) => a + b, 0);
  const at = weights.findIndex((weight) => {
    left -= weight;
    return left < 0;
  });
  return next[at < 0 ? next.length - 1 : at] as string;
}

/** False where the program turns out to be none: what the grammar cannot see, such as a picture grown too small. */
function takenBy(machine: ProgramMachine, token: string): boolean {
  try {
    machine.take(token);
    return true;
  } catch (error) {
    if (error instanceof ProgramError) return false;
    throw error;
  }
}
