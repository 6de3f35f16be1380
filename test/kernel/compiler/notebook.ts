// A notebook's folder and language for a test, both gone after it.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { CompileError, Diagnostic, Language, LanguageOptions } from "../../../kernel/language";
import { createLanguage } from "../../../kernel/tslab";

export interface Notebook {
  folder: string;
  language: Language;
  /** Runs cells; the value of the last. */
  run(...cells: string[]): Promise<unknown>;
  /** What is wrong with a cell that must not compile. */
  diagnose(cell: string): Promise<readonly Diagnostic[]>;
  write(path: string, text: string): void;
}

export interface NotebookOptions {
  files?: Readonly<Record<string, string>>;
  globals?: LanguageOptions["globals"];
  onRun?: LanguageOptions["onRun"];
}

/** @returns a test body that runs `body` in a notebook of its own */
export function inNotebook(
  body: (notebook: Notebook) => Promise<void>,
  { files = {}, globals = {}, ...options }: NotebookOptions = {},
): () => Promise<void> {
  return async () => {
    const folder = mkdtempSync(join(tmpdir(), "notebook-"));
    const write = (path: string, text: string) => {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    };
    for (const [path, text] of Object.entries(files)) write(path, text);
    const language = createLanguage({ folder, globals, ...options });
    try {
      await body({
        folder,
        language,
        async run(...cells) {
          let value: unknown;
          for (const cell of cells) ({ value } = await language.execute(cell));
          return value;
        },
        async diagnose(cell) {
          try {
            await language.execute(cell);
          } catch (error) {
            if (error instanceof Error && error.name === "CompileError")
              return (error as CompileError).diagnostics;
            throw error;
          }
          throw new Error(`compiles: ${cell}`);
        },
        write,
      });
    } finally {
      language.dispose();
      rmSync(folder, { recursive: true });
    }
  };
}
