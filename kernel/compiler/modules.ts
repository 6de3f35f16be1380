// Where the imports of cells and of local files end: local source compiled here and run again after an edit, everything
// else by Node's own loaders, from the folder of the notebook.
import { existsSync, readFileSync } from "node:fs";
import { createRequire, isBuiltin, Module } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import vm from "node:vm";
import type { CommonJs } from "./commonjs";
import { runtimeName } from "./commonjs";
import { ours } from "./host";
import { packageRoot } from "./locate";

type Require = (specifier: string) => unknown;
type Import = (specifier: string, options?: ImportCallOptions) => Promise<unknown>;

/** What the compiler knows of local files. */
export interface LocalSources {
  /** The local file that a specifier means in `file`. */
  resolveLocal(file: string, specifier: string): string | undefined;
  compile(fileName: string): CommonJs | undefined;
}

/** What emitted code asks of the run time, under its one reserved name. */
export interface FileRuntime {
  require: Require;
  import: Import;
  meta: ImportMeta;
}

/** Node's module, with the method that every loader in CommonJS goes through. */
interface CompilingModule extends Module {
  _compile(code: string, filename: string): void;
}

interface Loaded {
  exports: unknown;
}

/** What `require` throws for a package that only `import` can load. */
const importOnly = new Set(["ERR_PACKAGE_PATH_NOT_EXPORTED", "ERR_REQUIRE_ASYNC_MODULE", "ERR_REQUIRE_ESM"]);

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException | undefined)?.code ?? "";

export class Modules {
  readonly #sources: () => LocalSources;
  readonly #loaded = new Map<string, Loaded>();
  /** Packages that only `import` could load, by importing folder and specifier. */
  readonly #imported = new Map<string, unknown>();
  readonly #importers = new Map<string, Import>();

  constructor(sources: () => LocalSources) {
    this.#sources = sources;
  }

  /** The local file has changed: the next import runs it again. */
  forget(fileName: string): void {
    this.#loaded.delete(fileName);
  }

  /**
   * Loads what `require` cannot: must run before the code that imports it.
   *
   * @param file the importing file
   */
  async prepare(file: string, specifiers: readonly string[], underway = new Set<string>()): Promise<void> {
    for (const specifier of specifiers) {
      const local = this.#sources().resolveLocal(file, specifier);
      if (local) await this.#prepareLocal(local, underway);
      else if (!isBuiltin(specifier)) await this.#prepareExternal(dirname(file), specifier);
    }
  }

  /** The run time of a file; `resolve` finds the local files that it means. */
  runtime(
    file: string,
    resolve = (specifier: string) => this.#sources().resolveLocal(file, specifier),
  ): FileRuntime {
    const folder = dirname(file);
    const url = pathToFileURL(file).href;
    const nodeRequire = createRequire(file);
    const load = (specifier: string) => {
      const local = resolve(specifier);
      return local ? this.#loadLocal(local) : this.#loadExternal(nodeRequire, folder, specifier);
    };
    return {
      require: Object.assign(load, { resolve: nodeRequire.resolve, cache: nodeRequire.cache }),
      import: async (specifier, options) => {
        const name = String(specifier);
        const local = resolve(name);
        if (!local) return this.#import(folder, name, options);
        await this.#prepareLocal(local, new Set());
        return namespaceOf(this.#loadLocal(local));
      },
      meta: {
        url,
        dirname: folder,
        filename: file,
        main: false,
        resolve: (specifier: string) => resolveUrl(specifier, url, nodeRequire),
      } as ImportMeta,
    };
  }

  async #prepareLocal(fileName: string, underway: Set<string>): Promise<void> {
    if (this.#loaded.has(fileName) || underway.has(fileName)) return;
    underway.add(fileName);
    if (fileName.endsWith(".json")) return;
    const compiled = this.#sources().compile(fileName);
    if (!compiled) return;
    await this.prepare(fileName, compiled.imports, underway);
    if (compiled.awaits && !this.#loaded.has(fileName)) await this.#run(fileName, compiled);
  }

  #loadLocal(fileName: string): unknown {
    const loaded = this.#loaded.get(fileName);
    if (loaded) return loaded.exports;
    if (fileName.endsWith(".json")) {
      const exports: unknown = JSON.parse(readFileSync(fileName, "utf8"));
      this.#loaded.set(fileName, { exports });
      return exports;
    }
    const compiled = this.#sources().compile(fileName);
    if (!compiled) return createRequire(fileName)(fileName);
    void this.#run(fileName, compiled);
    return this.#loaded.get(fileName)?.exports;
  }

  /** @returns a promise where the module awaits */
  #run(fileName: string, { text, awaits }: CommonJs): unknown {
    const runtime = this.runtime(fileName);
    const module: Loaded & { id: string; filename: string } = {
      exports: {},
      id: fileName,
      filename: fileName,
    };
    // Known before it has run, so that modules may import one another.
    this.#loaded.set(fileName, module);
    const names = ["exports", "require", "module", "__filename", "__dirname", runtimeName];
    const body = awaits ? `return (async () => { ${text}\n})();` : text;
    try {
      const run = vm.compileFunction(body, names, { filename: fileName });
      const result: unknown = run(
        module.exports,
        runtime.require,
        module,
        fileName,
        dirname(fileName),
        runtime,
      );
      if (!(result instanceof Promise)) return undefined;
      return result.catch((error: unknown) => {
        this.#loaded.delete(fileName);
        throw error;
      });
    } catch (error) {
      this.#loaded.delete(fileName);
      throw error;
    }
  }

