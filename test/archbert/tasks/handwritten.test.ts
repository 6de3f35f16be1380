import assert from "node:assert/strict";
import { quantities, things, topics } from "../../../archbert/graph/claims/claim";
import { claims, handwritten, meaning } from "./handwritten";

describe("sentences written by hand", () => {
  const all = handwritten();

  it("are at least 250, each once, each in the notation", () => {
    assert.ok(all.length >= 250, String(all.length));
    assert.equal(new Set(all.map(({ text }) => text.toLowerCase())).size, all.length);
    for (const { kind, meanings } of all) {
      for (const meant of meanings) {
        assert.equal(meant?.kind ?? "unsayable", kind === "wish" ? "statement" : kind);
      }
    }
  });

  it("speak of nearly every thing, quantity and topic", () => {
    const text = JSON.stringify(all);
    const missing = [...things, ...quantities, ...topics].filter((word) => !text.includes(`"${word}"`));
    assert.ok(missing.length <= 3, missing.join());
  });

  it("keep how rough a number was written", () => {
    assert.deepEqual(claims("parameters ~ 25.6M; stageWidth[0] = 512; conv >= 3"), [
      {
        kind: "number",
        quantity: "parameters",
        stage: null,
        relation: "~",
        amount: { value: 25_600_000, tolerance: 50_000 },
      },
      {
        kind: "number",
        quantity: "stageWidth",
        stage: 0,
        relation: "=",
        amount: { value: 512, tolerance: 0 },
      },
      { kind: "count", thing: "conv", relation: ">=", amount: { value: 3, tolerance: 0 } },
    ]);
    assert.throws(() => meaning("frobnicates", false), /not a word of claims/);
    assert.throws(() => meaning("stageWidth = 3", false), /which stage/);
  });
});
