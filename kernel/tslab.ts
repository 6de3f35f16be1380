// The one adapter to tslab: its converter and executor, on the stock TypeScript compiler, as the kernel's language.
import Module, { createRequire } from "node:module";
import { join } from "node:path";
import type { Converter, ConvertResult, Diagnostic as TslabDiagnostic } from "tslab/dist/converter";
import type { Executor } from "tslab/dist/executor";
import { isComplete, isObjectLiteral } from "./compiler/completeness";
import { completionsOf } from "./compiler/completions";
import { partialDeclarations, variablesOf, withForgotten } from "./compiler/declarations";
import { actingFor, type Behind, refusedAwait, typescriptForTslab } from "./compiler/facade";
import { subjectOf } from "./compiler/hover";
import { Modules } from "./compiler/modules";
import { configStamp, configure, converted, shownOptions, type UserOptions } from "./compiler/options";
import { CellProgram } from "./compiler/program";
import { type CellRuntime, Run, type Scope } from "./compiler/scope";
import { rememberCell } from "./compiler/sources";
import { CompileError, type Diagnostic, type Language, type LanguageOptions } from "./language";

export { cleanTraceback } from "./compiler/traceback";

/** Loads tslab's files with the stock compiler in the place of tslab's fork of it. */
function loadTslab() {
  const fork = createRequire(require.resolve("tslab/dist/converter")).resolve("@tslab/typescript-for-tslab");
  const standIn = new Module(fork);
  Object.assign(standIn, { filename: fork, loaded: true, exports: typescriptForTslab });
  require.cache[fork] = standIn;
  const { createConverter } = require("tslab/dist/converter") as typeof import("tslab/dist/converter");
  const { createExecutor } = require("tslab/dist/executor") as typeof import("tslab/dist/executor");
  const { getCodeMetadata } = require("tslab/dist/metadata") as typeof import("tslab/dist/metadata");
  return { createConverter, createExecutor, getCodeMetadata };
}

/** Hands on what cells show through the module "tslab", whose own protocol layer is not running. */
function connectDisplay(onDisplay: NonNullable<LanguageOptions["onDisplay"]>): void {
  const jupyter = require("tslab/dist/jupyter") as {
    lastWriteDisplayData: (
      content: { data: Record<string, unknown>; transient?: { display_id?: string } },
      update?: boolean,
    ) => void;
  };
  jupyter.lastWriteDisplayData = ({ data, transient }, update = false) =>
    onDisplay({ data, id: transient?.display_id, update });
}

/** What emitted code finds as the global `__tslab__`. */
interface Bridge {
  exports: Scope;
  require: unknown;
  cell?: CellRuntime;
}

declare global {
  var __tslab__: Bridge;
}

/** A cell while it runs. */
interface Underway {
  run: Run;
  result: ConvertResult;
  /** What its names were before it. */
  before: ReadonlyMap<string, unknown>;
  reject(reason: unknown): void;
}

const absent = Symbol("absent");

