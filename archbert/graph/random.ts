// Random numbers from a seed: every random choice of the product is one of these, so that it can be made again.

export interface Rng {
  /** In [0, 1). */
  next(): number;
  /** A whole number from 0 to below n. */
  below(n: number): number;
  /** One of them, each as likely. @throws Error when there is none */
  pick<T>(list: readonly T[]): T;
  /** A new list in random order. */
  shuffle<T>(list: readonly T[]): T[];
  /** True with this probability. */
  chance(probability: number): boolean;
  /** A stream of its own: what is drawn from one does not move the other. */
  fork(): Rng;
}

/**
 * Random numbers out of a seed: a multiplicative counter whose bits are mixed twice (32 bits of state).
 *
 * @param seed any number; its low 32 bits count
 */
export function rng(seed: number): Rng {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
  const below = (n: number) => Math.floor(next() * n);
  return {
    next,
    below,
    pick: (list) => {
      if (list.length === 0) throw new Error("internal: nothing to pick from");
      return list[below(list.length)] as (typeof list)[number];
    },
    shuffle: (list) => {
      const shuffled = [...list];
      for (let i = shuffled.length - 1; i > 0; i--) {
        const j = below(i + 1);
        [shuffled[i], shuffled[j]] = [
          shuffled[j] as (typeof list)[number],
          shuffled[i] as (typeof list)[number],
        ];
      }
      return shuffled;
    },
    chance: (probability) => next() < probability,
    fork: () => rng(next() * 2 ** 32),
  };
}
