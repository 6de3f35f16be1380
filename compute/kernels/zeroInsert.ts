// The gradient that reaches a strided convolution's input, spread out: its numbers stride apart, zeros between.
import type { TensorInfo } from "@tensorflow/tfjs";
import type { Kit } from "./kit";

/**
 * @param x float32 [N, H, W, C]
 * @returns float32 [N, H * strideHeight, W * strideWidth, C]: each number first of its window
 */
export function zeroInsert(kit: Kit, x: TensorInfo, strideHeight: number, strideWidth: number): TensorInfo {
  const [n, h, w, c] = x.shape as [number, number, number, number];
  let spread = x;
  // As concatenations along the last axis, since those are plain copies of runs of memory.
  if (strideWidth > 1) spread = beside(kit, kit.reshape(spread, [n * h * w, c]), (strideWidth - 1) * c);
  const row = w * strideWidth * c;
  if (strideHeight > 1) spread = beside(kit, kit.reshape(spread, [n * h, row]), (strideHeight - 1) * row);
  return kit.reshape(spread, [n, h * strideHeight, w * strideWidth, c]);
}

function beside(kit: Kit, x: TensorInfo, zeros: number): TensorInfo {
  const rows = x.shape[0] as number;
  return kit.concat([x, kit.zeros([rows, zeros])], 1);
}
