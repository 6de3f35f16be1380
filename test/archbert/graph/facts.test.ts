import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import {
  type Architecture,
  build,
  bytesSource,
  caption,
  type Facts,
  facts,
  importArchitecture,
  parse,
} from "../../../archbert/graph";

const fixtures = join(__dirname, "../../../../test/fixtures");

async function fixture(name: string): Promise<Architecture> {
  const bytes = gunzipSync(readFileSync(join(fixtures, `${name}.onnx.gz`)));
  return importArchitecture(bytesSource(`${name}.onnx`, bytes));
}

interface Expected {
  family: string;
  stages: number[];
  kind: string;
  /** Numbers that the exporter folded away (batch norms into convolutions, biases of zeros): PyTorch's count less ours. */
  folded?: number;
  /** Multiply-adds where PyTorch's counter is blind, or 2 % apart. */
  multiplyAdds?: number;
  statistics?: number;
  motifs?: Record<string, number>;
}

/** What the papers say of these networks; PyTorch's own counts are in onnx.json. */
const networks: Record<string, Expected> = {
  resnet50: {
    family: "ResNet",
    stages: [3, 4, 6, 3],
    kind: "bottleneck",
    folded: 26560,
    motifs: { residual: 16, bottleneck: 16 },
  },
  resnet50_unfolded: {
    family: "ResNet",
    stages: [3, 4, 6, 3],
    kind: "bottleneck",
    motifs: { residual: 16, bottleneck: 16 },
  },
  resnet18_batch: {
    family: "ResNet",
    stages: [2, 2, 2, 2],
    kind: "basic",
    folded: 4800,
    motifs: { basicBlock: 8 },
  },
  resnext50: { family: "ResNeXt", stages: [3, 4, 6, 3], kind: "bottleneck", folded: 68224 },
  vgg16: { family: "VGG", stages: [2, 2, 3, 3, 3], kind: "convolution" },
  mobilenet_v2: {
    family: "MobileNetV2",
    stages: [1, 2, 3, 4, 3, 3, 1],
    kind: "invertedResidual",
    motifs: { invertedResidual: 17, residual: 10 },
  },
  mobilenet_v3_small: {
    family: "MobileNetV3",
    stages: [1, 2, 3, 2, 3],
    kind: "invertedResidual",
    statistics: 12112,
    motifs: { squeezeExcitation: 9 },
  },
  efficientnet_b0: {
    family: "EfficientNet",
    stages: [1, 2, 2, 3, 3, 4, 1],
    kind: "invertedResidual",
    motifs: { squeezeExcitation: 16 },
  },
  densenet121: { family: "DenseNet", stages: [6, 12, 24, 16], kind: "dense", motifs: { denseBlock: 4 } },
  squeezenet1_1: { family: "SqueezeNet", stages: [2, 2, 4], kind: "fire", motifs: { fire: 8 } },
  // The counter misses the products of nn.MultiheadAttention; 17.56 G is torchvision's published figure.
  vit_b_16: {
    family: "ViT",
    stages: [12],
    kind: "transformer",
    folded: 10984,
    multiplyAdds: 17_563_828_224,
    motifs: { selfAttention: 12 },
  },
  unet: {
    family: "U-Net",
    stages: [2, 2, 2, 2, 2, 2, 2, 2, 2],
    kind: "convolution",
    motifs: { skipConnection: 4 },
  },
  bert: {
    family: "BERT-like",
    stages: [12],
    kind: "transformer",
    folded: 768,
    motifs: { transformerEncoderBlock: 12, selfAttention: 12 },
  },
  distilbert: {
    family: "BERT-like",
    stages: [6],
    kind: "transformer",
    motifs: { transformerEncoderBlock: 6 },
  },
  gpt2: {
    family: "GPT-like",
    stages: [12],
    kind: "transformer",
    folded: 82944,
    motifs: { transformerDecoderBlock: 12, causalAttention: 12 },
  },
};

