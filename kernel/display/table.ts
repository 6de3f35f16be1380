// Rows as a table, in HTML and in text.
import { ArchError } from "../../archbert/graph/errors";
import { type Displayable, jupyterDisplay } from "./mime";
import { escapeHtml } from "./show";
import { grouped, lineOf } from "./text";

export interface TableOptions {
  /** Which keys, in which order; by default all that the shown rows have. */
  columns?: readonly string[];
  maxRows?: number;
  maxColumns?: number;
}

export type Row = Readonly<Record<string, unknown>>;

interface Cells {
  columns: string[];
  rows: { text: string; isNumber: boolean }[][];
  /** What was left out; empty if nothing. */
  note: string;
}

/**
 * Shows rows as a table: `table([{ layer: "conv1", width: 64 }], { maxRows: 20 })`.
 *
 * @throws ArchError when the rows are not an array of objects
 */
export function table(rows: readonly Row[], options: TableOptions = {}): Displayable {
  if (!Array.isArray(rows) || !rows.every((row) => typeof row === "object" && row !== null)) {
    throw new ArchError("the rows are not an array of objects", { where: "table" });
  }
  return { [jupyterDisplay]: () => tableBundle(rows, options) };
}

/** @param count how many rows there are where `rows` holds only the first of them */
export function tableBundle(
  rows: readonly Row[],
  options: TableOptions = {},
  count = rows.length,
): Record<string, string> {
  const cells = toCells(rows, options, count);
  return { "text/html": toHtml(cells), "text/plain": toText(cells) };
}

function toCells(
  rows: readonly Row[],
  { columns, maxRows = 60, maxColumns = 30 }: TableOptions,
  count: number,
): Cells {
  const shown = rows.slice(0, maxRows);
  const all = columns ? [...columns] : keysOf(shown);
  const kept = all.slice(0, maxColumns);
  const more = [
    count > shown.length
      ? `${grouped(count - shown.length)} more ${count - shown.length === 1 ? "row" : "rows"}`
      : "",
    all.length > kept.length ? `${grouped(all.length - kept.length)} more columns` : "",
  ];
  return {
    columns: kept.map((column) => lineOf(column)),
    rows: shown.map((row) => kept.map((column) => cellOf(row, column))),
    note: more.filter(Boolean).join(", "),
  };
}

function keysOf(rows: readonly Row[]): string[] {
  const keys = new Set<string>();
  for (const row of rows) {
    for (const key of Object.keys(row)) keys.add(key);
  }
  return [...keys];
}

function cellOf(row: Row, column: string): Cells["rows"][number][number] {
  let value: unknown;
  try {
    value = row[column];
  } catch {
    return { text: "(its getter throws)", isNumber: false };
  }
  const isNumber = typeof value === "number" || typeof value === "bigint";
  return { text: value === undefined ? "" : lineOf(value), isNumber };
}

const right = ' style="text-align:right"';
const left = ' style="text-align:left"';

/** Inline styles survive where a notebook is not trusted; colours are the theme's own, so that dark themes work. */
function toHtml({ columns, rows, note }: Cells): string {
  const aligned = columns.map((_, i) => (rows.some((row) => row[i]?.isNumber) ? right : left));
  const cells = (tag: "th" | "td", texts: string[]) =>
    texts.map((text, i) => `<${tag}${aligned[i]}>${escapeHtml(text)}</${tag}>`).join("");
  const texts = rows.map((row) => row.map(({ text }) => text));
  const body = texts.map((row) => `<tr>${cells("td", row)}</tr>`).join("\n");
  const foot = note && `\n<p>… ${escapeHtml(note)}</p>`;
  const head = `<thead><tr>${cells("th", columns)}</tr></thead>`;
  return `<div style="max-width:100%;overflow-x:auto"><table>\n${head}\n<tbody>\n${body}\n</tbody>\n</table>${foot}</div>`;
}

function toText({ columns, rows, note }: Cells): string {
  const lines = [columns, ...rows.map((row) => row.map(({ text }) => text))];
  const widths = columns.map((_, i) =>
    lines.reduce((width, line) => Math.max(width, line[i]?.length ?? 0), 0),
  );
  const numeric = columns.map((_, i) => rows.some((row) => row[i]?.isNumber));
  const text = lines.map((line) =>
    line
      .map((cell, i) => (numeric[i] ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)))
      .join("  ")
      .trimEnd(),
  );
  return [...text, ...(note ? [`… ${note}`] : [])].join("\n");
}
