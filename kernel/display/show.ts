// What a cell calls to say what a string or some bytes are: `html("<b>bold</b>")`.
import { ArchError } from "../../archbert/graph/errors";
import { imageType } from "./image";
import { type Displayable, jupyterDisplay } from "./mime";
import { toJson } from "./own";
import { bounded, textOf } from "./text";

/**
 * Shows `content` as this MIME type: text as a string, JSON types as a value, all else as bytes or base64. Text that
 * comes from a file or a user belongs through `escapeHtml` first.
 *
 * @param text what front ends show that know no such type
 */
export function raw(mimeType: string, content: unknown, text = `<${mimeType}>`): Displayable {
  return { [jupyterDisplay]: () => ({ [mimeType]: content, "text/plain": text }) };
}

export const html = (source: string): Displayable => raw("text/html", String(source));
/** Drawn as a PNG, too, for front ends that show no SVG. */
export const svg = (source: string): Displayable => raw("image/svg+xml", String(source));
export const markdown = (source: string): Displayable => raw("text/markdown", String(source), String(source));
/** TeX between dollar signs: `latex("$e^{i\\pi}$")`. */
export const latex = (source: string): Displayable => raw("text/latex", String(source), String(source));

/**
 * A tree that opens and closes, in front ends that have one.
 *
 * @throws ArchError when JSON cannot hold the value
 */
export function json(value: unknown): Displayable {
  let content: unknown;
  try {
    content = toJson(value);
  } catch (error) {
    throw new ArchError(`the value is no JSON (${(error as Error).message.split("\n")[0]})`, {
      where: "json",
    });
  }
  return raw("application/json", content, bounded(JSON.stringify(content, null, 2) ?? textOf(value)));
}

/** @throws ArchError when the bytes are no PNG */
export const png = (bytes: Uint8Array): Displayable => image("image/png", bytes);
/** @throws ArchError when the bytes are no JPEG */
export const jpeg = (bytes: Uint8Array): Displayable => image("image/jpeg", bytes);

function image(mimeType: string, bytes: Uint8Array): Displayable {
  if (!(bytes instanceof Uint8Array) || imageType(bytes) !== mimeType) {
    throw new ArchError(`these are not the bytes of an ${mimeType} file`, { where: "display" });
  }
  return raw(mimeType, base64(bytes));
}

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

/** For text and for attributes in quotes; whole pages too, so nothing but these characters is changed. */
export function escapeHtml(text: string): string {
  return String(text).replace(/[&<>"']/g, (c) => entities[c] as string);
}
