// The grammar, as a machine that says before each token which tokens may come. The parser and the decoder's mask are
// this one machine, so what the mask lets through also parses.
import {
  afterLine,
  afterStem,
  asPicture,
  type Flow,
  flowOf,
  placesOf,
  type Refusal,
  refusal,
  tokensOf,
} from "./flow";
import type { Head, Input, Line, Pool, Program, Stage, Stem } from "./program";
import {
  activations,
  blockNames,
  blocks,
  headKind,
  type Kind,
  largestDivisor,
  limits,
  type NumberRange,
  norms,
  poolKind,
  pools,
  ranges,
  stemNames,
  stems,
  takes,
} from "./vocabulary";

/** The end of a line, and the end of the program, as tokens. */
export const newline = "\n";
export const end = "";

/** Which tokens may come next. */
export interface Expected {
  /** What is due, for messages: "a width". */
  what: string;
  words: readonly string[];
  /** Any number of this range may come. */
  number: NumberRange | null;
  /** A name of the user's choice may come (`namePattern`). */
  name: boolean;
  newline: boolean;
  /** The program may end here. */
  end: boolean;
  /** Words of the language that may not come here although they may elsewhere, and why. */
  refused: Readonly<Record<string, Refusal>>;
}

/** Gets tokens as text, one at a time; each must be among those expected. Returns at `end`. */
export type Machine<T> = Generator<Expected, T, string>;

export const namePattern = /^[A-Za-z][\w.-]{0,63}$/;

type Inherited = { norm?: string; activation?: string };
type Values = Record<string, number | string>;

function expect(what: string, parts: Partial<Expected>): Expected {
  return { what, words: [], number: null, name: false, newline: false, end: false, refused: {}, ...parts };
}

const lineEnd = expect("the end of the line", { newline: true });

export function* program(): Machine<Program> {
  let name: string | null = null;
  let word = yield expect("input", { words: ["network", "input"] });
  if (word === "network") {
    name = yield expect("a name", { name: true });
    yield lineEnd;
    word = yield expect("input", { words: ["input"] });
  }
  const read = yield* input();
  const inherited: Inherited = {};
  let flow = flowOf(read);
  let stem: Stem | null = null;
  const body: Line[] = [];
  let room: number = limits.blocks;
  for (;;) {
    const fresh = stem === null && body.length === 0;
    word = yield lineExpected(flow, fresh, inherited, body.length, room);
    if (word === "norm" || word === "activation") {
      inherited[word] = yield expect(`a value of ${word}`, { words: word === "norm" ? norms : activations });
      yield lineEnd;
    } else if (word === "stem") {
      stem = yield* stemLine(flow, inherited);
      flow = afterStem(flow, stem);
    } else if (word === "head") {
      return { name, input: read, stem, body, head: yield* headLine(!fresh && (stem || body.some(learns))) };
    } else {
      const line: Line = word === "pool" ? yield* poolLine(flow) : yield* stageLine(flow, inherited, room);
      if (line.kind === "stage") room -= line.repeat;
      body.push(line);
      flow = afterLine(flow, line);
    }
  }
}

const learns = (line: Line) => line.kind === "stage";

function lineExpected(flow: Flow, fresh: boolean, given: Inherited, lines: number, room: number): Expected {
  const words: string[] = [];
  const refused: Record<string, Refusal> = {
    network: { why: "the name stands on the first line", fix: "Move it there, above the input" },
    input: { why: "a network has one input", fix: "Leave out the second" },
  };
  /** Offers the word, unless one of the refusals holds. */
  const offer = (word: string, ...refusals: [holds: boolean, why: string, fix: string][]) => {
    const found = refusals.find(([holds]) => holds);
    if (found) refused[word] = { why: found[1], fix: found[2] };
    else words.push(word);
  };
  const full: [boolean, string, string] = [
    lines >= limits.lines,
    `a program has at most ${limits.lines} stages and poolings`,
    "Let a stage repeat its block, as in stage 4 residual 32",
  ];
  const isVector = flow.kind === "vector";
  for (const setting of ["norm", "activation"] as const) {
    const above = `Move it below the input, or give ${setting} as an option of single stages`;
    const late = `${setting} for all stands before the first stem, stage or pool`;
    offer(
      setting,
      [!fresh, late, above],
      [given[setting] !== undefined, `${setting} is given twice`, "Keep one of them"],
    );
  }
  offer(
    "stem",
    [!fresh, "a stem stands once, before the first stage or pool", "Move it there, or take a stage of conv"],
    [isVector, "a stem needs a picture as input", "Leave it out, or give an input such as 28x28x1"],
  );
  offer("stage", full, [
    room === 0,
    `a program has at most ${limits.blocks} blocks`,
    "Take fewer, of a larger width",
  ]);
  offer("pool", full, [
    isVector,
    "here come features without places; nothing is to be pooled",
    "Leave it out",
  ]);
  offer("head");
  return expect("a line", { words, refused });
}

