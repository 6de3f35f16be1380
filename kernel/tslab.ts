// The one adapter to tslab: its converter and executor, on the stock TypeScript compiler, as the kernel's language.
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Converter, ConvertResult } from "tslab/dist/converter";
import type { Executor } from "tslab/dist/executor";
import type { CommonJs } from "./compiler/commonjs";
import { isComplete } from "./compiler/completeness";
import { completions } from "./compiler/completions";
import { partialDeclarations } from "./compiler/declarations";
import { actingFor, type Behind, typescriptForTslab } from "./compiler/facade";
import { Modules } from "./compiler/modules";
import { configure, converted, type UserOptions } from "./compiler/options";
import { CellProgram } from "./compiler/program";
import { Run, type Scope } from "./compiler/scope";
import { variablesOf } from "./compiler/variables";
import {
  CompileError,
  type Diagnostic,
  type Inspection,
  type Language,
  type LanguageOptions,
  type Offset,
  type Variable,
} from "./language";

/** Loads tslab's files with the stock compiler in the place of tslab's fork of it. */
function loadTslab() {
  const tslabRequire = createRequire(require.resolve("tslab/dist/converter"));
  const fork = tslabRequire.resolve("@tslab/typescript-for-tslab");
  const { Module } = require("node:module") as typeof import("node:module");
  const stand = new Module(fork);
  Object.assign(stand, { filename: fork, loaded: true, exports: typescriptForTslab });
  require.cache[fork] = stand;
  const { createConverter } = require("tslab/dist/converter") as typeof import("tslab/dist/converter");
  const { createExecutor } = require("tslab/dist/executor") as typeof import("tslab/dist/executor");
  return { createConverter, createExecutor };
}

/** What emitted code finds as the global `__tslab__`. */
interface Bridge {
  exports: Scope;
  require: unknown;
  cell: unknown;
}

declare global {
  var __tslab__: Bridge;
}

/** Where tslab keeps the value of the last expression. */
const lastValue = /^tsLastExpr\d*$/;

interface Underway {
  run: Run;
  compiled: CommonJs | undefined;
  converted: ConvertResult;
  before: Map<string, unknown>;
  reject(reason: unknown): void;
}

const absent = Symbol("absent");

/**
 * The language of one notebook.
 *
 * @throws ArchError when tslab cannot be loaded
 */
