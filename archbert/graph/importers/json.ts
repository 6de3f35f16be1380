// JSON out of files: read within bounds, and looked into without trust.
import { ImportError } from "../errors";
import type { ByteSource } from "./source";

export type Json = Readonly<Record<string, unknown>>;

/** Bounds on a description of a network; ten times what the largest public ones have. */
const limits = { bytes: 64 << 20, values: 4_000_000 };

/**
 * @param source borrowed; read whole
 * @throws ImportError when it is too large to be a network's description, or no JSON
 */
export async function readJson(source: ByteSource): Promise<unknown> {
  if (source.size > limits.bytes) {
    throw new ImportError(`more than ${limits.bytes >> 20} MB of JSON, which no network's description is`, {
      where: source.name,
    });
  }
  return parseJson(await source.read(0, source.size), source.name);
}

/** @param where the file's name, for errors */
export function parseJson(bytes: Uint8Array, where: string): unknown {
  // A value takes one byte of text and up to a hundred bytes of memory: counted before any is made.
  let values = 0;
  for (const byte of bytes) if (byte === 0x2c || byte === 0x5b || byte === 0x7b) values++;
  if (values > limits.values) throw new ImportError("more JSON values than a network has", { where });
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    const reason = error instanceof Error ? error.message.slice(0, 120) : "";
    throw new ImportError(`damaged or incomplete JSON (${reason})`, { where });
  }
}

/** Whether a file that begins with these bytes is a JSON object with one of the keys near its beginning. */
export function beginsWithKey(head: Uint8Array, keys: readonly string[]): boolean {
  const text = new TextDecoder().decode(head);
  return /^\uFEFF?\s*\{/.test(text) && keys.some((key) => text.includes(`"${key}"`));
}

export function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The object, or an empty one for anything else. */
export function object(value: unknown): Json {
  return isObject(value) ? value : {};
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function text(value: unknown, byDefault = ""): string {
  return typeof value === "string" ? value : byDefault;
}

export function isNumbers(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((item) => typeof item === "number");
}
