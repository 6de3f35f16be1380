// Programs as tokens: the words of the architecture language, and a table of usual numbers.
import { activations, blockNames, format, nextTokens, norms, type Program, parse } from "../graph/language";

const range = (from: number, to: number, step: number) =>
  Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, i) => from + i * step);

/** Numbers that a program or a fact can name; others are told by their magnitude, and decoded to the nearest of these. */
export const numbers: readonly number[] = [
  ...new Set(
    [
      range(0, 64, 1),
      range(72, 256, 8),
      range(272, 512, 16),
      range(576, 1024, 64),
      range(1152, 2048, 128),
      [
        75, 100, 101, 102, 150, 196, 200, 227, 250, 299, 300, 331, 350, 365, 380, 500, 600, 784, 1000, 2560,
        3072, 4096,
      ],
      range(5, 90, 5).map((n) => n / 100),
    ]
      .flat()
      .sort((a, b) => a - b),
  ),
];
const words = [
  "input",
  "x",
  "\n",
  "stem",
  "stage",
  "pool",
  "head",
  "conv",
  "patch",
  "max",
  "average",
  "global",
  "none",
  "kernel",
  "stride",
  "expansion",
  "groups",
  "heads",
  "se",
  "dropout",
  "norm",
  "activation",
  ...blockNames,
  ...norms,
  ...activations,
];

export const numberName = (value: number) => `n:${value}`;
const numberSet = new Set(numbers);
const programEnd = "p:end";
const wordName = (word: string) => `p:${word}`;

/** Every token a program may hold. */
export const programTokens: readonly string[] = [...new Set(words.map(wordName)), programEnd];

/** The tokens of a program; undefined where it holds a number that no token names. */
export function writeProgram(program: Program): string[] | undefined {
  const text = format({ ...program, name: null });
  const tokens: string[] = [];
  for (const [token] of text.matchAll(/\n|x(?=\d)|\d+(?:\.\d+)?|[A-Za-z]\w*/g)) {
    if (/^\d/.test(token)) {
      if (!numberSet.has(Number(token))) return undefined;
      tokens.push(numberName(Number(token)));
    } else tokens.push(wordName(token));
  }
  while (tokens.at(-1) === wordName("\n")) tokens.pop();
  return [...tokens, programEnd];
}

/** Writes a program token by token under the grammar. */
export interface ProgramMachine {
  /** Tokens that may come next; empty at the end. */
  next: readonly string[];
  take(token: string): void;
  /** Undefined until the end. */
  readonly program: Program | undefined;
}

export function programMachine(): ProgramMachine {
  const written: string[] = [];
  let program: Program | undefined;
  const expected = (): string[] => {
    const { words, number, newline, end } = nextTokens(written);
    const list = words.filter((word) => word !== "network").map(wordName);
    if (newline) list.push(wordName("\n"));
    if (end) list.push(programEnd);
    if (number) {
      const { min, max, divides } = number;
      const fits = (n: number) => n >= min && n <= max && (divides === undefined || divides % n === 0);
      // Whole numbers unless the range is one of fractions.
      const fine = number.step < 1;
      list.push(...numbers.filter((n) => fits(n) && (fine || Number.isInteger(n))).map(numberName));
    }
    return list;
  };
  const self = {
    next: expected(),
    take(token: string) {
      if (!self.next.includes(token)) throw new Error(`internal: "${token}" may not come`);
      if (token === programEnd) {
        program = parse(written.join(" ").replace(/ ?\n ?/g, "\n"));
        self.next = [];
        return;
      }
      written.push(token.slice(2));
      self.next = expected();
    },
    get program() {
      return program;
    },
  };
  return self;
}
