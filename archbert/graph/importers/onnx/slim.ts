// Reads an ONNX file by position: walks its protobuf fields and keeps all but the payloads of large tensors.
import { ImportError } from "../../errors";
import type { ByteSource } from "../source";
import { contents, type Payload, type Walk } from "./copies";
import { maskIn, maskKey, maskText } from "./masks";

/** A message up to this size is kept whole: nothing in it is worth skipping. */
const keepBytes = 1024;
const windowBytes = 1 << 16;
const jumpBytes = 1 << 11;
/** Up to this size, parts that are kept are copied together. */
const smallBytes = 256;
/** Bounds on what one file may make us hold; the largest public graphs need a tenth of them. */
const limits = { keptBytes: 64 << 20, keptParts: 1_500_000, messages: 1_000_000, depth: 24 };

type Message = "model" | "graph" | "node" | "attribute" | "tensor" | "sparse" | "function" | "entry" | "leaf";
/** What to do with a field: descend into a message, drop it, count it as data, or (by default) keep it. */
type Rule = Message | "drop" | "data" | "list" | "note";

/** Field numbers of onnx.proto (IR 13). A field not named here is kept when it is small, else dropped. */
const rules: Record<Message, Readonly<Record<number, Rule>>> = {
  model: { 6: "drop", 7: "graph", 14: "entry", 20: "drop", 25: "function" },
  graph: {
    1: "node",
    5: "tensor",
    10: "drop",
    11: "leaf",
    12: "leaf",
    13: "leaf",
    14: "drop",
    15: "sparse",
    16: "drop",
  },
  node: { 5: "attribute", 6: "drop", 9: "drop", 10: "drop" },
  attribute: {
    5: "tensor",
    6: "graph",
    7: "list",
    8: "list",
    9: "list",
    10: "tensor",
    11: "graph",
    13: "drop",
    22: "sparse",
    23: "sparse",
  },
  tensor: {
    4: "data",
    5: "data",
    6: "data",
    7: "data",
    9: "data",
    10: "data",
    11: "data",
    12: "drop",
    16: "note",
  },
  sparse: { 1: "tensor", 2: "tensor" },
  function: { 7: "node", 8: "drop", 11: "attribute", 12: "drop", 14: "drop" },
  entry: {},
  leaf: {},
};

/** Of keys under which a tensor that was written without its numbers says what they were. */
export const notePrefix = "archbert.";

/** Key under which a table's metadata says that all its rows are the same. */
export const repeatsKey = "repeats";

/** Key under which a tensor's metadata says that all its numbers are one. */
export const uniformKey = "uniform";

export interface Slim {
  /** A ModelProto without the payloads of its large tensors; valid protobuf. */
  bytes: Uint8Array;
  /** Tensors whose payload was left in the file. */
  skippedTensors: number;
  /** Fingerprints of initializers that look like copies of one another, by name. */
  contents: ReadonlyMap<string, string>;
}

/**
 * The model without its weights: dimensions and names of every tensor stay, numbers only of those up to 1 KB.
 * Reads about as many bytes as the graph has, whatever the size of the file.
 *
 * @throws ImportError when a field's length runs over its message or a bound is passed
 */
export async function slim(source: ByteSource): Promise<Slim> {
  const walker = new Walker(source);
  const rope = await drive(walker.message("model", 0, source.size, 0), source);
  rope.close();
  return {
    bytes: concat(rope.parts, rope.size),
    skippedTensors: walker.skippedTensors,
    contents: await drive(contents(walker.payloads), source),
  };
}

async function drive<T>(walk: Walk<T>, source: ByteSource): Promise<T> {
  let step = walk.next();
  while (!step.done) {
    const bytes = source.read(step.value.offset, step.value.length);
    step = walk.next(bytes instanceof Uint8Array ? bytes : await bytes);
  }
  return step.value;
}

