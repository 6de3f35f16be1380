// Plotly figures: live in front ends that know Plotly, a picture everywhere else.
import { readFileSync } from "node:fs";
import { rasterise } from "./image";
import { type Displayable, jupyterDisplay } from "./mime";

/** @see https://plotly.com/javascript/plotlyjs-function-reference/#plotlynewplot */
export interface Figure {
  data: readonly Readonly<Record<string, unknown>>[];
  layout?: Readonly<Record<string, unknown>>;
  config?: Readonly<Record<string, unknown>>;
}

export interface Plot extends Displayable {
  figure: Figure;
  /** The same as HTML that needs no extension and no network; it adds 1.2 MB to the notebook. */
  interactive(): Displayable;
}

/** Shows traces, for instance `plot([{ y: [3, 1, 2] }])`. */
export function plot(data: Figure["data"], layout: Figure["layout"] = {}): Plot {
  const figure = { data, layout };
  return {
    figure,
    [jupyterDisplay]: () => figureBundle(figure),
    interactive: () => ({
      [jupyterDisplay]: () => ({ "text/html": interactiveHtml(figure), "text/plain": describe(figure) }),
    }),
  };
}

const figureKeys = new Set(["data", "layout", "config", "frames"]);
const traceKeys = ["type", "x", "y", "z", "values", "labels", "mode"];

export function isFigure(value: object): value is Figure {
  const { data } = value as Figure;
  return (
    Array.isArray(data) &&
    data.length > 0 &&
    Object.keys(value).every((key) => figureKeys.has(key)) &&
    data.every(
      (trace) => typeof trace === "object" && trace !== null && traceKeys.some((key) => key in trace),
    )
  );
}

export async function figureBundle(figure: Figure): Promise<Record<string, unknown>> {
  const bundle: Record<string, unknown> = {
    "application/vnd.plotly.v1+json": plain(figure),
    "text/plain": describe(figure),
  };
  const svg = await drawFigure(figure);
  const picture = svg && (await rasterise(svg));
  if (picture) bundle["image/png"] = picture.png.toString("base64");
  return bundle;
}

function describe({ data }: Figure): string {
  const traces = data.map(({ type = "scatter", name }) =>
    name === undefined ? `${type}` : `${type} "${name}"`,
  );
  return `Plotly figure: ${traces.slice(0, 10).join(", ")}${traces.length > 10 ? ", …" : ""}`;
}

/** Typed arrays become arrays, functions vanish. */
function plain(figure: Figure): unknown {
  return JSON.parse(
    JSON.stringify(figure, (_, value) => (ArrayBuffer.isView(value) ? Array.from(value as never) : value)),
  );
}

const defaultWidth = 700;
const defaultHeight = 450;

interface PlotlyWindow {
  Plotly: {
    newPlot(element: unknown, figure: unknown): Promise<unknown>;
    toImage(element: unknown, options: object): Promise<string>;
    purge(element: unknown): void;
  };
  document: { createElement(name: string): unknown; body: { append(element: unknown): void } };
}

let loading: Promise<PlotlyWindow> | undefined;

/** Loads Plotly into a browser window without a screen: no network, no scripts but Plotly's. */
async function loadPlotly(): Promise<PlotlyWindow> {
  const { JSDOM } = await import("jsdom");
  const { window } = new JSDOM("<body></body>", { runScripts: "outside-only" });
  const measure = (element: { textContent: string | null }) => (element.textContent ?? "").length * 7;
  window.URL.createObjectURL = () => "";
  window.HTMLCanvasElement.prototype.getContext = () => null;
  Object.assign(window.SVGElement.prototype, {
    getBBox(this: { textContent: string | null }) {
      return { x: 0, y: 0, width: measure(this), height: 14 };
    },
    getComputedTextLength(this: { textContent: string | null }) {
      return measure(this);
    },
  });
  window.eval(readFileSync(require.resolve("plotly.js-basic-dist-min"), "utf8"));
  return window as unknown as PlotlyWindow;
}

/** @returns SVG; `undefined` where Plotly refuses the figure, or has no such trace in its basic bundle */
async function drawFigure(figure: Figure): Promise<string | undefined> {
  loading ??= loadPlotly();
  const { Plotly, document } = await loading;
  const element = document.createElement("div");
  document.body.append(element);
  const width = Number(figure.layout?.width) || defaultWidth;
  const height = Number(figure.layout?.height) || defaultHeight;
  try {
    const { data, layout } = plain(figure) as Figure;
    await Plotly.newPlot(element, { data, layout: { paper_bgcolor: "white", ...layout, width, height } });
    return await Plotly.toImage(element, { format: "svg", imageDataOnly: true, width, height });
  } catch {
    return undefined;
  } finally {
    Plotly.purge(element);
    (element as { remove(): void }).remove();
  }
}

function interactiveHtml(figure: Figure): string {
  const script = readFileSync(require.resolve("plotly.js-basic-dist-min"), "utf8");
  // "<" would end the script element.
  const data = JSON.stringify(plain(figure)).replaceAll("<", "\\u003c");
  const page = `<script>${script}</script><div id="plot"></div><script>Plotly.newPlot("plot", ${data})</script>`;
  const height = (Number(figure.layout?.height) || defaultHeight) + 20;
  return `<iframe srcdoc="${page.replaceAll("&", "&amp;").replaceAll('"', "&quot;")}" sandbox="allow-scripts" style="width:100%;height:${height}px;border:0"></iframe>`;
}
