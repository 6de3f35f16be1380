// How any value shows itself: its own way first, then that of its kind, then as text.
import { rasterise } from "./image";
import { kindOf } from "./kinds";
import { jupyterDisplay, type MimeBundle } from "./mime";
import { type Checked, checkOwn, inTime } from "./own";
import { figureBundle, isFigure } from "./plotly";
import { lineOf, textOf } from "./text";

const plotlyType = "application/vnd.plotly.v1+json";

/** Whether a cell shows this value when its last expression has it. */
export function hasDisplay(value: unknown): boolean {
  return value !== undefined;
}

/**
 * The richest form of a value, with `text/plain` always, and a PNG beside each SVG and each figure of Plotly. Never throws and never hangs: a
 * display that fails or takes longer than a minute becomes a note below the value's text.
 */
export async function toMimeBundle(value: unknown): Promise<MimeBundle> {
  const { data, metadata, notes } = await contentOf(value);
  const svg = data["image/svg+xml"];
  if (typeof svg === "string" && !("image/png" in data)) {
    const picture = await rasterise(svg);
    if (picture) {
      data["image/png"] = picture.png.toString("base64");
      metadata["image/png"] = { width: picture.width, height: picture.height };
    }
  }
  const figure = data[plotlyType];
  if (typeof figure === "object" && figure !== null && isFigure(figure) && !("image/png" in data)) {
    const drawn = await figureBundle(figure);
    Object.assign(data, { ...drawn.data, "text/plain": data["text/plain"] });
    Object.assign(metadata, drawn.metadata);
  }
  const text = typeof data["text/plain"] === "string" ? data["text/plain"] : textOf(value);
  data["text/plain"] = [text, ...notes.map((note) => `(${note})`)].join("\n");
  return { data, metadata };
}

async function contentOf(value: unknown): Promise<Checked> {
  const nothing: Checked = { data: {}, metadata: {}, notes: [] };
  if ((typeof value !== "object" && typeof value !== "function") || value === null) return nothing;
  try {
    const display = ownDisplay(value) ?? displayOfKind(value);
    if (!display) return nothing;
    const shown = await inTime(display());
    if (shown === undefined) return { ...nothing, notes: ["its display takes too long or shows nothing"] };
    return checkOwn(shown);
  } catch (error) {
    const reason = error instanceof Error ? error.message : error;
    return { ...nothing, notes: [`its display failed: ${lineOf(reason)}`] };
  }
}

function ownDisplay(value: object): (() => unknown) | undefined {
  let method: unknown;
  try {
    method = (value as { [jupyterDisplay]?: unknown })[jupyterDisplay];
  } catch {
    return undefined; // a proxy that refuses to be read
  }
  return typeof method === "function" ? () => method.call(value) : undefined;
}

function displayOfKind(value: object): (() => unknown) | undefined {
  const kind = kindOf(value);
  return kind && (() => kind.show(value));
}
