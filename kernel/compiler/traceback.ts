// An error as the user should read it: its name and message, the line at fault, the frames of the user's own code.
import { relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { inspect } from "node:util";
import { packageRoot } from "./locate";
import { isCell, isWrapping, type Located, locate } from "./sources";

interface Frame {
  /** The function, where it has a name. */
  name: string | undefined;
  file: string;
  /** Zero-based, in the user's source. */
  line: number;
  column: number;
  source: Located | undefined;
}

const maxFrames = 12;
/** Causes of causes, and errors of an AggregateError, that are shown. */
const maxDepth = 8;
const maxErrors = 10;
/** A message longer than this is cut: it may be a whole file. */
const maxMessage = 20_000;

const colour = (code: number) => (text: string) => `\u001b[${code}m${text}\u001b[0m`;
const red = colour(31);
const dim = colour(90);
const cyan = colour(36);

/**
 * The traceback of whatever was thrown, in lines with ANSI colours.
 *
 * Only frames of cells and of the user's files are in it. Never throws, whatever the error's getters do.
 */
export function cleanTraceback(error: unknown): string[] {
  return describe(error, new Set(), 0);
}

function describe(error: unknown, seen: Set<unknown>, depth: number): string[] {
  if (!isError(error)) return [`${red("Thrown")}: ${show(error)}`];
  if (seen.has(error)) return [dim("(an error shown above)")];
  seen.add(error);
  const frames = framesOf(error);
  const lines = [headOf(error), ...excerpt(frames[0]), ...frames.slice(0, maxFrames).map(frameLine)];
  if (frames.length > maxFrames) lines.push(dim(`    … ${frames.length - maxFrames} more`));
  if (depth >= maxDepth) return lines;
  const errors = read(error, "errors");
  if (Array.isArray(errors)) {
    for (const [i, inner] of errors.slice(0, maxErrors).entries()) {
      lines.push(dim(`Error ${i + 1} of ${errors.length}:`), ...describe(inner, seen, depth + 1).map(indent));
    }
  }
  const cause = read(error, "cause");
  if (cause !== undefined) lines.push(dim("Caused by:"), ...describe(cause, seen, depth + 1).map(indent));
  return lines;
}

function headOf(error: object): string {
  const name = text(read(error, "name")) || "Error";
  const code = text(read(error, "code"));
  const label = code && !name.includes(code) ? `${red(name)} ${dim(`[${code}]`)}` : red(name);
  const message = text(read(error, "message"));
  return message ? `${label}: ${message}` : label;
}

function excerpt(frame: Frame | undefined): string[] {
  if (!frame?.source) return [];
  const { lines, line, column } = frame.source;
  const width = String(line + 1).length;
  const at = lines.length - 1;
  const numbered = lines.map((content, i) => {
    const number = String(line + 1 - at + i).padStart(width);
    return i === at ? `${red(">")} ${number} | ${content}` : `  ${dim(`${number} | ${content}`)}`;
  });
  const before = (lines[at] ?? "").slice(0, column).replace(/[^\t]/g, " ");
  return [...numbered, `  ${" ".repeat(width)} | ${before}${red("^")}`];
}

function frameLine({ name, file, line, column }: Frame): string {
  const place = cyan(`${file}:${line + 1}:${column + 1}`);
  return name ? `    at ${name} (${place})` : `    at ${place}`;
}

function framesOf(error: object): Frame[] {
  const stack = text(read(error, "stack"));
  return stack.split("\n").flatMap((line) => {
    const match = /^\s+at (?:(.*?) \()?(.+?):(\d+):(\d+)\)?$/.exec(line);
    const [, name, place = "", row = "1", column = "1"] = match ?? [];
    const file = match && userFile(place);
    if (!file || isWrapping(file, Number(row) - 1)) return [];
    const source = locate(file, { line: Number(row) - 1, column: Number(column) - 1 });
    return [
      {
        name: name && !/^(Object\.)?<anonymous>$/.test(name) ? name.replace(/^exports\./, "") : undefined,
        file: isCell(file) ? file : shorten(file),
        line: source?.line ?? Number(row) - 1,
        column: source?.column ?? Number(column) - 1,
        source,
      },
    ];
  });
}

/** The file of a frame if it is a cell or the user's own. */
function userFile(place: string): string | undefined {
  if (isCell(place)) return place;
  if (/^(node:|evalmachine|<anonymous>)/.test(place)) return undefined;
  let path = place;
  if (place.startsWith("file:")) {
    try {
      path = fileURLToPath(place);
    } catch {
      return undefined;
    }
  }
  if (path.includes(`${sep}node_modules${sep}`) || !path.includes(sep)) return undefined;
  const own = `${packageRoot()}${sep}`;
  // In a clone the notebooks lie in our own folder; what is ours to hide is the compiled code.
  return path.startsWith(`${own}dist${sep}`) ? undefined : path;
}

function shorten(path: string): string {
  const near = relative(process.cwd(), path);
  return near.startsWith("..") ? path : near;
}

function isError(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  return value instanceof Error || Object.prototype.toString.call(value) === "[object Error]";
}

/** A member of an object of which nothing is known. */
function read(value: object, name: string): unknown {
  try {
    return (value as Record<string, unknown>)[name];
  } catch {
    return undefined; // a getter that throws has nothing to tell here
  }
}

function text(value: unknown): string {
  if (typeof value !== "string" && typeof value !== "number") return "";
  const whole = String(value);
  return whole.length > maxMessage ? `${whole.slice(0, maxMessage)}…` : whole;
}

function show(value: unknown): string {
  try {
    const shown = typeof value === "string" ? value : inspect(value, { depth: 3, maxStringLength: 2000 });
    return shown.length > maxMessage ? `${shown.slice(0, maxMessage)}…` : shown;
  } catch {
    return "a value that cannot be shown";
  }
}

function indent(line: string): string {
  return `  ${line}`;
}
