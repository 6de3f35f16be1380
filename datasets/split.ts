// Splits that keep every class at its share: the same ones for the same seed.
import { ArchError } from "../archbert/graph/errors";
import { checkList, checkOptions, checkWhole, isObject, refused } from "../archbert/graph/guard";
import { rng } from "../archbert/graph/random";

/**
 * Shares the examples out by class.
 *
 * @param sizes how many go into each part; together at most as many as there are labels
 * @param options `seed`: of the order of each class
 * @returns the indices of each part: all different, each class in each part at its share but for one example
 * @throws ArchError where there are fewer labels
 */
export function stratifiedSplit(
  labels: ArrayLike<number>,
  sizes: readonly number[],
  options: { seed: number },
): number[][] {
  const where = "stratifiedSplit";
  if (!isObject(labels) || !Number.isInteger(labels.length)) throw refused(labels, "list of labels", where);
  checkList(sizes, "sizes", where, (size) => checkWhole(size, 0, labels.length, `${where} sizes`));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (total > labels.length)
    throw new ArchError(`${total} examples of ${labels.length} cannot be given out`, { where });
  checkOptions(options, where);
  checkWhole(options.seed, 0, 2 ** 32 - 1, `${where} seed`);
  const byClass = new Map<number, number[]>();
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i] ?? 0;
    const members = byClass.get(label);
    if (members) members.push(i);
    else byClass.set(label, [i]);
  }
  const random = rng(options.seed);
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