describe("facts of networks exported by PyTorch", () => {
  const counts = JSON.parse(readFileSync(join(fixtures, "onnx.json"), "utf8")) as Record<
    string,
    { parameters: number; multiplyAdds: number }
  >;
  for (const [name, expected] of Object.entries(networks)) {
    describe(name, () => {
      let architecture: Architecture;
      let known: Facts;
      before(async () => {
        architecture = await fixture(name);
        known = facts(architecture);
      });

      it("counts what PyTorch counts", () => {
        const torch = counts[name];
        assert.ok(torch);
        assert.equal(known.parameters, torch.parameters - (expected.folded ?? 0));
        assert.equal(known.multiplyAdds, expected.multiplyAdds ?? torch.multiplyAdds);
        if (expected.statistics !== undefined) assert.equal(known.statistics, expected.statistics);
      });

      it("finds family, stages and motifs", () => {
        assert.equal(known.family?.name, expected.family);
        assert.deepEqual(
          known.stages.map(({ blocks }) => blocks),
          expected.stages,
        );
        assert.ok(known.stages.every(({ kind }) => kind === expected.kind));
        for (const [kind, count] of Object.entries(expected.motifs ?? {})) {
          assert.equal(known.motifs.find((motif) => motif.kind === kind)?.count, count, kind);
        }
      });

      it("knows every shape, keeps order, and names only nodes that are there", () => {
        const made = new Set(architecture.inputs.map(({ id }) => id));
        for (const node of architecture.nodes) {
          for (const id of node.inputs) assert.ok(made.has(id), `${node.id} reads ${id} before it is made`);
          for (const { id, shape } of node.outputs.slice(0, 1)) {
            made.add(id);
            assert.ok(shape && !shape.includes("?"), `${node.id} (${node.op}) has no shape`);
          }
          for (const { id } of node.outputs) made.add(id);
        }
        const ids = new Set(architecture.nodes.map(({ id }) => id));
        for (const { kind, count, nodes } of known.motifs) {
          assert.equal(nodes.length, count, kind);
          assert.ok(nodes.flat().every((id) => ids.has(id)));
        }
      });

      it("is captioned with claims that are proved", () => {
        const { text, claims } = caption(architecture);
        assert.ok(text.includes(expected.family), text);
        const sentences = text.split(/(?<=\.) (?=[A-Z])/);
        assert.ok(sentences.length >= 2 && sentences.length <= 5, text);
        assert.ok(
          claims.length >= 4 &&
            claims.every(({ verdict, nodes }) => verdict === "proved" && nodes.length > 0),
          JSON.stringify(claims),
        );
        for (const claim of claims)
          assert.ok(text.includes(claim.text) || claim.text.startsWith("of the"), claim.text);
      });

      it("survives JSON", () => {
        assert.deepEqual(facts(JSON.parse(JSON.stringify(architecture)) as Architecture), known);
      });
    });
  }
});

describe("facts", () => {
  it("take symbolic sizes as 1, or as told", async () => {
    const architecture = await fixture("resnet18_batch");
    const one = facts(architecture);
    assert.deepEqual(one.assumed, { batch: 1 });
    const eight = facts(architecture, { sizes: { batch: 8 } });
    assert.equal(eight.multiplyAdds, 8 * (one.multiplyAdds ?? 0));
  });

  it("count depth in layers with weights", async () => {
    assert.equal(facts(await fixture("resnet50")).depth, 50);
    assert.equal(facts(await fixture("resnet18_batch")).depth, 18);
    assert.equal(facts(await fixture("vgg16")).depth, 16);
    assert.equal(facts(await fixture("densenet121")).depth, 121);
  });

  it("list kernel sizes, the commonest first", async () => {
    assert.deepEqual(facts(await fixture("resnet50")).kernelSizes, [
      { size: [1, 1], count: 36 },
      { size: [3, 3], count: 16 },
      { size: [7, 7], count: 1 },
    ]);
  });

  it("take under 150 ms for 2,000 nodes, caption included", async () => {
    const one = await fixture("densenet121");
    const time = () => {
      const start = performance.now();
      caption(one);
      return performance.now() - start;
    };
    const times = Array.from({ length: 5 }, time).sort((a, b) => a - b);
    const perNode = (times[2] ?? 0) / one.nodes.length;
    assert.ok(perNode * 2000 < 600, `${(perNode * 2000).toFixed(0)} ms for 2,000 nodes`);
  });
});

describe("bottlenecks", () => {
  it("are such with as many groups as channels in the middle, where they narrow; else their like, inverted", () => {
    const kindOf = (block: string) => {
      const network = build(parse(`input 8x8x1\n${block}\nhead 10`));
      // As a file of it is read: by its graph, not by its text.
      const { stages, motifs } = facts({ ...network, format: "onnx" });
      return [stages.map(({ kind }) => kind), motifs.map(({ kind }) => kind).includes("bottleneck")];
    };
    assert.deepEqual(kindOf("stage 2 bottleneck 16 groups 8"), [["bottleneck"], true]);
    // Also where the picture has shrunk to one place.
    assert.deepEqual(kindOf("pool average kernel 4 stride 4\nstage 1 bottleneck 8 stride 2"), [
      ["bottleneck"],
      true,
    ]);
    assert.deepEqual(kindOf("stage 2 inverted 16"), [["invertedResidual"], false]);
    assert.deepEqual(kindOf("stage 2 inverted 16 expansion 1"), [["invertedResidual"], false]);
  });
});

describe("caption", () => {
  it("has styles, and names them when asked for another", async () => {
    const architecture = await fixture("resnet50");
    const lengths = (["short", "default", "technical"] as const).map(
      (style) => caption(architecture, { style }).text.length,
    );
    assert.ok((lengths[0] ?? 0) < (lengths[1] ?? 0) && (lengths[1] ?? 0) < (lengths[2] ?? 0));
    assert.throws(() => caption(architecture, { style: "poem" as never }), /no caption style "poem".*short/);
  });

  it("says in words what ResNet-50 is", async () => {
    const { text } = caption(await fixture("resnet50_unfolded"));
    assert.match(text, /^A ResNet network: a convolutional network, 50 weight layers deep\./);
    assert.match(
      text,
      /four stages of 3, 4, 6 and 3 bottleneck residual blocks \(256, 512, 1024, 2048 channels\)/,
    );
    assert.match(text, /25\.6 M parameters and costs 4\.09 G multiply-adds/);
  });
});
