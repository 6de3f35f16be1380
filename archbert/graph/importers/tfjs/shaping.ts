// TensorFlow's ops that change shapes: by how much is mostly among the weights, and told by what reads them.
import type { Dimension, Shape } from "../../architecture";
import { product as total, unknown } from "../../dimensions";
import type { OpName } from "../../ops";
import { axisIn, type Tensor } from "../writer";
import type { Use } from "./node";

/** Undefined where the op is not used as it is known: it is kept by its name then. */
export type Translate = (use: Use) => Tensor | Tensor[] | undefined;

/** Its shape is computed from numbers among the weights: what its readers or the signature say of it, else nothing. */
export const shapeless =
  (op: OpName, moved?: boolean): Translate =>
  (use) => {
    const tensors = use.tensors().map((tensor) => (moved === undefined ? use.writer.plain(tensor) : tensor));
    return tensors.length > 0 ? use.add(op, tensors, {}, { shape: null }) : undefined;
  };

/** Along which axis is among the weights: the one where sizes differ; of pictures of one size, the channels. */
export const concat: Translate = (use) => {
  const tensors = sizedAlike(use, use.writer.alike(use.tensors()));
  const [first] = tensors;
  const shape = first?.shape;
  const isKnown = tensors.every(
    (item) => item.shape?.length === shape?.length && !item.shape?.includes(unknown),
  );
  if (!first || !shape || !isKnown || use.constants().length > 1) return shapeless("concat")(use);
  const isDiffering = (axis: number) => new Set(tensors.map((item) => item.shape?.[axis])).size > 1;
  const differing = shape.flatMap((_, axis) => (isDiffering(axis) ? [axis] : []));
  const said = use.said?.length === shape.length ? use.said : undefined;
  const grown = shape.findIndex(
    (size, axis) => axis > 0 && (said?.[axis] ?? -1) >= 0 && size !== said?.[axis],
  );
  const usual = grown > 0 ? grown : shape.length === 4 ? 3 : undefined;
  const axis = differing.length === 0 ? usual : differing.length === 1 ? differing[0] : undefined;
  // Batches are not joined.
  if (axis === undefined || axis === 0) return shapeless("concat")(use);
  return use.add("concat", tensors, { axis: axisIn(first, axis) ?? axis });
};

/** Pictures that are joined have one height and width: those that a resizing does not tell are the others'. */
function sizedAlike(use: Use, tensors: readonly Tensor[]): Tensor[] {
  const known = tensors.find(({ shape }) => shape?.length === 4 && !shape.includes(unknown));
  if (!known?.shape) return [...tensors];
  const [batch = unknown, height = unknown, width = unknown] = known.shape;
  return tensors.map((tensor) =>
    tensor.shape?.length === 4 && tensor.shape.includes(unknown)
      ? use.writer.settle(tensor, [batch, height, width, tensor.shape[3] ?? unknown])
      : tensor,
  );
}

/** How much is among the weights: what keeps a window from making the picture smaller than its stride does. */
export const pad: Translate = (use) => {
  const input = use.data(0);
  if (!input) return undefined;
  const { shape, moved } = input;
  const rank = shape?.length;
  const [height, width] = (use.window ?? []).map((size) => size - 1);
  if (shape && rank === 4 && height !== undefined && width !== undefined) {
    const ends = [height, width].map((size) => Math.floor(size / 2));
    const padding = [...ends, height - (ends[0] ?? 0), width - (ends[1] ?? 0)];
    const axes = moved ? [2, 3] : [1, 2];
    return use.add("pad", [input], {
      padding,
      axes,
      mode: "constant",
      value: use.op === "Pad" ? 0 : undefined,
    });
  }
  return use.add(
    "pad",
    [input],
    {},
    { shape: rank === undefined ? null : new Array<Dimension>(rank).fill(unknown) },
  );
};

export const reshape: Translate = (use) => {
  const tensor = use.data(0);
  if (!tensor) return undefined;
  const rank = rankOf(use);
  const { said } = use;
  const target = use.integers(1);
  if (target && isShape(target)) return reshapedTo(use, tensor, target);
  if (rank === 2 && (tensor.shape?.length ?? 0) > 2 && tensor.shape) {
    const rest = total(tensor.shape.slice(1));
    const width = said?.at(-1) ?? -1;
    // Everything behind the batch in one row, unless what follows wants another width.
    if (width < 0 || rest === width || rest === unknown) {
      const shape = [tensor.shape[0] ?? unknown, width >= 0 ? width : rest];
      return use.add("flatten", [tensor], { axis: 1 }, { moved: false, shape });
    }
  }
  const plain = use.writer.plain(tensor);
  if (rank === undefined) return use.add("reshape", [plain], {}, { shape: null });
  const shape = filled(
    plain.shape,
    Array.from({ length: rank }, (_, i): Dimension => {
      const size = said?.length === rank ? said[i] : undefined;
      if (size !== undefined && size >= 0) return size;
      return i === 0 && typeof plain.shape?.[0] === "string" ? plain.shape[0] : unknown;
    }),
  );
  return use.add(
    "reshape",
    [plain],
    { shape: shape.includes(unknown) ? undefined : shape.map(String) },
    { shape },
  );
};

