// Numbers and names as a table shows them, in text and in HTML.

import type { Dimension, Value } from "../graph";
import { escapeXml, shapeText, wordsOf } from "../graph";

/** 1,234,567; not by toLocaleString, which loads the data of all locales first. */
export function count(n: number): string {
  return String(n).replace(/\B(?=(?:\d{3})+$)/g, ",");
}

/** Before a count of parameters: whether the weights of some layer are not known. */
export function atLeast(isLeast: boolean): string {
  return isLeast ? "at least " : "";
}

/** "12.3 %"; "< 0.1 %" rather than nothing. */
export function percent(share: number): string {
  if (share === 0) return "";
  return share < 0.0005 ? "< 0.1 %" : `${(share * 100).toFixed(1)} %`;
}

/**
 * Text for a terminal: controls that could steer it, and marks that reorder what is read, are written out; so are line
 * ends, since a name is one line.
 */
export function printable(text: string): string {
  return text.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
    /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufffe\uffff]|\p{Surrogate}/gu,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** Text for HTML, in elements and in quoted attributes. */
export const escapeHtml = escapeXml;

export function clip(text: string, length: number): string {
  const letters = [...text];
  return letters.length > length ? `${letters.slice(0, length - 1).join("")}…` : text;
}

/** The end of a long name tells more than its beginning. */
export function clipStart(text: string, length: number): string {
  const letters = [...text];
  return letters.length > length ? `…${letters.slice(1 - length).join("")}` : text;
}

export function shape(sizes: readonly Dimension[] | null): string {
  return sizes === null ? "?" : shapeText(sizes);
}

export function valueText({ id, shape: sizes, dtype }: Value): string {
  return `${clip(id, 60)} ${shape(sizes)}${dtype === "unknown" ? "" : ` ${dtype}`}`;
}

export interface Column {
  title: string;
  right?: boolean;
}

/** Columns side by side, each as wide as its longest cell. */
export function textTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const all = [columns.map(({ title }) => title), ...rows.map((row) => row.map(printable))];
  const widths = columns.map((_, k) => Math.max(...all.map((row) => [...(row[k] ?? "")].length)));
  const line = (row: readonly string[]) =>
    columns
      .map(({ right }, k) => {
        const cell = row[k] ?? "";
        const space = " ".repeat((widths[k] ?? 0) - [...cell].length);
        return right ? space + cell : cell + space;
      })
      .join("  ")
      .trimEnd();
  const rule = widths.map((width) => "─".repeat(width)).join("  ");
  const [head = [], ...body] = all;
  return [line(head), rule, ...body.map(line)].join("\n");
}

/** "squeeze excitation" of `squeezeExcitation`. */
export function spaced(name: string): string {
  return wordsOf(name);
}
