// Numbers in one file: a line of JSON about them, and then they themselves, little-endian.
import { ArchError } from "../../archbert/graph/errors";
import { checkFloats, checkList, checkString } from "../../archbert/graph/guard";
import { readWhole, writeWhole } from "../files";

const magic = "ARCHBERT";
/** Characters of the JSON. */
const mostHeader = 2 ** 24;

interface Header {
  /** How many numbers each array holds. */
  lengths: number[];
  about: unknown;
}

/**
 * @param about  what JSON can hold
 * @param arrays borrowed
 * @throws ArchError where it cannot be written
 */
export function writeContainer(file: string, about: unknown, arrays: readonly Float32Array[]): void {
  checkString(file, "name of a file", "writeContainer");
  checkList(arrays, "Float32Arrays", "writeContainer", checkFloats);
  const header: Header = { lengths: arrays.map(({ length }) => length), about };
  const text = Buffer.from(JSON.stringify(header));
  const head = Buffer.alloc(12);
  head.write(magic, "latin1");
  head.writeUInt32LE(text.length, 8);
  writeWhole(file, head, text, ...arrays.map(bytesOf));
}

/**
 * @param mostNumbers more than these are not read
 * @throws ArchError when it cannot be read, is no such file, or a damaged one
 */
export function readContainer(file: string, mostNumbers: number): { about: unknown; arrays: Float32Array[] } {
  checkString(file, "name of a file", "readContainer");
  const wrong = (what: string) => new ArchError(what, { where: file });
  const bytes = readWhole(file, mostNumbers * 4 + mostHeader);
  if (bytes.length < 12 || bytes.toString("latin1", 0, 8) !== magic)
    throw wrong("is none of this project's files");
  const from = 12 + bytes.readUInt32LE(8);
  if (from > bytes.length || from > mostHeader) throw wrong("is damaged");
  let header: Partial<Header>;
  try {
    header = JSON.parse(bytes.toString("utf8", 12, from)) as Partial<Header>;
  } catch {
    throw wrong("is damaged");
  }
  const { lengths, about } = header;
  if (!Array.isArray(lengths) || !lengths.every((length) => Number.isSafeInteger(length) && length >= 0)) {
    throw wrong("is damaged");
  }
  const total = lengths.reduce((a, b) => a + b, 0);
  if (from + total * 4 !== bytes.length) throw wrong("is damaged");
  let at = from;
  const arrays = lengths.map((length) => {
    const array = floatsOf(bytes.subarray(at, at + length * 4));
    at += length * 4;
    return array;
  });
  return { about, arrays };
}

export function bytesOf({ buffer, byteOffset, byteLength }: Float32Array | Int32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** @param bytes borrowed @returns a copy */
export function floatsOf(bytes: Uint8Array): Float32Array<ArrayBuffer> {
  return new Float32Array(Uint8Array.from(bytes).buffer);
}
