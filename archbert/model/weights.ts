// ArchBERT's weights as the package ships them: a line of JSON, then half-precision numbers, little-endian.
import { readFileSync } from "node:fs";
import { gunzipSync, gzipSync } from "node:zlib";
import { writeWhole } from "../../compute/files";
import { ArchError } from "../graph/errors";
import { areWords, vocabulary } from "../text";
import { isModelConfig, type ModelConfig, weightShapes } from "./network";

export interface SavedModel {
  config: ModelConfig;
  /** Of the vocabulary, the commonest first. */
  words: readonly string[];
  /** In the order of `weightShapes`. */
  values: readonly Float32Array[];
}

const format = "archbert-weights-1";
const mostBytes = 64 * 2 ** 20;

export function saveWeights(file: string, { config, words, values }: SavedModel): void {
  const { width, layers, heads, expansion } = config;
  const header = Buffer.from(JSON.stringify({ format, config: { width, layers, heads, expansion }, words }));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  const halves = values.map((value) => Buffer.from(toHalf(value).buffer));
  writeWhole(file, gzipSync(Buffer.concat([length, header, ...halves])));
}

/** @throws ArchError where the file is missing, damaged, or of another version */
export function loadWeights(file: string): SavedModel {
  const wrong = (what: string) =>
    new ArchError(what, { where: file, fix: "Install the package again, or train the model anew" });
  let bytes: Buffer;
  try {
    bytes = gunzipSync(readFileSync(file), { maxOutputLength: mostBytes });
  } catch (error) {
    throw wrong(`cannot be read (${(error as Error).message})`);
  }
  const from = 4 + (bytes.length < 4 ? 0 : bytes.readUInt32LE(0));
  let header: Partial<Record<"format" | "config" | "words", unknown>> | null;
  try {
    header = JSON.parse(bytes.toString("utf8", 4, from));
  } catch {
    throw wrong("is damaged");
  }
  const { config, words, format: of } = header ?? {};
  if (of !== format || !isModelConfig(config) || !areWords(words))
    throw wrong("holds no weights of this version");
  const sizes = [...weightShapes(config, vocabulary(words).size).values()].map((shape) =>
    shape.reduce((a, b) => a * b, 1),
  );
  if (from + 2 * sizes.reduce((a, b) => a + b, 0) !== bytes.length) throw wrong("is damaged");
  let at = from;
  const values = sizes.map((size) => {
    const halves = new Uint16Array(Uint8Array.from(bytes.subarray(at, at + 2 * size)).buffer);
    at += 2 * size;
    return fromHalf(halves);
  });
  return { config, words, values };
}

/** IEEE 754 binary16, to the nearest. */
export function toHalf(values: Float32Array): Uint16Array<ArrayBuffer> {
  const bits = new Uint32Array(Float32Array.from(values).buffer);
  return Uint16Array.from(bits, (word) => {
    const sign = (word >>> 16) & 0x8000;
    const exponent = ((word >>> 23) & 0xff) - 112;
    const mantissa = word & 0x7fffff;
    if (exponent >= 31) return sign | 0x7bff; // The largest there is.
    if (exponent > 0) return sign | Math.min(0x7bff, (exponent << 10) + ((mantissa + 0x1000) >>> 13));
    if (exponent < -10) return sign;
    const whole = mantissa | 0x800000;
    return sign | ((whole + (1 << (13 - exponent))) >>> (14 - exponent));
  });
}

export function fromHalf(halves: Uint16Array): Float32Array {
  return Float32Array.from(halves, (half) => {
    const exponent = (half >>> 10) & 31;
    const mantissa = half & 1023;
    const size = exponent === 0 ? mantissa * 2 ** -24 : (1 + mantissa / 1024) * 2 ** (exponent - 15);
    return half & 0x8000 ? -size : size;
  });
}
