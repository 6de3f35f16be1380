// Splits that keep every class at its share: the same ones for the same seed.
import { rng } from "../archbert/graph/random";

/**
 * Shares the examples out by class.
 *
 * @param sizes how many go into each part; together at most as many as there are labels
 * @returns the indices of each part: all different, each class in each part at its share but for one example
 */
export function stratifiedSplit(
  labels: ArrayLike<number>,
  sizes: readonly number[],
  { seed }: { seed: number },
): number[][] {
  const byClass = new Map<number, number[]>();
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i] ?? 0;
    const members = byClass.get(label);
    if (members) members.push(i);
    else byClass.set(label, [i]);
  }
  const random = rng(seed);
  // Every class spreads its members evenly over 0 to 1, so that any stretch of it holds each class at its share.
  const placed = [...byClass]
    .sort(([a], [b]) => a - b)
    .flatMap(([label, members]) =>
      random.shuffle(members).map((index, place) => ({ index, label, at: (place + 0.5) / members.length })),
    )
    .sort((a, b) => a.at - b.at || a.label - b.label);
  let from = 0;
  return sizes.map((size) => {
    const part = placed.slice(from, from + size).map(({ index }) => index);
    from += size;
    return part;
  });
}
