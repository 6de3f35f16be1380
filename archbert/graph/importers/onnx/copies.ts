// Which tensors of a file hold the same numbers: a matrix that layers share is often written twice, once transposed.
import type { FileGraph, Tensor } from "./file";
import { madeName } from "./weights";

/** A request for bytes, answered by the driver: what lets one walk serve files in memory and on disk alike. */
export type Walk<T> = Generator<{ offset: number; length: number }, T, Uint8Array>;

/** The numbers of a matrix, where they lie in the file. */
export interface Payload {
  name: string;
  dims: readonly number[];
  /** TensorProto.DataType. */
  type: number;
  offset: number;
  length: number;
  /** Its first eight bytes. */
  head: Uint8Array;
}

/** Key under which a tensor written without its numbers says what they were: equal for equal tensors, transposed or not. */
export const contentKey = "archbert.content";

/** Bytes of one number, of the types weights have: float32, float16, float64, bfloat16. */
const cellBytes: Readonly<Record<number, number>> = { 1: 4, 10: 2, 11: 8, 16: 2 };
const samples = 24;
/** Reads that one file may cost. */
const limit = 1 << 14;

/**
 * Fingerprints of matrices that look alike. The first number of each is known, which a transposition leaves in its place; of
 * those that agree in it, in sizes and in type, a few more are read, here and there: nearly all matrices cost no read.
 *
 * @returns by name; tensors of one fingerprint are copies of one another, or transposed copies
 */
export function* contents(payloads: readonly Payload[]): Walk<Map<string, string>> {
  const alike = new Map<string, Payload[]>();
  for (const payload of payloads) {
    const { dims, type, length, head } = payload;
    const [rows = 0, columns = 0] = dims;
    const cell = cellBytes[type];
    if (dims.length !== 2 || !cell || rows < 2 || columns < 2 || length !== rows * columns * cell) continue;
    const key = `${type} ${Math.max(rows, columns)}x${Math.min(rows, columns)} ${head.subarray(0, cell).join()}`;
    alike.set(key, [...(alike.get(key) ?? []), payload]);
  }
  const found = new Map<string, string>();
  let reads = 0;
  for (const [key, group] of alike) {
    reads += group.length * samples * 2;
    if (group.length < 2 || reads > limit) continue;
    for (const payload of group) {
      const print = yield* fingerprint(payload);
      if (print !== undefined) found.set(payload.name, `${key} ${print}`);
    }
  }
  return found;
}

/** Numbers at places that a transposition maps on one another; undefined where they are too few to tell, as in zeros. */
function* fingerprint({ dims, type, offset }: Payload): Walk<string | undefined> {
  const [rows = 0, columns = 0] = dims;
  const cell = cellBytes[type] ?? 1;
  const [long, short] = [Math.max(rows, columns), Math.min(rows, columns)];
  const read = function* (row: number, column: number): Walk<string> {
    const at = offset + (row * columns + column) * cell;
    return (yield { offset: at, length: cell }).join();
  };
  const upright: string[] = [];
  const turned: string[] = [];
  for (let k = 1; k <= samples; k++) {
    // Steps of irrational length: the places spread evenly, in any size.
    const i = Math.floor(long * ((k * Math.SQRT2) % 1));
    const j = Math.floor(short * ((k * Math.E) % 1));
    if (rows >= columns) upright.push(yield* read(i, j));
    if (columns >= rows) turned.push(yield* read(j, i));
  }
  // A square may lie either way.
  const ways = [upright, turned].filter((list) => list.length > 0).map((list) => list.join(" "));
  const distinct = new Set(upright.length > 0 ? upright : turned).size;
  return distinct < samples / 2 ? undefined : ways.sort()[0];
}

/**
 * Under which name a tensor is known: for a copy, that of the tensor it copies. A table of embeddings and a matrix of the
 * same numbers are one; so are two matrices when the exporter made up the name of one. Two matrices under names of
 * their own stay two: layers that were built as copies and not yet trained are alike as well.
 */
export function owners({ tensors, nodes }: FileGraph): Map<string, string> {
  const groups = new Map<string, Tensor[]>();
  for (const tensor of tensors.values()) {
    if (tensor.content === undefined || tensor.uniform) continue;
    groups.set(tensor.content, [...(groups.get(tensor.content) ?? []), tensor]);
  }
  const found = new Map<string, string>();
  const shared = [...groups.values()].filter((group) => group.length > 1);
  if (shared.length === 0) return found;
  const tables = new Set(nodes.flatMap(({ op, inputs }) => (op === "Gather" ? inputs.slice(0, 1) : [])));
  for (const group of shared) {
    const owner =
      group.find(({ name }) => tables.has(name) && !madeName.test(name)) ??
      group.find(({ name }) => !madeName.test(name)) ??
      group[0];
    for (const { name } of group) {
      if (owner && (tables.has(owner.name) || tables.has(name) || madeName.test(name)))
        found.set(name, owner.name);
    }
  }
  return found;
}