function* input(): Machine<Input> {
  const { pixels, channels, features } = ranges;
  const first = Number(yield expect("the input's size", { number: features }));
  const isSide = first <= pixels.max;
  const next = yield expect("x or the end of the line", {
    words: isSide ? ["x"] : [],
    newline: true,
    refused: isSide
      ? {}
      : {
          x: {
            why: `a picture has up to ${pixels.max} pixels a side`,
            fix: "Give a smaller one, or a single number of features",
          },
        },
  });
  if (next === newline) return { kind: "features", features: first };
  const width = Number(yield expect("the input's width", { number: pixels }));
  yield expect("x", { words: ["x"] });
  const depth = Number(yield expect("the input's channels", { number: channels }));
  yield lineEnd;
  return { kind: "picture", height: first, width, channels: depth };
}

function* stemLine(flow: Flow, inherited: Inherited): Machine<Stem> {
  const kind = yield expect("a kind of stem", { words: stemNames });
  const width = Number(yield expect("a width", { number: widths(placesOf(flow)) }));
  const values = yield* options(stems[kind as Stem["kind"]], kind, { inherited });
  return { kind, width, ...values } as Stem;
}

function* stageLine(flow: Flow, inherited: Inherited, room: number): Machine<Stage> {
  const most = Math.min(ranges.repeat.max, room);
  const repeat = Number(yield expect("a number of blocks", { number: { ...ranges.repeat, max: most } }));
  const reasons = blockNames.map((name) => [name, refusal(flow, name)] as const);
  const block = (yield expect("a kind of block", {
    words: reasons.flatMap(([name, why]) => (why === undefined ? [name] : [])),
    refused: Object.fromEntries(reasons.flatMap(([name, why]) => (why === undefined ? [] : [[name, why]]))),
  })) as Stage["block"];
  const places = block === "transformer" ? tokensOf(flow) : block === "mlp" ? 1 : placesOf(flow);
  const width = Number(yield expect("a width", { number: widths(places) }));
  const narrowed: Record<string, NumberRange> = {};
  if (block === "transformer") narrowed.heads = { ...ranges.heads, divides: width };
  if (block === "conv") {
    narrowed.groups = { ...ranges.groups, divides: commonDivisor(asPicture(flow)?.channels ?? 1, width) };
  }
  const values = yield* options(blocks[block], block, { inherited, narrowed });
  if (values.heads === 0) values.heads = largestDivisor(width, 4);
  return { kind: "stage", repeat, block, width, ...values } as Stage;
}

function* poolLine(flow: Flow): Machine<Pool> {
  const needs = { why: "max and average pooling need a picture", fix: "Take global" };
  const isPicture = asPicture(flow) !== undefined;
  const pool = yield expect("a kind of pooling", {
    words: isPicture ? pools : ["global"],
    refused: isPicture ? {} : { max: needs, average: needs },
  });
  if (pool === "global") {
    yield lineEnd;
    return { kind: "pool", pool };
  }
  const values = yield* options(poolKind, "pool", {});
  return { kind: "pool", pool, ...values } as Pool;
}

/** @param computes whether there is anything but the head; without it, features would be the input itself */
function* headLine(computes: unknown): Machine<Head> {
  const refused: Expected["refused"] = computes
    ? {}
    : {
        none: {
          why: "without stem and stages there are no features to return",
          fix: "Give a stage before it, or a number of classes",
        },
      };
  const classes = yield expect("a number of classes", {
    number: ranges.classes,
    words: computes ? ["none"] : [],
    refused,
  });
  if (classes === "none") {
    const next = yield expect("the end of the program", { newline: true, end: true });
    if (next === newline) yield expect("the end of the program", { end: true });
    return { classes: null, dropout: 0 };
  }
  const values = yield* options(headKind, "head", { ends: true });
  return { classes: Number(classes), ...values } as Head;
}

/** Options in any order, each once, up to the end of the line. */
function* options(
  kind: Kind,
  name: string,
  {
    inherited = {},
    narrowed = {},
    ends = false,
  }: { inherited?: Inherited; narrowed?: Record<string, NumberRange>; ends?: boolean },
): Machine<Values> {
  const values: Values = { ...kind.defaults };
  for (const [setting, value] of Object.entries(inherited)) {
    if (takes(kind, setting, value)) values[setting] = value;
  }
  const refused: Record<string, Refusal> = {};
  const open = new Set(Object.keys(kind.options));
  for (;;) {
    const what = open.size > 0 ? `an option of ${name}` : "the end of the line";
    const option = yield expect(what, {
      words: [...open],
      newline: true,
      end: ends,
      refused: { ...refused },
    });
    if (option === newline) break;
    if (option === end) return values;
    open.delete(option);
    refused[option] = { why: `${option} is given twice`, fix: "Keep one of them" };
    const spec = kind.options[option];
    if (!spec) throw new Error(`internal: ${name} has no option ${option}`);
    if ("words" in spec) values[option] = yield expect(`a value of ${option}`, { words: spec.words });
    else {
      const range = narrowed[option] ?? spec.number;
      values[option] = Number(yield expect(`a number for ${option}`, { number: range }));
    }
  }
  if (ends) yield expect("the end of the program", { end: true });
  return values;
}

function widths(places: number): NumberRange {
  return { ...ranges.width, max: Math.min(ranges.width.max, Math.floor(limits.values / places)) };
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}
