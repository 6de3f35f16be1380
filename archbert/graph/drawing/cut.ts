// A network that is too large to draw, cut into parts.
import type { Repeat, Span } from "./repeats";

/** Everything between the repeats in equal parts; the repeats too, where they alone are too many. */
export function cut(length: number, repeats: readonly Repeat[], room: number): Repeat[] {
  const kept = repeats.length <= room / 2 ? repeats : [];
  const gaps: Span[] = [];
  let at = 0;
  for (const { blocks } of kept) {
    const [start, end] = [blocks[0]?.start ?? at, blocks.at(-1)?.end ?? at];
    if (start > at) gaps.push({ start: at, end: start });
    at = end;
  }
  if (at < length) gaps.push({ start: at, end: length });
  const left = gaps.reduce((sum, { start, end }) => sum + end - start, 0);
  const size = Math.max(1, Math.ceil(left / Math.max(1, room - kept.length - gaps.length)));
  const pieces = gaps.flatMap(({ start, end }) =>
    Array.from({ length: Math.ceil((end - start) / size) }, (_, k): Repeat => {
      const from = start + k * size;
      return { kind: "part", blocks: [{ start: from, end: Math.min(end, from + size) }], count: 1 };
    }),
  );
  return [...kept, ...pieces].sort((a, b) => (a.blocks[0]?.start ?? 0) - (b.blocks[0]?.start ?? 0));
}
