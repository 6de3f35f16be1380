// The package: load a network, and ask what it is.

import type { LoadOptions } from "./files";
import { openSource } from "./files";
import { type Architecture, importArchitecture } from "./graph";

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
