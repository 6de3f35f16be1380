// What holds for every program: it has one text, it builds, and what is built is what it says.
import assert from "node:assert/strict";
import fc from "fast-check";
import { canonicalize, caption, facts } from "../../../../archbert/graph";
import { build, format, type Line, type Program, parse } from "../../../../archbert/graph/language";
import { draws, text, walk } from "./walk";

const seed = 20260101;
const seeds = fc.integer({ min: 1, max: 2 ** 31 - 1 });
const programs = seeds.map((each) => parse(text(walk(draws(each)))));

function holds(property: (program: Program) => void, numRuns = 120): void {
  fc.assert(fc.property(programs, property), { seed, numRuns });
}

const stagesOf = ({ body }: Program) => body.flatMap((line) => (line.kind === "stage" ? [line] : []));

describe("every program of the language", () => {
  it("that is written under the mask parses", () => {
    for (const options of [{}, { largest: 5000, haste: 0.1 }, { largest: 3, haste: 0.01 }]) {
      for (let each = 1; each <= 60; each++) {
        const written = text(walk(draws(each), options));
        assert.doesNotThrow(() => parse(written), written);
      }
    }
  });

  it("has one canonical text, and is plain data", () => {
    holds((program) => {
      const written = format(program);
      assert.deepEqual(parse(written), program);
      assert.equal(format(parse(written)), written);
      assert.deepEqual(JSON.parse(JSON.stringify(program)), program);
    }, 300);
  });

  it("builds a whole network: shapes, parameters, cost", () => {
    holds((program) => {
      const network = build(program);
      const known = facts(network);
      assert.ok(known.parameters > 0);
      assert.ok(known.multiplyAdds !== null && known.multiplyAdds > 0);
      assert.deepEqual(known.assumed, { batch: 1 });
      const made = new Set(network.inputs.map(({ id }) => id));
      for (const { inputs, outputs, parameters } of network.nodes) {
        for (const id of inputs) assert.ok(made.has(id), id);
        for (const { id, shape } of outputs) {
          assert.equal(shape?.[0], "batch", id);
          assert.ok(
            shape?.slice(1).every((size) => Number.isInteger(size) && Number(size) > 0),
            id,
          );
          assert.ok(!made.has(id), `${id} is made twice`);
          made.add(id);
        }
        for (const { shape } of parameters)
          assert.ok(shape.every((size) => Number.isInteger(size) && size > 0));
      }
      assert.ok(network.outputs.every((id) => made.has(id)));
      const [output] = known.outputs;
      if (program.head.classes !== null) assert.deepEqual(output?.shape, ["batch", program.head.classes]);
      assert.ok(caption(network).text.length > 20);
    });
  });

  it("builds the form that importers bring others into", () => {
    holds((program) => {
      const network = build(program);
      assert.deepEqual(canonicalize(network), network);
    }, 60);
  });

  it("has the motifs that it says", () => {
    holds((program) => {
      const found = Object.fromEntries(facts(build(program)).motifs.map(({ kind, count }) => [kind, count]));
      const stages = stagesOf(program);
      const count = (test: (line: Line) => boolean) =>
        stages.filter(test).reduce((total, { repeat }) => total + repeat, 0);
      const transformers = count((line) => line.kind === "stage" && line.block === "transformer");
      assert.equal(found.selfAttention ?? 0, transformers);
      assert.equal(found.transformerEncoderBlock ?? 0, transformers);
      const residuals = count(
        (line) => line.kind === "stage" && (line.block === "residual" || line.block === "bottleneck"),
      );
      const most =
        residuals + 2 * transformers + count((line) => line.kind === "stage" && line.block === "inverted");
      const sums = found.residual ?? 0;
      assert.ok(sums >= residuals + 2 * transformers && sums <= most, `${sums} residuals`);
      const gated = count((line) => line.kind === "stage" && "se" in line && line.se > 0);
      assert.equal(found.squeezeExcitation ?? 0, gated);
    });
  });
});

/** Stages that facts tell apart: each halves the picture, and all are of blocks that facts know. */
const structured = fc.record({
  stem: fc.integer({ min: 2, max: 12 }),
  stages: fc.array(
    fc.record({
      repeat: fc.integer({ min: 1, max: 3 }),
      block: fc.constantFrom("residual", "bottleneck", "inverted", "separable"),
      width: fc.integer({ min: 16, max: 40 }),
      se: fc.constantFrom(0, 4),
      kernel: fc.constantFrom(3, 5),
      norm: fc.constantFrom("batch", "group", "layer", "none"),
    }),
    { minLength: 1, maxLength: 4 },
  ),
});

describe("stages of a program", () => {
  const kinds: Record<string, string> = {
    residual: "basic",
    bottleneck: "bottleneck",
    inverted: "invertedResidual",
    separable: "depthwiseSeparable",
  };

  it("are the stages that facts find: blocks, widths, resolutions", () => {
    fc.assert(
      fc.property(structured, ({ stem, stages }) => {
        const lines = stages.map(({ repeat, block, width, se, kernel, norm }) =>
          [
            `stage ${repeat} ${block} ${width} stride 2 kernel ${kernel} norm ${norm}`,
            ...(se ? [`se ${se}`] : []),
          ].join(" "),
        );
        const network = build(parse(["input 64x64x3", `stem conv ${stem}`, ...lines, "head 10"].join("\n")));
        assert.deepEqual(
          facts(network).stages.map(({ kind, blocks, width, resolution }) => ({
            kind,
            blocks,
            width,
            resolution,
          })),
          stages.map(({ repeat, block, width }, i) => ({
            kind: kinds[block],
            blocks: repeat,
            width,
            resolution: [64 / 2 ** (i + 1), 64 / 2 ** (i + 1)],
          })),
        );
      }),
      { seed, numRuns: 100 },
    );
  });

  it("of plain convolutions are counted a resolution", () => {
    const network = build(parse("input 32x32x3\nstage 2 conv 16\npool max\nstage 3 conv 32\nhead 10"));
    assert.deepEqual(
      facts(network).stages.map(({ kind, blocks, width }) => [kind, blocks, width]),
      [
        ["convolution", 2, 16],
        ["convolution", 3, 32],
      ],
    );
  });

  it("of a transformer are its tokens", () => {
    const network = build(parse("input 32x32x3\nstem patch 48\nstage 3 transformer 48\nhead 10"));
    assert.deepEqual(
      facts(network).stages.map(({ kind, blocks, width, resolution }) => [kind, blocks, width, resolution]),
      [["transformer", 3, 48, [64]]],
    );
  });
});
