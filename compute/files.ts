// Files that are whole or not there: a door of its own, since whoever writes a file need not load what trains.
import { randomUUID } from "node:crypto";
import { renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { ArchError } from "../archbert/graph/errors";

const reasons: Record<string, string> = {
  ENOENT: "its folder does not exist",
  ENOTDIR: "its folder is a file",
  EISDIR: "it is a folder",
  EACCES: "writing there is not allowed",
  EROFS: "the file system is read-only",
  ENOSPC: "the disk is full",
};

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
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new ArchError(`cannot be written: ${reasons[code] ?? code}`, { where: file });
  }
}
