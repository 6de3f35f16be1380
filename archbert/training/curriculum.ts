// What ArchBERT reads, in which order: a stream of steps from random networks and what is said of them.
import { type Architecture, build } from "../graph";
import { answer, type Claim, type Known, know, type Query } from "../graph/claims";
import type { Program } from "../graph/language";
import { type Rng, rng } from "../graph/random";
import { lex } from "../text";
import type { MatchSample, Step, StepTask, TextSample } from "./steps";

/** Those of the training; some, or all, kept apart from it. */
export type Wordings = "train" | "test" | "strange";

/** Where networks and texts come from: `datasets` has one. */
export interface Source {
  randomProgram(random: Rng): Program;
  /** A clone. */
  variant(program: Program, random: Rng): Program;
  /** No clone, though it has the same sizes. */
  lookalike(program: Program, random: Rng): Program;
  statement(
    known: Known,
    random: Rng,
    options: { wordings: Wordings; holds: boolean },
  ): { text: string; claims: readonly Claim[] };
  question(known: Known, random: Rng, options: { wordings: Wordings }): { text: string; query: Query };
  prompt(
    program: Program,
    known: Known,
    random: Rng,
    options: { wordings: Wordings },
  ): { text: string; claims: readonly Claim[] };
  nonsense(random: Rng, options: { wordings: Wordings }): string;
}

export interface Sampled {
  program: Program;
  architecture: Architecture;
  known: Known;
}

const wordings = "train";

function times<T>(count: number, make: (i: number) => T): T[] {
  return Array.from({ length: count }, (_, i) => make(i));
}

export function sampled(program: Program): Sampled {
  const architecture = build(program);
  return { program, architecture, known: know(architecture) };
}

/** How often each task comes: text to meaning takes longest to learn, and most of what can be asked goes through it. */
const shares = { meaning: 19, match: 3, program: 3, judge: 1, answer: 1, mask: 1 } as const;

/** The tasks in an order that spreads each of them evenly, again and again. */
export const round: readonly StepTask[] = Object.entries(shares)
  .flatMap(([task, count]) => times(count, (i) => ({ task: task as StepTask, at: (i + 0.5) / count })))
  .sort((a, b) => a.at - b.at)
  .map(({ task }) => task);

/** Texts, or networks and texts of each; of matches, families. */
const rowsOf = { meaning: 64, program: 24, judge: [8, 4], answer: [8, 4], match: 6, mask: 12 } as const;

/** Families at hand: a network, its clones, and one that only looks like it. Every other step one gives way to a new one. */
const poolSize = 64;

/** @param from the step to go on with: a stream that is taken up again has other samples than one that ran through */
export function* curriculum(source: Source, seed: number, from = 0): Generator<Step, never> {
  const random = rng(seed + 104_729 * (from + 1));
  const pool = times(poolSize / 4, () => familyOf(source, random));
  const draw = new Draw(source, random, pool);
  for (let step = from; ; step++) {
    if (step % 2 === 0) {
      const next = familyOf(source, random);
      if (pool.length < poolSize) pool.push(next);
      else pool[random.below(poolSize)] = next;
    }
    yield draw.step(round[step % round.length] as StepTask);
  }
}

interface Family {
  clones: readonly Sampled[];
  lookalike: Sampled;
}

function familyOf(source: Source, random: Rng): Family {
  const base = source.randomProgram(random);
  const others = times(cloneCount - 1, () => source.variant(base, random));
  return {
    clones: [base, ...others].map(sampled),
    lookalike: sampled(source.lookalike(base, random)),
  };
}
const cloneCount = 3;

class Draw {
  constructor(
    private readonly source: Source,
    private readonly random: Rng,
    private readonly pool: readonly Family[],
  ) {}

  step(task: StepTask): Step {
    switch (task) {
      case "meaning":
        return { task, samples: times(rowsOf.meaning, () => this.text()) };
      case "program":
        return { task, samples: times(rowsOf.program, () => this.wish(true)) };
      case "judge":
        return { task, samples: this.perNetwork(rowsOf.judge, ({ known }) => this.judgement(known)) };
      case "answer":
        return { task, samples: this.perNetwork(rowsOf.answer, ({ known }) => this.answered(known)) };
      case "match":
        return { task, samples: this.match() };
      case "mask":
        return {
          task,
          samples: times(rowsOf.mask, () => {
            const { known } = this.one();
            return {
              network: known,
              text: this.source.statement(known, this.random, { wordings, holds: true }).text,
            };
          }),
        };
    }
  }

  private one(): Sampled {
    const { clones, lookalike } = this.random.pick(this.pool);
    return this.random.pick([...clones, lookalike]);
  }

  private perNetwork<T>([networks, each]: readonly [number, number], sample: (one: Sampled) => T): T[] {
    return times(networks, () => this.one()).flatMap((one) => times(each, () => sample(one)));
  }

  private text(): TextSample {
    const { source, random } = this;
    const way = random.next();
    if (way < 0.08) return { text: source.nonsense(random, { wordings }), meaning: null };
    if (way < 0.26) return this.wish(false);
    const { known } = this.one();
    if (way < 0.78) {
      const { text, claims } = source.statement(known, random, { wordings, holds: random.chance(0.5) });
      return { text, meaning: { kind: "statement", claims } };
    }
    const { text, query } = source.question(known, random, { wordings });
    return { text, meaning: { kind: "question", query } };
  }

  private wish(withProgram: boolean): TextSample {
    const { program, known } = this.one();
    const { text, claims } = this.source.prompt(program, known, this.random, { wordings });
    return { text, meaning: { kind: "statement", claims }, ...(withProgram ? { program } : {}) };
  }

  private judgement(network: Known) {
    const holds = this.random.chance(0.5);
    return { network, text: this.source.statement(network, this.random, { wordings, holds }).text, holds };
  }

  /** A question whose answer is known. */
  private answered(network: Known) {
    for (;;) {
      const { text, query } = this.source.question(network, this.random, { wordings });
      const found = answer(query, network);
      if (found) return { network, text, answer: found.answer };
    }
  }

  private match(): MatchSample {
    const { source, random } = this;
    const networks: Known[] = [];
    const groups: number[] = [];
    const texts: { text: string; claims: readonly Claim[] }[] = [];
    random
      .shuffle(this.pool)
      .slice(0, rowsOf.match)
      .forEach(({ clones, lookalike }, g) => {
        for (const { program, known } of [...clones, lookalike]) {
          networks.push(known);
          groups.push(known === lookalike.known ? rowsOf.match + g : g);
          texts.push(source.prompt(program, known, random, { wordings }));
        }
      });
    return { networks, groups, texts };
  }
}

/**
 * The words of the training's texts that are not too rare, the commonest first.
 *
 * @param texts how many to look at
 */
export function commonWords(
  source: Source,
  seed: number,
  texts = 120_000,
  least = 10,
  most = 2800,
): string[] {
  const counts = new Map<string, number>();
  const steps = curriculum(source, seed + 1);
  for (let seen = 0; seen < texts; ) {
    const step = steps.next().value;
    if (step.task !== "meaning") continue;
    for (const { text } of step.samples) {
      seen++;
      for (const piece of lex(text).pieces)
        if (piece.kind === "word") counts.set(piece.text, (counts.get(piece.text) ?? 0) + 1);
    }
  }
  return [...counts]
    .filter(([, count]) => count >= least)
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .slice(0, most)
    .map(([word]) => word);
}
