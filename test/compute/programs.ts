// Small programs at random, of every kind of block, with every option somewhere.
import { type BlockName, blockNames, blocks, type Program, parse } from "../../archbert/graph/language";
import type { Rng } from "../../archbert/graph/random";

type Spec =
  | { readonly number: { min: number; max: number; step: number } }
  | { readonly words: readonly string[] };

/** Some of the options, each with some value that it takes. */
function someOptions(random: Rng, options: Readonly<Record<string, Spec>>): string {
  return Object.entries(options)
    .filter(() => random.chance(0.4))
    .map(([name, spec]) => ` ${name} ${someValue(random, name, spec)}`)
    .join("");
}

function someValue(random: Rng, name: string, spec: Spec): string {
  if ("words" in spec) return random.pick(spec.words);
  if (name === "dropout") return random.pick(["0.1", "0.5"]);
  return String(spec.number.min + random.below(3));
}

function stage(random: Rng, block: BlockName): string {
  const width = random.pick([4, 6, 8]);
  return `stage ${1 + random.below(2)} ${block} ${width}${someOptions(random, blocks[block].options)}`;
}

function attempt(random: Rng, must: BlockName): string {
  const isPicture = must === "transformer" || must === "mlp" ? random.chance(0.7) : true;
  const lines = [
    isPicture ? `input ${3 + random.below(5)}x${3 + random.below(5)}x${1 + random.below(3)}` : "input 6",
  ];
  if (isPicture && random.chance(0.5)) {
    lines.push(
      random.chance(0.3) ? "stem patch 6 kernel 2" : `stem conv 4${random.chance(0.5) ? " stride 2" : ""}`,
    );
  }
  if (random.chance(0.3)) lines.push(stage(random, random.pick(blockNames)));
  if (random.chance(0.3))
    lines.push(`pool ${random.pick(["max", "average"])} kernel ${2 + random.below(2)} stride 1`);
  lines.push(stage(random, must));
  if (random.chance(0.3)) lines.push(stage(random, random.pick(blockNames)));
  if (random.chance(0.2)) lines.push("pool global");
  lines.push(random.chance(0.85) ? `head 3${random.chance(0.3) ? " dropout 0.2" : ""}` : "head none");
  return lines.join("\n");
}

/** A program that has at least one block of this kind. */
export function someProgram(random: Rng, must: BlockName): Program {
  for (let i = 0; i < 1000; i++) {
    try {
      return parse(attempt(random, must));
    } catch {
      // The lines do not fit together: a picture's block behind a vector, groups that divide nothing.
    }
  }
  throw new Error(`no program with a ${must} block was found`);
}

/** So many programs for each kind of block. */
export function somePrograms(random: Rng, each: number): Program[] {
  return blockNames.flatMap((name) => Array.from({ length: each }, () => someProgram(random, name)));
}
