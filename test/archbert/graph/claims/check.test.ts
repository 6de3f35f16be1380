// Claims against networks counted by hand: each kind of claim true, false, and where the graph does not tell.
import assert from "node:assert/strict";
import {
  type Architecture,
  adjectiveMeanings,
  build,
  type Claim,
  check,
  claimText,
  holds,
  type Known,
  know,
  parse,
  type Quantity,
  quantities,
  type Relation,
  type Thing,
  things,
} from "../../../../archbert/graph";
import { fixture, network, node } from "../../networks";

const program = (text: string) => know(build(parse(text)));

const residual = program(`input 32x32x3
stem conv 16 kernel 5
stage 2 residual 16
stage 1 residual 24 stride 2 se 4 dropout 0.1
pool max
stage 1 mlp 40
head 10`);
const tokens = program(`input 28x28x1
stem patch 32 kernel 4
stage 3 transformer 32 heads 8 expansion 2
head 7`);
const vector = program("input 13\nstage 2 mlp 20 norm layer\nhead 3");
const features = program("input 8x8x1\nstage 1 conv 4 kernel 1 groups 1\nhead none");

const number = (
  quantity: Quantity,
  relation: Relation,
  value: number,
  tolerance = 0,
  stage: number | null = null,
): Claim => ({
  kind: "number",
  quantity,
  stage,
  relation,
  amount: { value, tolerance },
});

describe("claims about things", () => {
  it("count what stands in the network, in gates and heads, too", () => {
    const counts: [Known, Partial<Record<Thing, number>>][] = [
      [
        residual,
        {
          // stem, two a block, a projection, two in the gate
          conv: 1 + 4 + 3 + 2,
          // the projection is not: it strides over 2x2; its kernel is 1x1 all the same
          pointwiseConv: 3,
          stridedConv: 2,
          depthwiseConv: 0,
          linear: 2,
          batchNorm: 8,
          relu: 1 + 4 + 2 + 1 + 1,
          sigmoid: 1,
          dropout: 1,
          maxPool: 1,
          globalPool: 1,
          pool: 2,
          residual: 3,
          basicBlock: 3,
          squeezeExcitation: 1,
          attention: 0,
          recurrent: 0,
        },
      ],
      [
        tokens,
        {
          conv: 1,
          patchEmbedding: 1,
          attention: 3,
          transformerBlock: 3,
          linear: 3 * 6 + 1,
          layerNorm: 7,
          normalization: 7,
          gelu: 3,
          softmax: 0,
          residual: 6,
          globalPool: 1,
        },
      ],
      [vector, { linear: 3, layerNorm: 2, relu: 2, conv: 0, pool: 0 }],
    ];
    for (const [known, expected] of counts) {
      for (const [thing, count] of Object.entries(expected) as [Thing, number][]) {
        assert.equal(known.occurrences(thing).length, count, thing);
        const amount = { value: count, tolerance: 0 };
        assert.equal(holds([{ kind: "count", thing, relation: "=", amount }], known), true, thing);
        assert.equal(holds([{ kind: "has", not: false, thing }], known), count > 0, thing);
        assert.equal(holds([{ kind: "has", not: true, thing }], known), count === 0, thing);
      }
    }
  });

  it("are proved by nodes of the network", () => {
    for (const known of [residual, tokens, vector]) {
      const ids = new Set(known.architecture.nodes.map(({ id }) => id));
      for (const thing of things) {
        const found = known.occurrences(thing);
        for (const nodes of found) {
          assert.ok(nodes.length > 0, thing);
          for (const id of nodes) assert.ok(ids.has(id), `${thing}: ${id}`);
        }
        const { verdict, nodes } = check({ kind: "has", not: false, thing }, known);
        assert.equal(verdict, found.length > 0 ? "proved" : "refuted");
        assert.deepEqual(nodes, [...new Set(found.flat())]);
      }
    }
  });

  it("compare two of them", () => {
    assert.equal(holds([{ kind: "more", thing: "conv", than: "linear" }], residual), true);
    assert.equal(holds([{ kind: "more", thing: "linear", than: "conv" }], residual), false);
    assert.equal(holds([{ kind: "more", thing: "dropout", than: "maxPool" }], residual), false, "one each");
  });
});

