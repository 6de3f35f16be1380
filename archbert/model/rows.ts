// Rows of the model: a network, a text and what is written about them, one after the other, as arrays for a batch.
import { type Bag, bagSize } from "./bags";

/** A network's bags read each other; a text reads the network and itself; a target reads both and what it wrote before. */
export interface Row {
  network: readonly Bag[];
  text: readonly Bag[];
  target: readonly Bag[];
}

/** Places of the row. */
export const lengthOf = ({ network, text, target }: Row) => network.length + text.length + target.length;

export const segments = { none: 0, network: 1, text: 2, target: 3 } as const;

export interface Batch {
  /** B, and N: the longest row, rounded up. */
  rows: number;
  places: number;
  /** int32 [B, N, bagSize]; 0 fills. */
  ids: Int32Array;
  /** [B, N], of `segments`. */
  segments: Uint8Array;
}

/** @param multiple N is rounded up to it, so that few shapes are met */
export function batchOf(rows: readonly Row[], multiple = 8): Batch {
  const longest = Math.max(1, ...rows.map(lengthOf));
  const places = Math.ceil(longest / multiple) * multiple;
  const ids = new Int32Array(rows.length * places * bagSize);
  const kinds = new Uint8Array(rows.length * places);
  rows.forEach((row, b) => {
    let n = b * places;
    for (const segment of ["network", "text", "target"] as const) {
      for (const bag of row[segment]) {
        ids.set(bag.slice(0, bagSize), n * bagSize);
        kinds[n++] = segments[segment];
      }
    }
  });
  return { rows: rows.length, places, ids, segments: kinds };
}

/** Added to scores where a place may not be read. */
const shut = -1e4;

/** Who reads whom: float32 [B, N, N], 0 where row i may read column j. */
export function readingBias({ rows, places, segments: kinds }: Batch): Float32Array {
  const bias = new Float32Array(rows * places * places).fill(shut);
  for (let b = 0; b < rows; b++) {
    for (let i = 0; i < places; i++) {
      const reader = kinds[b * places + i] as number;
      const start = (b * places + i) * places;
      for (let j = 0; j < places; j++) {
        const read = kinds[b * places + j] as number;
        if (read === 0) break;
        if (read < reader || (read === reader && (reader < segments.target || j <= i))) bias[start + j] = 0;
      }
    }
  }
  return bias;
}
