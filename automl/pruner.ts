// Early stopping across trials: what does worse than most did at the same epoch is not trained on.
import type { Trial } from "./trial";

export interface Pruner {
  /**
   * Whether the trial should end after its latest epoch.
   *
   * @param values  its accuracy after each epoch so far
   * @param epochs  how many it would have
   * @param history the other trials
   * @returns the reason, or null to go on
   */
  prune(values: readonly number[], epochs: number, history: readonly Trial[]): string | null;
}

/** Trials that must have come as far before anything is compared with them. */
const startup = 4;

const bestOf = (values: readonly number[]) => Math.max(...values);

/**
 * Prunes what by its best epoch so far is below the median of the others' best at that epoch; never in the first third
 * of its epochs, nor in the last.
 */
export const medianPruner: Pruner = {
  prune(values, epochs, history) {
    const epoch = values.length;
    if (epoch < Math.ceil(epochs / 3) || epoch >= epochs) return null;
    const others = history
      .filter(({ state }) => state === "complete" || state === "pruned")
      .filter(({ intermediateValues }) => intermediateValues.length >= epoch)
      .map(({ intermediateValues }) => bestOf(intermediateValues.slice(0, epoch)))
      .sort((a, b) => a - b);
    if (others.length < startup) return null;
    const half = others.length / 2;
    const median = ((others[Math.floor(half)] ?? 0) + (others[Math.ceil(half) - 1] ?? 0)) / 2;
    const best = bestOf(values);
    if (best >= median) return null;
    const percent = (value: number) => `${(100 * value).toFixed(1)} %`;
    return `after epoch ${epoch}, ${percent(best)} is below the median of ${others.length} trials, ${percent(median)}`;
  },
};
