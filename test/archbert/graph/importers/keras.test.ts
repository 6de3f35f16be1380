import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import {
  type Architecture,
  answer,
  bytesSource,
  canonicalHash,
  caption,
  facts,
  ImportError,
  importArchitecture,
  check as judged,
  know,
} from "../../../../archbert/graph";
import { archive } from "../fuzzing";

const tests = join(__dirname, "../../../../../test");
const read = (path: string) => new Uint8Array(gunzipSync(readFileSync(join(tests, `${path}.gz`))));
const open = (path: string) => importArchitecture(bytesSource(path, read(path)));
const encode = (value: unknown) =>
  new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value));
const given = (value: unknown, name = "model.json") => importArchitecture(bytesSource(name, encode(value)));

interface Counts {
  parameters: number;
  statistics: number;
  outputs: (number | null)[][];
}
const counted = JSON.parse(readFileSync(join(tests, "fixtures/keras.json"), "utf8")) as Record<
  string,
  Counts
>;

describe("keras: models of every kind of layer", () => {
  for (const [name, counts] of Object.entries(counted)) {
    it(`${name}: parameters and shapes are Keras' own`, async () => {
      const known = facts(await open(`fixtures/keras/${name}.json`));
      assert.equal(known.parameters, counts.parameters);
      assert.equal(known.statistics, counts.statistics);
      // A picture is channels first here; a model's outputs have no order where a dict names them.
      const sizes = (shape: readonly (number | string | null)[]) =>
        shape
          .filter((size) => typeof size === "number")
          .sort()
          .join();
      assert.deepEqual(
        known.outputs.map(({ shape }) => sizes(shape ?? [])).sort(),
        counts.outputs.map(sizes).sort(),
      );
      assert.notEqual(known.multiplyAdds, null);
    });
  }

  it("says everything of every network of Keras Applications that Keras counts", async () => {
    const manifest = JSON.parse(readFileSync(join(tests, "corpus/keras.json"), "utf8")) as Record<
      string,
      { file: string; parameters: number; statistics: number; multiplyAdds: number }
    >;
    const files = readdirSync(join(tests, "corpus/keras"));
    assert.equal(files.length, Object.keys(manifest).length);
    for (const [name, entry] of Object.entries(manifest)) {
      const known = facts(await open(`corpus/${entry.file.replace(/\.gz$/, "")}`));
      assert.equal(known.parameters, entry.parameters, name);
      assert.equal(known.statistics, entry.statistics, name);
      assert.ok(
        Math.abs((known.multiplyAdds ?? 0) / entry.multiplyAdds - 1) < 0.001,
        `${name}: ${known.multiplyAdds}`,
      );
    }
  }).timeout(60_000);
});

