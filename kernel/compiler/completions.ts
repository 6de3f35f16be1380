// What completes a cell at a position.

import type { Completions, Offset } from "../language";

/** What tslab finds. */
export interface Found {
  start: Offset;
  end: Offset;
  candidates: string[];
  original?: unknown;
}

export function completions(_source: string, _position: Offset, ask: () => Found): Completions {
  const info = ask();
  return { start: info.start, end: info.end, items: info.candidates.map((text) => ({ text })) };
}
