// What a backend is: something that can be looked for without loading it, and loaded.

export type Tf = typeof import("@tensorflow/tfjs");

/** What a look at the installed packages says. */
export interface Found {
  available: boolean;
  /** Of the package that does the work; null where there is none. */
  version: string | null;
  /** What was found, or what is missing. */
  note: string;
  /** How to get it; null where nothing is to be done. */
  fix: string | null;
}

export interface Loaded {
  /** Of the package, and of the library below it where there is one. */
  version: string;
  tf: Tf;
}

export interface Backend {
  /** Whether it may be taken without being asked for by name. */
  automatic: boolean;
  /** Looks for its packages; reads a file or two, loads nothing. */
  find(): Found;
  /** Loads it and makes it the one that tfjs computes on. @throws Error saying why it does not load */
  load(): Promise<Loaded>;
}
