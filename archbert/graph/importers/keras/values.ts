// Shapes and element types as Keras writes them.
import type { Dimension, DType, Shape } from "../../architecture";
import { object, text } from "../json";

const known = new Set<string>([
  "float64",
  "float32",
  "float16",
  "bfloat16",
  "int64",
  "int32",
  "int16",
  "int8",
  "uint64",
  "uint32",
  "uint16",
  "uint8",
  "bool",
  "string",
  "complex64",
  "complex128",
]);

/** @param value a name, or the configuration of a policy */
export function dtypeOf(value: unknown): DType {
  const name = typeof value === "string" ? value : text(object(object(value).config).name, "float32");
  if (name === "mixed_float16" || name === "mixed_bfloat16") return name.slice(6) as DType;
  return known.has(name) ? (name as DType) : "unknown";
}

const axes: Readonly<Record<number, readonly string[]>> = {
  2: ["batch", "sequence"],
  3: ["batch", "sequence", "features"],
  4: ["batch", "height", "width", "channels"],
  5: ["batch", "depth", "height", "width", "channels"],
};

/** Open sizes under the names of what they mean. */
export function sizesOf(shape: unknown): Shape {
  if (!Array.isArray(shape)) return null;
  const names = axes[shape.length];
  return shape.map((size: unknown, axis): Dimension => {
    if (typeof size === "number" && Number.isSafeInteger(size) && size >= 0) return size;
    return names?.[axis] ?? (axis === 0 ? "batch" : "?");
  });
}