export function createLanguage({ folder, globals }: LanguageOptions): Language {
  const { createConverter, createExecutor } = loadTslab();
  const cellFile = join(folder, "__tslab__.ts");
  const declarationFile = join(folder, "__prev__.d.ts");
  const globalsFile = join(folder, "__globals__.d.ts");
  let set: UserOptions = {};
  let program: CellProgram | undefined;
  const opened = () => {
    if (!program) throw new Error("internal: the converter has made no program");
    return program;
  };
  const modules = new Modules(opened);
  const behind: Behind = {
    folder,
    cellFile,
    declarationFile,
    open(sys) {
      program = new CellProgram({
        folder,
        sys,
        cell: cellFile,
        declarations: declarationFile,
        globals: { file: globalsFile, text: globalsText(globals) },
        options: configure(folder, set).options,
        onStale: (file) => modules.forget(file),
      });
      return program;
    },
  };
  const converter: Converter = actingFor(behind, () => createConverter());
  let scope: Scope = {};
  let declarations = "";
  let underway: Underway | undefined;
  let thrown: { error: unknown } | undefined;
  let next: ConvertResult | undefined;
  const executor: Executor = createExecutor(
    folder,
    {
      // The cell is converted before, so that what it imports can be loaded first.
      node: { ...converter, convert: () => ({ ...next, diagnostics: [], lastExpressionVar: undefined }) },
      browser: converter,
      close: () => converter.close(),
    },
    {
      log() {},
      error(error: unknown) {
        thrown = { error };
      },
    },
  );
  const bridge = globalThis.__tslab__;
  const shadowed = installGlobals(globals);

  function convert(source: string): ConvertResult {
    const result = actingFor(behind, () => converter.convert(declarations, source));
    const diagnostics = result.diagnostics.map(toDiagnostic);
    if (diagnostics.some(({ severity }) => severity === "error")) throw new CompileError(diagnostics);
    return result;
  }

  /** Keeps what a cell has declared: all of it, or, where it stopped half-way, what got a value. */
  function settle({ converted: { declOutput = "" }, compiled, before, run }: Underway, whole: boolean): void {
    underway = undefined;
    if (whole) {
      declarations = declOutput;
      return;
    }
    run.abandon();
    const names = compiled?.names ?? [];
    const missing = new Set(
      names.filter((name) => !(name in scope) || Object.is(scope[name], before.get(name))),
    );
    declarations = partialDeclarations(declarations, declOutput, missing);
  }

  async function run(source: string, result: ConvertResult): Promise<{ value: unknown }> {
    const compiled = opened().cell;
    const local = new Map(
      (compiled?.imports ?? []).map((name) => [name, opened().resolveLocal(cellFile, name)]),
    );
    const cell = new Run(
      scope,
      folder,
      modules,
      (name) => local.get(name) ?? opened().resolveLocal(cellFile, name),
    );
    const before = new Map(
      (compiled?.names ?? []).map((name) => [name, name in scope ? scope[name] : absent]),
    );
    const interrupted = new Promise<never>((_, reject) => {
      underway = { run: cell, compiled, converted: result, before, reject };
    });
    const mine = underway;
    if (!mine) throw new Error("internal: no cell underway");
    const finished = (async () => {
      if (compiled && compiled.imports.length > 0) await modules.prepare(cellFile, compiled.imports);
      thrown = undefined;
      next = result;
      globalThis.__tslab__ = { ...bridge, exports: scope, require: cell.runtime.require, cell: cell.runtime };
      const ok = await executor.execute(source);
      const failure = thrown as { error: unknown } | undefined;
      if (underway === mine) settle(mine, ok);
      if (!ok) throw failure ? failure.error : new Error("internal: a cell failed without saying why");
      return { value: takeValue(result.lastExpressionVar) };
    })();
    try {
      return await Promise.race([finished, interrupted]);
    } catch (error) {
      if (underway === mine) settle(mine, false);
      throw error;
    }
  }

  function takeValue(name: string | undefined): unknown {
    if (name === undefined) return undefined;
    const value = scope[name];
    scope[name] = undefined;
    return value;
  }

  return {
    async execute(source) {
      const result = convert(source);
      return run(source, result);
    },
    complete: (source, position) =>
      completions(source, position, () =>
        actingFor(behind, () => converter.complete(declarations, source, position)),
      ),
    inspect: (source, position) => inspect(source, position),
    isComplete,
    interrupt() {
      executor.interrupt();
      const cell = underway;
      if (!cell) return;
      settle(cell, false);
      cell.reject(interruption());
    },
    variables: () => variablesOf(declarations).filter(({ name }) => !lastValue.test(name)),
    valueOf: (name) => (Object.hasOwn(scope, name) && !lastValue.test(name) ? scope[name] : undefined),
    setCompilerOptions(options) {
      const wanted = { ...set, ...options };
      converted(folder, wanted);
      set = wanted;
      opened().setOptions(configure(folder, set).options);
    },
    compilerOptions: () => ({ ...set }),
    reset() {
      declarations = "";
      scope = {};
    },
    dispose() {
      executor.close();
      shadowed();
    },
  };

  function inspect(source: string, position: Offset): Inspection | undefined {
    const info = actingFor(behind, () => converter.inspect(declarations, source, position));
    if (!info) return undefined;
    const text = (parts: readonly { text: string }[] = []) => parts.map((part) => part.text).join("");
    return { signature: text(info.displayParts), documentation: text(info.documentation) };
  }
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
    code,
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

export type { Variable };