describe("claims about numbers", () => {
  const measured: [Known, Partial<Record<Quantity, number>>][] = [
    [
      tokens,
      {
        parameters:
          // patches, positions, blocks (two norms, four projections, two layers), last norm, classes
          32 * 16 + 32 + 49 * 32 + 3 * (2 * 64 + 4 * (32 * 32 + 32) + 2 * 32 * 64 + 96) + 64 + 7 * 32 + 7,
        depth: 1 + 3 * 4 + 1,
        stages: 1,
        blocks: 3,
        heads: 8,
        widest: 64,
        stemKernel: 4,
        stemStride: 4,
        stemWidth: 32,
        downsampling: 4,
        classes: 7,
        inputHeight: 28,
        inputWidth: 28,
        inputChannels: 1,
      },
    ],
    [
      vector,
      {
        parameters: 13 * 20 + 40 + (20 * 20 + 40) + 20 * 3 + 3,
        bytes: 4 * (13 * 20 + 40 + (20 * 20 + 40) + 20 * 3 + 3),
        multiplyAdds: 13 * 20 + 20 * 20 + 20 * 3,
        depth: 3,
        blocks: 2,
        heads: 0,
        widest: 20,
        inputFeatures: 13,
        classes: 3,
      },
    ],
    [
      features,
      { multiplyAdds: 64 * 4, parameters: 4 + 8, largestKernel: 1, smallestKernel: 1, downsampling: 1 },
    ],
    [
      residual,
      {
        largestKernel: 5,
        smallestKernel: 1,
        stemKernel: 5,
        stages: 3,
        blocks: 4,
        downsampling: 4,
        widest: 40,
      },
    ],
  ];

  it("are what one counts by hand", () => {
    for (const [known, expected] of measured) {
      for (const [quantity, value] of Object.entries(expected) as [Quantity, number][])
        assert.equal(known.measure(quantity).value, value, quantity);
    }
  });

  it("are of one stage, from 1, and 0 is the last", () => {
    const widths = [1, 2, 3, 0].map((stage) => residual.measure("stageWidth", stage).value);
    assert.deepEqual(widths, [16, 24, 40, 40]);
    assert.equal(residual.measure("stageBlocks", 1).value, 2);
    assert.equal(holds([number("stageBlocks", "=", 1, 0, 4)], residual), false, "there is no fourth stage");
  });

  it("are bounded as the relation says", () => {
    const truth: [Relation, number, boolean][] = [
      ["<", 10, false],
      ["<", 11, true],
      ["<=", 10, true],
      ["=", 10, true],
      ["=", 11, false],
      [">=", 10, true],
      [">=", 11, false],
      [">", 10, false],
      [">", 9, true],
      ["~", 11, true],
      ["~", 9, false],
      ["~", 12, false],
    ];
    for (const [relation, value, expected] of truth)
      assert.equal(holds([number("classes", relation, value)], residual), expected, `${relation} ${value}`);
  });

  it("are as exact as they were written", () => {
    const { value } = tokens.measure("parameters");
    assert.equal(value, 28_039);
    assert.equal(holds([number("parameters", "=", 28_000, 50)], tokens), true, "28.0k");
    assert.equal(holds([number("parameters", "=", 28_000, 5)], tokens), false, "28.00k");
    assert.equal(holds([number("parameters", "=", 28_100, 50)], tokens), false, "28.1k");
    assert.equal(holds([number("parameters", "~", 30_000)], tokens), true, "about 30k is within a tenth");
    assert.equal(holds([number("parameters", "~", 32_000)], tokens), false);
  });

  it("are false of what is certainly not there, and open where the graph does not tell", () => {
    assert.equal(holds([number("stemKernel", "<", 100)], vector), false, "no convolution");
    assert.equal(holds([number("inputHeight", ">", 0)], vector), false, "no picture");
    assert.equal(holds([number("classes", "=", 4)], features), false, "no classes");
    const shapeless = know(
      network(
        [
          node(0, "conv", ["x"], {
            attributes: { kernelSize: [3, 3] },
            outputs: [{ id: "v0", shape: null, dtype: "float32" }],
          }),
        ],
        {
          inputs: [{ id: "x", shape: null, dtype: "float32" }],
        },
      ),
    );
    for (const quantity of ["multiplyAdds", "inputHeight", "classes", "stages", "stemStride"] as const) {
      assert.deepEqual(
        [shapeless.measure(quantity).value, shapeless.measure(quantity).absent],
        [null, false],
        quantity,
      );
      assert.equal(check(number(quantity, "=", 1), shapeless).verdict, "unchecked", quantity);
    }
    assert.equal(holds([number("largestKernel", "=", 3)], shapeless), true);
  });

  it("all have a measure with nodes of the network", () => {
    for (const known of [residual, tokens, vector, features]) {
      const ids = new Set(known.architecture.nodes.map(({ id }) => id));
      for (const quantity of quantities) {
        const { value, nodes } = known.measure(quantity, 1);
        assert.ok(value === null || Number.isFinite(value), quantity);
        for (const id of nodes) assert.ok(ids.has(id), `${quantity}: ${id}`);
      }
    }
  });
});