describe("keras: weights that the file does not tell", () => {
  const layer = (class_name: string, config: object) => ({ class_name, config });
  const model = (...inner: object[]) => ({
    class_name: "Sequential",
    config: {
      name: "m",
      layers: [
        layer("InputLayer", { name: "i", batch_input_shape: [null, 16] }),
        ...inner,
        layer("Dense", { name: "d", units: 10, activation: "linear" }),
      ],
    },
  });
  const unknown = layer("MyDense", { name: "x", units: 1000 });

  it("a layer that may have some: the depth is open, too", async () => {
    const depth = async (...inner: object[]) =>
      answer({ kind: "askNumber", quantity: "depth", stage: null }, know(await given(model(...inner))))
        ?.answer;
    assert.equal(await depth(unknown), undefined);
    assert.equal(await depth(layer("Lambda", { name: "x" })), "1");
  });

  for (const [name, inner] of Object.entries({
    "a layer that is not Keras' own": [unknown],
    "one whose output is known": [layer("MyDense", { name: "x", output_shape: [16] })],
    "a width that no file tells": [layer("Lambda", { name: "x" })],
    "a recurrent layer over such a width": [
      layer("Lambda", { name: "x", output_shape: [4, null] }),
      layer("LSTM", { name: "r", units: 8 }),
    ],
  })) {
    it(`${name}: parameters are at least so many, and nothing is proved of them`, async () => {
      const read = await given(model(...inner));
      const found = facts(read);
      assert.ok(found.unknownWeights.length > 0);
      assert.equal(found.multiplyAdds, null);
      const known = know(read);
      assert.equal(answer({ kind: "askNumber", quantity: "parameters", stage: null }, known), null);
      const amount = { value: found.parameters, tolerance: 0 };
      for (const claim of [
        { kind: "number", quantity: "parameters", stage: null, relation: "=", amount },
        { kind: "is", not: false, word: "tiny" },
        { kind: "is", not: true, word: "small" },
        { kind: "is", not: false, word: "mlp" },
      ] as const)
        assert.equal(judged(claim, known).verdict, "unchecked");
      assert.doesNotMatch(caption(read).text, / deep/);
      assert.match(caption(read).text, /network.* It has at least \d+ parameters/);
    });
  }

  it("what tells them: a function has none, and TensorFlow.js lists them", async () => {
    const plain = facts(await given(model(layer("Lambda", { name: "x", output_shape: [16] }))));
    assert.deepEqual([plain.parameters, plain.unknownWeights], [170, []]);
    const weight = (name: string, shape: number[]) => ({ name, shape, dtype: "float32" });
    const weights = [weight("x/kernel", [16, 20]), weight("d/kernel", [20, 10]), weight("d/bias", [10])];
    const file = { modelTopology: model(unknown), weightsManifest: [{ paths: ["a.bin"], weights }] };
    const listed = facts(await given(file));
    assert.deepEqual([listed.parameters, listed.unknownWeights], [320 + 210, []]);
  });
});

/** What is said of a network, whatever its file. */
function told(architecture: Architecture) {
  const { parameters, multiplyAdds, stages, motifs, family, depth, kernelSizes } = facts(architecture);
  return {
    parameters,
    multiplyAdds,
    depth,
    kernelSizes,
    stages: stages.map(({ blocks, kind, width, resolution }) => ({ blocks, kind, width, resolution })),
    motifs: motifs.map(({ kind, count }) => ({ kind, count })),
    family: family?.name ?? null,
  };
}

describe("keras: one network out of many files", () => {
  it("is the same from Keras and from PyTorch by two opsets of ONNX", async () => {
    const keras = await open("fixtures/keras/pair.json");
    for (const name of ["pair_torch11", "pair_torch17"]) {
      const torch = await open(`fixtures/keras/${name}.onnx`);
      assert.deepEqual(told(torch), told(keras));
      assert.equal(canonicalHash(torch), canonicalHash(keras));
    }
  });

  it("differs from tf2onnx only by the norms that it folds", async () => {
    const keras = await open("fixtures/keras/pair.json");
    const [old, late] = await Promise.all(
      [13, 18].map((opset) => open(`fixtures/keras/pair_opset${opset}.onnx`)),
    );
    assert.ok(old && late);
    assert.equal(canonicalHash(old), canonicalHash(late));
    // What tf2onnx takes channels last and turns at once is channels first, as in Keras' own file.
    assert.deepEqual(
      old.inputs.map(({ shape }) => shape?.slice(1)),
      [[3, 32, 32]],
    );
    assert.deepEqual(
      old.inputs.map(({ shape }) => shape?.slice(1)),
      keras.inputs.map(({ shape }) => shape?.slice(1)),
    );
    assert.equal(old.nodes[0]?.op, "conv");
    const { parameters, ...rest } = told(old);
    const { parameters: all, ...others } = told(keras);
    assert.deepEqual(rest, others);
    // Scale and shift of 144 channels became one bias each.
    assert.equal(all - parameters, 144);
  });

  for (const [name, torch, last] of [
    ["MobileNetV2", "mobilenet_v2", "softmax"],
    ["VGG16", "vgg16", "softmax"],
    ["DenseNet121", "densenet121", "softmax"],
  ] as const) {
    it(`${name} is what it is in PyTorch`, async () => {
      const [a, b] = [await open(`corpus/keras/${name}.json`), await open(`fixtures/${torch}.onnx`)];
      assert.deepEqual(told(a), told(b));
      assert.equal(a.nodes.at(-1)?.op, last);
    });
  }

  it("MobileNetV2 without its softmax has the canonical hash of PyTorch's", async () => {
    const config = JSON.parse(new TextDecoder().decode(read("corpus/keras/MobileNetV2.json"))) as {
      config: { layers: { config: Record<string, unknown> }[] };
    };
    const head = config.config.layers.at(-1)?.config ?? {};
    head.activation = "linear";
    const torch = await open("fixtures/mobilenet_v2.onnx");
    assert.equal(canonicalHash(await given(config)), canonicalHash(torch));
    head.units = 999;
    assert.notEqual(canonicalHash(await given(config)), canonicalHash(torch));
  });
});

