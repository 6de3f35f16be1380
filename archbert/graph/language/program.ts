// A program of the architecture language as a syntax tree: plain data, every setting written out.
import type { BlockName, blocks, headKind, Kind, poolKind, StemName, stems } from "./vocabulary";

/** The settings of a kind of line, with their types: numbers, or words of the vocabulary. */
type Settings<K extends Kind> = {
  -readonly [O in keyof K["options"]]: K["options"][O] extends { words: readonly (infer W)[] } ? W : number;
};

export type Input =
  | { kind: "picture"; height: number; width: number; channels: number }
  | { kind: "features"; features: number };

export type Stem = { [K in StemName]: { kind: K; width: number } & Settings<(typeof stems)[K]> }[StemName];

/** Blocks of one kind in a row; the first of them takes the stride. */
export type Stage = {
  [K in BlockName]: { kind: "stage"; repeat: number; block: K; width: number } & Settings<(typeof blocks)[K]>;
}[BlockName];

/** The stage of one kind of block. */
export type StageOf<K extends BlockName> = Extract<Stage, { block: K }>;

export type Pool =
  | ({ kind: "pool"; pool: "max" | "average" } & Settings<typeof poolKind>)
  | { kind: "pool"; pool: "global" };

export type Line = Stage | Pool;

/** `classes: null` returns features: what the last line gives. */
export type Head = { classes: number | null } & Settings<typeof headKind>;

/**
 * Plain JSON data. Two texts that mean the same give equal programs, whatever they leave to defaults; `format` writes
 * the one canonical text.
 */
export interface Program {
  name: string | null;
  input: Input;
  stem: Stem | null;
  body: Line[];
  head: Head;
}
