// The cells that have run, for the front end's "previous input" and search.
import type { Content } from "./protocol/wire";

interface Entry {
  line: number;
  input: string;
  output: string | undefined;
}

export interface History {
  add(line: number, input: string): void;
  /** Remembers the text of a cell's result. */
  setOutput(line: number, output: string): void;
  /** The content of `history_reply`. */
  answer(request: Content): Content;
}

/** Entries kept; older ones are forgotten, so that a long session's memory stays flat. */
const capacity = 10_000;
/** Of a result, in UTF-16 code units. */
const outputLength = 1_000;

/** @see https://jupyter-client.readthedocs.io/en/stable/messaging.html#history */
export function createHistory(): History {
  const entries: Entry[] = [];

  function select({ hist_access_type: access, n, start, stop, session, pattern, unique }: Content): Entry[] {
    if (access === "range") {
      if (session !== undefined && session !== 0 && session !== null) return []; // only what this kernel has run is kept
      const from = Number(start ?? 0);
      const to = stop === undefined || stop === null ? Number.POSITIVE_INFINITY : Number(stop);
      return entries.filter(({ line }) => line >= from && line < to);
    }
    let found = entries;
    if (access === "search") {
      const matches = globMatcher(String(pattern ?? "*"));
      found = found.filter(({ input }) => matches(input));
      if (unique === true) found = [...new Map(found.map((entry) => [entry.input, entry])).values()];
    }
    const count = typeof n === "number" && n >= 0 ? n : found.length;
    return count === 0 ? [] : found.slice(-count);
  }

  return {
    add(line, input) {
      entries.push({ line, input, output: undefined });
      if (entries.length > capacity) entries.shift();
    },

    setOutput(line, output) {
      const last = entries.at(-1);
      if (last?.line === line) last.output = output.slice(0, outputLength);
    },

    answer(request) {
      const history = select(request).map(({ line, input, output }) => [
        0,
        line,
        request.output === true ? [input, output ?? null] : input,
      ]);
      return { status: "ok", history };
    },
  };
}

/** `*` is any text, `?` any character, as in SQLite's GLOB. */
function globMatcher(pattern: string): (text: string) => boolean {
  const source = pattern.replace(/[\\^$.*+?()[\]{}|]/g, (c) =>
    c === "*" ? "[^]*" : c === "?" ? "[^]" : `\\${c}`,
  );
  const expression = new RegExp(`^${source.replace(/(\[\^\]\*)+/g, "[^]*")}$`);
  return (text) => expression.test(text);
}
