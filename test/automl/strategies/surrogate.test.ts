import assert from "node:assert/strict";
import {
  agreement,
  gaussianProcess,
  interpolated,
  rankNormalised,
} from "../../../automl/strategies/surrogate";

const near = (have: number, want: number) =>
  assert.ok(Math.abs(have - want) < 1e-9, `${have} is not ${want}`);

describe("surrogate", () => {
  it("is a Gaussian process: one and two observations by hand", () => {
    const one = gaussianProcess([[0]], [2]);
    const k = Math.exp(-0.5);
    near(one([1]).mean, (k * 2) / 1.15);
    near(one([1]).deviation, Math.sqrt(1 - (k * k) / 1.15));
    const two = gaussianProcess([[0], [1]], [1, -1]);
    // K = [[1.15, k], [k, 1.15]]; of targets (1, -1) the solution is (1, -1) / (1.15 - k).
    near(two([0]).mean, (1 - k) / (1.15 - k));
    near(two([0.5]).mean, 0);
  });

  it("knows nothing before the first trial", () => {
    assert.deepEqual(gaussianProcess([], [])([3, 4]), { mean: 0, deviation: 1 });
  });

  it("shares ranks among equals, and forgets distances", () => {
    const [a = 0, b = 0, c = 0, d = 0] = rankNormalised([0.1, 0.9, 0.9, 0.2]);
    near(b, c);
    assert.ok(a < d && d < b);
    assert.deepEqual(rankNormalised([1, 2, 3]), rankNormalised([1, 2, 300]));
  });

  it("trusts an opinion the less, the more trials disagree", () => {
    const outcomes = rankNormalised([1, 2, 3, 4, 5, 6]);
    const with_ = [1, 2, 3, 4, 5, 6];
    near(agreement(with_, outcomes, 4), 1);
    assert.equal(agreement([...with_].reverse(), outcomes, 4), 0);
    const few = agreement([2, 1], rankNormalised([1, 2]), 4);
    near(few, 2 / 6);
    near(agreement([], [], 4), 1);
  });

  it("tells values between those that are known, and none beyond", () => {
    const [scores, values] = [
      [0, 1, 2],
      [0.5, 0.7, 0.8],
    ];
    near(interpolated(0.5, scores, values) ?? 0, 0.6);
    near(interpolated(9, scores, values) ?? 0, 0.8);
    near(interpolated(-9, scores, values) ?? 0, 0.5);
    near(interpolated(1, scores, values) ?? 0, 0.7);
    assert.equal(interpolated(1, [1], [0.5]), null);
  });
});
