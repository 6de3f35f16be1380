// The wire format of Jupyter messages: frames in, checked messages out, and back.
import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";
import { userInfo } from "node:os";

/** The version of the messaging protocol that the kernel speaks. */
export const protocolVersion = "5.4";

/** @see https://jupyter-client.readthedocs.io/en/stable/messaging.html#message-header */
export interface Header {
  msg_id: string;
  session: string;
  username: string;
  date: string;
  msg_type: string;
  version: string;
  subshell_id?: string | null;
}

export type Content = Record<string, unknown>;

export interface Message {
  /** Routing prefix; on iopub the topic. */
  identities: Uint8Array[];
  header: Header;
  parent: Partial<Header>;
  metadata: Content;
  content: Content;
  buffers: Uint8Array[];
}

const delimiter = Buffer.from("<IDS|MSG>");

/** A message that may not be trusted or read; it is dropped and logged. */
export class WireError extends Error {}

export interface Codec {
  /** @throws WireError on a bad signature, a repeated message, or frames that are no message */
  decode(frames: readonly Uint8Array[]): Message;
  encode(message: Message): Uint8Array[];
  /** A header of this kernel's session, with a fresh id and the time. */
  header(type: string): Header;
}

/**
 * @param key    the shared secret; empty: messages are neither signed nor checked
 * @param scheme "hmac-" and the name of a digest
 * @see https://jupyter-client.readthedocs.io/en/stable/messaging.html#the-wire-protocol
 */
export function createCodec(key: string, scheme: string): Codec {
  const digest = scheme.replace(/^hmac-/, "");
  const session = randomUUID();
  const username = readUsername();
  const seen = new RecentSet(1 << 16);

  function sign(parts: readonly Uint8Array[]): string {
    if (!key) return "";
    const hmac = createHmac(digest, key);
    for (const part of parts) hmac.update(part);
    return hmac.digest("hex");
  }

  function check(signature: Uint8Array, parts: readonly Uint8Array[]): void {
    if (!key) return;
    const expected = Buffer.from(sign(parts));
    if (signature.length !== expected.length || !timingSafeEqual(signature, expected)) {
      throw new WireError("bad signature");
    }
    if (!seen.add(expected.toString("latin1"))) throw new WireError("repeated message");
  }

  return {
    decode(frames) {
      const at = frames.findIndex((frame) => delimiter.equals(frame));
      if (at < 0 || frames.length < at + 6) throw new WireError("not a Jupyter message");
      const parts = frames.slice(at + 2, at + 6);
      check(frames[at + 1] as Uint8Array, parts);
      const [header, parent, metadata, content] = parts.map(parseObject) as [
        Content,
        Content,
        Content,
        Content,
      ];
      if (typeof header.msg_type !== "string" || typeof header.msg_id !== "string") {
        throw new WireError("header without msg_type and msg_id");
      }
      return {
        identities: frames.slice(0, at),
        header: header as unknown as Header,
        parent,
        metadata,
        content,
        buffers: frames.slice(at + 6),
      };
    },

    encode({ identities, header, parent, metadata, content, buffers }) {
      const parts = [header, parent, metadata, content].map((part) => Buffer.from(JSON.stringify(part)));
      return [...identities, delimiter, Buffer.from(sign(parts)), ...parts, ...buffers];
    },

    header(type) {
      return {
        msg_id: randomUUID(),
        session,
        username,
        date: new Date().toISOString(),
        msg_type: type,
        version: protocolVersion,
      };
    },
  };
}

function parseObject(frame: Uint8Array): Content {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength).toString("utf8"));
  } catch {
    throw new WireError("a part is not JSON");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new WireError("a part is not a JSON object");
  }
  return value as Content;
}

function readUsername(): string {
  try {
    return userInfo().username;
  } catch {
    return "kernel"; // no entry in the password file, as in some containers
  }
}

/** Remembers the last `size` to `2 * size` strings. */
class RecentSet {
  private young = new Set<string>();
  private old = new Set<string>();

  constructor(private readonly size: number) {}

  /** @returns whether it was new */
  add(item: string): boolean {
    if (this.young.has(item) || this.old.has(item)) return false;
    this.young.add(item);
    if (this.young.size >= this.size) {
      this.old = this.young;
      this.young = new Set();
    }
    return true;
  }
}
