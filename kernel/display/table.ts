// Rows of plain objects as a table.
import { type Displayable, jupyterDisplay } from "./mime";
import { escapeHtml } from "./show";
import { bounded, textOf } from "./text";

export interface TableOptions {
  /** Which keys, in which order; all by default. */
  columns?: readonly string[];
  maxRows?: number;
  maxColumns?: number;
}

export type Row = Readonly<Record<string, unknown>>;

/** In a cell, in UTF-16 code units. */
const longestCell = 200;

interface Cells {
  columns: string[];
  rows: string[][];
  /** What was left out; empty if nothing. */
  note: string;
}

/** Shows rows as a table, in HTML and in text. */
export function table(rows: readonly Row[], options: TableOptions = {}): Displayable {
  return { [jupyterDisplay]: () => tableBundle(rows, options) };
}

export function tableBundle(rows: readonly Row[], options: TableOptions = {}): Record<string, unknown> {
  const cells = toCells(rows, options);
  return { "text/html": toHtml(cells), "text/plain": toText(cells) };
}

function toCells(rows: readonly Row[], { columns, maxRows = 60, maxColumns = 30 }: TableOptions): Cells {
  const shown = rows.slice(0, maxRows);
  const all = columns ? [...columns] : [...new Set(shown.flatMap((row) => Object.keys(row)))];
  const kept = all.slice(0, maxColumns);
  const cut = [
    rows.length > shown.length ? `${(rows.length - shown.length).toLocaleString("en")} more rows` : "",
    all.length > kept.length ? `${all.length - kept.length} more columns` : "",
  ];
  return {
    columns: kept,
    rows: shown.map((row) => kept.map((column) => cellText(row[column]))),
    note: cut.filter(Boolean).join(", "),
  };
}

function cellText(value: unknown): string {
  return value === undefined ? "" : bounded(textOf(value), longestCell);
}

function toHtml({ columns, rows, note }: Cells): string {
  const head = columns.map((column) => `<th>${escapeHtml(column)}</th>`).join("");
  const body = rows
    .map((row) => `<tr>${row.map((cell) => `<td>${escapeHtml(cell)}</td>`).join("")}</tr>`)
    .join("\n");
  const foot = note && `\n<p>… ${escapeHtml(note)}</p>`;
  return `<table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${body}\n</tbody>\n</table>${foot}`;
}

function toText({ columns, rows, note }: Cells): string {
  const lines = [columns, ...rows].map((row) => row.map((cell) => cell.replaceAll("\n", " ")));
  const widths = columns.map((_, i) =>
    lines.reduce((width, line) => Math.max(width, line[i]?.length ?? 0), 0),
  );
  const text = lines.map((line) =>
    line
      .map((cell, i) => cell.padEnd(widths[i] as number))
      .join("  ")
      .trimEnd(),
  );
  return [...text, ...(note ? [`… ${note}`] : [])].join("\n");
}
