// How any value shows itself: a registry of kinds, the first that fits wins.
import { type Architecture, isArchitecture } from "../../archbert/graph";
import { imageType, rasterise } from "./image";
import { type Displayable, jupyterDisplay, type MimeBundle } from "./mime";
import { figureBundle, isFigure } from "./plotly";
import { base64 } from "./show";
import { type Row, tableBundle } from "./table";
import { textOf } from "./text";

type Content = Record<string, unknown>;

interface Kind {
  fits(value: object): boolean;
  show(value: object): Content | Promise<Content>;
}

function kind<T extends object>(
  fits: (value: object) => value is T,
  show: (value: T) => Content | Promise<Content>,
): Kind {
  return { fits, show: (value) => show(value as T) };
}

/** In the order in which they are tried; what fits none is shown as text. */
const kinds: Kind[] = [
  kind(showsItself, (value) => value[jupyterDisplay]()),
  kind(isArchitecture, showArchitecture),
  kind(isImage, (bytes) => ({ [imageType(bytes) as string]: base64(bytes) })),
  kind(isNumbers, (numbers) => ({ "text/plain": describeNumbers(numbers) })),
  kind(isFigure, figureBundle),
  kind(isTensor, ({ shape, dtype }) => ({ "text/plain": `Tensor ${dtype} [${shape.join(", ")}]` })),
  kind(isRows, (rows) => tableBundle(rows)),
  kind(
    (value): value is Map<unknown, unknown> => value instanceof Map && value.size > 0,
    (map) => ({
      ...tableBundle([...map].map(([key, value]) => ({ key, value }))),
      "text/plain": textOf(map),
    }),
  ),
];

/** Whether a cell shows this value when its last expression has it. */
export function hasDisplay(value: unknown): boolean {
  return value !== undefined;
}

/**
 * The richest form of a value, with `text/plain` always, and a PNG beside each SVG. Never throws: what a value's own
 * display method throws becomes a note below its text.
 */
export async function toMimeBundle(value: unknown): Promise<MimeBundle> {
  const metadata: Content = {};
  let data: Content;
  try {
    data = { ...(await contentOf(value)) };
  } catch (error) {
    data = {
      "text/plain": `${textOf(value)}\n(its display failed: ${textOf(error instanceof Error ? error.message : error)})`,
    };
  }
  if (typeof data["image/svg+xml"] === "string" && !("image/png" in data)) {
    const picture = await rasterise(data["image/svg+xml"]);
    if (picture) {
      data["image/png"] = picture.png.toString("base64");
      metadata["image/png"] = { width: picture.width, height: picture.height };
    }
  }
  data["text/plain"] ??= textOf(value);
  return { data, metadata };
}

async function contentOf(value: unknown): Promise<Content> {
  if ((typeof value !== "object" && typeof value !== "function") || value === null)
    return { "text/plain": textOf(value) };
  const found = kinds.find(({ fits }) => fits(value));
  return found ? found.show(value) : { "text/plain": textOf(value) };
}

function showsItself(value: object): value is Displayable {
  return typeof (value as Partial<Displayable>)[jupyterDisplay] === "function";
}

async function showArchitecture(architecture: Architecture): Promise<Content> {
  const { showArchitecture: show } = await import("../../archbert/index.js");
  return show(architecture);
}

function isImage(value: object): value is Uint8Array {
  return value instanceof Uint8Array && imageType(value) !== undefined;
}

type Numbers = Float32Array | Float64Array | Int32Array | Uint8Array | BigInt64Array;

function isNumbers(value: object): value is Numbers {
  return ArrayBuffer.isView(value) && !(value instanceof DataView) && !Buffer.isBuffer(value);
}

function describeNumbers(numbers: Numbers): string {
  const values = textOf(numbers);
  if (numbers.length === 0 || typeof numbers[0] === "bigint") return values;
  let [min, max, sum] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for (const number of numbers as Float64Array) {
    min = Math.min(min, number);
    max = Math.max(max, number);
    sum += number;
  }
  const short = (number: number) => Number(number.toPrecision(6));
  return `${values}\nmin ${short(min)}, max ${short(max)}, mean ${short(sum / numbers.length)}`;
}

/** A TensorFlow.js tensor, known by its shape; its numbers stay where they are. */
function isTensor(value: object): value is { shape: readonly number[]; dtype: string } {
  const { shape, dtype, dataSync } = value as { shape?: unknown; dtype?: unknown; dataSync?: unknown };
  return Array.isArray(shape) && typeof dtype === "string" && typeof dataSync === "function";
}

function isRows(value: object): value is readonly Row[] {
  return Array.isArray(value) && value.length > 0 && value.slice(0, 100).every(isPlain);
}

function isPlain(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
