// Each task measured on networks and texts that training never saw.
import { ArchError, build, check, holds, type Known, know, ProgramError } from "../graph";
import { answer, type Claim, type Meaning } from "../graph/claims";
import { format, type Program, parse } from "../graph/language";
import { type Rng, rng } from "../graph/random";
import type { ArchBertModel } from "../model";
import { ask, type Candidate, cosine, generate, reason, search } from "../tasks";
import { type Sampled, type Source, sampled, type Wordings } from "../training";
import { auc, bestThreshold, commonest, countsOf, f1, jaccard, type Measured, share } from "./measures";

export interface Line {
  /** AR, AQA, ACD, AS, MAM, GEN, or texts written by hand. */
  task: string;
  measure: string;
  /** Who: ArchBERT, a part of it, or a baseline. */
  by: string;
  /** Wordings of the training, other networks; undefined where wordings do not matter. */
  seen?: Measured;
  /** Some wordings that training never saw, at least one a text; and networks neither. */
  unseen: Measured;
  /** Every wording one that training never saw, wherever there is a choice. */
  strange?: Measured;
}

export interface Setting {
  model: ArchBertModel;
  source: Source;
  seed: number;
  /** Statements and questions; other counts go with it. */
  size: number;
  progress?: (message: string) => void;
}

/** A list, one after the other, with a sign of life now and then. */
async function each<T>({ progress }: Setting, what: string, count: number, make: (i: number) => Promise<T>) {
  const list: T[] = [];
  for (let i = 0; i < count; i++) {
    if (i % 20 === 0) progress?.(`${what} ${i} of ${count}`);
    list.push(await make(i));
  }
  return list;
}

/** Undefined where the text is refused. */
async function unlessRefused<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ArchError) return undefined;
    throw error;
  }
}

type ByWordings<T> = Record<"seen" | "unseen" | "strange", T>;

async function byWordings<T>(of: (wordings: Wordings) => Promise<T>): Promise<ByWordings<T>> {
  return { seen: await of("train"), unseen: await of("test"), strange: await of("strange") };
}

/** Lines of a task's measures, in each kind of wordings. */
const linesOf =
  <K extends string>(task: string, told: ByWordings<Record<K, Measured>>) =>
  (measure: string, by: string, of: K): Line => ({
    task,
    measure,
    by,
    seen: told.seen[of],
    unseen: told.unseen[of],
    strange: told.strange[of],
  });

const newNetwork = ({ source }: Setting, random: Rng): Sampled => sampled(source.randomProgram(random));

/** AR: is the statement true of the network? Half are; the others miss the truth by little. */
export async function statements(setting: Setting): Promise<Line[]> {
  const { model, source, seed, size } = setting;
  const told = await byWordings(async (wordings) => {
    const random = rng(seed + 1);
    const list = await each(setting, `statements (${wordings})`, size, async (i) => {
      const { architecture, known } = newNetwork(setting, random);
      const truth = i % 2 === 0;
      const { text, claims } = source.statement(known, random, { wordings, holds: truth });
      const { verdict, opinion } = await reason(architecture, text, { model });
      const { meaning } = await model.read(text);
      return { truth, verdict, opinion, exact: sameMeaning(meaning, { kind: "statement", claims }) };
    });
    const truths = list.map(({ truth }) => truth);
    const said = list.map(({ verdict }) => verdict === "true");
    return {
      right: share(list.map(({ truth, verdict }) => verdict === String(truth))),
      f1: f1(said, truths),
      told: share(list.map(({ verdict }) => verdict !== "unknown")),
      exact: share(list.map(({ exact }) => exact)),
      opinion: share(list.map(({ truth, opinion }) => opinion >= 0.5 === truth)),
    };
  });
  const line = linesOf("AR", told);
  return [
    line("accuracy", "ArchBERT, text to claims, each checked", "right"),
    line("F1", "ArchBERT, text to claims, each checked", "f1"),
    line("share not answered unknown", "ArchBERT", "told"),
    line("claims exactly as meant", "ArchBERT", "exact"),
    line("accuracy", "ArchBERT, learned judgement alone", "opinion"),
    { task: "AR", measure: "accuracy", by: "baseline: always true", unseen: { value: 0.5, count: size } },
  ];
}

/** AQA: exact match. */
export async function questions(setting: Setting): Promise<Line[]> {
  const { model, seed, size } = setting;
  const told = await byWordings(async (wordings) => {
    const random = rng(seed + 2);
    const list = await each(setting, `questions (${wordings})`, size, async () => {
      const { architecture, known, text, truth, kind } = answerable(setting, random, wordings);
      // What is taken for several questions is not answered.
      const found = await unlessRefused(() => ask(architecture, text, { model }));
      const guess = await model.answer(known, text);
      return { kind, truth, found: found?.answer, guess: guess.answer };
    });
    const usual = new Map(
      [...new Set(list.map(({ kind }) => kind))].map((kind) => [
        kind,
        commonest(list.filter((one) => one.kind === kind).map(({ truth }) => truth)),
      ]),
    );
    return {
      right: share(list.map(({ truth, found }) => truth === found)),
      guess: share(list.map(({ truth, guess }) => truth === guess)),
      usual: share(list.map(({ kind, truth }) => usual.get(kind) === truth)),
    };
  });
  const line = linesOf("AQA", told);
  const measure = "exact match";
  return [
    line(measure, "ArchBERT, question to query, computed", "right"),
    line(measure, "ArchBERT, learned answer alone", "guess"),
    line(measure, "baseline: the usual answer to what is asked", "usual"),
  ];
}

