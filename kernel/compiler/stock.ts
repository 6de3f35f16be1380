// The stock TypeScript compiler, with the few internal functions that a notebook needs of it.
import { enableCompileCache } from "node:module";
import { setFlagsFromString } from "node:v8";
import type * as Typescript from "typescript";

/** What `typescript` exports without declaring it. Checked by test/kernel/compiler/stock.test.ts against each upgrade. */
interface Internals {
  nullTransformationContext: Typescript.TransformationContext;
  bindSourceFile(file: Typescript.SourceFile, options: Typescript.CompilerOptions): void;
  findPrecedingToken(position: number, file: Typescript.SourceFile): Typescript.Node | undefined;
  findNextToken(
    previous: Typescript.Node,
    parent: Typescript.Node,
    file: Typescript.SourceFile,
  ): Typescript.Node | undefined;
  getTouchingPropertyName(file: Typescript.SourceFile, position: number): Typescript.Node;
  Completions: {
    getCompletionsAtPosition(
      host: object,
      program: Typescript.Program,
      log: (text: string) => void,
      file: Typescript.SourceFile,
      position: number,
      preferences: Typescript.UserPreferences,
      triggerCharacter: string | undefined,
      kind: Typescript.CompletionTriggerKind,
      cancellation: Typescript.CancellationToken,
      format: undefined,
      includeSymbol: boolean,
    ): Typescript.CompletionInfo | undefined;
  };
  SymbolDisplay: {
    getSymbolDisplayPartsDocumentationAndSymbolKind(
      checker: Typescript.TypeChecker,
      symbol: Typescript.Symbol,
      file: Typescript.SourceFile,
      enclosing: Typescript.Node | undefined,
      location: Typescript.Node,
    ): {
      symbolKind: Typescript.ScriptElementKind;
      displayParts: Typescript.SymbolDisplayPart[];
      documentation: Typescript.SymbolDisplayPart[];
      tags: Typescript.JSDocTagInfo[] | undefined;
    };
    getSymbolModifiers(checker: Typescript.TypeChecker, symbol: Typescript.Symbol): string;
  };
  optionDeclarations: readonly { name: string; type: unknown }[];
}

export type Stock = typeof Typescript & Internals;

// The compiler is 9 MB of JavaScript. V8's own cache of compiled code, on disk, halves the time to load it.
enableCompileCache();

// A cell leaves some megabytes of trees behind. V8 would let them pile up to four times what lives, and the process grow
// to 540 MB over a thousand cells; at one and a half times it stays at 360 MB, no cell noticeably slower.
setFlagsFromString("--heap-growing-percent=50");

// `require`, not `import`: the cache has to be on before the file is read.
export const ts = require("typescript") as Stock;

/** A source file as the binder leaves it. */
export interface BoundFile extends Typescript.SourceFile {
  locals?: Typescript.SymbolTable;
  symbol?: Typescript.Symbol;
  imports?: readonly Typescript.StringLiteralLike[];
  /** All names that stand in the file. */
  identifiers: ReadonlyMap<string, string>;
  parseDiagnostics: Typescript.DiagnosticWithLocation[];
  bindDiagnostics?: Typescript.DiagnosticWithLocation[];
  path: string;
  resolvedPath: string;
  originalFileName: string;
  packageJsonLocations?: readonly string[];
  packageJsonScope?: object;
  version: string;
}

export interface InternalChecker extends Typescript.TypeChecker {
  getDiagnostics(file: Typescript.SourceFile): Typescript.Diagnostic[];
  resolveName(
    name: string,
    location: Typescript.Node,
    meaning: Typescript.SymbolFlags,
    excludeGlobals: boolean,
  ): Typescript.Symbol | undefined;
}

export interface InternalProgram extends Typescript.Program {
  getResolvedModuleFromModuleSpecifier(
    specifier: Typescript.StringLiteralLike,
    file: Typescript.SourceFile,
  ): { resolvedModule?: Typescript.ResolvedModuleFull } | undefined;
  emit(
    file?: Typescript.SourceFile,
    writeFile?: Typescript.WriteFileCallback,
    cancellation?: Typescript.CancellationToken,
    emitOnly?: boolean,
    transformers?: Typescript.CustomTransformers,
    forceDtsEmit?: boolean,
  ): Typescript.EmitResult;
}
