// The thread that draws Plotly figures: a browser window without a screen, a network or scripts other than Plotly's.
// It is a thread so that a figure that takes too long can be stopped, and the kernel goes on meanwhile.
import { readFileSync } from "node:fs";
import { parentPort } from "node:worker_threads";

export interface DrawRequest {
  /** A JSON document with `data` and `layout`. */
  figure: string;
  width: number;
  height: number;
}

/** The SVG, or why there is none. */
export type DrawReply = { svg: string } | { refusal: string };

/** What is used of jsdom; its own types would give every file of the project the names of a browser. */
interface Jsdom {
  JSDOM: new (html: string, options: object) => { window: Window };
  VirtualConsole: new () => object;
}

interface Element {
  readonly textContent: string | null;
  readonly parentElement: Element | null;
  getAttribute(name: string): string | null;
  querySelectorAll(selector: string): ArrayLike<Element>;
  remove(): void;
}

interface Window {
  URL: { createObjectURL?: () => string };
  HTMLCanvasElement: { prototype: { getContext: () => null } };
  SVGElement: { prototype: object };
  document: { createElement(name: string): Element; body: { append(element: Element): void } };
  eval(script: string): void;
  Plotly: {
    PlotSchema: { get(): { traces: Record<string, unknown> } };
    newPlot(element: Element, figure: unknown): Promise<unknown>;
    toImage(element: Element, options: object): Promise<string>;
    purge(element: Element): void;
  };
}

function openWindow(): Window {
  const { JSDOM, VirtualConsole } = require("jsdom") as Jsdom;
  // A console of its own: what Plotly logs is not for the cell.
  const { window } = new JSDOM("<body></body>", {
    runScripts: "outside-only",
    virtualConsole: new VirtualConsole(),
  });
  window.URL.createObjectURL = () => "";
  window.HTMLCanvasElement.prototype.getContext = () => null;
  Object.assign(window.SVGElement.prototype, {
    getBBox(this: Element) {
      return boxOf(this);
    },
    getBoundingClientRect(this: Element) {
      return boxOf(this);
    },
    getComputedTextLength(this: Element) {
      return boxOf(this).width;
    },
  });
  window.eval(readFileSync(require.resolve("plotly.js-basic-dist-min"), "utf8"));
  return window;
}

/** jsdom lays nothing out, so the size of text is estimated: close enough for margins and legends. */
function boxOf(element: Element) {
  const size = fontSize(element);
  const lines = [...Array.from(element.querySelectorAll("tspan.line"))];
  const texts = (lines.length > 0 ? lines : [element]).map((line) => line.textContent ?? "");
  const width = Math.max(...texts.map((text) => textWidth(text) * size));
  const height = width === 0 ? 0 : size * (1.2 + 1.3 * (texts.length - 1));
  return { x: 0, y: 0, left: 0, top: 0, right: width, bottom: height, width, height };
}

function fontSize(element: Element): number {
  for (let at: Element | null = element; at; at = at.parentElement) {
    const found = /font-size:\s*([\d.]+)/.exec(at.getAttribute("style") ?? "") ?? [];
    const size = Number(found[1] ?? at.getAttribute("font-size") ?? Number.NaN);
    if (size > 0) return size;
  }
  return 12;
}

/** In ems of a sans serif such as Liberation Sans or DejaVu Sans. */
function textWidth(text: string): number {
  let ems = 0;
  for (const char of text) {
    if (/[ijlI.,:;'|!()[\]ftr ]/.test(char)) ems += 0.36;
    else if (/[mwMWQO@%]/.test(char)) ems += 0.9;
    else if (char > "\u2e80") ems += 1;
    else ems += /[A-Z]/.test(char) ? 0.7 : 0.6;
  }
  return ems;
}

let window: Window | undefined;

async function draw({ figure, width, height }: DrawRequest): Promise<DrawReply> {
  window ??= openWindow();
  const { Plotly, document } = window;
  const { data, layout } = JSON.parse(figure) as { data: { type?: unknown }[]; layout?: object };
  const known = Plotly.PlotSchema.get().traces;
  for (const { type = "scatter" } of data) {
    if (typeof type !== "string" || !Object.hasOwn(known, type))
      return { refusal: `its picture cannot show a trace of type ${JSON.stringify(type)?.slice(0, 40)}` };
  }
  const element = document.createElement("div");
  document.body.append(element);
  try {
    await Plotly.newPlot(element, { data, layout: { paper_bgcolor: "white", ...layout, width, height } });
    return { svg: await Plotly.toImage(element, { format: "svg", imageDataOnly: true, width, height }) };
  } catch {
    return { refusal: "Plotly cannot draw it" };
  } finally {
    Plotly.purge(element);
    element.remove();
  }
}

parentPort?.on("message", (request: DrawRequest) => {
  draw(request).then(
    (reply) => parentPort?.postMessage(reply),
    (error: unknown) => parentPort?.postMessage({ refusal: `Plotly cannot be used here: ${String(error)}` }),
  );
});