/** The language of one notebook. */
export function createLanguage({ folder, globals, onRun, onDisplay }: LanguageOptions): Language {
  const { createConverter, createExecutor, getCodeMetadata } = loadTslab();
  let set: UserOptions = {};
  let configuration = configure(folder, set);
  let untold = configuration.warnings;
  let program: CellProgram | undefined;
  let converter: Converter | undefined;
  let scope: Scope = {};
  let declarations = "";
  let cells = 0;
  let underway: Underway | undefined;
  let warming: NodeJS.Timeout | undefined;
  let warmed: string | undefined;
  let compiling = false;

  const opened = () => {
    if (!program) throw new Error("internal: the converter has made no program");
    return program;
  };
  const modules = new Modules(opened);
  const cellFile = join(folder, "__tslab__.ts");
  const behind: Behind = {
    folder,
    cellFile,
    declarationFile: join(folder, "__prev__.d.ts"),
    program: opened,
    open(sys) {
      program = new CellProgram({
        folder,
        sys,
        cell: cellFile,
        declarations: behind.declarationFile,
        globals: { file: join(folder, "__globals__.d.ts"), text: globalsText(globals) },
        options: configuration.options,
        onStale: (file) => modules.forget(file),
      });
      return program;
    },
  };

  /** Asks tslab's converter; a new one where an interrupt has cut the last one's work in two. */
  function ask<T>(question: (converter: Converter) => T): T {
    clearTimeout(warming);
    return actingFor(behind, () => {
      if (!converter || compiling) converter = createConverter();
      compiling = true;
      try {
        return question(converter);
      } finally {
        // Not reached when an interrupt ends the thread's work here.
        compiling = false;
      }
    });
  }

  /** The same, with all that a cell may name known to the compiler. */
  function askWhole<T>(question: (converter: Converter) => T): T {
    return ask((converter) => {
      opened().readAll();
      return question(converter);
    });
  }

  /** Reads the libraries and what is declared while the user thinks, so that the next cell need not wait for it. */
  function warm(): void {
    if (warmed === declarations) return;
    warmed = declarations;
    // In steps, so that a cell that comes meanwhile waits for one of them at most.
    const steps = readAhead();
    clearTimeout(warming);
    const step = () => {
      // Not setImmediate: an interrupt that ends the thread's work inside its callback breaks Node's queue for good.
      if (!steps.next().done) warming = setTimeout(step, 0).unref();
    };
    warming = setTimeout(step, 0).unref();
  }

  function* readAhead(): Generator<void> {
    if (declarations === "") yield void ask((converter) => converter.inspect(declarations, "", 0));
    for (const read of opened().nodeTypes()) yield read();
    askWhole((converter) => converter.inspect(declarations, "", 0));
  }

  let next: ConvertResult = { diagnostics: [] };
  let thrown: { error: unknown } | undefined;
  const executor: Executor = createExecutor(
    folder,
    {
      // The cell is converted beforehand, so that what it imports can be loaded before it runs.
      node: { convert: () => next } as unknown as Converter,
      browser: {} as Converter,
      close() {},
    },
    {
      log() {},
      error(error: unknown) {
        thrown = { error };
      },
    },
  );
  const bridge = globalThis.__tslab__;
  const restoreGlobals = installGlobals(globals);
  warm();

  function convert(source: string, name: string): ConvertResult {
    const { module, mode, jsx } = getCodeMetadata(source);
    if (mode === "browser") throw refusal("@browser cells cannot run: this kernel has no browser");
    if (module !== undefined) {
      check(
        ask((converter) => converter.addModule(module, source, { jsx })),
        source,
      );
      return { diagnostics: [] };
    }
    const literal = isObjectLiteral(source);
    const result = ask((converter) => converter.convert(declarations, literal ? `(${source}\n)` : source));
    check(result.diagnostics, source, literal ? 1 : 0);
    const compiled = opened().cell;
    if (!compiled) throw new Error("internal: a cell was not emitted");
    rememberCell(name, source, compiled);
    return {
      ...result,
      // tslab would print the last value: it is returned instead.
      output: `${result.output}\n//# sourceURL=${name}`,
      lastExpressionVar: result.lastExpressionVar ?? compiled.last,
      declOutput: withForgotten(declarations, result.declOutput ?? "", new Set(compiled.names)),
    };
  }

  /** Keeps what a cell has declared: all of it, or, where it stopped half-way, what got a value. */
  function settle({ result, before, run }: Underway, whole: boolean): void {
    underway = undefined;
    const after = result.declOutput ?? "";
    if (!whole) run.abandon();
    const missing = [...before].filter(([name, value]) => !(name in scope) || Object.is(scope[name], value));
    declarations = whole
      ? after
      : partialDeclarations(declarations, after, new Set(missing.map(([name]) => name)));
    warm();
  }

  async function perform(source: string, result: ConvertResult, cell: Underway, imports: readonly string[]) {
    if (onDisplay && imports.includes("tslab")) connectDisplay(onDisplay);
    if (imports.length > 0) await modules.prepare(cellFile, imports);
    if (underway !== cell) return undefined; // interrupted while it was loading
    next = { ...result, diagnostics: [], lastExpressionVar: undefined };
    thrown = undefined;
    globalThis.__tslab__ = {
      ...bridge,
      exports: scope,
      require: cell.run.runtime.require,
      cell: cell.run.runtime,
    };
    const ok = await executor.execute(source);
    const failure = thrown as { error: unknown } | undefined;
    if (underway === cell) settle(cell, ok);
    if (!ok) throw failure ? failure.error : new Error("internal: a cell failed and did not say why");
    const { lastExpressionVar: last } = result;
    const value = last === undefined ? undefined : scope[last];
    if (last !== undefined) scope[last] = undefined;
    return { value };
  }

  return {
    async execute(source, { name = `cell-${++cells}.ts` } = {}) {
      reconfigure();
      const result = convert(source, name);
      onRun?.();
      for (const warning of untold.splice(0)) console.warn(warning);
      if (!result.output) return { value: undefined };
      const { names = [], imports = [] } = opened().cell ?? {};
      const local = new Map(
        imports.map((specifier) => [specifier, opened().resolveLocal(cellFile, specifier)]),
      );
      let reject: (reason: unknown) => void = () => {};
      const interrupted = new Promise<never>((_, rejectIt) => {
        reject = rejectIt;
      });
      // Nobody listens any more where a termination has cut this function short.
      interrupted.catch(() => {});
      const cell: Underway = {
        run: new Run(
          scope,
          folder,
          modules,
          (specifier) => local.get(specifier) ?? opened().resolveLocal(cellFile, specifier),
        ),
        result,
        before: new Map(names.map((declared) => [declared, declared in scope ? scope[declared] : absent])),
        reject,
      };
      underway = cell;
      try {
        return await Promise.race([perform(source, result, cell, imports), interrupted]).then(
          (done) => done ?? { value: undefined },
        );
      } catch (error) {
        if (underway === cell) settle(cell, false);
        throw error;
      }
    },
    complete(source, position) {
      const found = askWhole((converter) => converter.complete(declarations, source, position));
      return completionsOf(source, position, found);
    },
    inspect(source, position) {
      const subject = subjectOf(source, position);
      if (subject === undefined) return undefined;
      const info = askWhole((converter) => converter.inspect(declarations, source, subject));
      if (!info) return undefined;
      const text = (parts: readonly { text: string }[] = []) => parts.map((part) => part.text).join("");
      return { signature: text(info.displayParts), documentation: text(info.documentation) };
    },
    isComplete,
    interrupt() {
      executor.interrupt();
      if (!underway) return;
      const { reject } = underway;
      settle(underway, false);
      reject(interruption());
    },
    variables: () => variablesOf(declarations),
    valueOf: (name) => (Object.hasOwn(scope, name) ? scope[name] : undefined),
    setCompilerOptions(options) {
      const wanted = { ...set, ...options };
      converted(folder, wanted);
      set = wanted;
      reconfigure(true);
    },
    compilerOptions: () => shownOptions(configuration.options),
    reset() {
      declarations = "";
      scope = {};
      warm();
    },
    dispose() {
      clearTimeout(warming);
      executor.close();
      converter?.close();
      restoreGlobals();
    },
  };

  /** Takes in options set since, and a tsconfig.json that was edited. */
  function reconfigure(always = false): void {
    if (!always && configuration.stamp === configStamp(folder)) return;
    configuration = configure(folder, set);
    untold = configuration.warnings;
    program?.setOptions(configuration.options);
  }
}

