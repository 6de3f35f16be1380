// Widths for which a number comes out exactly: it is a polynomial of the second degree in them, fitted and solved.
import type { Program } from "../language/program";
import { largestDivisor, ranges } from "../language/vocabulary";
import { inserted, newStage, numberOf, replaced, stagesOf } from "../mutations/tree";

/** Something of a program that can be larger or smaller. */
interface Variable {
  value: number;
  step: number;
  most: number;
  set(program: Program, value: number): Program;
}

type Triple = readonly [Variable, Variable, Variable];

/** How far two of the three are moved, in steps, at most. */
const reach = 120;
/** Solutions that are enough, and how many are looked for to choose them from. */
const enough = 6;
const choice = 60;

/**
 * Programs with other widths whose number lies within the bounds: those that move them least.
 *
 * @param turn with another number, other widths are moved first
 * @param measure the number of a tree; null where it is no program, or one that may not be. Called about a dozen times
 *   per three widths
 */
export function solved(
  program: Program,
  { low, high, turn }: { low: number; high: number; turn: number },
  measure: (tree: Program) => number | null,
): Program[] {
  const longer = inserted(program, program.body.length, newStage("mlp", 32));
  for (const [base, isShared] of [
    [program, true],
    [program, false],
    [longer, true],
  ] as const) {
    if (measure(base) === null) continue;
    const isFree = ({ value, step, set }: Variable) => measure(set(base, value + step)) !== null;
    const { widths, ends } = variablesOf(base, isShared);
    const choices = triples({ widths: widths.filter(isFree), ends: ends.filter(isFree) });
    const start = turn % choices.length;
    for (const triple of [...choices.slice(start), ...choices.slice(0, start)]) {
      const fit = fitted(base, triple, measure);
      const found = fit ? roots(fit, triple, low, high) : [];
      if (found.length > 0) return found.map((steps) => moved(base, triple, steps));
    }
  }
  return [];
}

/** Widths, and the sizes of output and input. Shared: lines of one width stay of one width, so that sums need no projection. */
function variablesOf(program: Program, isShared: boolean): { widths: Variable[]; ends: Variable[] } {
  const step = commonStep(program);
  const { input, stem, head } = program;
  const lines = [
    ...(stem ? [{ at: -1, width: stem.width }] : []),
    ...stagesOf(program).map(({ at, stage }) => ({ at, width: stage.width })),
  ];
  const groups = isShared
    ? [...new Set(lines.map(({ width }) => width))].map((width) =>
        lines.filter((line) => line.width === width),
      )
    : lines.map((line) => [line]);
  const widths = groups.map(
    (group): Variable => ({
      value: group[0]?.width ?? 1,
      step,
      most: ranges.width.max,
      set: (tree, width) => group.reduce((changed, { at }) => withWidth(changed, at, width), tree),
    }),
  );
  const { classes } = head;
  const ends: Variable[] = [];
  if (classes !== null)
    ends.push({
      value: classes,
      step: 1,
      most: ranges.classes.max,
      set: (tree, other) => ({ ...tree, head: { ...tree.head, classes: other } }),
    });
  ends.push(
    input.kind === "picture"
      ? {
          value: input.channels,
          step: 1,
          most: ranges.channels.max,
          set: (tree, channels) => ({ ...tree, input: { ...input, channels } }),
        }
      : {
          value: input.features,
          step: 1,
          most: ranges.features.max,
          set: (tree, features) => ({ ...tree, input: { ...input, features } }),
        },
  );
  return { widths, ends };
}

function withWidth(tree: Program, at: number, width: number): Program {
  if (at < 0) return tree.stem ? { ...tree, stem: { ...tree.stem, width } } : tree;
  const line = tree.body[at];
  if (line?.kind !== "stage") return tree;
  const heads = line.block === "transformer" ? { heads: largestDivisor(width, line.heads) } : {};
  return replaced(tree, at, { ...line, width, ...heads });
}

/** With steps of this, what is a part of a width (a gate, a narrow middle, groups) changes in whole numbers, too. */
function commonStep(program: Program): number {
  let step = 1;
  for (const { stage } of stagesOf(program)) {
    const narrowing = stage.block === "bottleneck" ? stage.expansion * stage.groups : 1;
    for (const part of [narrowing, numberOf(stage, "groups", 1), numberOf(stage, "se") || 1])
      step = (step * part) / gcd(step, part);
  }
  return step;
}

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

/** What stands still, where there are not three that move. */
const fixed: Variable = { value: 1, step: 1, most: 1, set: (tree) => tree };

