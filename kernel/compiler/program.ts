// The program behind the cells: parsed at once, checked only when somebody asks, reused from cell to cell.
import { isBuiltin } from "node:module";
import type {
  CompilerHost,
  CompilerOptions,
  CustomTransformers,
  Diagnostic,
  Node,
  Program,
  SourceFile,
  System,
  TypeChecker,
} from "typescript";
import { adopt, reachesOut } from "./adopt";
import type { Builder } from "./builder";
import { type CommonJs, toCommonJs } from "./commonjs";
import { diagnosticsOf } from "./diagnose";
import { createHost, installed, stampOf } from "./host";
import { hostTypeFiles, namesHost } from "./hostTypes";
import { withExports } from "./names";
import { checkerOfReferences, withShorthandSpeltOut } from "./references";
import { rememberFile } from "./sources";
import { type BoundFile, type InternalProgram, ts } from "./stock";

/** Parsed and bound once for all languages of the process and all their options, as TypeScript's document registry does. */
const libraries = new Map<string, BoundFile>();

/** How many cells a checker may take on: it never forgets a node that it has seen. */
const maxAdopted = 50;

interface Local {
  stamp: string;
  /** What its specifiers mean: the local files that it imports. */
  imports: Map<string, string>;
}

export interface ProgramOptions {
  folder: string;
  /** tslab's view of the file system: the cell and the declarations before it are files of it. */
  sys: System;
  /** The file of the cell. */
  cell: string;
  /** The file of the declarations before it. */
  declarations: string;
  /** The names that every cell sees. */
  globals: { file: string; text: string };
  options: CompilerOptions;
  /** A local file changed on disk, or one that it imports did: its module has to run again. */
  onStale(fileName: string): void;
}

export class CellProgram {
  options: CompilerOptions;
  #roots: string[];
  /** What the last emit of the cell produced. */
  cell: CommonJs | undefined;
  readonly #compiled = new Map<string, CommonJs>();
  readonly #folder: string;
  readonly #sys: System;
  readonly #cell: string;
  readonly #declarations: string;
  readonly #globals: { file: string; text: string };
  readonly #onStale: (fileName: string) => void;
  /** Whether Node's types and those of the globals are read; see `#needsAll`. */
  #whole = false;
  readonly #files = new Map<string, BoundFile | undefined>();
  readonly #locals = new Map<string, Local>();
  #host: CompilerHost;
  #program: Program | undefined;
  #current = false;
  #unresolved = false;
  #emitting = false;
  /** How many cells the checker at hand has checked that its program does not hold. */
  #adopted = 0;

  constructor({ folder, sys, cell, declarations, globals, options, onStale }: ProgramOptions) {
    this.#folder = folder;
    this.#sys = sys;
    this.#cell = cell;
    this.#declarations = declarations;
    this.#globals = globals;
    this.#roots = [globals.file, declarations, cell];
    this.options = options;
    this.#onStale = onStale;
    this.#host = this.#createHost();
  }

