// The networks that a search looks through: files by name, those of folders, and those that patterns such as
// `models/*.onnx` match.
import { lstatSync, opendirSync, type Stats } from "node:fs";
import path from "node:path";
import { ArchError } from "../graph";

/** What a search passes over, and why. */
export interface Skipped {
  name: string;
  reason: string;
}

export interface Collected {
  /** Relative to the folder where they were named so; each once, in alphabetical order within a name. */
  files: string[];
  skipped: Skipped[];
}

export interface CollectLimits {
  files: number;
  /** Folders inside one another. */
  depth: number;
  /** Files and folders looked at. */
  entries: number;
}

const collectLimits: CollectLimits = { files: 1000, depth: 8, entries: 50_000 };

/** By these endings a folder's networks are known from its other files. */
const isNetworkFile = (name: string) =>
  /(?:\.(?:onnx|keras|arch)|(?:^|[\\/])model\.json)(?:\.gz)?$/i.test(name);
export const isUrl = (name: string) => /^https?:\/\//i.test(name);
const magic = /[*?]/;

/**
 * Files to search. Folders are walked without following links, and without hidden folders and `node_modules`.
 *
 * @param names files, folders, patterns with `*`, `**` and `?`, URLs
 * @throws ArchError where a pattern or folder cannot be read
 */
export function collect(
  names: readonly string[],
  folder: string,
  limits: CollectLimits = collectLimits,
): Collected {
  const files = new Set<string>();
  const skipped: Skipped[] = [];
  const add = (file: string, name: string) => {
    if (files.size < limits.files || files.has(file)) files.add(file);
    else if (!skipped.some((one) => one.name === name)) {
      skipped.push({ name, reason: `more than ${limits.files} networks; the rest is left out` });
    }
  };
  for (const name of names) {
    if (isUrl(name)) add(name, name);
    else if (magic.test(name) && !exists(path.resolve(folder, name))) {
      const pattern = name.split(/[\\/]/);
      const fixed = pattern.findIndex((part) => magic.test(part));
      const base = pattern.slice(0, fixed).join("/") || (name.startsWith("/") ? "/" : ".");
      const wanted = patternOf(pattern.slice(fixed).join("/"));
      let matched = 0;
      for (const file of walk(path.resolve(folder, base), base, limits, skipped)) {
        if (!wanted.test(file)) continue;
        matched++;
        add(joined(base, file), name);
      }
      if (matched === 0) skipped.push({ name, reason: "no network matches" });
    } else if (isFolder(path.resolve(folder, name))) {
      for (const file of walk(path.resolve(folder, name), name, limits, skipped))
        add(joined(name, file), name);
    } else add(name, name);
  }
  return { files: [...files], skipped };
}

/** Networks below a folder, relative to it, with slashes. */
function walk(base: string, name: string, limits: CollectLimits, skipped: Skipped[]): string[] {
  const found: string[] = [];
  let entries = 0;
  const visit = (inner: string, depth: number): void => {
    for (const entry of list(
      path.join(base, inner),
      joined(name, inner),
      skipped,
      limits.entries - entries,
    )) {
      entries++;
      const file = inner === "" ? entry.name : `${inner}/${entry.name}`;
      if (entry.name.startsWith(".")) continue;
      if (entry.isFile() && isNetworkFile(entry.name)) found.push(file);
      if (!entry.isDirectory() || entry.name === "node_modules") continue;
      if (depth < limits.depth) visit(file, depth + 1);
      else skipped.push({ name: joined(name, file), reason: `more than ${limits.depth} folders deep` });
    }
  };
  visit("", 1);
  if (entries >= limits.entries) {
    skipped.push({ name, reason: `more than ${limits.entries} files; the rest is left out` });
  }
  return found;
}

function list(folder: string, name: string, skipped: Skipped[], most: number) {
  const entries = [];
  try {
    const open = opendirSync(folder);
    try {
      for (let entry = open.readSync(); entry && entries.length < most; entry = open.readSync())
        entries.push(entry);
    } finally {
      open.closeSync();
    }
  } catch (error) {
    skipped.push({ name, reason: `the folder cannot be read (${(error as NodeJS.ErrnoException).code})` });
  }
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** @throws ArchError for a pattern too long to be one */
function patternOf(pattern: string): RegExp {
  if (pattern.length > 500) throw new ArchError("the pattern is too long", { where: pattern.slice(0, 80) });
  // Runs of stars mean what one does, and would make the expression slow.
  const source = pattern
    .replace(/\*\*(?:\/\*\*)+/g, "**")
    .split(/(\*\*\/?|\*+|\?)/)
    .map((part) => {
      if (part === "**/") return "(?:[^/]+/)*";
      if (part === "**") return ".*";
      if (part.startsWith("*")) return "[^/]*";
      return part === "?" ? "[^/]" : part.replace(/[\\^$.|+()[\]{}]/g, "\\$&");
    });
  return new RegExp(`^${source.join("")}$`);
}

const exists = (file: string) => stat(file) !== undefined;
const isFolder = (file: string) => stat(file)?.isDirectory() ?? false;

/** Undefined where there is nothing, or nothing by a name like that; reading it says why. */
function stat(file: string): Stats | undefined {
  try {
    return lstatSync(file, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function joined(base: string, file: string): string {
  if (base === "." || base === "./" || base === "") return file;
  return `${base.replace(/\/+$/, "")}/${file}`.replace(/\/$/, "");
}
