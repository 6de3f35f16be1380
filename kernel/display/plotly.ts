// Plotly figures: live in front ends that know Plotly, a picture everywhere else.
import { readFileSync } from "node:fs";
import { ArchError } from "../../archbert/graph/errors";
import { rasterise } from "./image";
import { type Displayable, jupyterDisplay, type MimeBundle } from "./mime";
import { drawFigure } from "./plotlyThread";
import { grouped, lineOf } from "./text";

/** @see https://plotly.com/javascript/plotlyjs-function-reference/#plotlynewplot */
export interface Figure {
  data: readonly Readonly<Record<string, unknown>>[];
  layout?: Readonly<Record<string, unknown>>;
}

export interface Plot extends Displayable {
  figure: Figure;
  /** The same as HTML that needs no extension and no network; it adds 1.4 MB to the notebook. */
  interactive(): Displayable;
}

/**
 * Shows traces, for instance `plot([{ y: [3, 1, 2] }], { title: { text: "loss" } })`. Values may be typed arrays.
 *
 * @throws ArchError when the traces are not an array of objects
 */
export function plot(data: Figure["data"], layout: Figure["layout"] = {}): Plot {
  if (!Array.isArray(data) || !data.every((trace) => typeof trace === "object" && trace !== null)) {
    throw new ArchError("the traces are not an array of objects", {
      where: "plot",
      fix: "Give for instance plot([{ y: [3, 1, 2] }])",
    });
  }
  const figure = { data, layout };
  return {
    figure,
    [jupyterDisplay]: async () => ({ ...(await figureBundle(figure)) }),
    interactive: () => ({
      [jupyterDisplay]: () => ({ "text/html": interactiveHtml(figure), "text/plain": describe(figure) }),
    }),
  };
}

const figureKeys = new Set(["data", "layout", "config", "frames"]);
const traceKeys = ["x", "y", "z", "values", "labels"];

/** Whether a plain object is a figure by its looks: `{ data: [traces], layout }` and nothing else. */
export function isFigure(value: object): value is Figure {
  const { data, layout } = value as Figure;
  return (
    Array.isArray(data) &&
    data.length > 0 &&
    (layout === undefined || (typeof layout === "object" && layout !== null)) &&
    Object.keys(value).every((key) => figureKeys.has(key)) &&
    data.slice(0, 100).every(isTrace)
  );
}

function isTrace(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const trace = value as Record<string, unknown>;
  const holdsValues = traceKeys.some((key) => Array.isArray(trace[key]) || ArrayBuffer.isView(trace[key]));
  if (trace.type === undefined) return holdsValues && ("y" in trace || "mode" in trace);
  return typeof trace.type === "string" && holdsValues;
}

/** Of the live form, in UTF-16 code units; the picture has the size of a picture. */
const longestLive = 1 << 20;
/** Of a trace, in its picture. */
const mostPoints = 10_000;
const defaultWidth = 700;
const defaultHeight = 450;

export async function figureBundle(figure: Figure): Promise<MimeBundle> {
  const text = describe(figure);
  const json = figureJson(figure);
  const notes: string[] = [];
  const data: Record<string, unknown> = {};
  const metadata: Record<string, unknown> = {};
  if (json.length <= longestLive) data["application/vnd.plotly.v1+json"] = JSON.parse(json);
  else notes.push(`with ${grouped(json.length)} characters of data it is shown as a picture only`);
  const thin = { ...figure, data: figure.data.map(thinned) };
  const drawn = thin.data.every((trace, i) => trace === figure.data[i]) ? json : figureJson(thin);
  if (drawn !== json) notes.push(`its picture shows at most ${grouped(mostPoints)} points of each trace`);
  const width = pixels(figure.layout?.width, defaultWidth);
  const height = pixels(figure.layout?.height, defaultHeight);
  const reply = await drawFigure({ figure: drawn, width, height });
  if ("refusal" in reply) notes.push(reply.refusal);
  const picture = "svg" in reply ? await rasterise(reply.svg) : undefined;
  if (picture) {
    data["image/png"] = picture.png.toString("base64");
    metadata["image/png"] = { width: picture.width, height: picture.height };
  }
  data["text/plain"] = [text, ...notes.map((note) => `(${note})`)].join("\n");
  return { data, metadata };
}

/** Every so manieth point of a long trace, and of what goes with its points: sizes, colours, texts. */
function thinned(trace: Figure["data"][number]): Figure["data"][number] {
  const count = Math.max(...traceKeys.map((key) => lengthOf(trace[key])));
  if (count <= mostPoints) return trace;
  const step = Math.ceil(count / mostPoints);
  const thin = (value: unknown): unknown => {
    if (lengthOf(value) === count) {
      const values = value as ArrayLike<unknown>;
      return Array.from({ length: Math.ceil(count / step) }, (_, i) => values[i * step]);
    }
    if (typeof value !== "object" || value === null || lengthOf(value) > 0) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, thin(item)]));
  };
  return thin(trace) as Figure["data"][number];
}

function lengthOf(value: unknown): number {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && "length" in value) ? Number(value.length) : 0;
}

function pixels(wanted: unknown, byDefault: number): number {
  return typeof wanted === "number" && wanted >= 10 ? Math.min(Math.round(wanted), 4000) : byDefault;
}

function describe({ data }: Figure): string {
  const traces = data.slice(0, 10).map(({ type = "scatter", name }) => {
    const named = typeof name === "string" && name !== "" ? ` ${JSON.stringify(lineOf(name, 60))}` : "";
    return `${lineOf(type, 40)}${named}`;
  });
  return `Plotly figure: ${traces.join(", ")}${data.length > 10 ? ", …" : ""}`;
}

/**
 * A figure is data: typed arrays become arrays, functions vanish, and so does `config`, which could name a server, and
 * any image that would have to be fetched.
 */
function figureJson({ data, layout }: Figure): string {
  return JSON.stringify({ data, layout: layout ?? {} }, (key, value) => {
    if (ArrayBuffer.isView(value) && "length" in value)
      return Array.from(value as unknown as ArrayLike<unknown>, plainNumber);
    if (typeof value === "bigint") return Number(value);
    if (key === "images" && Array.isArray(value)) return value.filter(isInlineImage);
    return value;
  });
}

const plainNumber = (value: unknown) => (typeof value === "bigint" ? Number(value) : value);

function isInlineImage(image: unknown): boolean {
  const source = (image as { source?: unknown } | null)?.source;
  return typeof source === "string" && /^data:image\/(png|jpe?g|gif|webp);base64,[\w+/=]*$/.test(source);
}

function interactiveHtml(figure: Figure): string {
  const script = readFileSync(require.resolve("plotly.js-basic-dist-min"), "utf8");
  // "<" would end the script element.
  const data = figureJson(figure).replaceAll("<", "\\u003c");
  const page =
    `<!doctype html><meta charset="utf-8"><body style="margin:0"><script>${script}</script><div id="plot"></div>` +
    `<script>Plotly.newPlot("plot", Object.assign(${data}, { config: { responsive: true } }))</script>`;
  const height = pixels(figure.layout?.height, defaultHeight) + 20;
  // In a frame without this page's origin: its scripts see nothing of the notebook.
  return `<iframe srcdoc="${page.replaceAll("&", "&amp;").replaceAll('"', "&quot;")}" sandbox="allow-scripts" style="width:100%;height:${height}px;border:0"></iframe>`;
}