function answerable(setting: Setting, random: Rng, wordings: Wordings) {
  for (;;) {
    const one = newNetwork(setting, random);
    const { text, query } = setting.source.question(one.known, random, { wordings });
    const found = answer(query, one.known);
    const kind =
      query.kind === "askNumber" ? query.quantity : query.kind === "askWhat" ? query.topic : query.kind;
    if (found) return { ...one, text, truth: found.answer, kind };
  }
}

interface Pair {
  score: number;
  overlap: number;
  clone: boolean;
  lookalike: boolean;
}

/** ACD: half the pairs are clones, a quarter only look alike, a quarter are any two. */
async function pairs(setting: Setting, seed: number): Promise<Pair[]> {
  const { model, source, size } = setting;
  const random = rng(seed);
  return each(setting, "pairs", size, async (i) => {
    const a = newNetwork(setting, random);
    const clone = i % 2 === 0;
    const lookalike = i % 4 === 1;
    const b = clone
      ? sampled(source.variant(a.program, random))
      : lookalike
        ? sampled(source.lookalike(a.program, random))
        : newNetwork(setting, random);
    const score = cosine(await model.embed(a.known), await model.embed(b.known));
    return { score, overlap: jaccard(opsOf(a.known), opsOf(b.known)), clone, lookalike };
  });
}

const opsOf = (known: Known) => countsOf(known.architecture.nodes.map(({ op }) => op));

export async function clones(setting: Setting): Promise<Line[]> {
  const some = await pairs(setting, setting.seed + 3);
  // The threshold is chosen on pairs of their own.
  const others = await pairs(setting, setting.seed + 4);
  const threshold = (of: "score" | "overlap") =>
    bestThreshold(
      others.map((pair) => pair[of]),
      others.map(({ clone }) => clone),
    );
  const lines = (by: string, of: "score" | "overlap"): Line[] => {
    const from = threshold(of);
    const truth = some.map(({ clone }) => clone);
    const scores = some.map((pair) => pair[of]);
    const hard = some.filter(({ clone, lookalike }) => clone || lookalike);
    const said = scores.map((score) => score >= from);
    const line = (measure: string, unseen: Measured): Line => ({ task: "ACD", measure, by, unseen });
    return [
      line("AUC", auc(scores, truth)),
      line(
        "AUC against look-alikes",
        auc(
          hard.map((pair) => pair[of]),
          hard.map(({ clone }) => clone),
        ),
      ),
      line(`accuracy from ${from.toFixed(2)}`, share(said.map((yes, i) => yes === truth[i]))),
      line("F1", f1(said, truth)),
    ];
  };
  return [
    ...lines("ArchBERT, cosine of embeddings", "score"),
    ...lines("baseline: Jaccard of the ops' counts", "overlap"),
  ];
}

/** AS: which of a hundred networks is wished for? */
export async function retrieval(setting: Setting): Promise<Line[]> {
  const { model, source, seed, size } = setting;
  const random = rng(seed + 5);
  const shelf = Array.from({ length: 100 }, () => newNetwork(setting, random));
  const vectors = await each(setting, "networks", shelf.length, (i) =>
    model.embed((shelf[i] as Sampled).known),
  );
  const names = shelf.map((_, i) => `n${i}`);
  const places = shelf.map(({ architecture }, i) => ({ ...architecture, name: names[i] as string }));
  const asked = await byWordings((wordings) =>
    each(setting, `searches (${wordings})`, Math.ceil(size / 5), async (i) => {
      const goal = (i * 37) % shelf.length;
      const { program, known } = shelf[goal] as Sampled;
      const { text, claims } = source.prompt(program, known, random, { wordings });
      const target = await model.embedText(text);
      const scores = vectors.map((vector) => cosine(vector, target));
      const byLikeness = scores.map((score, i) => ({ score, i })).sort((a, b) => b.score - a.score);
      const found = await search(text, places, { top: 5, model });
      return {
        goal,
        fits: shelf.map((one) => holds(claims, one.known) === true),
        dense: byLikeness.map(({ i }) => i),
        whole: found.map(({ name }) => names.indexOf(name)),
      };
    }),
  );
  const measures = {
    "R@1": ({ goal }: Asked, order: number[]) => order[0] === goal,
    "R@5": ({ goal }: Asked, order: number[]) => order.slice(0, 5).includes(goal),
    "first one satisfies every claim": ({ fits }: Asked, order: number[]) =>
      fits[order[0] as number] === true,
  };
  type Asked = (typeof asked.seen)[number];
  const lines = (by: string, order: (one: Asked) => number[]): Line[] =>
    Object.entries(measures).map(([measure, right]) => ({
      task: "AS",
      measure,
      by,
      seen: share(asked.seen.map((one) => right(one, order(one)))),
      unseen: share(asked.unseen.map((one) => right(one, order(one)))),
      strange: share(asked.strange.map((one) => right(one, order(one)))),
    }));
  const chance = asked.unseen.map(({ fits }) => fits.filter(Boolean).length / fits.length);
  return [
    ...lines("ArchBERT, claims then likeness", ({ whole }) => whole),
    ...lines("ArchBERT, likeness alone", ({ dense }) => dense),
    {
      task: "AS",
      measure: "first one satisfies every claim",
      by: "baseline: any of them",
      unseen: { value: chance.reduce((a, b) => a + b, 0) / chance.length, count: chance.length },
    },
  ];
}

