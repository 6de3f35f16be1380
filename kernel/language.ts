// What the kernel asks of a language: run, complete, inspect. `kernel/tslab.ts` is the one that answers.

/** A position in a cell: UTF-16 code units from its start. */
export type Offset = number;

export interface Diagnostic {
  message: string;
  /** TypeScript's number, for instance 2322. */
  code: number;
  severity: "error" | "warning";
  /** `undefined`: the cell itself; otherwise the path of a local file that the cell imports, relative to the folder. */
  file?: string;
  /** Zero-based. */
  line: number;
  /** Zero-based, in UTF-16 code units. */
  column: number;
  /** In UTF-16 code units, counted from `line` and `column`; 0 where unknown. */
  length: number;
}

/** The cell does not compile; nothing of it has run. */
export class CompileError extends Error {
  constructor(readonly diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map((d) => d.message).join("\n"));
    this.name = "CompileError";
  }
}

export interface Completion {
  text: string;
  /** Jupyter's experimental type: "function", "class", "keyword", "instance", "module", "property", "magic", "path" … */
  type?: string;
  /** A one-line signature where known. */
  signature?: string;
}

export interface Completions {
  /** The span of the cell that a choice replaces. */
  start: Offset;
  end: Offset;
  items: Completion[];
}

export interface Inspection {
  /** The declaration as TypeScript prints it. */
  signature: string;
  /** Markdown from the doc comment; empty where there is none. */
  documentation: string;
}

export type Completeness =
  | { status: "complete" | "invalid" | "unknown" }
  | { status: "incomplete"; indent: string };

export interface Variable {
  name: string;
  /** Its type as TypeScript prints it. */
  type: string;
}

export interface ExecuteOptions {
  /** What tracebacks call the cell; `cell-N.ts`, counted by the language, unless given. */
  name?: string;
}

export interface Language {
  /**
   * Compiles and runs a cell.
   *
   * @returns the value of its last expression; `undefined` where it has none. A promise value is returned inside the
   *   object, not awaited: whoever shows it decides.
   * @throws CompileError when it does not compile
   * @throws whatever the cell throws, unchanged
   */
  execute(source: string, options?: ExecuteOptions): Promise<{ value: unknown }>;
  complete(source: string, position: Offset): Completions;
  inspect(source: string, position: Offset): Inspection | undefined;
  isComplete(source: string): Completeness;
  /** Rejects the running cell's promise; what the cell has declared before it stays. */
  interrupt(): void;
  /** What earlier cells have declared. */
  variables(): Variable[];
  /** The value of a declared variable; `undefined` for any other name. */
  valueOf(name: string): unknown;
  /** Compiler options from now on, under tsconfig's names (`{ strict: true }`); told in the error when unknown. */
  setCompilerOptions(options: Readonly<Record<string, unknown>>): void;
  compilerOptions(): Readonly<Record<string, unknown>>;
  /** Forgets all declarations. */
  reset(): void;
  dispose(): void;
}

export interface LibraryDisplay {
  data: Readonly<Record<string, unknown>>;
  /** Names the display so that it can be replaced. */
  id: string | undefined;
  /** Replaces the display of that id. */
  update: boolean;
}

export interface LanguageOptions {
  /** The folder that imports and file names are relative to. */
  folder: string;
  /** Names that every cell sees without importing them: their value and their TypeScript type. */
  globals: Readonly<Record<string, { value: unknown; type: string }>>;
  /** Called between compiling a cell and running it; what it throws is thrown by `execute`, and the cell does not run. */
  onRun?: () => void;
  /** Called with what a cell shows through the language's own library (`display` of the module "tslab"). */
  onDisplay?: (shown: LibraryDisplay) => void;
}