class Walker {
  skippedTensors = 0;
  /** Where the numbers of initializers lie. */
  readonly payloads: Payload[] = [];
  private window: Uint8Array = new Uint8Array(0);
  private start = 0;
  private reach = jumpBytes;
  private kept = 0;
  private parts = 0;
  private messages = 0;
  /** Where the varint read last ended. */
  private end = 0;

  constructor(private readonly source: ByteSource) {}

  *message(kind: Message, from: number, to: number, depth: number): Walk<Rope> {
    if (depth > limits.depth) throw this.error(`graphs nested more than ${limits.depth} deep`);
    const out = new Rope();
    let dropped = 0;
    let lists: { field: number; count: number } | undefined;
    const dims: number[] = [];
    let type = 0;
    let name = "";
    let payload: Pick<Payload, "offset" | "length" | "head"> | undefined;
    let at = from;
    while (at < to) {
      const tag = yield* this.varint(at, to);
      const field = Math.floor(tag / 8);
      const wire = tag % 8;
      if (field === 0) throw this.error(`not an ONNX model: field 0 at byte ${at}`);
      if (++this.messages > limits.messages * 20) throw this.error("more fields than a network has");
      const body = this.end;
      const rule = rules[kind][field];
      if (wire !== 2) {
        if (kind === "tensor" && wire === 0 && field <= 2) {
          const value = yield* this.varint(body, to);
          if (field === 1) dims.push(value);
          else type = value;
        }
        const next = yield* this.scalarEnd(wire, body, to);
        if (rule === "data" || (rule === "list" && to - from > windowBytes)) {
          dropped++;
          if (rule === "list") lists = { field, count: (lists?.count ?? 0) + 1 };
        } else if (rule === undefined || rule === "list") {
          out.add(this.keep(yield* this.bytes(at, next - at)));
        }
        at = next;
        continue;
      }
      const length = yield* this.varint(body, to);
      const content = this.end;
      const next = content + length;
      if (next > to) throw this.error(`truncated or damaged: a field at byte ${at} says ${length} bytes`);
      if (rule === "list") {
        if (length > windowBytes || (field === 9 && to - from > windowBytes)) {
          const count = field === 7 ? length / 4 : field === 9 ? 1 : yield* this.countVarints(content, next);
          lists = { field, count: (lists?.count ?? 0) + count };
        } else out.add(this.keep(yield* this.bytes(at, next - at)));
      } else if (rule === "data") {
        // String tensors hold one field an element, and only the first ones could matter.
        if (length > keepBytes || (field === 6 && to - from > keepBytes)) {
          dropped++;
          const mask = field === 9 || field === 4 ? yield* maskIn(dims, type, content, length) : undefined;
          const uniform = field !== 6 && (yield* this.isUniform(type, content, length));
          if (uniform && field === 9) out.add(this.keep(note(uniformKey, "true")));
          if (field === 9 || field === 4) {
            const head = new Uint8Array((yield* this.bytes(content, 8)).subarray(0, 8));
            payload = { offset: content, length, head };
          }
          if (field !== 6 && !uniform && (yield* this.repeats(dims, type, content, length)))
            out.add(this.keep(note(repeatsKey, "true")));
          if (mask !== undefined) out.add(this.keep(note(maskKey, maskText(mask))));
        } else out.add(this.keep(yield* this.bytes(at, next - at)));
      } else if (rule === "note") {
        // Of its notes a tensor keeps what it says of numbers that are not there.
        const told = length <= 256 ? new TextDecoder().decode(yield* this.bytes(content, length)) : "";
        if (told.includes(notePrefix)) out.add(this.keep(yield* this.bytes(at, next - at)));
      } else if (rule === undefined || rule === "entry" || rule === "leaf") {
        this.count();
        if (kind === "tensor" && field === 8 && length <= keepBytes)
          name = new TextDecoder().decode(yield* this.bytes(content, length));
        if (length <= (rule === "leaf" ? windowBytes : keepBytes)) {
          out.add(this.keep(yield* this.bytes(at, next - at)));
        }
      } else if (rule !== "drop") {
        this.count();
        if (length <= keepBytes) out.add(this.keep(yield* this.bytes(at, next - at)));
        else {
          const inner = yield* this.message(rule, content, next, depth + (rule === "graph" ? 1 : 0));
          out.add(this.keep(encodeVarint(tag)));
          out.add(this.keep(encodeVarint(inner.size)));
          out.append(inner);
        }
      }
      at = next;
    }
    if (kind === "tensor" && dropped > 0) this.skippedTensors++;
    if (kind === "tensor" && payload && name) this.payloads.push({ name, dims, type, ...payload });
    if (kind === "attribute" && lists) out.add(this.keep(listTensor(lists.field, lists.count)));
    return out;
  }