/** GEN: programs for a wish; the claims are those that were meant, not those that were understood. */
export async function generation(setting: Setting): Promise<Line[]> {
  const { model, source, seed, size } = setting;
  const told = await byWordings(async (wordings) => {
    const random = rng(seed + 6);
    const list = await each(setting, `wishes (${wordings})`, Math.ceil(size / 10), async (i) => {
      const { program, known } = newNetwork(setting, random);
      const { text, claims } = source.prompt(program, known, random, { wordings });
      const { programs } = await model.write(text, { samples: 8, seed: i });
      const whole = (await unlessRefused(() => generate(text, { count: 3, seed: i, model }))) ?? [];
      const other = source.randomProgram(random);
      return { claims, programs, whole, other };
    });
    return generationShares(list);
  });
  const line = linesOf("GEN", told);
  const all = "every claim that was meant is met";
  const alone = "ArchBERT, decoder alone";
  const repaired = "ArchBERT and repair (a search), all of 3";
  return [
    line("wishes that get a program", alone, "written"),
    line("valid, of the programs", alone, "writtenValid"),
    line(all, `${alone}, one sample`, "decoded"),
    line(all, `${alone}, any of 8 samples`, "bestOf8"),
    line("distinct among 8 samples", alone, "distinct"),
    line("wishes that get a program", repaired, "given"),
    line("valid, of the programs", repaired, "givenValid"),
    line("every claim that was understood is met, of the programs", repaired, "understood"),
    line(all, repaired, "met"),
    line(all, "baseline: any network", "chance"),
  ];
}

/** A wish, what it claims, and what came of it. */
export interface Wished {
  claims: readonly Claim[];
  /** What the decoder wrote. */
  programs: readonly Program[];
  /** What `generate` gave; nothing where it refused. */
  whole: readonly Pick<Candidate, "program" | "claims">[];
  /** Any network, for comparison. */
  other: Program;
}

/** Shares of the wishes; and of the programs where it is they that are right or wrong: a wish without any has none wrong. */
export function generationShares(list: readonly Wished[]) {
  const of = (hit: (one: Wished) => boolean) => share(list.map(hit));
  const given = list.flatMap(({ whole }) => whole);
  const distinct = list.map(
    ({ programs }) => new Set(programs.map((one) => format({ ...one, name: null }))).size / 8,
  );
  return {
    written: of(({ programs }) => programs.length > 0),
    writtenValid: share(list.flatMap(({ programs }) => programs.map((one) => builds(() => one)))),
    decoded: of(({ programs: [first], claims }) => first !== undefined && meets(first, claims)),
    bestOf8: of(({ programs, claims }) => programs.some((one) => meets(one, claims))),
    distinct: { value: distinct.reduce((sum, one) => sum + one, 0) / list.length, count: list.length },
    given: of(({ whole }) => whole.length > 0),
    givenValid: share(given.map(({ program }) => builds(() => parse(program)))),
    understood: share(given.map((one) => one.claims.every(({ verdict }) => verdict !== "refuted"))),
    met: of(
      ({ whole, claims }) => whole.length > 0 && whole.every((one) => meets(parse(one.program), claims)),
    ),
    chance: of(({ other, claims }) => meets(other, claims)),
  };
}

function builds(program: () => Program): boolean {
  try {
    build(program());
    return true;
  } catch (error) {
    if (error instanceof ProgramError) return false;
    throw error;
  }
}

function meets(program: Program, claims: readonly Claim[]): boolean {
  return builds(() => program) && unrefuted(claims, know(build(program)));
}

const unrefuted = (claims: readonly Claim[], known: Known) =>
  claims.every((claim) => check(claim, known).verdict !== "refuted");

/** The order of claims says nothing. */
export function sameMeaning(one: Meaning, other: Meaning): boolean {
  return canonical(one) === canonical(other);
}

function canonical(meaning: Meaning): string {
  const sorted = (claims: readonly Claim[]) =>
    claims.map((claim) => JSON.stringify(claim, keysOf(claim))).sort();
  if (meaning === null) return "none";
  if (meaning.kind === "statement") return `statement ${sorted(meaning.claims).join()}`;
  const { query } = meaning;
  return query.kind === "askWhether"
    ? `whether ${sorted(query.claims).join()}`
    : JSON.stringify(query, keysOf(query));
}

/** Keys in one order, of what lies within as well. */
const keysOf = (value: object) => [...Object.keys(value), "value", "tolerance"].sort();
