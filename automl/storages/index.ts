// Storages by the scheme of their URL.
import path from "node:path";
import { ArchError } from "../../archbert/graph/errors";
import { checkOptions, checkString } from "../../archbert/graph/guard";
import { memoryStorage } from "./memory";
import type { Storage } from "./storage";

export { memoryStorage } from "./memory";
export {
  activeRuns,
  type Final,
  isGone,
  type Lease,
  type Outcome,
  type Storage,
  type StudyConfig,
  type Worker,
} from "./storage";

type Opener = (
  rest: string,
  context: { url: string; folder: string; create: boolean },
) => Storage | Promise<Storage>;

/** Add a storage: one file, one line here. */
export const storages = {
  memory: () => memoryStorage(),
  sqlite: async (rest, { url, folder, create }) => {
    const { sqliteModule } = await import("./sqliteModule.js");
    const file = path.resolve(folder, rest);
    if (!sqliteModule()) {
      const { sqliteThread } = await import("./sqliteThread.js");
      return sqliteThread(file, { where: url, create });
    }
    const { sqliteStorage } = await import("./sqlite.js");
    return sqliteStorage(file, { where: url, create });
  },
} satisfies Record<string, Opener>;

/**
 * Opens the storage of a study.
 *
 * @param url `memory:`, or `sqlite:///study.db` (three slashes: relative to `folder`; four: from the root), or the name
 *   of a .db, .sqlite or .sqlite3 file
 * @param options `create`: whether a study that is not there is begun
 * @returns owned by the caller, who disposes it
 * @throws ArchError where the URL names no storage, or what it names cannot be used
 */
export async function openStorage(
  url: string,
  options: { folder?: string; create?: boolean } = {},
): Promise<Storage> {
  checkString(url, "URL of a storage", "openStorage");
  checkOptions(options, "openStorage");
  const { folder = process.cwd(), create = true } = options;
  const [, scheme, rest = ""] = /^([a-z]+):(?:\/\/\/?)?(.*)$/s.exec(url) ?? [];
  if (scheme !== undefined && Object.hasOwn(storages, scheme)) {
    if (scheme === "sqlite" && rest === "") throw unknown(url);
    const open: Opener = storages[scheme as keyof typeof storages];
    return open(rest, { url, folder, create });
  }
  if (/\.(?:db|sqlite3?)$/.test(url) && !/^[a-z][a-z+.-]+:/.test(url)) {
    return storages.sqlite(url, { url, folder, create });
  }
  throw unknown(url);
}

function unknown(url: string): ArchError {
  return new ArchError(`no storage is named by "${url}"`, {
    fix: "Give sqlite:///study.db (a file of this folder), sqlite:////path/study.db or memory:",
  });
}
