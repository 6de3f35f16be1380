import assert from "node:assert/strict";
import { build, compare } from "../../../archbert";
import { fixture } from "../networks";
import { standIn } from "./standIn";

const model = standIn({});
const base =
  "input 32x32x3\nstem conv 16\nstage 2 residual 32 stride 2\nstage 2 residual 64 stride 2\nhead 10";

describe("compare", () => {
  it("finds no difference between a network and itself under other names", async () => {
    const { clone, similarity, differences, same } = await compare(
      build(base),
      build(`network other\n${base}`),
      { model },
    );
    assert.deepEqual([clone, differences], [true, []]);
    assert.ok(similarity > 0.999 && similarity <= 1);
    assert.ok(same.includes("type: convolutional") && same.some((text) => text.startsWith("parameters: ")));
  });

  it("tells each difference with both values, the most telling first", async () => {
    const changed = base.replaceAll("residual", "bottleneck").replace("head 10", "head 100");
    const { differences } = await compare(build(base), build(changed), { model });
    const labels = differences.map((text) => text.split(":")[0]);
    assert.ok(labels.indexOf("blocks") < labels.indexOf("parameters"));
    assert.ok(differences.includes("classes: 10 against 100"), differences.join("\n"));
    assert.match(differences.join("\n"), /^blocks: \S+ against bottleneck$/m);
  });

  it("compares real networks", async () => {
    const [a, b] = [await fixture("resnet50"), await fixture("vit_b_16")];
    const { clone, differences } = await compare(a, b, { model });
    assert.equal(clone, false);
    assert.ok(differences.includes("type: convolutional against transformer"));
    assert.ok(
      differences.some((text) => /^parameters: 25\.\d M against 86\.\d M \(3\.\d times\)$/.test(text)),
    );
  });

  it("is the same both ways", async () => {
    const [a, b] = [await fixture("mobilenet_v2"), await fixture("squeezenet1_1")];
    const there = await compare(a, b, { model });
    const back = await compare(b, a, { model });
    assert.equal(there.similarity, back.similarity);
    assert.equal(there.differences.length, back.differences.length);
  });
});
