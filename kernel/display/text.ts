// The text of any value, bounded, whatever the value does to those who look at it.
import { inspect, types } from "node:util";

/** Of a text that is shown, in UTF-16 code units. */
const longest = 100_000;
/** How many values of a nested one are written out. */
const mostParts = 20_000;
const mostProperties = 100;
const deepest = 4;

/** Never throws and never runs a getter. */
export function textOf(value: unknown): string {
  try {
    if (typeof value === "string") return bounded(value);
    if (typeof value === "function") return bounded(signature(value), 500);
    if (types.isNativeError(value) && !types.isProxy(value)) return bounded(errorText(value));
    return bounded(objectText(value));
  } catch {
    return "a value that cannot be shown"; // its inspect method, or the getter of its message, throws
  }
}

/** On one line, for a cell of a table or a note. */
export function lineOf(value: unknown, length = 200): string {
  const text = typeof value === "string" ? value : shallow(value);
  const line = text.slice(0, length + 1).replace(/\s*\n\s*/g, " ");
  return line.length > length || text.length > length ? `${cut(line, length - 1)}…` : line;
}

/** The start of a text, and a note of how much is missing. */
export function bounded(text: string, length = longest): string {
  if (text.length <= length) return text;
  const start = cut(text, length);
  return `${start}\n… ${grouped(text.length - start.length)} more characters`;
}

/** 1,234,567 */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ",");
}

/** Never between the halves of a surrogate pair. */
function cut(text: string, length: number): string {
  return text.slice(0, length).replace(/[\ud800-\udbff]$/, "");
}

function shallow(value: unknown): string {
  if (typeof value !== "object" || value === null) return textOf(value);
  try {
    if (wideKeys(value)) return textOf(value);
    return inspect(value, { depth: 1, maxArrayLength: 20, maxStringLength: 200, breakLength: Infinity });
  } catch {
    return "a value that cannot be shown";
  }
}

function objectText(value: unknown): string {
  const keys = wideKeys(value);
  const options = { maxArrayLength: 100, maxStringLength: 10_000, breakLength: 100 };
  if (types.isPromise(value)) return promiseText(inspect(value, { ...options, depth: 2 }));
  if (!keys) return inspect(value, { ...options, depth: affordableDepth(value) });
  const shown = keys.slice(0, mostProperties);
  const properties = shown.map((key) => [key, Object.getOwnPropertyDescriptor(value, key)]);
  const start = Object.create(Object.getPrototypeOf(value), Object.fromEntries(properties));
  return `${inspect(start, { ...options, depth: 1 })}\n… ${grouped(keys.length - shown.length)} more properties`;
}

/** Leaves out what Node hangs on each promise once a program follows its asynchronous calls. */
function promiseText(text: string): string {
  const bare = text.replace(
    /,\s*\[?Symbol\((?:async_id_symbol|trigger_async_id_symbol|kResourceStore)\)\]?: (?:\d+|undefined)/g,
    "",
  );
  return bare === text ? text : bare.replace(/^Promise \{\s+([^\n]*)\s+\}$/, "Promise { $1 }");
}

/** `inspect` bounds arrays, maps and sets, but writes every property of an object: the keys of one that has too many. */
function wideKeys(value: unknown): string[] | undefined {
  if (typeof value !== "object" || value === null || types.isProxy(value)) return undefined;
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return undefined;
  const keys = Object.keys(value);
  return keys.length > mostParts ? keys : undefined;
}

/** The depth to which a value has no more parts than can be read. */
function affordableDepth(value: unknown): number {
  let level = [value];
  let parts = 0;
  for (let depth = 0; depth <= deepest; depth++) {
    const next: unknown[] = [];
    for (const part of level) {
      const before = next.length;
      pushParts(part, next);
      parts += next.length - before;
      if (parts > mostParts) return Math.max(0, depth - 1);
    }
    level = next;
  }
  return deepest;
}

function pushParts(value: unknown, parts: unknown[]): void {
  if (typeof value !== "object" || value === null || types.isProxy(value) || ArrayBuffer.isView(value))
    return;
  if (value instanceof Map) for (const [key, item] of first(value)) parts.push(key, item);
  else if (value instanceof Set) parts.push(...first(value));
  else {
    const keys = Array.isArray(value) ? [...value.slice(0, 100).keys()] : Object.keys(value);
    if (keys.length > mostParts) {
      parts.length += mostParts + 1;
      return;
    }
    for (const key of keys) parts.push(Object.getOwnPropertyDescriptor(value, key)?.value);
  }
}

function first<T>(items: Iterable<T>): T[] {
  const kept: T[] = [];
  for (const item of items) {
    if (kept.length === 100) break;
    kept.push(item);
  }
  return kept;
}

/** Without the stack, which tells of the kernel and not of the user: name, message, properties, causes. */
function errorText(error: Error, depth = 0): string {
  const heading = error.message ? `${error.name}: ${error.message}` : error.name;
  const properties = Object.keys(error)
    .filter((key) => key !== "name" && key !== "message" && key !== "where" && key !== "fix")
    .slice(0, 20)
    .map((key) => `\n  ${key}: ${lineOf(Object.getOwnPropertyDescriptor(error, key)?.value)}`);
  const causes: unknown[] = error.cause === undefined ? [] : [error.cause];
  if (error instanceof AggregateError) causes.push(...error.errors.slice(0, 10));
  const because = causes.map((cause) => {
    const nested = types.isNativeError(cause) && depth < 4 ? errorText(cause, depth + 1) : lineOf(cause);
    return `\n  because of ${nested.replaceAll("\n", "\n  ")}`;
  });
  return heading + properties.join("") + because.join("");
}

/** How it is called: `function add(a, b)`, `add = (a, b) => …`, `class Net extends Model`. */
function signature(value: (...args: never[]) => unknown): string;
function signature(value: unknown): string;
function signature(value: unknown): string {
  const source = Function.prototype.toString.call(value).slice(0, 2000).replace(/\s+/g, " ");
  const name = Object.getOwnPropertyDescriptor(value, "name")?.value;
  if (/^class\b/.test(source)) return source.slice(0, source.indexOf("{")).trim();
  const head = source.slice(0, endOfParameters(source));
  const arrow = /^\s*=>/.test(source.slice(head.length));
  if (!arrow) return head;
  return `${name ? `${name} = ` : ""}${head.trim()} => …`;
}

function endOfParameters(source: string): number {
  const bare = /^(?:async )?[\w$]+(?= ?=>)/.exec(source);
  if (bare) return bare[0].length;
  let open = 0;
  for (let i = source.indexOf("("); i >= 0 && i < source.length; i++) {
    if (source[i] === "(") open++;
    else if (source[i] === ")" && --open === 0) return i + 1;
  }
  return source.length;
}
