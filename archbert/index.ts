// The package: load a network, and ask what it is.

import type { LoadOptions } from "./files";
import { openSource } from "./files";
import type {
  Architecture,
  Caption,
  CaptionOptions,
  Drawing,
  DrawOptions,
  Facts,
  FactsOptions,
  Program,
} from "./graph";
import * as graph from "./graph";
import type { Summary, SummaryOptions } from "./views";
import * as views from "./views";

export type { LoadOptions } from "./files";
export * from "./graph";
export {
  type RowGroup,
  type RowSpan,
  type Summary,
  type SummaryOptions,
  type SummaryRow,
  showArchitecture,
  showCaption,
  showDrawing,
  showFacts,
  showSummary,
} from "./views";

// What follows returns plain data that also shows itself: in a notebook as a card, a table or a picture, and as text
// through String(value).

/**
 * Reads the architecture of a network. Only its graph is read, never its weights: a file of gigabytes takes
 * milliseconds.
 *
 * @param fileOrUrl a path, relative to the current folder; or an http(s) URL, which is downloaded into memory
 * @returns plain data, owned by the caller; nothing stays open
 * @throws ImportError when there is no such file, it is no network, or it is damaged; the signal's reason when aborted
 */
export async function load(fileOrUrl: string, options: LoadOptions = {}): Promise<Architecture> {
  const source = await openSource(fileOrUrl, options);
  try {
    return views.withDisplay(await graph.importArchitecture(source), views.showArchitecture);
  } finally {
    source.close();
  }
}

/**
 * The network that a program of the architecture language means.
 *
 * @param program its text, or its tree as `parse` gives it
 * @returns plain data, owned by the caller
 * @throws ProgramError, with line and column, when the text is no program
 */
export function build(program: string | Program): Architecture {
  const tree = typeof program === "string" ? graph.parse(program) : program;
  return views.withDisplay(graph.build(tree), views.showArchitecture);
}

/**
 * Everything known about the network, computed from its graph alone.
 *
 * @param architecture borrowed, not changed
 * @returns plain data, owned by the caller
 */
export function facts(architecture: Architecture, options: FactsOptions = {}): Facts {
  return views.withDisplay(graph.facts(architecture, options), views.showFacts);
}

/**
 * Two to five sentences about the network, and the claims they make, each with the nodes that prove it.
 *
 * @param architecture borrowed, not changed
 * @throws ArchError when the style is none of `captionStyles`
 */
export function caption(architecture: Architecture, options: CaptionOptions = {}): Caption {
  return views.withDisplay(graph.caption(architecture, options), views.showCaption);
}

/**
 * The network layer by layer: what each op gives, holds and costs.
 *
 * @param architecture borrowed, not changed
 */
export function summary(architecture: Architecture, options: SummaryOptions = {}): Summary {
  return views.withDisplay(views.summarize(architecture, options), views.showSummary);
}

/**
 * The network as a picture: blocks that repeat are drawn once, with their count.
 *
 * @param architecture borrowed, not changed
 * @throws ArchError for an option that cannot be, or when `open` is asked of a network too large for it
 */
export async function draw(architecture: Architecture, options: DrawOptions = {}): Promise<Drawing> {
  return views.withDisplay(await graph.draw(architecture, options), views.showDrawing);
}
