// HTML and SVG read by a parser, for tests of what they hold.
import { createRequire } from "node:module";

/** What the tests ask of an element; jsdom brings no types, and this project's compiler knows no DOM. */
export interface Markup {
  tagName: string;
  textContent: string | null;
  querySelector(selector: string): Markup | null;
  querySelectorAll(selector: string): Iterable<Markup> & { length: number };
  getAttribute(name: string): string | null;
  getAttributeNames(): string[];
  click(): void;
}

const { JSDOM } = createRequire(__filename)("jsdom") as {
  JSDOM: new (
    source: string,
    options?: { contentType?: string; runScripts?: "dangerously" },
  ) => { window: { document: { documentElement: Markup; body: Markup } } };
};

/** @throws where it is not well-formed XML */
export function parseSvg(source: string): Markup {
  return new JSDOM(source, { contentType: "image/svg+xml" }).window.document.documentElement;
}

export function parseHtml(source: string): Markup {
  return new JSDOM(source).window.document.body;
}

/** Its handlers of events run: for HTML of this project's own. */
export function runHtml(source: string): Markup {
  return new JSDOM(source, { runScripts: "dangerously" }).window.document.body;
}

/** What neither a terminal, a browser nor the eye should be given; line ends are fine. */
export const tricks =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e\ufffe]|\p{Surrogate}/u;