  /** Whether all rows along the last axis but one are the same, as far as the second, the middle and the last tell. */
  private *repeats(dims: readonly number[], type: number, at: number, length: number): Walk<boolean> {
    const [rows = 0, width = 0] = dims.slice(-2);
    const row = width * (cellBytes[type] ?? 0);
    if (dims.length < 3 || rows < 2 || width < 8 || row * dims.reduce((a, b) => a * b, 1) !== length * width)
      return false;
    const size = Math.min(64, row);
    const head = (yield* this.bytes(at, size)).slice(0, size);
    for (const i of [1, rows >> 1, rows - 1]) {
      const other = yield { offset: at + i * row, length: size };
      if (!head.every((byte, k) => byte === other[k])) return false;
    }
    return true;
  }

  /** Whether a payload holds one number again and again, as far as its beginning, middle and end tell. */
  private *isUniform(type: number, at: number, length: number): Walk<boolean> {
    const cell = cellBytes[type];
    if (cell === undefined) return false;
    const head = (yield* this.bytes(at, 64)).slice();
    // A zero has either sign: a kernel times a scale of zero.
    const sign = (i: number) => (i % cell === cell - 1 ? 0x7f : 0xff);
    const zero = head.every((byte, i) => (byte & sign(i)) === 0);
    const repeats = (bytes: Uint8Array) =>
      bytes.every((byte, i) => (zero ? (byte & sign(i)) === 0 : byte === head[i % cell]));
    if (!repeats(head)) return false;
    for (const from of [Math.floor(length / 2 / cell) * cell, length - 64]) {
      if (!repeats(yield { offset: at + from, length: 64 })) return false;
    }
    return true;
  }

  private count(): void {
    if (++this.messages > limits.messages * 20) throw this.error("more parts than a network has");
  }

  private keep(bytes: Uint8Array): Uint8Array {
    this.kept += bytes.length;
    // Each is an object, however small.
    if (++this.parts > limits.keptParts) throw this.error("more parts than a network has");
    if (this.kept > limits.keptBytes) {
      throw this.error(`more than ${limits.keptBytes >> 20} MB of graph without weights`);
    }
    return bytes;
  }

  private *scalarEnd(wire: number, at: number, to: number): Walk<number> {
    let next = at;
    if (wire === 0) {
      yield* this.varint(at, to);
      next = this.end;
    } else if (wire === 1) next = at + 8;
    else if (wire === 5) next = at + 4;
    else throw this.error(`not an ONNX model: no protobuf field at byte ${at}`);
    if (next > to) throw this.error("truncated: the last field is cut off");
    return next;
  }

  /** An unsigned varint; as a double, exact to 2^53, which no length or tag of a real file passes. */
  private *varint(at: number, to: number): Walk<number> {
    if (at < this.start || at + 10 > this.start + this.window.length) yield* this.fill(at, 10);
    let value = 0;
    let scale = 1;
    for (let i = 0; i < 10; i++) {
      const byte = at + i < to ? this.window[at + i - this.start] : undefined;
      if (byte === undefined) throw this.error("truncated: the file ends inside a number");
      value += (byte & 127) * scale;
      if (byte < 128) {
        this.end = at + i + 1;
        return value;
      }
      scale *= 128;
    }
    throw this.error(`not an ONNX model: no number at byte ${at}`);
  }