describe("keras: archives", () => {
  const config = read("corpus/keras/MobileNetV2.json");

  it("are read by their configuration alone", async () => {
    const file = archive(config, true);
    let bytes = 0;
    const source = {
      name: "net.keras",
      size: file.length,
      read: (offset: number, length: number) => {
        bytes += length;
        return file.subarray(offset, offset + length);
      },
    };
    const known = facts(await importArchitecture(source));
    assert.equal(known.parameters, 3_504_872);
    assert.ok(bytes < file.length * 3, `${bytes} bytes read of ${file.length}`);
  });

  const refused: [string, Uint8Array, RegExp][] = [
    ["without a configuration", archive(config, false).subarray(0, 5000), /damaged zip archive/],
    ["that unpack to gigabytes", archive(new Uint8Array(100 << 20), true), /unpacks to more than 64 MB/],
    [
      "whose configuration is no JSON",
      archive(encode("{'a': 1}"), true),
      /config\.json: damaged or incomplete JSON/,
    ],
    ["whose configuration is no model", archive(encode("[1]"), true), /no Keras model/],
  ];
  for (const [title, bytes, message] of refused) {
    it(`are refused ${title}`, () =>
      assert.rejects(importArchitecture(bytesSource("net.keras", bytes)), check(message)));
  }

  it("are refused when an entry is larger than it says", () => {
    const file = archive(new Uint8Array(8 << 20), true);
    // The directory's and the entry's own word on the unpacked size of config.json.
    for (let at = 0; at < file.length - 4; at++)
      if (file.readUInt32LE(at) === 8 << 20) file.writeUInt32LE(100, at);
    return assert.rejects(
      importArchitecture(bytesSource("net.keras", file)),
      check(/damaged zip archive.*too many bytes/),
    );
  });
});

function check(message: RegExp) {
  return (error: unknown) => {
    assert.ok(error instanceof ImportError, String(error));
    assert.match(error.message, message);
    return true;
  };
}

const dense = (name: string, inbound: unknown, config: object = {}) => ({
  class_name: "Dense",
  name,
  config: { name, units: 2, ...config },
  inbound_nodes: inbound,
});
const input = {
  class_name: "InputLayer",
  name: "in",
  config: { name: "in", batch_input_shape: [null, 3] },
  inbound_nodes: [],
};
const model = (layers: unknown[], output = "a") => ({
  class_name: "Functional",
  config: { name: "net", layers, input_layers: [["in", 0, 0]], output_layers: [[output, 0, 0]] },
});