  /** Takes in what changed in the cell, the declarations or the local files. Nothing is checked yet. */
  refresh(): Builder {
    for (const root of this.#roots) if (root !== this.#cell) this.#refreshRoot(root);
    // tslab makes the declarations the outer scope of the cell; the globals are the one around that.
    Object.assign(this.#files.get(this.#declarations) ?? {}, { parent: this.#files.get(this.#globals.file) });
    this.#refreshLocals();
    if (this.#unresolved) this.#current = false;
    this.#refreshCell();
    if (this.#needsAll()) this.readAll();
    return {
      getProgram: () => this.#forTslab(),
      // Binding is all that tslab needs to know the names of a cell: no program for that.
      getSourceFile: (fileName) =>
        this.#roots.includes(fileName) ? this.#bound(fileName) : this.#getProgram().getSourceFile(fileName),
      getAllDependencies: (file) => this.#dependencies(file),
      emit: (file, write, _cancellation, _emitOnly, transformers) => this.#emit(file, write, transformers),
    };
  }

  /** The files of Node's types that are not parsed yet, each to be parsed by a call. */
  *nodeTypes(): Generator<() => void> {
    if (this.#whole) return;
    for (const name of hostTypeFiles(this.options, this.#sys)) yield () => void this.#file(name);
  }

  /** Reads Node's types and those of the globals, if they are not read yet. */
  readAll(): void {
    if (this.#whole) return;
    this.#whole = true;
    this.#current = false;
  }

  /**
   * Node's types are two thirds of what there is to read. A first cell that asks for nothing of theirs goes ahead without
   * them; if it turns out to be at fault, it is checked again with them.
   */
  #needsAll(): boolean {
    const cell = this.#bound(this.#cell);
    const isFirst = this.#bound(this.#declarations)?.locals?.size === 0 && this.#roots.length === 3;
    if (!cell || !isFirst || this.options.jsx || reachesOut(cell.text)) return true;
    return namesHost(cell, this.#bound(this.#globals.file));
  }

  setOptions(options: CompilerOptions): void {
    this.options = options;
    // How a file is parsed and bound depends on the options.
    this.#files.clear();
    this.#compiled.clear();
    this.#host = this.#createHost();
    this.#program = undefined;
    this.#current = false;
  }

  /** Adds the modules that cells define. */
  setModules(roots: readonly string[]): void {
    this.#roots = [...new Set([...this.#roots, ...roots])];
    this.#current = false;
  }

  #createHost(): CompilerHost {
    return createHost({
      folder: this.#folder,
      sys: this.#sys,
      options: this.options,
      getSourceFile: (name) => this.#file(name),
      isUnresolved: () => this.#unresolved,
    });
  }

  #parse(name: string, text: string): BoundFile {
    return ts.createSourceFile(
      name,
      text,
      {
        languageVersion: this.options.target ?? ts.ScriptTarget.ESNext,
        // Of the libraries' doc comments inspection reads the few it shows (see hover.ts).
        jsDocParsingMode: installed.test(name) ? ts.JSDocParsingMode.ParseNone : ts.JSDocParsingMode.ParseAll,
      },
      this.#roots.includes(name),
      name === this.#cell && this.options.jsx ? ts.ScriptKind.TSX : undefined,
    ) as BoundFile;
  }

  #read(name: string): string | undefined {
    if (name === this.#globals.file) return this.#globals.text;
    const text = this.#sys.readFile(name);
    return name === this.#cell && text !== undefined ? withExports(text) : text;
  }

  #file(name: string): BoundFile | undefined {
    if (this.#files.has(name)) return this.#files.get(name);
    const file = installed.test(name) ? this.#installedFile(name) : this.#readAndParse(name);
    if (file) this.#files.set(name, file);
    return file;
  }

  #readAndParse(name: string): BoundFile | undefined {
    const text = this.#read(name);
    return text === undefined ? undefined : this.#parse(name, text);
  }

  #installedFile(name: string): BoundFile | undefined {
    const key = `${this.options.target}/${stampOf(name)}/${name}`;
    const known = libraries.get(key);
    if (known) return known;
    const file = this.#readAndParse(name);
    if (file) libraries.set(key, file);
    return file;
  }

  #bound(name: string): BoundFile | undefined {
    const file = this.#file(name);
    if (file && !file.locals) ts.bindSourceFile(file, this.options);
    return file;
  }

  #refreshRoot(name: string): void {
    const text = this.#read(name) ?? "";
    if (this.#files.get(name)?.text === text) return;
    this.#files.set(name, this.#parse(name, text));
    this.#current = false;
  }

  /**
   * Lets the checker at hand check a cell that its program does not hold, where that makes no difference: it imports
   * nothing and touches nothing global. Making a program and a checker costs several times what checking a cell does.
   */
  #refreshCell(): void {
    const text = this.#read(this.#cell) ?? "";
    const before = this.#files.get(this.#cell);
    if (before?.text === text) return;
    const file = this.#parse(this.#cell, text);
    this.#files.set(this.#cell, file);
    const model = this.#program?.getSourceFile(this.#cell);
    const adopted =
      this.#current &&
      model !== undefined &&
      this.#adopted < maxAdopted &&
      !this.options.jsx &&
      !reachesOut(text);
    if (!adopted) {
      this.#current = false;
      return;
    }
    this.#adopted++;
    adopt(file, model as BoundFile, this.#adopted);
  }

  /** What is wrong with a file. */
  diagnostics(file: SourceFile): Diagnostic[] {
    const found = diagnosticsOf(this.#getProgram(), file);
    if (found.length === 0 || this.#whole) return found;
    this.readAll();
    return diagnosticsOf(this.#getProgram(), file);
  }

  #refreshLocals(): void {
    const stale = new Set<string>();
    for (const [name, local] of this.#locals) {
      if (stampOf(name) === local.stamp) continue;
      stale.add(name);
      this.#files.delete(name);
      this.#locals.delete(name);
      this.#current = false;
    }
    if (stale.size === 0) return;
    // Whoever imports a changed file has to run again too, or it would go on with what it imported before.
    for (let before = -1; before !== stale.size; ) {
      before = stale.size;
      for (const [name, { imports }] of this.#locals) {
        if ([...imports.values()].some((imported) => stale.has(imported))) stale.add(name);
      }
    }
    for (const name of stale) {
      this.#compiled.delete(name);
      this.#onStale(name);
    }
  }

  #getProgram(): Program {
    if (this.#program && this.#current) return this.#program;
    const program = ts.createProgram({
      rootNames: this.#whole ? this.#roots : this.#roots.filter((root) => root !== this.#globals.file),
      options: this.#whole ? this.options : { ...this.options, types: [] },
      host: this.#host,
      oldProgram: this.#program,
    });
    this.#program = program;
    this.#current = true;
    this.#adopted = 0;
    this.#unresolved = false;
    return program;
  }

  /** While a cell is emitted, the checker's idea of a variable is ours. */
  #forTslab(): Program {
    const program = this.#getProgram();
    const checker = program.getTypeChecker();
    const references = checkerOfReferences(checker);
    const choose = (node: Node) => (this.#emitting ? references : checker).getSymbolAtLocation(node);
    const chosen = Object.assign(Object.create(checker) as TypeChecker, { getSymbolAtLocation: choose });
    return Object.assign(Object.create(program) as Program, { getTypeChecker: () => chosen });
  }

  /** The local files that `file` imports, by specifier. */
  #imports(file: BoundFile): Map<string, string> {
    const program = this.#getProgram() as InternalProgram;
    const found = new Map<string, string>();
    for (const specifier of file.imports ?? []) {
      const resolved = program.getResolvedModuleFromModuleSpecifier(specifier, file)?.resolvedModule;
      if (!resolved) this.#unresolved ||= !isBuiltin(specifier.text);
      else if (!resolved.isExternalLibraryImport && !/\.d\.[cm]?ts$/.test(resolved.resolvedFileName)) {
        found.set(specifier.text, resolved.resolvedFileName);
      }
    }
    return found;
  }

  #dependencies(file: SourceFile): readonly string[] {
    const program = this.#getProgram();
    const all = new Set([file.fileName]);
    for (const name of all) {
      const source =
        name === this.#cell ? this.#bound(name) : (program.getSourceFile(name) as BoundFile | undefined);
      if (!source) continue;
      const imports = this.#imports(source);
      for (const imported of imports.values()) all.add(imported);
      const known = this.#locals.get(name);
      this.#locals.set(name, { stamp: known?.stamp ?? stampOf(name), imports });
    }
    return [...all];
  }

  /** What `file` means by a specifier, where it means a local file. */
  resolveLocal(file: string, specifier: string): string | undefined {
    return this.#locals.get(file)?.imports.get(specifier);
  }

  /** The local file as CommonJS. */
  compile(fileName: string): CommonJs | undefined {
    const known = this.#compiled.get(fileName);
    if (known) return known;
    const file = this.#getProgram().getSourceFile(fileName);
    if (!file) return undefined;
    const compiled = this.#toCommonJs(file, () => {}, undefined);
    rememberFile(fileName, file.text, compiled);
    this.#compiled.set(fileName, compiled);
    return compiled;
  }

  #emit(
    file: SourceFile,
    write: (name: string, text: string) => void,
    transformers?: CustomTransformers,
  ): void {
    // tslab emits the local files too, but its loader knows neither folders nor extensions: `compile` does that.
    if (file.fileName !== this.#cell) return;
    for (const name of this.#dependencies(file)) {
      if (name !== this.#cell && !name.endsWith(".json")) this.compile(name);
    }
    let declarations = "";
    this.cell = this.#toCommonJs(file, (text) => (declarations = text), transformers);
    // tslab next strikes what the cell declares out of the parsed declarations themselves: read them anew for the next cell.
    if (this.#bound(this.#cell)?.locals?.size) this.#files.delete(this.#declarations);
    write("outDir/__tslab__.d.ts", declarations + this.#nestedDeclarations(file, this.cell.nested));
    write("outDir/__tslab__.js", this.cell.text);
  }

  /** TypeScript writes no declaration of a `var` inside a block. */
  #nestedDeclarations(file: SourceFile, names: readonly string[]): string {
    const checker = this.#getProgram().getTypeChecker();
    return names
      .map((name) => {
        const symbol = (file as BoundFile).locals?.get(ts.escapeLeadingUnderscores(name));
        const type = symbol ? checker.getTypeOfSymbolAtLocation(symbol, file) : checker.getAnyType();
        return `declare var ${name}: ${checker.typeToString(type, undefined, ts.TypeFormatFlags.NoTruncation)};\n`;
      })
      .join("");
  }

  #toCommonJs(
    file: SourceFile,
    writeDeclarations: (text: string) => void,
    transformers: CustomTransformers | undefined,
  ): CommonJs {
    const cell = file.fileName === this.#cell;
    let js = "";
    let map = "";
    const take = (name: string, text: string) => {
      if (/\.d\.[cm]?ts$/.test(name)) writeDeclarations(text);
      else if (name.endsWith(".map")) map = text;
      else js = text;
    };
    // Forced: a declaration that TypeScript cannot name in full is still better than none.
    this.#emitting = true;
    try {
      const program = this.#getProgram() as InternalProgram;
      program.emit(
        file,
        take,
        undefined,
        undefined,
        transformers && withShorthandSpeltOut(transformers),
        cell,
      );
    } finally {
      this.#emitting = false;
    }
    return toCommonJs(js, { cell, map });
  }
}
