// The gradient of a look-up: rows of an embedding gather what reached each place that read them.
import { composed, input, sizeOf } from "./kit";

/** x [...places, ...rest], segmentIds int32 [...places] to [numSegments, ...rest]; ids out of range are left out. */
export const unsortedSegmentSum = composed<{ numSegments: number }>((kit, inputs, { numSegments }) => {
  const x = input(inputs, "x");
  const segmentIds = input(inputs, "segmentIds");
  const rest = x.shape.slice(segmentIds.shape.length);
  const columns = sizeOf(rest);
  const out = kit.empty([numSegments, ...rest], x.dtype);
  // Only now: memory that was asked for may have moved the heap.
  const [from, ids, sums] = [x, segmentIds, out].map((info) => kit.backend.typedArrayFromHeap(info)) as [
    Float32Array,
    Int32Array,
    Float32Array,
  ];
  sums.fill(0);
  for (let place = 0; place < ids.length; place++) {
    const id = ids[place] as number;
    if (id < 0 || id >= numSegments) continue;
    const to = id * columns;
    const at = place * columns;
    for (let i = 0; i < columns; i++) sums[to + i] = (sums[to + i] as number) + (from[at + i] as number);
  }
  return out;
});
