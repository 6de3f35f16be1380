// A .keras file: a zip archive of which only the configuration is read, by position, however large the weights beside it.
import type { Readable } from "node:stream";
import { ImportError } from "../../errors";
import type { ByteSource } from "../source";

/** Bounds on what an archive may hold and unpack to; yauzl stops an entry that is larger than it says. */
const limits = { entries: 10_000, bytes: 64 << 20 };

/**
 * The bytes of the archive's entry of that name.
 *
 * @param source borrowed
 * @returns undefined when there is none
 * @throws ImportError when the archive is damaged, or the entry is too large
 */
export async function readEntry(source: ByteSource, name: string): Promise<Uint8Array | undefined> {
  const { fromRandomAccessReaderPromise, RandomAccessReader } = await import("yauzl");
  const { PassThrough } = await import("node:stream");
  class Reader extends RandomAccessReader {
    override _readStreamForRange(start: number, end: number): Readable {
      const stream = new PassThrough();
      void (async () => {
        try {
          for (let at = start; at < end; at += 1 << 20) {
            const bytes = await source.read(at, Math.min(1 << 20, end - at));
            if (!stream.write(bytes))
              await new Promise((resolve) => stream.once("drain", resolve).once("close", resolve));
            if (stream.destroyed) return;
          }
          stream.end();
        } catch (error) {
          stream.destroy(error instanceof Error ? error : new Error(String(error)));
        }
      })();
      return stream;
    }
  }
  try {
    const archive = await fromRandomAccessReaderPromise(new Reader(), source.size, {
      autoClose: false,
      lazyEntries: true,
    });
    let seen = 0;
    for await (const entry of archive.eachEntry()) {
      if (++seen > limits.entries)
        throw new ImportError(`an archive of more than ${limits.entries} files`, { where: source.name });
      if (entry.fileName !== name) continue;
      if (entry.uncompressedSize > limits.bytes) {
        throw new ImportError(`${name} unpacks to more than ${limits.bytes >> 20} MB`, {
          where: source.name,
        });
      }
      return await collect(await archive.openReadStreamPromise(entry));
    }
    return undefined;
  } catch (error) {
    if (error instanceof ImportError) throw error;
    const reason = error instanceof Error ? error.message.slice(0, 120) : String(error);
    throw new ImportError(`a damaged zip archive (${reason})`, { where: source.name });
  }
}

async function collect(stream: Readable): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of stream) parts.push(part as Uint8Array);
  return Buffer.concat(parts);
}
