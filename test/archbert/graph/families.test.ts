// What stands beside a family: the nearest others, which are likely mistakes and never the family itself.
import assert from "node:assert/strict";
import { facts } from "../../../archbert/graph";
import { fixture } from "../networks";

describe("families", () => {
  it("have their near relations beside them", async () => {
    for (const [name, relation] of [
      ["resnext50", "ResNet"],
      ["vit_b_16", "DeiT"],
      ["efficientnet_b0", "EfficientNetV2"],
      ["gpt2", "BERT-like"],
    ] as const) {
      const { family } = facts(await fixture(name));
      assert.ok(family, name);
      const names = family.alternatives.map((other) => other.name);
      assert.ok(
        names.includes(relation) || names.some((other) => other.startsWith(relation)),
        `${name}: ${names}`,
      );
    }
  });

  it("come first, and name each of the others once", async () => {
    for (const name of ["resnet50", "vgg16", "mobilenet_v2", "densenet121", "bert"]) {
      const { family } = facts(await fixture(name));
      assert.ok(family, name);
      const confidences = [family.confidence, ...family.alternatives.map(({ confidence }) => confidence)];
      assert.deepEqual(
        confidences,
        [...confidences].sort((a, b) => b - a),
        name,
      );
      const names = [family.name, ...family.alternatives.map((other) => other.name)];
      assert.equal(new Set(names).size, names.length, name);
    }
  });
});