  private *countVarints(at: number, to: number): Walk<number> {
    let count = 0;
    for (let from = at; from < to; from += windowBytes) {
      const bytes = yield { offset: from, length: Math.min(windowBytes, to - from) };
      for (const byte of bytes) if (byte < 128) count++;
    }
    return count;
  }

  private *bytes(at: number, length: number): Walk<Uint8Array> {
    if (at < this.start || at + length > this.start + this.window.length) yield* this.fill(at, length);
    return this.window.subarray(at - this.start, at - this.start + length);
  }

  /** A fresh window, never reused: what was kept points into the old one. Small after a jump, larger as we read on. */
  private *fill(at: number, length: number): Walk<void> {
    const readsOn = at >= this.start && at <= this.start + this.window.length;
    this.reach = readsOn ? Math.min(this.reach * 4, windowBytes) : jumpBytes;
    const wanted = Math.min(Math.max(length, this.reach), this.source.size - at);
    this.window = yield { offset: at, length: wanted };
    this.start = at;
    if (this.window.length < Math.min(length, this.source.size - at)) {
      throw this.error("the file became shorter while it was read");
    }
  }

  private error(message: string): ImportError {
    return new ImportError(message, { where: this.source.name });
  }
}

/** Byte strings in a row, put together once at the end; small ones are copied together, each being an object else. */
class Rope {
  size = 0;
  readonly parts: Uint8Array[] = [];
  private chunk = new Uint8Array(0);
  private filled = 0;

  add(bytes: Uint8Array): void {
    this.size += bytes.length;
    if (bytes.length > smallBytes) {
      this.close();
      // A small part of a large window would keep the window alive: copy it.
      this.parts.push(bytes.length * 2 < bytes.buffer.byteLength ? bytes.slice() : bytes);
      return;
    }
    if (this.filled + bytes.length > this.chunk.length) {
      this.close();
      this.chunk = new Uint8Array(Math.min(Math.max(bytes.length, 2 * this.chunk.length, 64), windowBytes));
    }
    this.chunk.set(bytes, this.filled);
    this.filled += bytes.length;
  }

  append(rope: Rope): void {
    this.close();
    rope.close();
    for (const part of rope.parts) this.parts.push(part);
    this.size += rope.size;
  }

  /** What was copied together becomes a part. */
  close(): void {
    if (this.filled > 0) this.parts.push(this.chunk.subarray(0, this.filled));
    this.chunk = this.chunk.subarray(this.filled);
    this.filled = 0;
  }
}

/** Bytes of one number: float32, int64, bool, float16, float64, bfloat16. */
const cellBytes: Readonly<Record<number, number>> = { 1: 4, 7: 8, 9: 1, 10: 2, 11: 8, 16: 2 };

/** A metadata entry of a tensor (field 16); the file's own under these keys are dropped. */
function note(key: string, value: string): Uint8Array {
  const encode = (field: number, text: string) => [field, text.length, ...new TextEncoder().encode(text)];
  const entry = [...encode(0x0a, key), ...encode(0x12, value)];
  return Uint8Array.from([0x82, 0x01, entry.length, ...entry]);
}

/** Stands for a long list of an attribute: a TensorProto of its length, as the attribute's field `t`. */
function listTensor(field: number, count: number): Uint8Array {
  const type = field === 7 ? 1 : field === 8 ? 7 : 8;
  const tensor = [0x08, ...encodeVarint(Math.floor(count)), 0x10, type];
  return Uint8Array.from([0x2a, tensor.length, ...tensor]);
}

function encodeVarint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
  return Uint8Array.from(bytes);
}

function concat(parts: readonly Uint8Array[], size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
