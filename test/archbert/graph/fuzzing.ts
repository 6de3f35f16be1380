// Damaged files of every format, from seeds: what fuzz.test.ts runs a few hundred of, and scripts/fuzz.mjs many more.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { crc32, deflateRawSync, gunzipSync } from "node:zlib";
import {
  ArchError,
  bytesSource,
  caption,
  facts,
  importArchitecture,
  type Rng,
  rng,
} from "../../../archbert/graph";

export const formats = ["onnx", "keras", "archive", "tfjs", "program"] as const;
export type FuzzFormat = (typeof formats)[number];

export interface Fuzzed {
  format: FuzzFormat;
  /** What was done to a file: "bytes" or "structure". */
  level: "bytes" | "structure";
  bytes: Uint8Array;
}

const tests = join(__dirname, "../../../../test");

/** The smallest real files of a folder, unpacked. */
function smallest(folder: string, extension: string, count: number): Uint8Array[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(extension))
    .map((name) => new Uint8Array(gunzipSync(readFileSync(join(folder, name)))))
    .sort((a, b) => a.length - b.length)
    .slice(0, count);
}

const programs = [
  "network small\ninput 32x32x3\nstem conv 16 kernel 3\nstage 2 residual 16\nstage 2 bottleneck 64 stride 2\npool global\nhead 10\n",
  "input 64\nstage 3 mlp 128 norm batch dropout 0.1\nhead 5\n",
  "input 64x64x3\nstem patch 64 kernel 8\nstage 4 transformer 64 heads 4\nhead 100\n",
];

export function loadSeeds(): Record<FuzzFormat, readonly Uint8Array[]> {
  const keras = smallest(join(tests, "corpus/keras"), ".json.gz", 6);
  return {
    onnx: smallest(join(tests, "fixtures"), ".onnx.gz", 6),
    keras: [...keras, ...smallest(join(tests, "fixtures/keras"), ".json.gz", 20)],
    archive: keras.slice(0, 3).map((config) => archive(config, true)),
    tfjs: smallest(join(tests, "corpus/tfjs"), ".json.gz", 14),
    program: programs.map((text) => new TextEncoder().encode(text)),
  };
}

/** The file of that number: the same for the same seed, whatever ran before. */
export function fuzzed(seeds: ReturnType<typeof loadSeeds>, seed: number, number: number): Fuzzed {
  const random = rng((seed * 1_000_003 + number) % 2 ** 32);
  const format = random.pick(formats);
  const original = random.pick(seeds[format]);
  const level = random.chance(0.5) ? "bytes" : "structure";
  const bytes = level === "bytes" ? changeBytes(original, random) : changeStructure(format, original, random);
  return { format, level, bytes };
}

/**
 * Reads the file and says all there is to say of it.
 *
 * @returns whether it was a network
 * @throws whatever is no error meant for the user
 */
export async function survives(bytes: Uint8Array): Promise<boolean> {
  try {
    const architecture = await importArchitecture(bytesSource("fuzzed", bytes));
    caption(architecture, { facts: facts(architecture), style: "technical" });
    JSON.stringify(architecture);
    return true;
  } catch (error) {
    if (!(error instanceof ArchError)) throw error;
    if (error.message.length > 700) throw new Error(`an error of ${error.message.length} letters`);
    return false;
  }
}

function changeBytes(original: Uint8Array, random: Rng): Uint8Array {
  let bytes = Buffer.from(original);
  for (let left = 1 + random.below(6); left > 0; left--) {
    const at = random.below(bytes.length + 1);
    const length = 1 + random.below(64);
    const kind = random.pick(["set", "set", "flip", "flip", "cut", "insert", "copy", "end"]);
    if (kind === "set") bytes[at] = random.below(256);
    else if (kind === "flip") bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8));
    else if (kind === "end") bytes = random.chance(0.2) ? bytes.subarray(0, at) : bytes;
    else {
      const from = kind === "copy" ? random.below(bytes.length) : at;
      const extra =
        kind === "cut"
          ? Buffer.alloc(0)
          : kind === "copy"
            ? bytes.subarray(from, from + length)
            : Buffer.alloc(length, random.below(256));
      bytes = Buffer.concat([
        bytes.subarray(0, at),
        extra,
        bytes.subarray(kind === "cut" ? at + length : at),
      ]);
    }
  }
  return bytes;
}

