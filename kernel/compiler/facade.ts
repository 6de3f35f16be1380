// What tslab's converter takes for its own fork of TypeScript 5.0: the stock compiler, and the few calls that only the
// fork has. The fork lets top-level await through by reporting it as an error of number 1308, which the converter looks for.
import type {
  CancellationToken,
  CompletionTriggerKind,
  Diagnostic,
  Node,
  Program,
  SourceFile,
  System,
  Symbol as TsSymbol,
  UserPreferences,
} from "typescript";
import type { Builder } from "./builder";
import type { DescribedEntry } from "./completions";
import { quickInfo } from "./hover";
import type { CellProgram } from "./program";
import { ts } from "./stock";

/** The watcher that the converter asks for, narrowed to what it uses. */
interface WatchHost {
  sys: System;
  afterProgramCreate?: (builder: Builder) => void;
}

/** Who stands behind the converter that is at work. */
export interface Behind {
  folder: string;
  /** The program, made when the converter is. */
  open(sys: System): CellProgram;
  program(): CellProgram;
  cellFile: string;
  declarationFile: string;
}

let behind: Behind | undefined;

/** Runs `action`, during which the converter's compiler is `who`. */
export function actingFor<T>(who: Behind, action: () => T): T {
  const before = behind;
  behind = who;
  try {
    return action();
  } finally {
    behind = before;
  }
}

function current(): Behind {
  if (!behind) throw new Error("internal: the converter runs outside actingFor");
  return behind;
}

const awaitOutsideFunction = 1308;

/**
 * The same of the stock compiler, which means it: an await in a function that is not async. The converter, where it sees
 * 1308, lets some of them through.
 */
export const refusedAwait = -1308;

/** Every `await` outside functions, as the fork reports it. */
function topLevelAwaits(file: SourceFile): Diagnostic[] {
  const found: Diagnostic[] = [];
  const report = (keyword: Node) =>
    found.push({
      file,
      start: keyword.getStart(file),
      length: "await".length,
      code: awaitOutsideFunction,
      category: ts.DiagnosticCategory.Error,
      messageText: "",
    });
  const visit = (node: Node): void => {
    if (found.length > 0 || ts.isFunctionLike(node)) return;
    if (ts.isAwaitExpression(node)) report(node);
    else if (ts.isForOfStatement(node) && node.awaitModifier) report(node.awaitModifier);
    else if (ts.isVariableDeclarationList(node) && isAwaitUsing(node)) report(node);
    ts.forEachChild(node, visit);
  };
  if (/\bawait\b/.test(file.text)) visit(file);
  return found;
}

function isAwaitUsing(node: Node): boolean {
  return (node.flags & ts.NodeFlags.BlockScoped) === ts.NodeFlags.AwaitUsing;
}

function diagnosticsOf(_program: Program, files: readonly SourceFile[]): Diagnostic[] {
  const { cellFile, program } = current();
  return files.flatMap((file) => [
    ...program()
      .diagnostics(file)
      .map((diagnostic) => ({
        ...diagnostic,
        code: diagnostic.code === awaitOutsideFunction ? refusedAwait : diagnostic.code,
        messageText: ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n"),
      })),
    ...(file.fileName === cellFile ? topLevelAwaits(file) : []),
  ]);
}

/** What path completion inside a string needs to look around. */
function completionHost(program: Program) {
  const { sys } = ts;
  return {
    getCurrentDirectory: () => current().folder,
    getCompilationSettings: () => program.getCompilerOptions(),
    fileExists: sys.fileExists,
    readFile: sys.readFile,
    readDirectory: sys.readDirectory,
    directoryExists: sys.directoryExists,
    getDirectories: sys.getDirectories,
    realpath: sys.realpath,
    useCaseSensitiveFileNames: () => true,
  };
}

/** @returns the entries of the stock compiler, which can tell their types as well */
function completionsAt(
  _host: object,
  program: Program,
  log: (text: string) => void,
  file: SourceFile,
  position: number,
  preferences: UserPreferences,
  trigger: string | undefined,
  kind: CompletionTriggerKind,
  cancellation: CancellationToken,
) {
  const host = completionHost(program);
  // prettier would have these eleven on a line each; they are the compiler's, not ours.
  const info = ts.Completions.getCompletionsAtPosition(
    host, program, log, file, position, preferences, trigger, kind, cancellation, undefined, true,
  ); // biome-ignore format: one call
  const checker = program.getTypeChecker();
  const ours = new Set([current().cellFile, current().declarationFile]);
  for (const entry of (info?.entries ?? []) as (DescribedEntry & { symbol?: TsSymbol })[]) {
    const { symbol } = entry;
    if (!symbol) continue;
    delete entry.symbol;
    entry.own = symbol.declarations?.some((node) => ours.has(node.getSourceFile().fileName)) ?? false;
    entry.describe = () => {
      if ((symbol.flags & ts.SymbolFlags.Value) === 0) return undefined;
      return checker.typeToString(checker.getTypeOfSymbolAtLocation(symbol, file), file);
    };
  }
  return info;
}

/** The system that the converter sees: rooted in the folder of the notebook, and watching nothing by itself. */
const sys: System = Object.assign(Object.create(ts.sys) as System, {
  getCurrentDirectory: () => current().folder,
  watchFile: () => ({ close() {} }),
});

/** Stands in for ts.createWatchProgram: the converter calls back when the cell or the declarations have changed. */
function createWatchProgram(host: WatchHost) {
  const { open, cellFile, declarationFile } = current();
  const program = open(host.sys);
  const rebuild = () => host.afterProgramCreate?.(program.refresh());
  let pending = false;
  const schedule = () => {
    if (pending) return;
    pending = true;
    host.sys.setTimeout?.(() => {
      pending = false;
      rebuild();
    }, 0);
  };
  host.sys.watchFile?.(cellFile, schedule);
  host.sys.watchFile?.(declarationFile, schedule);
  rebuild();
  return {
    close() {},
    updateRootFileNames(roots: string[]) {
      program.setModules(roots);
      schedule();
    },
  };
}

/** The object to put in the place of `@tslab/typescript-for-tslab`. */
export const typescriptForTslab = {
  ...ts,
  __esModule: true,
  sys,
  // The options that it goes into are not used: see options.ts.
  getDefaultTypeRoots: () => [],
  getNullTransformationContext: () => ts.nullTransformationContext,
  getPreEmitDiagnosticsOfFiles: diagnosticsOf,
  getPreEmitDiagnostics: (program: Program, file: SourceFile) => diagnosticsOf(program, [file]),
  getQuickInfoAtPosition: quickInfo,
  Completions: { getCompletionsAtPositionForTslab: completionsAt },
  createWatchCompilerHost: (_roots: unknown, _options: unknown, system: System): WatchHost => ({
    sys: system,
  }),
  createWatchProgram,
  // The program has emitted CommonJS already.
  transpileModule: (outputText: string) => ({ outputText }),
};
