// What the graph's rooms say of each network of the corpus, beside what its exporter and its paper say.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { bytesSource, caption, type Facts, facts, importArchitecture } from "../../archbert/graph";

export const folder = join(__dirname, "../../../test/corpus");
export const kinds = ["vision", "sequence", "npm", "keras", "tfjs"] as const;

/** A line of a manifest; corpus.py says what its fields mean. */
export interface Entry {
  file: string;
  source: string;
  exporter: string;
  parameters: number;
  multiplyAdds: number | null;
  counter: string | null;
  published?: number;
  stages: number[] | null;
  family: string | null;
  paper: string;
  sizes?: Record<string, number>;
  folded?: number;
}

export const figures = ["parameters", "multiplyAdds", "stages", "family"] as const;
export type Figure = (typeof figures)[number];

/** What is known to be wrong, and why; a network that is not in it has nothing wrong. */
export type Misses = Record<string, Partial<Record<Figure, string>>>;

export interface Row {
  name: string;
  entry: Entry;
  facts: Facts;
  caption: string;
  /** Which figures differ from what they should be. */
  wrong: Figure[];
}

export function entries(kind: (typeof kinds)[number]): [string, Entry][] {
  const path = join(folder, `${kind}.json`);
  return existsSync(path)
    ? Object.entries(JSON.parse(readFileSync(path, "utf8")) as Record<string, Entry>)
    : [];
}

export function misses(): Misses {
  return JSON.parse(readFileSync(join(folder, "misses.json"), "utf8")) as Misses;
}

export async function row(name: string, entry: Entry): Promise<Row> {
  const bytes = gunzipSync(readFileSync(join(folder, entry.file)));
  const file = entry.file.replace(/^.*\/|\.gz$/g, "");
  const architecture = await importArchitecture(bytesSource(file, bytes));
  const known = facts(architecture, { sizes: entry.sizes ?? {} });
  const said = caption(architecture, { facts: known }).text;
  return { name, entry, facts: known, caption: said, wrong: wrongOf(entry, known) };
}

function wrongOf(entry: Entry, known: Facts): Figure[] {
  const stages = known.stages.map(({ blocks }) => blocks).join();
  const right: Record<Figure, boolean> = {
    parameters: known.parameters === entry.parameters - (entry.folded ?? 0),
    multiplyAdds: entry.multiplyAdds === null || Math.abs(offBy(entry, known) ?? 1) <= 0.02,
    stages: entry.stages === null || stages === entry.stages.join(),
    family: (known.family?.name ?? null) === entry.family,
  };
  return figures.filter((figure) => !right[figure]);
}

/** Multiply-adds: how far ours are from theirs, as a share of theirs. */
export function offBy(entry: Entry, { multiplyAdds }: Facts): number | null {
  if (entry.multiplyAdds === null || multiplyAdds === null) return null;
  return multiplyAdds / entry.multiplyAdds - 1;
}

/** A family where there is another or none: what never may be. */
export function isFalse({ entry, facts: known }: Row): boolean {
  return known.family !== null && known.family.name !== entry.family;
}