function changeStructure(format: FuzzFormat, original: Uint8Array, random: Rng): Uint8Array {
  if (format === "onnx") return changeMessage(original, random, 1 + random.below(3));
  if (format === "program") return changeText(original, random);
  if (format === "archive") {
    const config = changeJson(random.pick(loadedConfigs), random);
    return archive(config, random.chance(0.5), random);
  }
  return changeJson(original, random);
}

const loadedConfigs = smallest(join(tests, "corpus/keras"), ".json.gz", 3);

// JSON: a value somewhere is replaced, removed, doubled, wrapped or taken from elsewhere.

type Holder = { holder: unknown[] | Record<string, unknown>; key: string | number };

function places(value: unknown): Holder[] {
  const found: Holder[] = [];
  const open = [value];
  while (open.length > 0) {
    const at = open.pop();
    if (typeof at !== "object" || at === null) continue;
    const holder = at as Record<string, unknown>;
    for (const key of Object.keys(holder)) {
      found.push({ holder, key });
      open.push(holder[key]);
    }
  }
  return found;
}

const oddities = [
  null,
  true,
  -1,
  0,
  1,
  2,
  2 ** 31,
  2 ** 53,
  -0.5,
  1e308,
  "",
  "x",
  "..",
  "<b>&\u001b[31m",
  "__proto__",
  [],
  {},
  [[]],
  [-1],
  [0, 0],
  [2 ** 40, 2 ** 40],
  { class_name: "Functional" },
];

function changeJson(original: Uint8Array, random: Rng): Uint8Array {
  const root = JSON.parse(new TextDecoder().decode(original)) as unknown;
  const all = places(root);
  for (let left = 1 + random.below(4); left > 0 && all.length > 0; left--) {
    const { holder, key } = random.pick(all);
    const other = random.pick(all);
    const values = holder as Record<string | number, unknown>;
    const kind = random.pick(["odd", "odd", "odd", "remove", "copy", "swap", "wrap", "deep", "many"]);
    if (kind === "odd") values[key] = random.pick(oddities);
    else if (kind === "remove") Array.isArray(holder) ? holder.splice(Number(key), 1) : delete values[key];
    else if (kind === "copy")
      values[key] = structuredClone((other.holder as Record<string | number, unknown>)[other.key]);
    else if (kind === "swap") {
      const theirs = other.holder as Record<string | number, unknown>;
      // What lies inside the other would make a circle: copies.
      const [a, b] = [structuredClone(values[key]), structuredClone(theirs[other.key])];
      values[key] = b;
      theirs[other.key] = a;
    } else if (kind === "wrap")
      values[key] = random.chance(0.5) ? [values[key]] : { config: values[key], class_name: "Sequential" };
    else if (kind === "deep") values[key] = deep(values[key], 1 << random.below(12));
    else if (Array.isArray(holder))
      for (let i = random.below(200); i > 0; i--) holder.push(structuredClone(values[key]));
  }
  return new TextEncoder().encode(JSON.stringify(root));
}

function deep(value: unknown, levels: number): unknown {
  let nested = value;
  for (let i = 0; i < levels; i++) nested = [nested];
  return nested;
}

// Protobuf: a field of a message somewhere inside is removed, doubled, exchanged or changed, with all lengths right again.

interface Field {
  tag: number;
  /** Bytes of a field with a length, or the whole of another. */
  body: Buffer;
}

function fieldsOf(bytes: Buffer): Field[] | undefined {
  const fields: Field[] = [];
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let scale = 1; at < bytes.length; scale *= 128) {
      const byte = bytes[at++] ?? 0;
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
    return Number.NaN;
  };
  while (at < bytes.length) {
    const tag = varint();
    const start = at;
    const wire = tag % 8;
    if (!(tag >= 8) || tag > 8 * 2048) return undefined;
    if (wire === 2) {
      const length = varint();
      if (!(at + length <= bytes.length)) return undefined;
      fields.push({ tag, body: bytes.subarray(at, at + length) });
      at += length;
      continue;
    }
    if (wire === 0) varint();
    else if (wire === 1) at += 8;
    else if (wire === 5) at += 4;
    else return undefined;
    if (at > bytes.length) return undefined;
    fields.push({ tag, body: bytes.subarray(start, at) });
  }
  return fields;
}

function varintBytes(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return [...bytes, rest];
}

const encoded = (fields: readonly Field[]) =>
  Buffer.concat(
    fields.flatMap(({ tag, body }) => [
      Buffer.from([...varintBytes(tag), ...(tag % 8 === 2 ? varintBytes(body.length) : [])]),
      body,
    ]),
  );