/** Three of them: widths far apart, two widths with either end, and one with both. */
function triples({ widths, ends }: { widths: readonly Variable[]; ends: readonly Variable[] }): Triple[] {
  const { length } = widths;
  const [first = fixed, last = fixed] = length > 1 ? [widths[0], widths[length - 1]] : [fixed, widths[0]];
  const middle = length > 2 ? widths[length >> 1] : undefined;
  return [
    ...(middle ? [[first, middle, last] as const] : []),
    ...ends.map((end): Triple => [first, last, end]),
  ];
}

function moved(base: Program, triple: Triple, steps: readonly number[]): Program {
  return triple.reduce(
    (tree, { value, step, set }, k) =>
      (steps[k] ?? 0) === 0 ? tree : set(tree, value + step * (steps[k] ?? 0)),
    base,
  );
}

/** Differences at the base: how the number grows with a step of each, and with steps of two together. */
interface Fit {
  at: number;
  first: readonly [number, number, number];
  second: readonly [number, number, number];
  /** Of the first and second, first and third, second and third. */
  mixed: readonly [number, number, number];
}

function fitted(base: Program, triple: Triple, measure: (tree: Program) => number | null): Fit | null {
  const value = (...steps: readonly number[]) => measure(moved(base, triple, steps)) ?? Number.NaN;
  const at = value(0, 0, 0);
  const ones = [value(1, 0, 0), value(0, 1, 0), value(0, 0, 1)];
  const first = ones.map((one) => one - at);
  const second = [value(2, 0, 0), value(0, 2, 0), value(0, 0, 2)].map(
    (two, k) => two - 2 * (ones[k] ?? 0) + at,
  );
  const mixed = [value(1, 1, 0), value(1, 0, 1), value(0, 1, 1)].map(
    (both, k) => both - at - (first[k === 2 ? 1 : 0] ?? 0) - (first[k === 0 ? 1 : 2] ?? 0),
  );
  const fit = { at, first, second, mixed } as unknown as Fit;
  // Where parts are rounded, it is no polynomial.
  return value(3, 2, 4) === numberAt(fit, 3, 2, 4) ? fit : null;
}

function numberAt({ at, first, second, mixed }: Fit, a: number, b: number, c: number): number {
  const pairs = (n: number) => (n * (n - 1)) / 2;
  return (
    at +
    (a * first[0] + b * first[1] + c * first[2]) +
    (pairs(a) * second[0] + pairs(b) * second[1] + pairs(c) * second[2]) +
    (a * b * mixed[0] + a * c * mixed[1] + b * c * mixed[2])
  );
}

/** Steps of the three for which the number lies within the bounds: those that change least, in proportion. */
function roots(fit: Fit, triple: Triple, low: number, high: number): number[][] {
  const found: number[][] = [];
  const [least, most] = [0, 1, 2].reduce(
    ([under, over]: number[][], k) => {
      const { value = 1, step = 1, most: limit = 1 } = triple[k] ?? {};
      return [
        [...(under ?? []), Math.ceil((1 - value) / step)],
        [...(over ?? []), Math.floor((limit - value) / step)],
      ];
    },
    [[], []] as number[][],
  ) as [number[], number[]];
  const within = (steps: number, k: number) => steps >= (least[k] ?? 0) && steps <= (most[k] ?? 0);
  const tryPair = (a: number, b: number) => {
    if (!within(a, 0) || !within(b, 1)) return;
    const c = lastStep(fit, a, b, low, high);
    if (c !== null && within(c, 2)) found.push([a, b, c]);
  };
  for (let shell = 0; shell <= reach && found.length < choice; shell++) {
    for (let i = -shell; i <= shell; i++) {
      tryPair(i, shell);
      if (shell === 0) continue;
      tryPair(i, -shell);
      if (Math.abs(i) === shell) continue;
      tryPair(shell, i);
      tryPair(-shell, i);
    }
  }
  const moves = (steps: readonly number[]) =>
    steps.reduce((sum, by, k) => sum + Math.abs(by * (triple[k]?.step ?? 1)) / (triple[k]?.value ?? 1), 0);
  return found.sort((a, b) => moves(a) - moves(b)).slice(0, enough);
}

/** The third step, given the others; null where none that is whole will do. */
function lastStep(fit: Fit, a: number, b: number, low: number, high: number): number | null {
  const middle = (low + high) / 2;
  const { second, mixed, first } = fit;
  const square = second[2] / 2;
  const slope = first[2] - square + a * mixed[1] + b * mixed[2];
  const rest = numberAt(fit, a, b, 0) - middle;
  const root =
    square === 0 ? -rest / slope : (-slope + Math.sqrt(slope * slope - 4 * square * rest)) / (2 * square);
  if (!Number.isFinite(root)) return null;
  const whole = Math.round(root);
  const value = numberAt(fit, a, b, whole);
  return value >= low && value <= high ? whole : null;
}
