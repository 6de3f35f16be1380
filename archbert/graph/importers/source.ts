// Where an importer reads from: bytes by position, so that weights need never be read at all.

export interface ByteSource {
  /** What the user calls it: a path or a URL. Shown in errors. */
  readonly name: string;
  /** Size of the whole, in bytes. */
  readonly size: number;
  /**
   * Bytes [offset, offset + length), cut at the end of the source.
   *
   * @returns bytes that belong to the caller; a promise where reading takes time
   */
  read(offset: number, length: number): Uint8Array | Promise<Uint8Array>;
}

/** A source over bytes already in memory; they are borrowed, not copied. */
export function bytesSource(name: string, bytes: Uint8Array): ByteSource {
  return { name, size: bytes.length, read: (offset, length) => bytes.subarray(offset, offset + length) };
}

/**
 * What a network without a name of its own is called: as its file, or as the folder where every file is called the same.
 *
 * @param extensions what a name of the format ends with
 */
export function titleOf(path: string, extensions: RegExp): string {
  const [base = "", folder = ""] = path
    .replace(/[?#].*$/, "")
    .split(/[\\/]/)
    .reverse();
  const own = base.replace(/\.gz$/i, "").replace(extensions, "");
  return (/^(model|config)$/.test(own) && folder) || own || "network";
}
