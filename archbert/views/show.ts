// Results that show themselves in a notebook and stay plain data.
//
// The methods are not enumerable, so JSON, deepEqual and spreads see the data alone. The symbol is Deno's convention,
// and read by this project's kernel.

const display = Symbol.for("Jupyter.display");

/** MIME type to content; `text/plain` always. */
export type Content = Record<string, unknown> & { "text/plain": string };

/** The same as a table or a card, too. */
export type Bundle = Content & { "text/html": string };

/** The same as a picture, too. */
export type Picture = Content & { "image/svg+xml": string };

/**
 * Lets a value show itself, in a notebook and through `String(value)`; a value that cannot be extended is left as it is.
 *
 * @param rich what a notebook shows, where that takes longer to make than the text
 * @returns the same object
 */
export function withDisplay<T extends object>(
  value: T,
  show: (value: T) => Content,
  rich: (value: T) => Content | Promise<Content> = show,
): T {
  if (Object.isExtensible(value)) {
    const hidden = { configurable: true, writable: true };
    Object.defineProperty(value, display, { value: () => rich(value), ...hidden });
    Object.defineProperty(value, "toString", { value: () => show(value)["text/plain"], ...hidden });
  }
  return value;
}
