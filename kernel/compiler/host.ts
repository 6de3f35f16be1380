// How the compiler sees the disk: tslab's files on top, our own packages everywhere, and no question asked twice of what
// does not change.
import { statSync } from "node:fs";
import { isBuiltin } from "node:module";
import { join } from "node:path";
import type {
  CompilerHost,
  CompilerOptions,
  ResolvedModuleWithFailedLookupLocations,
  SourceFile,
  System,
} from "typescript";
import { libraryOf, packageRoot } from "./locate";
import { ts } from "./stock";

/** Packages that a cell may import from a folder that does not have them. */
export const ours = /^(archbert|tslab)($|\/)/;

/** Files that do not change while the kernel runs. */
export const installed = /\/node_modules\//;

const notFound: ResolvedModuleWithFailedLookupLocations = { resolvedModule: undefined };

/** Changes when the file does. */
export function stampOf(fileName: string): string {
  const stat = statSync(fileName, { throwIfNoEntry: false });
  return stat ? `${stat.mtimeMs}/${stat.size}` : "absent";
}

export interface HostOptions {
  folder: string;
  sys: System;
  options: CompilerOptions;
  getSourceFile(name: string): SourceFile | undefined;
  /** Whether the last program lacked a module, which may be there by now. */
  isUnresolved(): boolean;
}

export function createHost({ folder, sys, options, getSourceFile, isUnresolved }: HostOptions): CompilerHost {
  const canonical = (name: string) => name;
  // Of the package.json above each file: asked for every file of every program, and slow to find.
  const formats = ts.createModuleResolutionCache(folder, canonical, options);
  /** What the imports of installed packages mean. */
  const resolved = new Map<string, ResolvedModuleWithFailedLookupLocations>();
  const host: CompilerHost = {
    getModuleResolutionCache: () => formats,
    fileExists: (name) => sys.fileExists(name),
    readFile: (name) => sys.readFile(name),
    directoryExists: (name) => sys.directoryExists(name),
    getDirectories: (name) => sys.getDirectories(name),
    realpath: (name) => sys.realpath?.(name) ?? name,
    getCurrentDirectory: () => folder,
    getDefaultLibLocation: libraryOf,
    getDefaultLibFileName: (wanted) => join(libraryOf(), ts.getDefaultLibFileName(wanted)),
    getCanonicalFileName: canonical,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
    writeFile: () => {},
    hasInvalidatedResolutions: isUnresolved,
    getSourceFile,
    resolveModuleNameLiterals: (literals, containing, redirected, wanted, file) => {
      const cache = ts.createModuleResolutionCache(folder, canonical, wanted);
      return literals.map((literal) => {
        // Node has these whatever lies in node_modules; their types are ambient.
        if (isBuiltin(literal.text)) return notFound;
        const mode = ts.getModeForUsageLocation(file, literal, wanted);
        const key = `${mode}/${literal.text}/${containing}`;
        const known = resolved.get(key);
        if (known) return known;
        const resolve = (from: string) =>
          ts.resolveModuleName(literal.text, from, wanted, host, cache, redirected, mode);
        const found = resolve(containing);
        if (!found.resolvedModule && ours.test(literal.text)) return resolve(join(packageRoot(), "cell.ts"));
        // What is missing may be installed in the next cell.
        if (found.resolvedModule && installed.test(containing)) resolved.set(key, found);
        return found;
      });
    },
  };
  return host;
}
