// Files and folders that are whole or not there: a door of its own, since whoever writes a file need not load what trains.
import { randomUUID } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { ArchError, type ErrorContext } from "../archbert/graph/errors";

const reasons: Record<string, string> = {
  ENOENT: "its folder does not exist",
  ENOTDIR: "its folder is a file",
  EISDIR: "it is a folder",
  EEXIST: "something else has its name",
  EACCES: "writing there is not allowed",
  EPERM: "writing there is not allowed",
  EROFS: "the file system is read-only",
  ENOSPC: "the disk is full",
};

/** What the system gives as the reason; undefined for an error that is none of the system's. */
const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code;

/**
 * Writes a file beside its place and renames it, so that nobody sees half of it.
 *
 * @param parts what it holds, one after the other
 * @throws ArchError where it cannot be written
 */
export function writeWhole(file: string, ...parts: readonly (string | Uint8Array)[]): void {
  const temporary = path.join(path.dirname(file), `.${path.basename(file)}.${randomUUID().slice(0, 8)}`);
  try {
    const bytes = parts.map((part) => (typeof part === "string" ? Buffer.from(part) : part));
    writeFileSync(temporary, bytes.length === 1 ? (bytes[0] as Uint8Array) : Buffer.concat(bytes), {
      flag: "wx",
    });
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    const code = codeOf(error);
    if (code === undefined) throw error;
    throw new ArchError(`cannot be written: ${reasonOf(code, path.dirname(file))}`, { where: file });
  }
}

/**
 * Reads a file whole; what is no regular file, for instance a pipe that nobody writes into, is not waited for.
 *
 * @throws ArchError where it cannot be read, or is larger
 */
export function readWhole(file: string, mostBytes: number): Buffer {
  let stat: Stats;
  try {
    stat = statSync(file);
    if (stat.isFile() && stat.size <= mostBytes) return readFileSync(file);
  } catch (error) {
    const [message = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
    throw new ArchError(`cannot be read (${message})`, { where: file });
  }
  if (!stat.isFile()) throw new ArchError("is no regular file", { where: file });
  throw new ArchError(`is too large: ${stat.size} bytes, more than ${mostBytes}`, { where: file });
}

/**
 * Makes a folder and those above it that are not there, one after the other. (Node's own recursive way never ends where
 * the system, as Linux does below /proc, calls a name missing and the folder around it is there.)
 *
 * @param context what the error says besides: the folder, as its user named it, and what to do
 * @returns the folders that were made, the outermost first
 * @throws ArchError where it cannot be made; nothing is made then
 */
export function makeFolder(
  folder: string,
  { where = folder, fix = "Name another place" }: ErrorContext = {},
): string[] {
  const missing: string[] = [];
  const made: string[] = [];
  try {
    let place = path.resolve(folder);
    for (let found = status(place); !found; found = status(place)) {
      missing.unshift(place);
      place = path.dirname(place);
    }
    if (!status(place)?.isDirectory())
      throw Object.assign(new Error(), { code: missing[0] ? "ENOTDIR" : "EEXIST" });
    for (const each of missing) {
      if (makeOne(each)) made.push(each);
    }
    return made;
  } catch (error) {
    unmake(made);
    const code = codeOf(error);
    if (code === undefined) throw error;
    throw new ArchError(
      `no such folder can be made: ${reasonOf(code, path.dirname(missing[made.length] ?? folder))}`,
      {
        where,
        fix,
      },
    );
  }
}

/**
 * Sees to it, before long work, that its results can be written into a folder; all is left as it was.
 *
 * @param where the folder, as its user named it
 * @throws ArchError where the folder cannot be made, or no file in it
 */
export function checkFolder(folder: string, where = folder): void {
  const made = makeFolder(folder, { where });
  const probe = path.join(folder, `.${randomUUID()}`);
  try {
    writeFileSync(probe, "", { flag: "wx" });
    rmSync(probe);
  } catch (error) {
    throw new ArchError(
      `nothing can be written into it: ${reasonOf(codeOf(error) ?? String(error), folder)}`,
      {
        where,
        fix: "Name another folder",
      },
    );
  } finally {
    unmake(made);
  }
}

const status = (place: string) => statSync(place, { throwIfNoEntry: false });

/** @returns whether it was made; somebody else may have been faster */
function makeOne(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST" && status(folder)?.isDirectory()) return false;
    throw error;
  }
}

function unmake(folders: readonly string[]): void {
  for (const folder of folders.toReversed()) {
    try {
      rmdirSync(folder);
    } catch {
      // Somebody has put something into it since: it stays.
      return;
    }
  }
}

/** @param around the folder of what could not be made */
function reasonOf(code: string, around: string): string {
  if (code === "ENOENT" && existsSync(around)) return "the system lets nothing be made there";
  return reasons[code] ?? code;
}