/**
 * @param shift what was put before the first line
 * @throws CompileError when there is an error among what tslab found
 */
function check(found: readonly TslabDiagnostic[], source: string, shift = 0): void {
  const lines = source.split("\n");
  const last = { line: lines.length - 1, column: lines[lines.length - 1]?.length ?? 0, length: 0 };
  const diagnostics = found.map(toDiagnostic).map((diagnostic) => {
    if (diagnostic.file) return diagnostic;
    // What ends too late is found in the list of names that tslab adds.
    if (diagnostic.line >= lines.length) return { ...diagnostic, ...last };
    return diagnostic.line === 0 ? { ...diagnostic, column: diagnostic.column - shift } : diagnostic;
  });
  diagnostics.sort(
    (a, b) => (a.file ?? "").localeCompare(b.file ?? "") || a.line - b.line || a.column - b.column,
  );
  if (diagnostics.some(({ severity }) => severity === "error")) throw new CompileError(diagnostics);
}

function refusal(message: string): CompileError {
  return new CompileError([{ message, code: 0, severity: "error", line: 0, column: 0, length: 0 }]);
}

function toDiagnostic({
  messageText,
  code,
  category,
  fileName,
  start,
  end,
}: ConvertResult["diagnostics"][number]): Diagnostic {
  return {
    message: messageText,
    code: code === refusedAwait ? -refusedAwait : code,
    severity: category === 0 ? "warning" : "error",
    ...(fileName === undefined ? {} : { file: fileName }),
    line: start.line,
    column: start.character,
    length: end.offset - start.offset,
  };
}

function interruption(): Error {
  const error = new Error("The cell was interrupted");
  error.name = "Interrupted";
  return error;
}

function globalsText(globals: LanguageOptions["globals"]): string {
  return [
    "export {};",
    ...Object.entries(globals).map(([name, { type }]) => `export declare let ${name}: ${type};`),
  ].join("\n");
}

/** @returns a function that takes them away again */
function installGlobals(globals: LanguageOptions["globals"]): () => void {
  const before = Object.keys(globals).map(
    (name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const,
  );
  for (const [name, { value }] of Object.entries(globals)) {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true, enumerable: false });
  }
  return () => {
    for (const [name, descriptor] of before) {
      if (descriptor) Object.defineProperty(globalThis, name, descriptor);
      else Reflect.deleteProperty(globalThis, name);
    }
  };
}
