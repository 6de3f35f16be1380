// Where packages lie: the user's folder first, then beside this package.
import { readFileSync } from "node:fs";
import { dirname } from "node:path";

export interface Package {
  folder: string;
  version: string;
}

/** The package of that name; null where there is none. */
export function findPackage(
  name: string,
  folders: readonly string[] = [process.cwd(), __dirname],
): Package | null {
  try {
    const file = require.resolve(`${name}/package.json`, { paths: [...folders] });
    return readPackage(dirname(file));
  } catch {
    return null; // Not there, or its manifest cannot be read: either way there is nothing to use.
  }
}

/** @throws Error when the folder holds no package */
export function readPackage(folder: string): Package {
  const manifest: unknown = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  const version = (manifest as { version?: unknown } | null)?.version;
  return { folder, version: typeof version === "string" ? version : "of unknown version" };
}
