// Options as they are typed.

/** `maxDepth` as it is typed: `--max-depth`. */
export function flagOf(key: string): string {
  return `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
