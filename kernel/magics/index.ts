// The magics of a cell: one registry for rewriting, completion, inspection, help and the runtime behind them.
import type { Host } from "../host";
import {
  CompileError,
  type Completeness,
  type Completions,
  type ExecuteOptions,
  type Inspection,
  type Language,
  type Offset,
} from "../language";
import { archbert } from "./archbert";
import { architecture } from "./architecture";
import { automl } from "./automl";
import { compiler } from "./compiler";
import { completeMagic } from "./complete";
import { type Detector, detect } from "./detect";
import { doctor } from "./doctor";
import { inspectMagic } from "./inspect";
import { lsmagic } from "./lsmagic";
import type { Magics as Registry } from "./magic";
import { npm } from "./npm";
import type { Rewritten } from "./pieces";
import { type RewriteOptions, rewriteCell } from "./rewrite";
import { createRuntime, type RuntimeOf } from "./runtime";
import { createSyntax } from "./syntax";
import { time } from "./time";

export type { Rewritten } from "./pieces";
export type { RewriteOptions } from "./rewrite";

/** Add a magic: one file, one line here. */
export const magics = {
  archbert,
  automl,
  architecture,
  time,
  npm,
  compiler,
  doctor,
  lsmagic,
} satisfies Registry;

/** The type of the global `archbertMagic`, which rewritten magics call. */
export interface MagicRuntime extends RuntimeOf<typeof magics> {}

export function createMagicRuntime(host: Host): MagicRuntime {
  return createRuntime(magics, host);
}

/** Positions are offsets in the cell as the user wrote it. */
export interface Magics {
  /** @throws CompileError where a magic is wrong, unless `tolerant` */
  rewrite(cell: string, options?: RewriteOptions): Rewritten;
  /** Rewrites and runs a cell; the diagnostics of its CompileError are at their place in the cell. */
  execute(cell: string, options?: ExecuteOptions): Promise<{ value: unknown }>;
  /** `undefined` where the cell has no magics: the language completes it. */
  complete(cell: string, position: Offset): Completions | undefined;
  /** `undefined` where the cell has no magics, or where nothing is known. */
  inspect(cell: string, position: Offset): Inspection | undefined;
  /** `undefined` where the cell has no magics. */
  isComplete(cell: string): Completeness | undefined;
}

export interface MagicsOptions {
  /** File names in completions are relative to it. */
  folder?: () => string;
  registry?: Registry;
}

export function createMagics(
  language: Language,
  { folder = process.cwd, registry = magics }: MagicsOptions = {},
): Magics {
  const isDeclared = (name: string) => language.variables().some((variable) => variable.name === name);
  const detectorFor = (cell: string): Detector => ({
    syntax,
    magics: registry,
    isDeclared: (name) => isDeclared(name) || declares(cell, name),
  });
  const syntax = createSyntax();
  const tolerantly = (cell: string) => rewriteCell(cell, detectorFor(cell), { tolerant: true });

  return {
    rewrite: (cell, options) => rewriteCell(cell, detectorFor(cell), options),
    async execute(cell, options) {
      const rewritten = rewriteCell(cell, detectorFor(cell));
      try {
        return await language.execute(rewritten.source, options);
      } catch (error) {
        if (error instanceof CompileError && rewritten.source !== cell) throw toCell(error, cell, rewritten);
        throw error;
      }
    },
    complete(cell, position) {
      const own = completeMagic(cell, position, detectorFor(cell), { language, folder });
      if (own) return own;
      const { source, toOriginal, toRewritten } = tolerantly(cell);
      if (source === cell) return undefined;
      const { start, end, items } = language.complete(source, toRewritten(position));
      return { start: toOriginal(start), end: toOriginal(end), items };
    },
    inspect(cell, position) {
      const own = inspectMagic(cell, position, detectorFor(cell));
      if (own) return own;
      const { source, toRewritten } = tolerantly(cell);
      return source === cell ? undefined : language.inspect(source, toRewritten(position));
    },
    isComplete(cell) {
      const { calls } = detect(cell, detectorFor(cell));
      if (calls.length === 0) return undefined;
      if (calls.some((call) => call.words.some((word) => word.value.kind === "code" && word.value.open))) {
        return { status: "incomplete", indent: "" };
      }
      const [first] = calls;
      if (first?.kind === "cell" || first?.kind === "body") {
        // As in IPython: a cell magic ends with an empty line.
        const ended =
          /\n[ \t]*\n?[ \t]*$/.test(cell.slice(first.end).replace(/^\r?\n/, "")) &&
          /\S/.test(cell.slice(first.end));
        if (!ended) return { status: "incomplete", indent: "" };
      }
      return language.isComplete(tolerantly(cell).source);
    },
  };
}

/** Whether a cell itself makes `name` a name of its own; a magic of that name, or a package, does not. */
function declares(cell: string, name: string): boolean {
  return new RegExp(
    `\\b(?:const|let|var|function|class|import)\\b[^;\\n=]*(?<![%"'./@])\\b${name}\\b(?!["'/])`,
  ).test(cell);
}

/** A compiler's diagnostics for the rewritten cell, at their place in the cell. */
function toCell(error: CompileError, cell: string, { source, toOriginal }: Rewritten): CompileError {
  const starts = lineStarts(source);
  const originals = lineStarts(cell);
  return new CompileError(
    error.diagnostics.map((diagnostic) => {
      if (diagnostic.file !== undefined) return diagnostic;
      const at = (starts[diagnostic.line] ?? 0) + diagnostic.column;
      const [start, end] = mark(cell, toOriginal(at), toOriginal(at + diagnostic.length));
      const line = originals.findLastIndex((each) => each <= start);
      return { ...diagnostic, line, column: start - (originals[line] ?? 0), length: end - start };
    }),
  );
}

/** What stands for new text begins where its word does: a span without length is that word's. */
function mark(cell: string, start: Offset, end: Offset): [Offset, Offset] {
  if (end > start) return [start, end];
  const [, space = "", word = ""] = /^([ \t{]*)([^\s,;)\]}]*)/.exec(cell.slice(start)) ?? [];
  return word === "" ? [start, end] : [start + space.length, start + space.length + word.length];
}

function lineStarts(text: string): Offset[] {
  return [0, ...[...text.matchAll(/\r\n|[\n\r]/g)].map(({ index, 0: end }) => index + end.length)];
}
