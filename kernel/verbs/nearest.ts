// The right name for a mistyped one.

/** Edits between two words, a swap of neighbours counting as one (optimal string alignment). */
export function distance(a: string, b: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let edits = Math.min(at(previous, j) + 1, at(row, j - 1) + 1, at(previous, j - 1) + (same ? 0 : 1));
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) edits = Math.min(edits, at(before, j - 2) + 1);
      row.push(edits);
    }
    before = previous;
    previous = row;
  }
  return at(previous, b.length);
}

/** The nearest of `names` to `word`, case aside; `undefined` where none is near enough to be meant. */
export function nearest(word: string, names: Iterable<string>): string | undefined {
  const wanted = word.slice(0, 64).toLowerCase();
  let best: string | undefined;
  let least = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const name of names) {
    const near = name.toLowerCase();
    const edits = wanted.length > 1 && near.startsWith(wanted) ? 0.5 : distance(wanted, near);
    if (edits < least) {
      best = name;
      least = edits;
    }
  }
  return best;
}

/** ` Did you mean caption?`, or the choices where nothing is near. */
export function suggestion(word: string, names: readonly string[], prefix = ""): string {
  const near = nearest(word, names);
  if (near) return ` Did you mean ${prefix}${near}?`;
  return names.length > 0 ? ` Choose from ${names.map((name) => prefix + name).join(", ")}.` : "";
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}
