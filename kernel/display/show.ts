// What a cell calls to say what a string or some bytes are: `html("<b>bold</b>")`.
import { type Displayable, jupyterDisplay } from "./mime";

/** Shows `content` as this MIME type. Text that comes from a file or a user belongs through `escapeHtml` first. */
export function raw(mimeType: string, content: unknown, text = `<${mimeType}>`): Displayable {
  return { [jupyterDisplay]: () => ({ [mimeType]: content, "text/plain": text }) };
}

export const html = (source: string): Displayable => raw("text/html", source);
export const svg = (source: string): Displayable => raw("image/svg+xml", source);
export const markdown = (source: string): Displayable => raw("text/markdown", source, source);
/** TeX between dollar signs. */
export const latex = (source: string): Displayable => raw("text/latex", source, source);
/** A tree that opens and closes, in front ends that have one. */
export const json = (value: unknown): Displayable =>
  raw("application/json", value, JSON.stringify(value, null, 2));
export const png = (bytes: Uint8Array): Displayable => raw("image/png", base64(bytes));
export const jpeg = (bytes: Uint8Array): Displayable => raw("image/jpeg", base64(bytes));

export function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
}

const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** For text and for attributes in quotes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (c) => entities[c] as string);
}