describe("keras: what cannot be read is told in a sentence", () => {
  const nestedModel = (depth: number): object =>
    depth === 0
      ? dense("d", [])
      : {
          class_name: "Sequential",
          config: { name: "s", layers: [{ ...input, name: undefined }, nestedModel(depth - 1)] },
        };
  const wrapped = (times: number) => {
    let layer: object = dense("inner", []);
    for (let i = 0; i < times; i++)
      layer = { class_name: "SpectralNormalization", name: "a", config: { name: "a", layer } };
    return { ...layer, inbound_nodes: [[["in", 0, 0, {}]]] };
  };
  const refused: [string, unknown, RegExp][] = [
    [
      "a subclassed model",
      { class_name: "MyModel", config: { units: 3 } },
      /"MyModel" is a subclass.*Export it to ONNX/,
    ],
    [
      "a model that was never built",
      { class_name: "Sequential", config: [dense("a", [])] },
      /never built.*model\.build/,
    ],
    [
      "a cycle",
      model([input, dense("a", [[["b", 0, 0, {}]]]), dense("b", [[["a", 0, 0, {}]]])]),
      /cycle through node/,
    ],
    [
      "a layer that is not there",
      model([input, dense("a", [[["ghost", 0, 0, {}]]])]),
      /reads "ghost\\n0", which nothing makes/,
    ],
    [
      "an output that is not there",
      model([input, dense("a", [[["in", 0, 0, {}]]])], "z"),
      /nothing makes output 0 of layer "z"/,
    ],
    [
      "units that are no count",
      model([input, dense("a", [[["in", 0, 0, {}]]], { units: -3 })]),
      /layer "a" \(Dense\) has no usable "units"/,
    ],
    ["a layer without its inputs", model([input, dense("a", [[[]]])]), /is given 0 tensors/],
    ["models nested without end", nestedModel(40), /nested more than 24 deep/],
    ["layers wrapped without end", model([input, wrapped(1000)]), /nested more than 24 deep/],
    ["JSON cut off", JSON.stringify(model([input])).slice(0, -3), /damaged or incomplete JSON/],
    ["JSON nested a million deep", `{"class_name": ${"[".repeat(1_000_000)}`, /damaged or incomplete JSON/],
  ];
  for (const [title, value, message] of refused)
    it(title, () => assert.rejects(given(value), check(message)));

  it("an HDF5 file", () => {
    const head = Uint8Array.from([0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]);
    return assert.rejects(importArchitecture(bytesSource("m.h5", head)), check(/HDF5.*Save it as \.keras/));
  });

  it("arrays nested a million deep inside a layer's configuration are passed over", async () => {
    const text = JSON.stringify(model([input, dense("a", [[["in", 0, 0, {}]]], { x: "DEEP" })]));
    const deep = `${"[".repeat(500_000)}${"]".repeat(500_000)}`;
    const architecture = await given(text.replace('"DEEP"', deep));
    assert.equal(facts(architecture).parameters, 8);
  });

  it("a million arguments are passed over", async () => {
    const layer = { ...dense("a", [[["in", 0, 0, { x: new Array(1_000_000).fill(0) }]]]) };
    assert.equal(facts(await given(model([input, layer]))).parameters, 8);
  });

  it("a sum of as many is a sum", async () => {
    const sum = { ...dense("a", [new Array(300_000).fill(["in", 0, 0, {}])]), class_name: "Add" };
    assert.equal((await given(model([input, sum]))).nodes[0]?.inputs.length, 300_000);
  });

  it("more JSON values than a network has", () =>
    assert.rejects(
      given(`{"class_name": "Functional", "config": [${"[],".repeat(4_100_000)}[]]}`),
      check(/more JSON values/),
    ));

  it("code in a Lambda is kept as a name and never run", async () => {
    const lambda = {
      class_name: "Lambda",
      name: "a",
      config: { name: "a", function: ["4wEAAA", null, null] },
      inbound_nodes: [[["in", 0, 0, {}]]],
    };
    assert.equal((await given(model([input, lambda]))).nodes[0]?.op, "custom:Lambda");
  });
});
