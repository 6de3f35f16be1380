// Sums and means over leading axes, as gradients of biases and normalizations take them. The stock kernels transpose the
// whole tensor first; an average over windows of rows reads it once.
import type { KernelFunc, TensorInfo } from "@tensorflow/tfjs";
import { util } from "@tensorflow/tfjs";
import { composed, input, type Kit, sizeOf } from "./kit";

interface ReduceAttrs {
  axis: number | number[];
  keepDims: boolean;
}

/** Rows that one window averages: enough that what is left is little, few enough to keep the sum exact. */
const windowRows = 64;

/**
 * @param x float32 [R, C]
 * @returns float32 [1, C]
 */
export function columnSum(kit: Kit, x: TensorInfo): TensorInfo {
  const [rows, columns] = x.shape as [number, number];
  const windows = Math.floor(rows / windowRows);
  if (windows < 2) return weighted(kit, x, 1);
  const averaged = kit.run(
    "AvgPool",
    { x: kit.view(x, 0, [1, windows, windowRows, columns]) },
    { filterSize: [1, windowRows], strides: [1, windowRows], pad: "valid" },
  );
  const most = weighted(kit, kit.reshape(averaged, [windows, columns]), windowRows);
  const seen = windows * windowRows;
  if (seen === rows) return most;
  const rest = weighted(kit, kit.view(x, seen * columns, [rows - seen, columns]), 1);
  return kit.run("Add", { a: most, b: rest });
}

function weighted(kit: Kit, x: TensorInfo, weight: number): TensorInfo {
  const a = kit.filled([1, x.shape[0] as number], weight);
  return kit.run("BatchMatMul", { a, b: x }, { transposeA: false, transposeB: false });
}

/** How many of the leading axes are reduced, where exactly leading axes are and something is left; else 0. */
function leadingAxes(x: TensorInfo, axis: number | number[]): number {
  const axes = util.parseAxisParam(axis, x.shape).sort((a, b) => a - b);
  const leading = axes.every((value, i) => value === i);
  return leading && x.dtype === "float32" && sizeOf(x.shape) > 0 && sizeOf(x.shape.slice(axes.length)) > 1
    ? axes.length
    : 0;
}

/** The sum or the mean: ours over leading axes, the stock one over others. */
const reduced = (stock: KernelFunc, mean: boolean): KernelFunc => {
  const ours = composed<ReduceAttrs>((kit, inputs, { axis, keepDims }) => {
    const x = input(inputs, "x");
    const count = leadingAxes(x, axis);
    const kept = x.shape.slice(count);
    const rows = sizeOf(x.shape.slice(0, count));
    let out = columnSum(kit, kit.reshape(x, [rows, sizeOf(kept)]));
    if (mean) out = kit.run("Multiply", { a: out, b: kit.filled([], 1 / rows) });
    return kit.reshape(out, keepDims ? [...x.shape.slice(0, count).map(() => 1), ...kept] : kept);
  });
  return (call) => {
    const { axis } = call.attrs as unknown as ReduceAttrs;
    return leadingAxes(input(call.inputs, "x"), axis) > 0 ? ours(call) : stock(call);
  };
};

export const sum = (stock: KernelFunc) => reduced(stock, false);
export const mean = (stock: KernelFunc) => reduced(stock, true);
