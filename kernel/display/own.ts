// What a value says about its own display, checked: any code may have written it.
import { lineOf, textOf } from "./text";

type Content = Record<string, unknown>;

export interface Checked {
  data: Content;
  metadata: Content;
  /** What was left out and why, one sentence each. */
  notes: string[];
}

/** Of one MIME type's content, in UTF-16 code units; an interactive plot takes 1.3 MB. */
const longest = 16 << 20;
const mostTypes = 50;
const patienceMs = 60_000;

/** Resolves to `undefined` if the promise takes longer than a reader waits. */
export async function inTime<T>(promise: T | Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), patienceMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Reads what a display method has returned: MIME type to content, or `{ data, metadata }` of that. */
export function checkOwn(returned: unknown): Checked {
  const checked: Checked = { data: {}, metadata: {}, notes: [] };
  if (typeof returned !== "object" || returned === null) {
    checked.notes.push(`its display is ${lineOf(returned, 40)}, not an object of MIME types`);
    return checked;
  }
  const { data, metadata } = returned as { data?: unknown; metadata?: unknown };
  const wrapped = typeof data === "object" && data !== null;
  const content = (wrapped ? data : returned) as Content;
  if (wrapped && typeof metadata === "object" && metadata !== null)
    checked.metadata = (toJson(metadata) as Content) ?? {};
  for (const mimeType of Object.keys(content).slice(0, mostTypes)) {
    if (!/^[\w.+-]+\/[\w.+-]+(?:;.*)?$/.test(mimeType)) {
      checked.notes.push(`${lineOf(mimeType, 60)} is no MIME type`);
      continue;
    }
    try {
      const shown = contentOf(mimeType, content[mimeType]);
      if (shown !== undefined) checked.data[mimeType] = shown;
    } catch (error) {
      checked.notes.push(
        `${mimeType} is left out: ${lineOf(error instanceof Error ? error.message : error)}`,
      );
    }
  }
  return checked;
}

/** Binary as base64, JSON types as JSON, all else as text. */
function contentOf(mimeType: string, value: unknown): unknown {
  if (value === undefined) return undefined;
  if (value instanceof Uint8Array) {
    if (value.length > longest) throw new Error("it is too large");
    const isText = /^text\/|\+xml$/.test(mimeType);
    return Buffer.from(value.buffer, value.byteOffset, value.length).toString(isText ? "utf8" : "base64");
  }
  if (typeof value === "string") {
    if (value.length > longest) throw new Error("it is too large");
    return value;
  }
  if (!/[/+]json$/.test(mimeType)) return textOf(value);
  return toJson(value);
}

/** @throws Error where JSON cannot hold it */
export function toJson(value: unknown): unknown {
  const text: string | undefined = JSON.stringify(value, (_, item) => {
    if (typeof item === "bigint") return String(item);
    return ArrayBuffer.isView(item) && "length" in item ? Array.from(item as never) : item;
  });
  if (text === undefined) return undefined;
  if (text.length > longest) throw new Error("it is too large");
  return JSON.parse(text);
}
