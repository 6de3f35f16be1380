// Networks from programs: shapes, parameters, weights, and what cannot be computed.
import assert from "node:assert/strict";
import { type Architecture, facts } from "../../../archbert/graph";
import { build, format, parse } from "../../../archbert/graph/language";
import { rng } from "../../../archbert/graph/random";
import { type Network, toModel } from "../../../compute";
import { somePrograms } from "../programs";

const backend = "cpu";
const volume = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);

function someInputs({ backend: { tf }, inputShape }: Network, batch: number, seed = 1) {
  const random = rng(seed);
  const data = Float32Array.from({ length: batch * volume(inputShape) }, () => random.next() * 2 - 1);
  return tf.tensor(data, [batch, ...inputShape]);
}

const programs = somePrograms(rng(7), 12);

describe("toModel", () => {
  it("computes every program: the shapes of the architecture, the parameters of its facts", async () => {
    for (const program of programs) {
      const architecture = build(program);
      const network = await toModel(architecture, { seed: 3, backend });
      const text = format(program);
      const known = facts(architecture);
      const count = (trainable: boolean) =>
        network.parameters
          .filter((each) => each.trainable === trainable)
          .reduce((sum, { variable }) => sum + variable.size, 0);
      assert.equal(count(true), known.parameters, text);
      assert.equal(count(false), known.statistics, text);
      const weights = await network.weights();
      assert.deepEqual(
        weights.map(({ name, shape }) => [name, shape]),
        architecture.nodes.flatMap(({ parameters }) => parameters.map(({ name, shape }) => [name, shape])),
        text,
      );
      for (const { shape, data } of weights) assert.equal(data.length, volume(shape));

      const x = someInputs(network, 2);
      const y = network.forward(x);
      const [, ...shape] = known.outputs[0]?.shape ?? [];
      const [channels = 0, ...places] = shape.map(Number);
      assert.deepEqual(y.shape, [2, ...(places.length === 2 ? [...places, channels] : shape)], text);
      assert.deepEqual(y.shape, [2, ...network.outputShape], text);
      assert.ok((await y.data()).every(Number.isFinite), text);
      x.dispose();
      y.dispose();
      network.dispose();
    }
  }).timeout(60_000);

  it("treats each example by itself when it is not training", async () => {
    for (const program of programs.slice(0, 40)) {
      const network = await toModel(build(program), { backend });
      const [both, one] = [someInputs(network, 2), someInputs(network, 1)];
      const [ofBoth, ofOne] = [network.forward(both), network.forward(one)];
      const values = await ofBoth.data();
      (await ofOne.data()).forEach((value, i) => {
        assert.ok(Math.abs(value - (values[i] ?? Number.NaN)) < 1e-4, format(program));
      });
      for (const tensor of [both, one, ofBoth, ofOne]) tensor.dispose();
      network.dispose();
    }
  }).timeout(60_000);

  it("gives the same weights for the same seed, others for another", async () => {
    const architecture = build(parse("input 6x6x1\nstem conv 4\nstage 1 residual 8 stride 2\nhead 3"));
    const [a, b, c] = await Promise.all(
      [1, 1, 2].map(async (seed) => (await toModel(architecture, { seed, backend })).weights()),
    );
    assert.deepEqual(a, b);
    assert.notDeepEqual(a, c);
  });

  it("takes the weights it gave, whatever their order", async () => {
    for (const program of programs.slice(0, 20)) {
      const [one, other] = [
        await toModel(build(program), { seed: 1, backend }),
        await toModel(build(program), { seed: 2, backend }),
      ];
      const weights = await one.weights();
      other.assign([...weights].reverse());
      assert.deepEqual(await other.weights(), weights, format(program));
    }
  });

  it("refuses the weights of another network", async () => {
    const network = await toModel(build(parse("input 4\nstage 1 mlp 3\nhead 2")), { backend });
    const weights = await network.weights();
    assert.throws(() => network.assign(weights.slice(1)), /3 weights for 4 parameters/);
    assert.throws(
      () => network.assign(weights.map((weight, i) => (i === 0 ? { ...weight, shape: [4, 3] } : weight))),
      /linear\.weight is 3x4, not 4x3/,
    );
    assert.throws(
      () => network.assign(weights.map((weight, i) => (i === 0 ? { ...weight, name: "other" } : weight))),
      /a weight for other, which it does not have/,
    );
  });

  it("leaves no tensor behind", async () => {
    const { tf } = (await toModel(build(parse("input 4\nhead 2")), { backend })).backend;
    for (const program of programs.slice(0, 20)) {
      const before = tf.memory().numTensors;
      const network = await toModel(build(program), { backend });
      const x = someInputs(network, 2);
      network.forward(x).dispose();
      network.forward(x, rng(1)).dispose();
      x.dispose();
      network.dispose();
      assert.equal(tf.memory().numTensors, before, format(program));
    }
  }).timeout(60_000);

  describe("names the op and the node", () => {
    const network = build(parse("input 6x6x1\nstem conv 4\npool max\nhead 3"));
    const changed = (id: string, change: object): Architecture => ({
      ...network,
      nodes: network.nodes.map((node) => (node.id === id ? { ...node, ...change } : node)),
    });
    const attributesOf = (id: string) => network.nodes.find((node) => node.id === id)?.attributes;
    const cases: [string, Architecture, RegExp][] = [
      [
        "of an op that cannot be computed",
        changed("pool1.max", { op: "lstm" }),
        /^pool1\.max: the op lstm cannot/,
      ],
      [
        "of a window that pads by numbers",
        changed("pool1.max", { attributes: { kernelSize: [2, 2], strides: [2, 2], padding: [1, 1, 1, 1] } }),
        /^pool1\.max: the op maxPool pads otherwise/,
      ],
      [
        "of a window that pads by other numbers than its picture needs",
        changed("stem.conv", { attributes: { ...attributesOf("stem.conv"), padding: [0, 0, 2, 2] } }),
        /^stem\.conv: the op conv pads otherwise/,
      ],
      [
        "of a mean that counts what is padded",
        changed("pool1.max", {
          op: "averagePool",
          attributes: { ...attributesOf("pool1.max"), countsPadding: true },
        }),
        /^pool1\.max: the op averagePool counts what is padded/,
      ],
      [
        "without its parameters",
        changed("stem.conv", { parameters: [] }),
        /^stem\.conv: the op conv has no parameter/,
      ],
      [
        "that reads what is not made",
        changed("logits", { inputs: ["nothing"] }),
        /^logits: the op linear reads nothing/,
      ],
    ];
    for (const [title, architecture, message] of cases) {
      it(title, () => assert.rejects(toModel(architecture, { backend }), { name: "ArchError", message }));
    }
  });
});
