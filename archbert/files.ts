// Files and URLs as byte sources: the only place where the graph's importers meet the disk and the network.
import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { type ByteSource, bytesSource, ImportError } from "./graph";

export interface LoadOptions {
  signal?: AbortSignal;
  /** Called as bytes of a URL arrive; `total` where the server says. */
  onProgress?: (progress: { receivedBytes: number; totalBytes: number | undefined }) => void;
  /** Largest download accepted, 2 GiB if not given; files on disk have no limit, as only their graph is read. */
  maxBytes?: number;
  /** For the whole download; 5 minutes if not given. */
  timeoutMs?: number;
}

export interface OpenSource extends ByteSource {
  close(): void;
}

/** Most bytes a gzip file may unpack to. */
const maxUnpacked = 256 << 20;

export async function openSource(fileOrUrl: string, options: LoadOptions = {}): Promise<OpenSource> {
  options.signal?.throwIfAborted();
  const source = /^https?:\/\//i.test(fileOrUrl)
    ? await download(fileOrUrl, options)
    : openFile(fileOrUrl.startsWith("file://") ? pathOf(fileOrUrl) : fileOrUrl);
  return unpacked(source);
}

function pathOf(url: string): string {
  try {
    return fileURLToPath(url);
  } catch {
    throw new ImportError("not a URL of a file", { where: url, fix: "Give its path" });
  }
}

function openFile(path: string): OpenSource {
  let descriptor: number;
  try {
    // Without waiting: a pipe that nobody writes into would never open. Windows has no such flag.
    descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    throw new ImportError(reason(error), { where: path });
  }
  const stat = fstatSync(descriptor);
  if (!stat.isFile()) {
    closeSync(descriptor);
    const fix = stat.isDirectory() ? "Give the model file inside it" : undefined;
    throw new ImportError(stat.isDirectory() ? "a folder, not a file" : "not a regular file", {
      where: path,
      fix,
    });
  }
  return {
    name: path,
    size: stat.size,
    read: (offset, length) => {
      const bytes = new Uint8Array(Math.max(0, Math.min(length, stat.size - offset)));
      let filled = 0;
      while (filled < bytes.length) {
        const got = readSync(descriptor, bytes, filled, bytes.length - filled, offset + filled);
        if (got === 0) break;
        filled += got;
      }
      return filled < bytes.length ? bytes.subarray(0, filled) : bytes;
    },
    close: () => closeSync(descriptor),
  };
}

function reason(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT" || code === "ENOTDIR") return "no such file";
  if (code === "EACCES" || code === "EPERM") return "no permission to read it";
  if (code === "ERR_INVALID_ARG_VALUE") return "a file name cannot hold a zero byte";
  return `cannot be opened (${error instanceof Error ? error.message : String(error)})`;
}

async function download(url: string, options: LoadOptions): Promise<OpenSource> {
  const { signal, onProgress, maxBytes = 2 ** 31, timeoutMs = 300_000 } = options;
  const timeout = AbortSignal.timeout(timeoutMs);
  const both = signal ? AbortSignal.any([signal, timeout]) : timeout;
  try {
    const response = await fetch(url, { signal: both, redirect: "follow" });
    if (!response.ok || !response.body) {
      throw new ImportError(`the server answers ${response.status} ${response.statusText}`.trimEnd(), {
        where: url,
      });
    }
    const length = Number(response.headers.get("content-length"));
    const totalBytes = length > 0 && !response.headers.get("content-encoding") ? length : undefined;
    const tooBig = () =>
      new ImportError(`larger than ${maxBytes} bytes`, {
        where: url,
        fix: "Raise maxBytes, or download it first",
      });
    if ((totalBytes ?? 0) > maxBytes) throw tooBig();
    const parts: Uint8Array[] = [];
    let receivedBytes = 0;
    for await (const part of response.body) {
      receivedBytes += part.length;
      if (receivedBytes > maxBytes) throw tooBig();
      parts.push(part);
      onProgress?.({ receivedBytes, totalBytes });
    }
    if (totalBytes !== undefined && receivedBytes < totalBytes) {
      throw new ImportError(`the connection ended after ${receivedBytes} of ${totalBytes} bytes`, {
        where: url,
      });
    }
    return { ...bytesSource(url, Buffer.concat(parts)), close: () => undefined };
  } catch (error) {
    if (error instanceof ImportError) throw error;
    signal?.throwIfAborted();
    if (timeout.aborted) throw new ImportError(`no answer within ${timeoutMs / 1000} s`, { where: url });
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    throw new ImportError(
      `cannot be downloaded (${cause instanceof Error ? cause.message : String(cause)})`,
      { where: url },
    );
  }
}

/** A gzip file is read as what it holds. */
async function unpacked(source: OpenSource): Promise<OpenSource> {
  const head = await source.read(0, 2);
  if (head[0] !== 0x1f || head[1] !== 0x8b) return source;
  try {
    const bytes = gunzipSync(await source.read(0, source.size), { maxOutputLength: maxUnpacked });
    return { ...bytesSource(source.name, bytes), close: () => undefined };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    const large = code === "ERR_BUFFER_TOO_LARGE";
    throw new ImportError(large ? `unpacks to more than ${maxUnpacked >> 20} MB` : "a damaged gzip file", {
      where: source.name,
      fix: large ? "Unpack it with gunzip first" : undefined,
    });
  } finally {
    source.close();
  }
}
