// The list of a cell's names that tslab adds at its end, made such that TypeScript takes it.
import type { __String } from "typescript";
import { type BoundFile, ts } from "./stock";

/** How the compiler calls a `declare global` among the names. */
const globalBlock = "__global";

/** The text of a cell with its list of names mended. */
export function withExports(text: string): string {
  const list = /\nexport \{([^{}\n]*)\}$/.exec(text);
  if (!list) return text;
  const source = text.slice(0, list.index);
  const exported = exportsOf(source);
  const names = (list[1] ?? "")
    .split(", ")
    // tslab writes names as the compiler keeps them, with one underscore more where there are two.
    .map((name) => ts.unescapeLeadingUnderscores(name as __String))
    .filter((name) => !exported.has(name) && name !== globalBlock);
  return `${source}\nexport {${names.join(", ")}}`;
}

/** What a cell exports by itself. */
function exportsOf(source: string): ReadonlySet<string> {
  if (!/\bexport\b/.test(source.slice("export {};".length))) return new Set();
  const file = ts.createSourceFile("cell.ts", source, ts.ScriptTarget.ESNext) as BoundFile;
  ts.bindSourceFile(file, {});
  return new Set([...(file.symbol?.exports?.keys() ?? [])].map(ts.unescapeLeadingUnderscores));
}
