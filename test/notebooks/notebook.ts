// A notebook file, as far as the tests read one.
import { readFileSync } from "node:fs";

export interface Output {
  output_type: "stream" | "display_data" | "execute_result" | "error";
  text?: string | string[];
  data?: Record<string, unknown>;
  ename?: string;
  evalue?: string;
  traceback?: string[];
}

export interface Cell {
  id: string;
  cell_type: "code" | "markdown";
  source: string | string[];
  metadata: { tags?: string[] };
  outputs: Output[];
  execution_count: number | null;
}

export interface Notebook {
  cells: Cell[];
}

export const readNotebook = (file: string): Notebook => JSON.parse(readFileSync(file, "utf8"));
export const codeCells = ({ cells }: Notebook) => cells.filter((cell) => cell.cell_type === "code");
export const outputsOf = ({ outputs }: Cell, type: Output["output_type"]) =>
  outputs.filter((output) => output.output_type === type);

const joined = (text: unknown): string => (Array.isArray(text) ? text.join("") : String(text ?? ""));

/** The text that a terminal would show of a cell's outputs, colours aside. */
export function textOf({ outputs }: Cell): string {
  const texts = outputs.map((output) => joined(output.text ?? output.data?.["text/plain"]));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with one
  return texts.join("\n").replace(/\u001b\[[0-9;]*m/g, "");
}

/** A notebook of code cells for our kernel. */
export function newNotebook(sources: readonly string[]) {
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {
      kernelspec: { name: "archbert", display_name: "TypeScript (ArchBERT)", language: "typescript" },
    },
    cells: sources.map((source, index) => ({
      id: `cell-${index}`,
      cell_type: "code",
      source,
      metadata: {},
      outputs: [],
      execution_count: null,
    })),
  };
}
