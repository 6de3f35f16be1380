// What flows through a network, in bytes, against sums by hand.
import assert from "node:assert/strict";
import { facts } from "../../../archbert/graph";
import { fixture, network, node } from "../networks";

const value = (id: string, shape: number[] | null) => ({ id, shape, dtype: "float32" as const });
/** Every value is of [1, 4, 8]: 128 bytes. */
const sized = (made: ReturnType<typeof network>, shape: number[] | null = [1, 4, 8]) => ({
  ...made,
  inputs: [value("x", [1, 4, 8])],
  nodes: made.nodes.map((each) => ({ ...each, outputs: each.outputs.map(({ id }) => value(id, shape)) })),
});

describe("activation memory", () => {
  it("is the sum of all values, and the most that are alive at once", () => {
    const chain = sized(network([node(0, "relu", ["x"]), node(1, "tanh", ["v0"]), node(2, "tanh", ["v1"])]));
    assert.deepEqual(facts(chain).activationMemory, { total: 4 * 128, peak: 2 * 128 });
    const kept = sized(
      network([node(0, "relu", ["x"]), node(1, "tanh", ["v0"]), node(2, "add", ["v1", "x"])]),
    );
    assert.deepEqual(facts(kept).activationMemory, { total: 4 * 128, peak: 3 * 128 }, "x waits for the sum");
  });

  it("counts what only lays a value out otherwise as that value", () => {
    const made = sized(
      network([node(0, "relu", ["x"]), node(1, "reshape", ["v0"]), node(2, "tanh", ["v1"])]),
    );
    assert.deepEqual(facts(made).activationMemory, { total: 3 * 128, peak: 2 * 128 });
  });

  it("is not known where a shape is missing", () => {
    assert.equal(facts(sized(network([node(0, "relu", ["x"])]), null)).activationMemory, null);
  });

  it("grows with the batch", async () => {
    const made = await fixture("resnet18_batch");
    const [symbol = ""] = Object.keys(facts(made).assumed);
    const [one, eight] = [1, 8].map((size) => facts(made, { sizes: { [symbol]: size } }).activationMemory);
    assert.ok(one && eight);
    assert.deepEqual([eight.total, eight.peak], [8 * one.total, 8 * one.peak]);
    // After the first convolution and its ReLU: 2 values of 64x112x112 float32 numbers.
    assert.equal(one.peak, 2 * 64 * 112 * 112 * 4);
  });
});

describe("strides", () => {
  it("are those of convolutions and pooling", async () => {
    assert.deepEqual(facts(await fixture("resnet50")).strides, [
      { size: [1, 1], count: 46 },
      { size: [2, 2], count: 8 },
    ]);
  });
});
