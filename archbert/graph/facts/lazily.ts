// Objects whose values are computed when first read, and kept.

/** Reads, spreads and prints as an object of the values. */
export function lazily<T extends object>(compute: { readonly [K in keyof T]: () => T[K] }): Readonly<T> {
  const values = {} as T;
  for (const key of Object.keys(compute) as (keyof T & string)[]) {
    let kept: { value: T[typeof key] } | undefined;
    Object.defineProperty(values, key, {
      enumerable: true,
      get: () => {
        kept ??= { value: compute[key]() };
        return kept.value;
      },
    });
  }
  return values;
}
