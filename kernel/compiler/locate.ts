// Where our own package and the files that every cell needs lie, however the package was installed.
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

let root: string | undefined;

/** The folder of our own package.json. */
export function packageRoot(): string {
  if (root) return root;
  let folder = __dirname;
  while (!existsSync(join(folder, "package.json"))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error("internal: no package.json above the compiler");
    folder = parent;
  }
  root = folder;
  return folder;
}

/** The folder of TypeScript's own lib.*.d.ts. */
export function libraryOf(): string {
  return dirname(require.resolve("typescript"));
}

/** The @types folder that holds the types of Node. */
export function nodeTypeRoot(): string {
  return dirname(dirname(require.resolve("@types/node/package.json")));
}
