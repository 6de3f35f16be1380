// A TensorProto as our Tensor: checked dimensions, and its numbers where they are few.
import type { SparseTensorProto, TensorProto } from "onnx-buf";
import type { DType } from "../../architecture";
import { ImportError } from "../../errors";
import { quote } from "../order";
import { contentKey } from "./copies";
import type { Tensor } from "./file";
import { type Mask, maskKey, maskOf, readMask } from "./masks";
import { notePrefix, repeatsKey, uniformKey } from "./slim";

/** TensorProto.DataType, by number. */
export const dtypes: readonly DType[] = [
  "unknown",
  "float32",
  "uint8",
  "int8",
  "uint16",
  "int16",
  "int32",
  "int64",
  "string",
  "bool",
  "float16",
  "float64",
  "uint32",
  "uint64",
  "complex64",
  "complex128",
  "bfloat16",
  "float8",
  "float8",
  "float8",
  "float8",
  "uint4",
  "int4",
];

/** More numbers than this are never held: shapes and scalars are what we compute with. */
export const maxValues = 256;

export function readTensor(proto: TensorProto, where: string, name = proto.name): Tensor {
  const dims = readDims(proto.dims, `${where}: tensor ${quote(name)}`);
  const dtype = dtypes[proto.dataType] ?? "unknown";
  const external = readExternal(proto, where);
  const size = dims.reduce((a, b) => a * b, 1);
  if (!Number.isSafeInteger(size)) {
    throw new ImportError(`tensor ${quote(name)} has more elements than can be counted`, { where });
  }
  const values = size <= maxValues ? readValues(proto, dtype, size) : null;
  const uniform = values
    ? values.every((item) => item === values[0])
    : proto.metadataProps.some(({ key }) => key === uniformKey);
  const told = proto.metadataProps.find(({ key }) => key === maskKey || key === notePrefix + maskKey)?.value;
  const mask = values
    ? maskOfSmall(values, dims.at(-1) ?? 0)
    : told === undefined
      ? undefined
      : readMask(told);
  const isTold = (key: string) =>
    proto.metadataProps.some((entry) => entry.key === key || entry.key === notePrefix + key);
  const repeats = uniform !== true && isTold(repeatsKey);
  const content = external ?? proto.metadataProps.find(({ key }) => key === contentKey)?.value;
  return {
    name,
    dims,
    dtype,
    values,
    stored: repeats ? (dims.at(-1) ?? size) : size,
    mask,
    uniform,
    repeats,
    content,
    initializer: false,
  };
}

function maskOfSmall(values: readonly number[], side: number): Mask {
  if (side < 2 || values.length !== side * side) return { causal: false };
  return maskOf(side, (at) => values.slice(at * side, (at + 1) * side));
}

/** A sparse tensor: its full shape, and how many numbers are stored. */
export function readSparse(proto: SparseTensorProto, where: string): Tensor {
  const name = proto.values?.name ?? "";
  const dims = readDims(proto.dims, `${where}: sparse tensor ${quote(name)}`);
  const values = proto.values ? readTensor(proto.values, where) : undefined;
  return {
    name,
    dims,
    dtype: values?.dtype ?? "unknown",
    values: null,
    stored: values?.stored ?? 0,
    initializer: false,
  };
}

/** Whether the message itself holds numbers. */
export function hasData(proto: TensorProto): boolean {
  const { rawData, floatData, int32Data, int64Data, doubleData, uint64Data, stringData } = proto;
  return [rawData, floatData, int32Data, int64Data, doubleData, uint64Data, stringData].some(
    ({ length }) => length > 0,
  );
}

function readDims(dims: readonly bigint[], where: string): number[] {
  return dims.map((dim) => {
    const size = Number(dim);
    if (size < 0 || !Number.isSafeInteger(size)) throw new ImportError(`a dimension of ${dim}`, { where });
    return size;
  });
}

/**
 * Where its numbers lie in another file, if so: the same place is the same numbers. External data is never opened; but a
 * file that points outside its folder is not to be trusted with more.
 */
function readExternal(proto: TensorProto, where: string): string | undefined {
  if (proto.externalData.length === 0) return undefined;
  const at: Record<string, string> = Object.create(null);
  for (const { key, value } of proto.externalData) {
    at[key] = value;
    if (key !== "location") continue;
    const parts = value.split(/[\\/]/);
    if (/^([\\/]|[A-Za-z]:)/.test(value) || parts.includes("..") || value.includes("\0")) {
      throw new ImportError(`tensor ${quote(proto.name)} keeps its data outside the model's folder`, {
        where,
        fix: "Keep external data beside the model",
      });
    }
  }
  return at.length === undefined ? undefined : `${at.location} ${at.offset ?? 0} ${at.length}`;
}

function readValues(proto: TensorProto, dtype: DType, size: number): number[] | null {
  if (size === 0) return [];
  const raw = proto.rawData;
  if (raw.length > 0) return readRaw(raw, dtype, size);
  const typed: readonly (number | bigint)[] =
    [proto.floatData, proto.int32Data, proto.int64Data, proto.doubleData, proto.uint64Data].find(
      (list) => list.length > 0,
    ) ?? [];
  if (typed.length !== size) return null;
  const numbers = typed.map(Number);
  if (dtype === "float16") return numbers.map(half);
  if (dtype === "bfloat16") return numbers.map(brain);
  return numbers;
}

function readRaw(raw: Uint8Array, dtype: DType, size: number): number[] | null {
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  const read = readers[dtype];
  if (!read || raw.length !== size * read.bytes) return null;
  return Array.from({ length: size }, (_, i) => read.get(view, i * read.bytes));
}

const readers: Partial<Record<DType, { bytes: number; get(view: DataView, at: number): number }>> = {
  float64: { bytes: 8, get: (view, at) => view.getFloat64(at, true) },
  float32: { bytes: 4, get: (view, at) => view.getFloat32(at, true) },
  float16: { bytes: 2, get: (view, at) => half(view.getUint16(at, true)) },
  bfloat16: { bytes: 2, get: (view, at) => brain(view.getUint16(at, true)) },
  int64: { bytes: 8, get: (view, at) => Number(view.getBigInt64(at, true)) },
  uint64: { bytes: 8, get: (view, at) => Number(view.getBigUint64(at, true)) },
  int32: { bytes: 4, get: (view, at) => view.getInt32(at, true) },
  uint32: { bytes: 4, get: (view, at) => view.getUint32(at, true) },
  int16: { bytes: 2, get: (view, at) => view.getInt16(at, true) },
  uint16: { bytes: 2, get: (view, at) => view.getUint16(at, true) },
  int8: { bytes: 1, get: (view, at) => view.getInt8(at) },
  uint8: { bytes: 1, get: (view, at) => view.getUint8(at) },
  bool: { bytes: 1, get: (view, at) => view.getUint8(at) },
};

function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

function brain(bits: number): number {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint16(0, bits);
  return view.getFloat32(0);
}
