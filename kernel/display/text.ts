// The text of any value, bounded, whatever the value does to those who look at it.
import { inspect } from "node:util";

/** In UTF-16 code units. */
const longest = 100_000;

export function textOf(value: unknown): string {
  if (typeof value === "string") return bounded(value);
  try {
    const options = { depth: 4, maxArrayLength: 100, maxStringLength: 10_000, breakLength: 100 };
    return bounded(inspect(value, options));
  } catch {
    return "a value that cannot be shown"; // a Proxy or an inspect method that throws
  }
}

export function bounded(text: string, length = longest): string {
  if (text.length <= length) return text;
  return `${text.slice(0, length)}\n… ${(text.length - length).toLocaleString("en")} more characters`;
}
