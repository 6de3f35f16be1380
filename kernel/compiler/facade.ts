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
  TypeChecker,
  UserPreferences,
} from "typescript";
import type { Builder, CellProgram } from "./program";
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

function diagnosticsOf(program: Program, files: readonly SourceFile[]): Diagnostic[] {
  return files.flatMap((file) => {
    const cell = file.fileName === current().cellFile;
    return [
      ...[...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
        (diagnostic) => ({
          ...diagnostic,
          messageText: ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n"),
        }),
      ),
      ...(cell ? topLevelAwaits(file) : []),
    ];
  });
}

function quickInfo(
  file: SourceFile,
  checker: TypeChecker,
  _cancellation: CancellationToken,
  position: number,
) {
  const touched = ts.getTouchingPropertyName(file, position);
  if (touched === file) return undefined;
  const node =
    ts.isNewExpression(touched.parent) && touched.pos === touched.parent.pos
      ? touched.parent.expression
      : touched;
  const symbol = checker.getSymbolAtLocation(node);
  if (!symbol) return undefined;
  const shown = ts.SymbolDisplay.getSymbolDisplayPartsDocumentationAndSymbolKind(
    checker,
    symbol,
    file,
    enclosing(node),
    node,
  );
  return {
    kind: shown.symbolKind,
    kindModifiers: ts.SymbolDisplay.getSymbolModifiers(checker, symbol),
    textSpan: { start: node.getStart(file), length: node.end - node.getStart(file) },
    displayParts: shown.displayParts,
    documentation: shown.documentation,
    tags: shown.tags,
  };
}

function enclosing(node: Node): Node | undefined {
  for (let outer = node.parent; outer; outer = outer.parent) {
    if (
      ts.isSourceFile(outer) ||
      ts.isFunctionLike(outer) ||
      ts.isClassLike(outer) ||
      ts.isModuleDeclaration(outer)
    )
      return outer;
  }
  return undefined;
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
  Completions: {
    getCompletionsAtPositionForTslab: (
      _host: object,
      program: Program,
      log: (text: string) => void,
      file: SourceFile,
      position: number,
      preferences: UserPreferences,
      trigger: string | undefined,
      kind: CompletionTriggerKind,
      cancellation: CancellationToken,
    ) =>
      ts.Completions.getCompletionsAtPosition(
        completionHost(program),
        program,
        log,
        file,
        position,
        preferences,
        trigger,
        kind,
        cancellation,
        undefined,
        false,
      ),
  },
  createWatchCompilerHost: (_roots: unknown, _options: unknown, system: System): WatchHost => ({
    sys: system,
  }),
  createWatchProgram,
  // The program has emitted CommonJS already.
  transpileModule: (outputText: string) => ({ outputText }),
};
