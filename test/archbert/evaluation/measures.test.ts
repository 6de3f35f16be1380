import assert from "node:assert/strict";
import {
  auc,
  bestThreshold,
  f1,
  generationShares,
  jaccard,
  sameMeaning,
  share,
  tableOf,
  type Wished,
} from "../../../archbert/evaluation";
import { parse } from "../../../archbert/graph";
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

  describe("of programs for wishes", () => {
    const text = "input 8x8x1\nstage 1 conv 8\nhead 10\n";
    const claim = { verdict: "proved", text: "", evidence: [] } as const;
    const wished = (given: Partial<Wished>): Wished => ({
      claims: claims("parameters < 5M"),
      programs: [],
      whole: [],
      other: parse(text),
      ...given,
    });
    const got = wished({ programs: [parse(text)], whole: [{ program: text, claims: [] }] });

    it("do not call a wish without a program an invalid one, and count it apart", () => {
      const shares = generationShares([got, got, got, wished({})]);
      for (const of of ["written", "given", "met"] as const) {
        assert.deepEqual([shares[of].value, shares[of].count], [0.75, 4], of);
      }
      for (const of of ["writtenValid", "givenValid", "understood"] as const) {
        assert.deepEqual([shares[of].value, shares[of].count], [1, 3], of);
      }
    });

    it("count a program that does not build, and one that misses what was understood or meant", () => {
      const tree = parse(text);
      const wrong = wished({
        claims: claims("parameters < 5"),
        programs: [{ ...tree, head: { ...tree.head, classes: 1e12 } }],
        whole: [{ program: text, claims: [{ ...claim, verdict: "refuted" } as never] }],
      });
      const shares = generationShares([got, wrong]);
      assert.equal(shares.writtenValid.value, 0.5);
      assert.equal(shares.understood.value, 0.5);
      assert.equal(shares.met.value, 0.5);
    });

    it("leave a measure of nothing empty", () => {
      const { givenValid } = generationShares([wished({})]);
      const table = tableOf([{ task: "GEN", measure: "valid", by: "ArchBERT", unseen: givenValid }]);
      assert.match(table, /\| valid \| ArchBERT \|\s*\|\s*\|\s*\| 0 \|/);
    });
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