  async #prepareExternal(folder: string, specifier: string): Promise<void> {
    const key = `${folder}\0${specifier}`;
    if (this.#imported.has(key)) return;
    const nodeRequire = createRequire(join(folder, "cell.js"));
    try {
      const resolved = nodeRequire.resolve(specifier);
      // Older Nodes can `require` an ES module as well, but print a warning into the cell.
      if (isEsModule(resolved)) this.#imported.set(key, interop(await this.#import(folder, specifier)));
      else nodeRequire(specifier);
    } catch (error) {
      if (!importOnly.has(codeOf(error))) return; // thrown again, and then shown, when the cell gets there
      this.#imported.set(key, interop(await this.#import(folder, specifier)));
    }
  }

  #loadExternal(nodeRequire: NodeJS.Require, folder: string, specifier: string): unknown {
    const imported = this.#imported.get(`${folder}\0${specifier}`);
    if (imported) return imported;
    try {
      return nodeRequire(specifier);
    } catch (error) {
      if (codeOf(error) !== "MODULE_NOT_FOUND" || !ours.test(specifier)) throw error;
      return createRequire(join(packageRoot(), "cell.js"))(specifier);
    }
  }

  async #import(folder: string, specifier: string, options?: ImportCallOptions): Promise<unknown> {
    let importer = this.#importers.get(folder);
    if (!importer) {
      // An `import()` of Node's own, as if it stood in a file of that folder.
      const file = new Module(join(folder, "cell.js")) as CompilingModule;
      file._compile("module.exports = (specifier, options) => import(specifier, options);", file.id);
      importer = file.exports as Import;
      this.#importers.set(folder, importer);
    }
    try {
      return await importer(specifier, options);
    } catch (error) {
      if (codeOf(error) !== "ERR_MODULE_NOT_FOUND" || !ours.test(specifier)) throw error;
      const resolved = createRequire(join(packageRoot(), "cell.js")).resolve(specifier);
      return importer(pathToFileURL(resolved).href, options);
    }
  }
}

/** Whether Node takes an installed file for an ES module by its name and package. */
function isEsModule(path: string): boolean {
  if (!path.endsWith(".js")) return path.endsWith(".mjs");
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
    const file = join(folder, "package.json");
    if (!existsSync(file)) continue;
    const { type } = JSON.parse(readFileSync(file, "utf8")) as { type?: string };
    return type === "module";
  }
  return false;
}

/** An ES namespace as TypeScript's CommonJS expects it: `default` is a member, not the whole. */
function interop(namespace: unknown): unknown {
  const shim = Object.create(null) as Record<string, unknown>;
  Object.defineProperty(shim, "__esModule", { value: true });
  for (const name of Object.keys(namespace as object)) {
    Object.defineProperty(shim, name, {
      enumerable: true,
      get: () => (namespace as Record<string, unknown>)[name],
    });
  }
  return shim;
}

/** What `import()` gives for a module that was compiled to CommonJS. */
function namespaceOf(exports: unknown): unknown {
  const members = exports as Record<string, unknown>;
  const namespace = Object.create(null) as Record<string, unknown>;
  const isModule = typeof exports === "object" && exports !== null && "__esModule" in exports;
  for (const name of typeof exports === "object" && exports !== null ? Object.keys(exports) : []) {
    Object.defineProperty(namespace, name, { enumerable: true, get: () => members[name] });
  }
  if (!isModule) Object.defineProperty(namespace, "default", { enumerable: true, value: exports });
  Object.defineProperty(namespace, Symbol.toStringTag, { value: "Module" });
  return Object.freeze(namespace);
}

function resolveUrl(specifier: string, from: string, nodeRequire: NodeJS.Require): string {
  if (/^\.{0,2}\//.test(specifier) || /^[a-z][a-z0-9+.-]+:/i.test(specifier))
    return new URL(specifier, from).href;
  const resolved = nodeRequire.resolve(specifier);
  return isBuiltin(resolved) ? `node:${resolved.replace(/^node:/, "")}` : pathToFileURL(resolved).href;
}
