// The package: load a network, and ask what it is.

import type { LoadOptions } from "./files";
import { openSource } from "./files";
import { type Architecture, importArchitecture } from "./graph";
import { type Summary, type SummaryOptions, showSummary, summarize, withDisplay } from "./views";

export type { LoadOptions } from "./files";
export * from "./graph";

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
    return await importArchitecture(source);
  } finally {
    source.close();
  }
}

/**
 * The network layer by layer: what each op gives, holds and costs.
 *
 * @returns plain data that shows itself as a table
 */
export function summary(architecture: Architecture, options: SummaryOptions = {}): Summary {
  return withDisplay(summarize(architecture, options), showSummary);
}