describe("claims about kernels, inputs and stages", () => {
  const kernel = (size: number[], only = false, not = false): Claim => ({ kind: "kernel", not, only, size });
  const input = (size: number[], not = false): Claim => ({ kind: "input", not, size });

  it("ask for one convolution, or for all", () => {
    assert.equal(holds([kernel([3, 3])], residual), true);
    assert.equal(holds([kernel([3])], residual), true, "one number is a square");
    assert.equal(holds([kernel([7, 7])], residual), false);
    assert.equal(holds([kernel([7, 7], false, true)], residual), true);
    assert.equal(holds([kernel([3, 3], true)], residual), false);
    assert.equal(holds([kernel([4, 4], true)], tokens), true);
    assert.equal(holds([kernel([3, 3], true)], vector), false, "only 3x3 says that there are some");
    const unsized = know(network([node(0, "conv", ["x"])]));
    assert.equal(holds([kernel([3, 3])], unsized), null);
  });

  it("ask for height, width and channels, or for features", () => {
    assert.equal(holds([input([32, 32, 3])], residual), true);
    assert.equal(holds([input([32, 32])], residual), true);
    assert.equal(holds([input([32, 32, 1])], residual), false);
    assert.equal(holds([input([32, 32, 1], true)], residual), true);
    assert.equal(holds([input([13])], vector), true);
    assert.equal(holds([input([13, 13])], vector), false);
    const open = know(
      network([node(0, "relu", ["x"])], {
        inputs: [{ id: "x", shape: ["n", 3, "h", "w"], dtype: "float32" }],
      }),
    );
    assert.equal(holds([input([32, 32, 3])], open), null);
    assert.equal(holds([input([32, 32, 1])], open), false, "the channels are told");
  });

  it("ask for the blocks of every stage", () => {
    const stages = (...blocks: number[]): Claim => ({ kind: "stages", not: false, blocks });
    assert.equal(holds([stages(2, 1, 1)], residual), true);
    assert.equal(holds([stages(2, 1)], residual), false);
    assert.equal(holds([{ ...stages(2, 1), not: true } as Claim], residual), true);
  });
});

describe("claims about kinds", () => {
  const is = (word: Extract<Claim, { kind: "is" }>["word"], not = false): Claim => ({
    kind: "is",
    not,
    word,
  });

  it("are of the type that does two thirds of the work, and a hybrid below", () => {
    assert.equal(residual.type, "convolutional");
    assert.equal(tokens.type, "transformer");
    assert.equal(vector.type, "mlp");
    const mixed = program("input 8x8x3\nstage 4 conv 24\nstage 2 transformer 24\nhead 10");
    assert.equal(mixed.type, "hybrid");
    assert.equal(holds([is("hybrid"), is("transformer", true)], mixed), true);
    const idle = know(network([node(0, "relu", ["x"])]));
    assert.equal(idle.type, null);
    assert.equal(holds([is("convolutional")], idle), null);
  });

  it("give vague words the meaning that is stated, to the last parameter", () => {
    const wide = (width: number) => program(`input 64x64x3\nstage 1 conv ${width}\nhead 10`);
    assert.equal(holds([is("wide")], wide(512)), true);
    assert.equal(holds([is("wide")], wide(511)), false);
    assert.equal(holds([is("narrow")], wide(64)), true);
    assert.equal(holds([is("narrow")], wide(65)), false);
    for (const [word, { claim, told }] of Object.entries(adjectiveMeanings)) {
      assert.ok(told.length > 10, word);
      for (const known of [residual, tokens, vector, features])
        assert.equal(
          holds([is(word as keyof typeof adjectiveMeanings)], known),
          holds([claim], known),
          `${word} means ${told}`,
        );
    }
  });

  it("prove families, refute those whose marks are missing, and leave the rest open", async () => {
    const resnet = know(await fixture("resnet50"));
    assert.equal(holds([is("ResNet")], resnet), true);
    assert.equal(holds([is("VGG")], resnet), false);
    assert.equal(holds([is("ResNet")], vector), false, "no convolution");
    assert.equal(holds([is("ResNet")], residual), null, "residual, but no ResNet as published");
    assert.equal(holds([is("ResNet", true)], residual), null);
    assert.equal(check(is("ResNet"), residual).verdict, "unchecked");
  });
});

describe("several claims", () => {
  it("hold when all do, and one that is refuted outweighs one that is open", () => {
    const yes: Claim = { kind: "has", not: false, thing: "conv" };
    const no: Claim = { kind: "has", not: false, thing: "recurrent" };
    const open: Claim = { kind: "is", not: false, word: "ResNet" };
    const cases: [Claim[], boolean | null][] = [
      [[], true],
      [[yes, yes], true],
      [[yes, open], null],
      [[open, no], false],
      [[no, open, yes], false],
    ];
    for (const [claims, expected] of cases)
      assert.equal(holds(claims, residual), expected, claims.map(claimText).join(" & "));
  });

  it("are checked on real files as well", async () => {
    const cases: [string, Claim, boolean | null][] = [
      ["mobilenet_v2", { kind: "has", not: false, thing: "invertedResidual" }, true],
      ["vgg16", { kind: "has", not: true, thing: "residual" }, true],
      ["vgg16", { kind: "kernel", not: false, only: true, size: [3, 3] }, true],
      ["resnet50", { kind: "stages", not: false, blocks: [3, 4, 6, 3] }, true],
      ["resnet50", number("parameters", "~", 25_600_000), true],
      ["resnet50", { kind: "is", not: false, word: "large" }, true],
      ["bert", { kind: "is", not: false, word: "transformer" }, true],
      ["unet", { kind: "has", not: false, thing: "skipConnection" }, true],
      ["vit_b_16", number("heads", "=", 12), true],
    ];
    const files = new Map<string, Architecture>();
    for (const [name, claim, expected] of cases) {
      const file = files.get(name) ?? (await fixture(name));
      files.set(name, file);
      assert.equal(holds([claim], know(file)), expected, `${name}: ${claimText(claim)}`);
    }
  });
});
