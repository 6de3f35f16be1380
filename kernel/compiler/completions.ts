// What completes a cell at a position: tslab's candidates with their kind and type, and what stands inside a string.
import type { CompletionEntry, CompletionInfo } from "typescript";
import type { Completion, Completions, Offset } from "../language";
import { ts } from "./stock";

/** What tslab finds. */
export interface Found {
  start: Offset;
  end: Offset;
  candidates: string[];
  original?: unknown;
}

/** An entry that can tell its type. */
export interface DescribedEntry extends CompletionEntry {
  describe?: () => string | undefined;
  /** Declared in this cell or one before it. */
  own?: boolean;
}

/** Of so many candidates the type is printed: it costs time, and nobody reads more. */
const maxDescribed = 40;

/** Names that are the kernel's own. */
const internal = /^__tslab/;

const types: Readonly<Record<string, string>> = {
  function: "function", "local function": "function", method: "function", constructor: "function",
  var: "instance", let: "instance", const: "instance", "local var": "instance", using: "instance", "await using": "instance",
  parameter: "param", property: "property", getter: "property", setter: "property", accessor: "property",
  class: "class", "local class": "class", interface: "interface", type: "type", enum: "class", "enum member": "property",
  "type parameter": "type", module: "module", "external module name": "module", alias: "module",
  keyword: "keyword", string: "text", directory: "path", script: "path", label: "text", "primitive type": "type",
}; // biome-ignore format: a table

/** The candidates, best first; the span is the word at the position, or the piece of the string. */
export function completionsOf(source: string, position: Offset, found: Found): Completions {
  const original = found.original as CompletionInfo | undefined;
  const entries = new Map<string, DescribedEntry>();
  for (const entry of original?.entries ?? []) if (!entries.has(entry.name)) entries.set(entry.name, entry);
  const inString = stringAt(source, position);
  const { start, end, names } = inString
    ? inStringCandidates(source, position, inString, original)
    : { start: found.start, end: found.end, names: found.candidates };
  const items = names.flatMap((name) => {
    const entry = entries.get(name);
    // A "warning" is a word seen elsewhere in the text, not a name.
    return !entry || entry.kind === "warning" || internal.test(name) ? [] : [entry];
  });
  if (original?.isGlobalCompletion) ownFirst(items, source.slice(start, position));
  return { start, end, items: items.map((entry, i) => item(entry, i < maxDescribed)) };
}

/** Among names that begin as typed, and among the others, the user's own come first. */
function ownFirst(items: DescribedEntry[], typed: string): void {
  const rank = ({ name, own }: DescribedEntry) => (name.startsWith(typed) ? 0 : 2) + (own ? 0 : 1);
  items.sort((a, b) => rank(a) - rank(b));
}

function item(entry: DescribedEntry, described: boolean): Completion {
  const type = types[entry.kind];
  const signature = described ? entry.describe?.() : undefined;
  return { text: entry.name, ...(type ? { type } : {}), ...(signature ? { signature } : {}) };
}

/** The inside of the string literal around a position. */
function stringAt(source: string, position: Offset): { start: Offset; end: Offset } | undefined {
  const file = ts.createSourceFile("cell.ts", source, ts.ScriptTarget.ESNext, true);
  const node = ts.getTouchingPropertyName(file, Math.max(0, position - 1));
  if (!ts.isStringLiteral(node) && !ts.isNoSubstitutionTemplateLiteral(node)) return undefined;
  const start = node.getStart(file) + 1;
  const quote = source[start - 1];
  const closed = node.end > start && source[node.end - 1] === quote;
  const end = closed ? node.end - 1 : node.end;
  return position >= start && position <= end ? { start, end } : undefined;
}

function inStringCandidates(
  source: string,
  position: Offset,
  inside: { start: Offset; end: Offset },
  original: CompletionInfo | undefined,
): { start: Offset; end: Offset; names: string[] } {
  const entries = original?.entries ?? [];
  const inPath = entries.some(({ kind }) => kind !== "string");
  // In a path only its last part is replaced.
  const slash = inPath ? source.lastIndexOf("/", position - 1) + 1 : 0;
  const start = Math.max(inside.start, slash);
  const typed = source.slice(start, position).toLowerCase();
  const names = entries.map(({ name }) => name).filter((name) => name.toLowerCase().startsWith(typed));
  return { start, end: Math.max(inside.end, position), names: inPath ? names.sort() : names };
}
