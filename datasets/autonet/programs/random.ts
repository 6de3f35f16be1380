// Programs as people design them: a style, and widths that bring it near a number of parameters drawn beforehand.
import { ArchError, type Program, parse, type Rng } from "../../../archbert/graph";
import { classCounts, widths } from "./sizes";
import { type Loose, type Skeleton, styles } from "./styles";

/** Few lines are longer than this; a network of more blocks tells nothing new. */
const tries = 12;

/**
 * A program of the architecture language, from a thousand parameters to some 30 million. It always builds.
 *
 * @param random moved by as much as the program needs
 */
export function randomProgram(random: Rng): Program {
  for (let i = 0; i < tries; i++) {
    const program = drawn(random);
    if (program) return program;
  }
  return parse("input 28x28x1\nstage 2 conv 16 stride 2\nhead 10\n");
}

function drawn(random: Rng): Program | null {
  const skeleton = pickWeighted(random, styles)(random);
  const classes = random.chance(0.04) && skeleton.body.length > 0 ? null : classesOf(random, skeleton);
  if (skeleton.fixed) return checked(written(skeleton, classes, (share) => share));
  const target = 10 ** (3 + random.next() * 4.48);
  const base = nearestBase(skeleton, classes ?? 0, target);
  return checked(written(skeleton, classes, (share) => snap(base * share)));
}

function classesOf(random: Rng, { input }: Skeleton): number {
  if (input.kind === "picture" && input.height >= 128 && random.chance(0.4)) return 1000;
  return random.pick(random.chance(0.6) ? classCounts.slice(0, 9) : classCounts);
}

export function pickWeighted<T>(random: Rng, entries: readonly (readonly [number, T])[]): T {
  let at = random.next() * entries.reduce((sum, [weight]) => sum + weight, 0);
  for (const [weight, value] of entries) {
    at -= weight;
    if (at < 0) return value;
  }
  const [last] = entries.slice(-1);
  if (!last) throw new Error("internal: nothing to pick from");
  return last[1];
}

/** The usual width nearest to this one, in proportion. */
export function snap(width: number): number {
  let best: number = widths[0];
  for (const usual of widths) {
    if (Math.abs(Math.log(usual / width)) < Math.abs(Math.log(best / width))) best = usual;
  }
  return best;
}

function nearestBase(skeleton: Skeleton, classes: number, target: number): number {
  let best: number = widths[0];
  let error = Infinity;
  for (const base of widths) {
    const off = Math.abs(Math.log(roughly(skeleton, classes, base) / target));
    if (off < error) [best, error] = [base, off];
  }
  return best;
}

/** Parameters by a rough count: convolutions and linear layers only. */
function roughly({ input, stem, body }: Skeleton, classes: number, base: number): number {
  let total = 0;
  let places = input.kind === "picture" ? input.height * input.width : 1;
  let from = input.kind === "picture" ? input.channels : input.features;
  const lines = stem ? [{ ...stem, block: stem.kind, repeat: 1 }, ...body] : body;
  for (const line of lines) {
    const stride = Number(line.block === "patch" ? line.kernel : (line.stride ?? 1));
    places = Math.max(1, places / stride ** 2);
    if (line.kind === "pool") {
      if (line.pool === "global") places = 1;
      continue;
    }
    const width = snap(base * (line.width ?? 1));
    if (line.block === "mlp") {
      from *= places;
      places = 1;
    }
    for (let i = 0; i < Number(line.repeat); i++, from = width) total += weights(line, from, width);
  }
  return total + from * classes;
}

function weights(line: Record<string, unknown>, from: number, width: number): number {
  const kernel = Number(line.kernel ?? 1) ** 2;
  const expansion = Number(line.expansion ?? 1);
  const groups = Number(line.groups ?? 1);
  switch (line.block) {
    case "residual":
      return kernel * (from * width + width * width) + (from === width ? 0 : from * width);
    case "bottleneck": {
      const inner = width / expansion;
      return inner * (from + width) + (kernel * inner * inner) / groups + (from === width ? 0 : from * width);
    }
    case "inverted":
      return from * expansion * (from + width + kernel);
    case "separable":
      return from * (width + kernel);
    case "transformer":
      return width * width * (4 + 2 * expansion);
    default:
      return (kernel * from * width) / groups;
  }
}

function written(
  { input, stem, body, dropout }: Skeleton,
  classes: number | null,
  scale: (share: number) => number,
) {
  const size =
    input.kind === "picture" ? [input.height, input.width, input.channels].join("x") : input.features;
  const lines = body.map((line) => {
    if (line.kind === "pool") return `pool ${line.pool}${line.pool === "global" ? "" : options(line)}`;
    return `stage ${line.repeat} ${line.block} ${scale(line.width ?? 1)}${options(line)}`;
  });
  if (stem) lines.unshift(`stem ${stem.kind} ${scale(stem.width ?? 1)}${options(stem)}`);
  if (classes === null && body.at(-1)?.block !== "mlp") lines.push("pool global");
  lines.push(classes === null ? "head none" : `head ${classes}${dropout > 0 ? ` dropout ${dropout}` : ""}`);
  return `input ${size}\n${lines.join("\n")}\n`;
}

const named = new Set(["kind", "width", "repeat", "block", "pool"]);

function options(line: Loose): string {
  return Object.entries(line)
    .filter(([name, value]) => !named.has(name) && value !== undefined)
    .map(([name, value]) => ` ${name} ${value}`)
    .join("");
}

/** The program, where it is one: groups must divide widths, attention sees so many tokens. */
export function checked(text: string): Program | null {
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof ArchError) return null;
    throw error;
  }
}