function changeMessage(original: Uint8Array, random: Rng, changes: number): Uint8Array {
  let bytes: Buffer = Buffer.from(original);
  for (let left = changes; left > 0; left--) bytes = changeField(bytes, random, 0);
  return bytes;
}

function changeField(bytes: Buffer, random: Rng, depth: number): Buffer {
  const fields = fieldsOf(bytes);
  if (!fields || fields.length === 0) return bytes;
  const i = random.below(fields.length);
  const field = fields[i];
  if (!field) return bytes;
  const inner = field.tag % 8 === 2 && depth < 6 && field.body.length > 1 && random.chance(0.85);
  if (inner && fieldsOf(field.body)) {
    fields[i] = { tag: field.tag, body: changeField(field.body, random, depth + 1) };
    return encoded(fields);
  }
  const kind = random.pick(["remove", "double", "exchange", "change", "change", "tag", "many"]);
  const other = random.pick(fields);
  if (kind === "remove") fields.splice(i, 1);
  else if (kind === "double") fields.splice(random.below(fields.length + 1), 0, field);
  else if (kind === "exchange")
    fields[i] = { tag: field.tag, body: other.tag % 8 === field.tag % 8 ? other.body : field.body };
  else if (kind === "tag")
    fields[i] = { tag: 8 * (1 + random.below(20)) + (field.tag % 8), body: field.body };
  else if (kind === "many") for (let n = random.below(300); n > 0; n--) fields.push(field);
  else fields[i] = { tag: field.tag, body: changedBody(field, random) };
  return encoded(fields);
}

function changedBody({ tag, body }: Field, random: Rng): Buffer {
  if (tag % 8 === 0) return Buffer.from(varintBytes(random.pick([0, 1, 2, 127, 2 ** 31, 2 ** 40, 2 ** 52])));
  if (tag % 8 !== 2) return Buffer.from(body.map(() => random.below(256)));
  return random.chance(0.3)
    ? Buffer.alloc(random.below(40), random.below(256))
    : Buffer.from(changeBytes(body, random));
}

/** Words and lines of a program, moved and changed. */
function changeText(original: Uint8Array, random: Rng): Uint8Array {
  const lines = new TextDecoder().decode(original).split("\n");
  for (let left = 1 + random.below(4); left > 0; left--) {
    const i = random.below(lines.length);
    const words = (lines[i] ?? "").split(" ");
    const kind = random.pick(["line", "word", "word", "number", "many"]);
    if (kind === "line") lines[i] = random.pick(lines);
    else if (kind === "word") words[random.below(words.length)] = random.pick(random.pick(lines).split(" "));
    else if (kind === "number")
      words[random.below(words.length)] = String(random.pick([0, -1, 1e9, 2 ** 53, "1e400", "0.5", "٣"]));
    else for (let n = random.below(300); n > 0; n--) lines.push(random.pick(lines));
    if (kind === "word" || kind === "number") lines[i] = words.join(" ");
  }
  return new TextEncoder().encode(lines.join("\n"));
}

/** A .keras archive around a configuration; with a random source, one whose directory may lie. */
export function archive(config: Uint8Array, compress: boolean, random?: Rng): Buffer {
  const entries: [string, Uint8Array][] = [
    ["metadata.json", new TextEncoder().encode('{"keras_version": "3.15.1"}')],
    ["config.json", config],
    ["model.weights.h5", new Uint8Array(300)],
  ];
  const lie = (value: number) => (random?.chance(0.03) ? random.below(2 ** 32) : value);
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, data] of entries) {
    const packed = compress ? deflateRawSync(data) : Buffer.from(data);
    const about = Buffer.alloc(26);
    about.writeUInt16LE(20, 0);
    about.writeUInt16LE(compress ? 8 : 0, 4);
    about.writeUInt32LE(lie(crc32(data)), 10);
    about.writeUInt32LE(lie(packed.length), 14);
    about.writeUInt32LE(lie(data.length), 18);
    about.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from("PK\u0003\u0004"), about, Buffer.from(name), packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(lie(at), 10);
    directory.push(
      Buffer.concat([Buffer.from("PK\u0001\u0002\u0014\u0000"), about, rest, Buffer.from(name)]),
    );
    files.push(local);
    at += local.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(lie(list.length), 8);
  end.writeUInt32LE(lie(at), 12);
  return Buffer.concat([...files, list, Buffer.from("PK\u0005\u0006"), end]);
}
