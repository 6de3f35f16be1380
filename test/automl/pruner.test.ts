import assert from "node:assert/strict";
import { medianPruner, type Trial } from "../../automl";

const trial = (number: number, intermediateValues: number[], state: Trial["state"] = "complete"): Trial => ({
  number,
  state,
  program: "",
  parameters: 1,
  values: null,
  intermediateValues,
  reason: null,
  origin: {
    how: "random",
    parent: null,
    mutation: null,
    rankings: [],
    rank: null,
    candidates: null,
    predicted: null,
  },
  claims: [],
  attempts: 1,
});

const history = [
  trial(0, [0.2, 0.5, 0.9, 0.9, 0.9, 0.9]),
  trial(1, [0.3, 0.6, 0.6, 0.6, 0.6, 0.6]),
  trial(2, [0.1, 0.7, 0.3, 0.8, 0.8, 0.8]),
  trial(3, [0.4, 0.4], "pruned"),
];

describe("median pruner", () => {
  it("ends what is below the median of the others' best by then, with the numbers", () => {
    // After two epochs the others had 0.5, 0.6, 0.7 and 0.4: the median is 0.55.
    assert.equal(medianPruner.prune([0.1, 0.56], 6, history), null);
    assert.equal(
      medianPruner.prune([0.54, 0.2], 6, history),
      "after epoch 2, 54.0 % is below the median of 4 trials, 55.0 %",
    );
  });

  it("lets everything learn for a third of its epochs, and ends nothing after its last", () => {
    assert.equal(medianPruner.prune([0], 6, history), null);
    assert.equal(medianPruner.prune([0, 0, 0, 0, 0, 0], 6, history), null);
  });

  it("compares with nothing until enough trials have come as far", () => {
    assert.equal(medianPruner.prune([0, 0, 0], 6, history), null, "three have a third epoch");
    const failed = [...history.slice(0, 3), trial(3, [0.9, 0.9], "failed")];
    assert.equal(medianPruner.prune([0, 0], 6, failed), null);
  });
});
