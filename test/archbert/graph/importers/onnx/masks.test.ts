import assert from "node:assert/strict";
import { maskOf } from "../../../../../archbert/graph/importers/onnx/masks";

/** The mask of a square in which the place in row i sees place j where `sees` says so. */
function mask(side: number, sees: (i: number, j: number) => boolean) {
  return maskOf(side, (at) => Array.from({ length: side }, (_, j) => (sees(at, j) ? 0 : -1e9)));
}

describe("masks", () => {
  it("are causal when nothing after a place is seen", () => {
    assert.deepEqual(
      mask(16, (i, j) => j <= i),
      { causal: true },
    );
  });

  it("have a window when only the last places are seen", () => {
    assert.deepEqual(
      mask(16, (i, j) => j <= i && j > i - 5),
      { causal: true, window: 5 },
    );
    assert.deepEqual(
      mask(64, (i, j) => Math.abs(i - j) <= 3),
      { causal: false, window: 7 },
    );
  });

  it("are neither when all is seen, or what comes after, or here and there", () => {
    for (const sees of [
      () => true,
      (i: number, j: number) => j >= i,
      (i: number, j: number) => (i * j) % 3 !== 1,
    ])
      assert.deepEqual(mask(16, sees), { causal: false });
  });
});