/** Whether the numbers could be a shape, with one size left open at most. */
function isShape(sizes: readonly number[]): boolean {
  const known = sizes.filter((size) => size !== -1);
  const volume = known.reduce((a, b) => a * b, 1);
  return known.length >= sizes.length - 1 && known.every((size) => size >= 0) && Number.isSafeInteger(volume);
}

/** To a shape that the graph tells, with -1 for what is left. */
function reshapedTo(use: Use, tensor: Tensor, target: readonly number[]): Tensor {
  const from = tensor.shape;
  const isRow = target.length === 2 && target[0] === -1 && from && total(from.slice(1)) === target[1];
  if (isRow && from.length > 2)
    return use.add("flatten", [use.writer.plain(tensor)], { axis: 1 }, { moved: false });
  return use.add("reshape", [use.writer.plain(tensor)], { shape: target, allowZero: true }, { moved: false });
}

/** In an order that the graph tells, or else of an unknown shape. */
export const transpose: Translate = (use) => {
  const permutation = use.integers(1);
  const input = use.data(0);
  const axes = input?.shape?.map((_, axis) => axis);
  const isOrder = axes && [...(permutation ?? [])].sort((a, b) => a - b).join() === axes.join();
  if (!permutation || !input || !isOrder) return shapeless("transpose")(use);
  return use.add("transpose", [use.writer.plain(input)], { permutation }, { moved: false });
};

/** Of the sizes at most one is not told: as many as are left. */
function filled(from: Shape, sizes: readonly Dimension[]): Dimension[] {
  const open = sizes.flatMap((size, i) => (size === unknown ? [i] : []));
  const all = from ? total(from) : unknown;
  const known = total(sizes.filter((size) => size !== unknown));
  if (open.length !== 1 || typeof all !== "number" || typeof known !== "number" || known === 0)
    return [...sizes];
  return sizes.map((size) => (size === unknown ? all / known : size));
}

/** How many axes the result has: as many as the numbers that say its shape. */
function rankOf(use: Use): number | undefined {
  const size = use.constant(1)?.shape[0] ?? use.data(1)?.shape?.[0];
  return typeof size === "number" && size <= 16 ? size : undefined;
}

/** Tensors of one shape along a new axis. */
export const pack: Translate = (use) => {
  const tensors = use.tensors().map((tensor) => use.writer.plain(tensor));
  const shape = tensors.find((tensor) => tensor.shape !== null)?.shape;
  if (tensors.length === 0) return undefined;
  const axis = use.number("axis", 0);
  const at = axis < 0 ? axis + (shape?.length ?? 0) + 1 : axis;
  const packed = shape ? [...shape.slice(0, at), use.inputs.length, ...shape.slice(at)] : null;
  return use.add("concat", tensors, { axis: at }, { shape: packed });
};

/** A tensor's slices along an axis, which goes. */
export const unpack: Translate = (use) => {
  const input = use.data(0);
  if (!input) return undefined;
  const plain = use.writer.plain(input);
  const axis = axisIn(plain, use.number("axis", 0));
  const count = Math.max(use.number("num", 1), use.outputs);
  if (count > 1024) return undefined;
  const shape = plain.shape && axis !== undefined ? plain.shape.filter((_, i) => i !== axis) : null;
  const made = use.writer.addAll(
    "split",
    use.name,
    [plain],
    { axis },
    { outputs: count, shape, moved: false },
  );
  return made.map((tensor, i) => (i === 0 ? tensor : use.writer.settle({ ...tensor, shape: null }, shape)));
};

export const squeeze: Translate = (use) => {
  const input = use.data(0);
  const dims = use.numbers("squeeze_dims");
  if (!input) return undefined;
  const plain = input.moved && dims.join() === "1,2" ? input : use.writer.plain(input);
  const axes = dims.map((axis) => axisIn(plain, axis) ?? axis);
  return use.add("squeeze", [plain], { axes: axes.length > 0 ? axes : undefined }, { moved: false });
};

export const expandDims: Translate = (use) => {
  const input = use.data(0);
  if (!input) return undefined;
  const rank = input.shape?.length;
  return use.add(
    "unsqueeze",
    [use.writer.plain(input)],
    {},
    { shape: rank === undefined ? null : new Array<Dimension>(rank + 1).fill(unknown) },
  );
};

/** Along which axis is among the weights: the channels of a picture, where a convolution reads a part of them. */
export const split: Translate = (use) => {
  const [input] = use.tensors();
  const count = Math.max(use.number("num_split", use.outputs), use.outputs);
  if (!input || count < 1 || count > 1024) return undefined;
  const { shape } = input;
  const channels = shape?.[3];
  const part = use.said?.[3] ?? -1;
  if (shape?.length === 4 && use.said?.length === 4 && channels === part * count) {
    return use.writer.addAll("split", use.name, [input], { axis: axisIn(input, 3) }, { outputs: count });
  }
  const plain = use.writer.plain(input);
  return use.writer.addAll(
    "split",
    use.name,
    [plain],
    { axisUnknown: true },
    { outputs: count, shape: null },
  );
};
