// The gradient of max pooling. The stock kernel starts each window's search at a positive number, so that where all are
// negative the first place gets the gradient.
import { backend_util } from "@tensorflow/tfjs";
import { composed, input } from "./kit";

interface PoolAttrs {
  filterSize: number | [number, number];
  strides: number | [number, number];
  pad: "valid" | "same" | number;
  dimRoundingMode?: "floor" | "round" | "ceil";
}

/** Each window hands its gradient to its largest number, the first of them where several are. */
export const maxPoolGrad = composed<PoolAttrs>((kit, inputs, attrs) => {
  const x = input(inputs, "input");
  const dy = input(inputs, "dy");
  const shape = x.shape as [number, number, number, number];
  const pool = backend_util.computePool2DInfo(
    shape,
    attrs.filterSize,
    attrs.strides,
    1,
    attrs.pad,
    attrs.dimRoundingMode,
  );
  const { strideHeight, strideWidth, filterHeight, filterWidth, inHeight, inWidth, padInfo } = pool;
  const channels = pool.inChannels;
  const out = kit.empty(x.shape);
  // Only now: memory that was asked for may have moved the heap.
  const [from, gradient, to] = [x, dy, out].map((info) => kit.backend.typedArrayFromHeap(info)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  to.fill(0);
  const largest = new Float32Array(channels);
  const places = new Int32Array(channels);
  let at = 0;
  for (let n = 0; n < pool.batchSize; n++) {
    for (let row = 0; row < pool.outHeight; row++) {
      const top = row * strideHeight - padInfo.top;
      for (let column = 0; column < pool.outWidth; column++, at += channels) {
        const left = column * strideWidth - padInfo.left;
        largest.fill(Number.NEGATIVE_INFINITY);
        places.fill(-1);
        for (let y = Math.max(0, top); y < Math.min(inHeight, top + filterHeight); y++) {
          for (let z = Math.max(0, left); z < Math.min(inWidth, left + filterWidth); z++) {
            const place = ((n * inHeight + y) * inWidth + z) * channels;
            for (let c = 0; c < channels; c++) {
              const value = from[place + c] as number;
              if (value > (largest[c] as number)) {
                largest[c] = value;
                places[c] = place + c;
              }
            }
          }
        }
        for (let c = 0; c < channels; c++) {
          const place = places[c] as number;
          if (place >= 0) to[place] = (to[place] as number) + (gradient[at + c] as number);
        }
      }
    }
  }
  return out;
});
