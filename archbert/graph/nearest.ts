// The word that was meant.

/** The nearest of the words, case aside; undefined where none is near enough to be meant. */
export function nearest(typed: string, words: Iterable<string>): string | undefined {
  const wanted = typed.slice(0, 64).toLowerCase();
  let best: string | undefined;
  let least = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const word of words) {
    const other = word.toLowerCase();
    const edits =
      wanted.length > 1 && (other.startsWith(wanted) || wanted.startsWith(other))
        ? 0.5
        : distance(wanted, other);
    if (edits < least) {
      best = word;
      least = edits;
    }
  }
  return best;
}

/** Letters put in, left out, replaced or swapped with their neighbour (optimal string alignment). */
export function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  let above: number[] = [];
  for (let i = 1; i <= a.length; i++) {
    const before = above;
    above = row;
    row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (above[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swaps = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = swaps ? (before[j - 2] ?? 0) + 1 : replaced;
      row.push(Math.min(replaced, swapped, (above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
  }
  return row[b.length] ?? 0;
}
