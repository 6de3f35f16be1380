// The names that every cell sees: display, prompt, clearOutput, comms.
import { randomUUID } from "node:crypto";
import type { Comms } from "./comms";
import { html, jpeg, json, latex, markdown, png, raw, svg } from "./display";
import type { Host } from "./host";
import type { LanguageOptions } from "./language";

/** An output that can be replaced, as often as you like, wherever it stands. */
export interface DisplayHandle {
  readonly id: string;
  update(value: unknown): void;
}

/** Shows a value below the cell in its richest form; its methods say what a string or some bytes are. */
export interface Display {
  /** @param options.id names the output; the same id again adds another that is updated together with it */
  (value: unknown, options?: { id?: string }): DisplayHandle;
  html(source: string): DisplayHandle;
  svg(source: string): DisplayHandle;
  markdown(source: string): DisplayHandle;
  latex(source: string): DisplayHandle;
  json(value: unknown): DisplayHandle;
  png(bytes: Uint8Array): DisplayHandle;
  jpeg(bytes: Uint8Array): DisplayHandle;
  raw(mimeType: string, content: unknown): DisplayHandle;
}

/**
 * Asks the user for a line of text and waits for it.
 *
 * @throws ArchError where the front end cannot ask
 */
export type Prompt = (question?: string, options?: { password?: boolean }) => string;

/** Clears what the cell has shown; with `wait`, only when its next output comes. */
export type ClearOutput = (options?: { wait?: boolean }) => void;

const handles = new WeakSet<object>();

/** Whether a cell's value is what `display` returned: it has been shown already. */
export function isDisplayHandle(value: unknown): boolean {
  return typeof value === "object" && value !== null && handles.has(value);
}

export function createDisplay(host: Host): Display {
  const show = (value: unknown, { id = randomUUID() }: { id?: string } = {}): DisplayHandle => {
    void host.display(value, { id });
    const handle = { id, update: (next: unknown) => void host.display(next, { id, update: true }) };
    handles.add(handle);
    return handle;
  };
  return Object.assign(show, {
    html: (source: string) => show(html(source)),
    svg: (source: string) => show(svg(source)),
    markdown: (source: string) => show(markdown(source)),
    latex: (source: string) => show(latex(source)),
    json: (value: unknown) => show(json(value)),
    png: (bytes: Uint8Array) => show(png(bytes)),
    jpeg: (bytes: Uint8Array) => show(jpeg(bytes)),
    raw: (mimeType: string, content: unknown) => show(raw(mimeType, content)),
  });
}

/** @param magics what rewritten magics call */
export function cellGlobals(host: Host, comms: Comms, magics: unknown): LanguageOptions["globals"] {
  const type = (name: string) => `import("archbert/kernel").${name}`;
  return {
    display: { value: createDisplay(host), type: type("Display") },
    prompt: {
      value: (question = "", options = {}) => host.prompt(question, options),
      type: type("Prompt"),
    } as {
      value: Prompt;
      type: string;
    },
    clearOutput: { value: (options = {}) => host.clearOutput(options), type: type("ClearOutput") } as {
      value: ClearOutput;
      type: string;
    },
    comms: { value: comms, type: type("Comms") },
    archbertMagic: { value: magics, type: type("MagicRuntime") },
  };
}
