import assert from "node:assert/strict";
import { canonicalProgram, rng } from "../../archbert/graph";
import { type Claim, claimText, holds, know, type Thing, things } from "../../archbert/graph/claims";
import { build, parse } from "../../archbert/graph/language";
import { unmade } from "../../archbert/graph/repair/beyond";
import { readByRules } from "../../automl/reading";
import { createSpace, type Frame } from "../../automl/space";
import { randomProgram } from "../../datasets";

const pictures: Frame = { shape: [8, 8, 1], classes: 10 };
const spaces: readonly (readonly [string, Frame])[] = [
  ["", pictures],
  ["a small residual network, under 30k parameters", pictures],
  ["under 400 parameters", pictures],
  ["inverted residuals with squeeze-and-excitation, no dropout", pictures],
  ["a transformer with layer norm", pictures],
  ["more than 200k parameters and max pooling", pictures],
  ["an MLP under 5k parameters", { shape: [30], classes: 2 }],
  ["a convolutional network with batch norm", { shape: [28, 28, 1], classes: 10 }],
];

describe("space", function () {
  this.timeout(30_000);

  it("refuses at once what no program of the language has", () => {
    const asked: readonly Claim[] = [
      { kind: "is", not: false, word: "recurrent" },
      { kind: "is", not: false, word: "U-Net" },
      { kind: "is", not: false, word: "GPT-like" },
      { kind: "has", not: false, thing: "embedding" },
      { kind: "count", thing: "recurrent", relation: ">=", amount: { value: 2, tolerance: 0 } },
    ];
    for (const claim of asked) {
      const began = performance.now();
      assert.throws(
        () => createSpace([claim], pictures),
        /which no program of the architecture language has/,
      );
      assert.ok(performance.now() - began < 1000);
    }
    for (const claim of [
      { kind: "is", not: true, word: "recurrent" },
      { kind: "has", not: true, thing: "embedding" },
      { kind: "count", thing: "recurrent", relation: "<", amount: { value: 2, tolerance: 0 } },
    ] as const) {
      assert.ok(createSpace([claim], pictures).starts.length > 0);
    }
  });

  it("knows what programs have: they do have all the other things, and none of these", () => {
    const seen = new Set<Thing>();
    const random = rng(5);
    for (let i = 0; i < 150; i++) {
      const { occurrences } = know(build(randomProgram(random)));
      for (const thing of things) if (occurrences(thing).length > 0) seen.add(thing);
    }
    assert.deepEqual(
      things.filter((thing) => !seen.has(thing)),
      things.filter((thing) => unmade.has(thing)),
    );
  });

  for (const [text, frame] of spaces) {
    const { claims } = readByRules(text);
    it(`holds only what the data fits and meets the claims: ${text || "none"} ${frame.shape.join("x")}`, () => {
      const space = createSpace(claims, frame);
      const random = rng(3);
      assert.ok(space.starts.length > 0);
      const [first] = space.starts;
      const found = [
        ...space.starts,
        ...Array.from({ length: 6 }, () => space.random(random)),
        ...Array.from({ length: 6 }, () => first && space.neighbour(first.program, random)),
      ].filter((member) => member !== null && member !== undefined);
      assert.ok(found.length > space.starts.length + 6, "some are found");
      for (const { program, text, known } of found) {
        const { inputs, outputs } = build(parse(text));
        const [batch, ...sides] = inputs[0]?.shape ?? [];
        assert.equal(typeof batch, "string");
        assert.deepEqual([...sides].sort(), [...frame.shape].sort());
        assert.ok(outputs.length === 1 && program.head.classes === frame.classes);
        assert.notEqual(holds(claims, know(build(parse(text)))), false, text);
        assert.equal(text, canonicalProgram(parse(text)), "canonical");
        assert.ok(space.isCheap({ program, text, known }));
        assert.deepEqual(
          space.check(known).map((claim) => claim.text),
          claims.map(claimText),
        );
      }
    });
  }

  it("admits no program that a claim refutes, and mends it where it may", () => {
    const { claims } = readByRules("under 20k parameters and no dropout");
    const space = createSpace(claims, pictures);
    const wide = parse("input 32x32x3\nstem conv 64\nstage 2 residual 64 dropout 0.1\nhead 100\n");
    assert.equal(space.admit(wide), null);
    const mended = space.admit(wide, rng(1));
    assert.ok(mended);
    assert.equal(holds(claims, mended.known), true);
  });

  it("takes programs for the same network as one, whatever they are called", () => {
    const space = createSpace([], pictures);
    const [one, other] = ["", "network two\n"].map((name) =>
      space.admit(parse(`${name}input 8x8x1\nstem conv 8\nstage 1 conv 8\nhead 10\n`)),
    );
    assert.ok(one);
    assert.equal(one.text, other?.text);
  });

  it("refuses what no network can be", () => {
    assert.throws(
      () => createSpace(readByRules("residual connections, no residual connections").claims, pictures),
      {
        message: /no network can meet the prompt: .*residual connections.* Drop one of them/,
      },
    );
    assert.throws(() => createSpace(readByRules("exactly 7 classes").claims, pictures), /exactly 7 classes/);
    assert.throws(() => createSpace(readByRules("under 10 parameters").claims, pictures), {
      name: "ArchError",
      message: /is found with fewer than 10 parameters\. Drop or loosen one of them/,
    });
  });

  it("refuses data that are neither pictures nor vectors", () => {
    for (const shape of [[28, 28], [], [2, 8, 8, 1]]) {
      assert.throws(() => createSpace([], { shape, classes: 10 }), {
        name: "ArchError",
        message: /Give pictures, whose shape is \[height, width, channels\], or vectors/,
      });
    }
  });
});
