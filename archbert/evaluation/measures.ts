// The measures of the tasks.

export interface Measured {
  /** 0 to 1. */
  value: number;
  /** Of how many cases. */
  count: number;
  /** Half the 95 % interval, where the value is a share of independent cases. */
  error?: number;
}

export function share(hits: readonly boolean[]): Measured {
  const count = hits.length;
  const value = hits.filter(Boolean).length / Math.max(1, count);
  return { value, count, error: 1.96 * Math.sqrt((value * (1 - value)) / Math.max(1, count)) };
}

/** Of what is said to be so and what is: 2 true positives over all that either says. */
export function f1(said: readonly boolean[], is: readonly boolean[]): Measured {
  const both = said.filter((yes, i) => yes && is[i]).length;
  const either = said.filter(Boolean).length + is.filter(Boolean).length;
  return { value: either === 0 ? 0 : (2 * both) / either, count: is.length };
}

/** Area under the ROC curve: how often one that is so scores higher than one that is not; ties are halves. */
export function auc(scores: readonly number[], is: readonly boolean[]): Measured {
  const sorted = scores.map((score, i) => ({ score, yes: is[i] === true })).sort((a, b) => a.score - b.score);
  let rank = 0;
  let sum = 0;
  for (let from = 0; from < sorted.length; ) {
    let to = from;
    while (to < sorted.length && sorted[to]?.score === sorted[from]?.score) to++;
    const middle = (from + to + 1) / 2;
    for (; rank < to; rank++) if (sorted[rank]?.yes) sum += middle;
    from = to;
  }
  const yes = is.filter(Boolean).length;
  const no = is.length - yes;
  return { value: yes * no === 0 ? 0 : (sum - (yes * (yes + 1)) / 2) / (yes * no), count: is.length };
}

/** What two lists have in common, counted with repeats: the share of the larger union. */
export function jaccard(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  let common = 0;
  let all = 0;
  for (const key of new Set([...a.keys(), ...b.keys()])) {
    const [x, y] = [a.get(key) ?? 0, b.get(key) ?? 0];
    common += Math.min(x, y);
    all += Math.max(x, y);
  }
  return all === 0 ? 1 : common / all;
}

/** Chosen on some pairs for others: the score from which most are told right. */
export function bestThreshold(scores: readonly number[], is: readonly boolean[]): number {
  const sorted = [...new Set(scores)].sort((a, b) => a - b);
  let best = { threshold: 0, right: -1 };
  for (const [i, score] of sorted.entries()) {
    const threshold = i === 0 ? score : (score + (sorted[i - 1] as number)) / 2;
    const right = scores.filter((each, j) => each >= threshold === is[j]).length;
    if (right > best.right) best = { threshold, right };
  }
  return best.threshold;
}

export function countsOf(words: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

/** The commonest; undefined where there is none. */
export function commonest(words: Iterable<string>): string | undefined {
  return [...countsOf(words)].sort(([, a], [, b]) => b - a)[0]?.[0];
}
