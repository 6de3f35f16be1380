import assert from "node:assert/strict";
import { auc, bestThreshold, f1, jaccard, sameMeaning, share } from "../../../archbert/evaluation";
import { claims } from "../tasks/handwritten";

describe("measures", () => {
  it("count shares, with their interval", () => {
    const { error, ...counted } = share([true, false, true, true]);
    assert.deepEqual(counted, { value: 0.75, count: 4 });
    assert.ok(Math.abs((error ?? 0) - 1.96 * Math.sqrt((0.75 * 0.25) / 4)) < 1e-12);
    assert.equal(share([]).error, 0);
  });

  it("give F1 of what is said against what is", () => {
    assert.equal(f1([true, true, false], [true, false, true]).value, 0.5);
    assert.equal(f1([false], [true]).value, 0);
  });

  it("give the area under the ROC curve, ties as halves", () => {
    assert.equal(auc([0.9, 0.8, 0.2], [true, true, false]).value, 1);
    assert.equal(auc([0.1, 0.9], [true, false]).value, 0);
    assert.equal(auc([0.5, 0.5, 0.5, 0.5], [true, false, true, false]).value, 0.5);
    assert.equal(auc([0.4, 0.6, 0.5, 0.3], [true, true, false, false]).value, 0.75);
  });

  it("choose the threshold that tells most pairs", () => {
    const threshold = bestThreshold([0.1, 0.4, 0.6, 0.9], [false, false, true, true]);
    assert.ok(threshold > 0.4 && threshold <= 0.6);
  });

  it("give what counts have in common", () => {
    assert.equal(
      jaccard(
        new Map([["conv", 3]]),
        new Map([
          ["conv", 1],
          ["linear", 1],
        ]),
      ),
      0.25,
    );
    assert.equal(jaccard(new Map(), new Map()), 1);
  });

  it("hold meanings equal whatever the order of their claims", () => {
    const meaning = (text: string) => ({ kind: "statement" as const, claims: claims(text) });
    assert.ok(sameMeaning(meaning("residual; parameters < 5M"), meaning("parameters < 5M; residual")));
    assert.ok(!sameMeaning(meaning("parameters < 5M"), meaning("parameters < 6M")));
    assert.ok(!sameMeaning(meaning("parameters < 5M"), meaning("parameters < 5000000")));
    assert.ok(!sameMeaning(meaning("residual"), meaning("no residual")));
    assert.ok(!sameMeaning(meaning("residual"), null));
  });
});
