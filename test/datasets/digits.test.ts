// The digits in the package: what they are, and that their splits never change.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { type Dataset, datasetNames, type Examples, loadDataset } from "../../datasets";

const rowsOf = ({ inputs, labels }: Examples) =>
  Array.from(labels, (label, i) => `${label}:${inputs.subarray(i * 64, (i + 1) * 64).join()}`);

const hashOf = (examples: Examples) =>
  createHash("sha256").update(rowsOf(examples).join("\n")).digest("hex").slice(0, 12);

describe("datasets/digits", () => {
  let digits: Dataset;
  before(async () => {
    digits = await loadDataset("digits");
  });

  it("has 1,797 different pictures in three parts that share none", () => {
    const { train, validation, test } = digits;
    assert.deepEqual(
      [train, validation, test].map(({ labels }) => labels.length),
      [1079, 359, 359],
    );
    const rows = [train, validation, test].flatMap(rowsOf);
    assert.equal(new Set(rows.map((row) => row.slice(2))).size, 1797);
  });

  it("has every class in every part at its share", () => {
    const all = [178, 182, 177, 183, 181, 182, 181, 179, 174, 180];
    for (const { labels } of [digits.train, digits.validation, digits.test]) {
      for (let digit = 0; digit < 10; digit++) {
        const count = labels.filter((label) => label === digit).length;
        assert.ok(Math.abs(count - ((all[digit] ?? 0) * labels.length) / 1797) <= 1, `${digit}: ${count}`);
      }
    }
  });

  it("is scaled to 0 to 1 in sixteenths", () => {
    const { inputs, shape, classes } = digits.train;
    assert.deepEqual(shape, [8, 8, 1]);
    assert.equal(classes, 10);
    assert.ok(inputs.every((value) => value >= 0 && value <= 1 && Number.isInteger(value * 16)));
    assert.ok(inputs.includes(1));
  });

  it("keeps its splits for good", () => {
    assert.deepEqual([digits.train, digits.validation, digits.test].map(hashOf), [
      "bafc7a90bf52",
      "4db94a73d963",
      "48b91f0b2807",
    ]);
  });

  it("is what the package gives to others", () => {
    const exported = createRequire(__filename)("archbert/datasets") as { loadDataset: unknown };
    assert.equal(exported.loadDataset, loadDataset);
  });

  it("is named in the registry and names its source", () => {
    assert.ok(datasetNames.includes("digits"));
    assert.match(digits.source, /UCI.*CC BY 4\.0/);
  });

  it("tells the names there are when asked for another", async () => {
    await assert.rejects(loadDataset("digit"), /no dataset "digit".*Choose digits/);
    await assert.rejects(loadDataset("__proto__"), /no dataset/);
  });
});
