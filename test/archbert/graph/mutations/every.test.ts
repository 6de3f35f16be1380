// What holds for every mutation of every program: what it gives builds, is another program, and the same for the same seed.
import assert from "node:assert/strict";
import fc from "fast-check";
import {
  applyMutation,
  build,
  canonicalProgram,
  format,
  holds,
  joinStages,
  know,
  type MutationName,
  mend,
  mutate,
  mutations,
  type Program,
  parse,
  rng,
} from "../../../../archbert/graph";
import { prompt, randomProgram } from "../../../../datasets";
import { draws, text, walk } from "../language/walk";

const seed = 20261125;
const seeds = fc.integer({ min: 1, max: 2 ** 31 - 1 });
/** As people design them, and as the grammar admits them. */
const programs: fc.Arbitrary<Program> = fc.oneof(
  seeds.map((each) => randomProgram(rng(each))),
  seeds.map((each) => parse(text(walk(draws(each), { largest: 400, haste: 0.15 })))),
);
const names = Object.keys(mutations) as MutationName[];

function every(property: (program: Program, seed: number) => void, numRuns = 150): void {
  fc.assert(fc.property(programs, seeds, property), { seed, numRuns });
}

describe("every mutation", function () {
  this.timeout(30_000);

  it("gives another program that builds, with the same input and classes, or null", () => {
    const applied = new Map<string, number>();
    every((program, each) => {
      const before = JSON.stringify(program);
      for (const name of names) {
        const changed = applyMutation(name, program, rng(each));
        if (changed === null) continue;
        applied.set(name, (applied.get(name) ?? 0) + 1);
        assert.ok(build(changed).nodes.length > 0, name);
        assert.notEqual(canonicalProgram(changed), canonicalProgram(program), name);
        assert.deepEqual(parse(format(changed)), changed, name);
        assert.deepEqual(changed.input, program.input, name);
        assert.equal(changed.head.classes, program.head.classes, name);
      }
      assert.equal(JSON.stringify(program), before, "the program given is only borrowed");
    });
    for (const name of names) assert.ok((applied.get(name) ?? 0) >= 10, `${name} never finds what to change`);
  });

  it("does the same with the same seed", () => {
    every((program, each) => {
      for (const name of names)
        assert.deepEqual(
          applyMutation(name, program, rng(each)),
          applyMutation(name, program, rng(each)),
          name,
        );
    }, 40);
  });
});

describe("mutate", function () {
  this.timeout(30_000);

  it("takes as many steps as asked for, the same for the same seed", () => {
    every((program, each) => {
      const { program: changed, mutation } = mutate(program, rng(each), { steps: 3 });
      assert.ok(build(changed).nodes.length > 0);
      assert.notEqual(canonicalProgram(changed), canonicalProgram(program));
      assert.ok(
        mutation.split(" + ").every((name) => name in mutations) && mutation.split(" + ").length <= 3,
      );
      assert.deepEqual(mutate(program, rng(each), { steps: 3 }), { program: changed, mutation });
    }, 60);
  });

  it("differs from seed to seed", () => {
    const program = randomProgram(rng(1));
    const texts = Array.from({ length: 30 }, (_, i) => canonicalProgram(mutate(program, rng(i)).program));
    assert.ok(new Set(texts).size > 15);
  });

  it("keeps what is claimed, where it finds anything", () => {
    let found = 0;
    for (let each = 1; each <= 60; each++) {
      const random = rng(each);
      const program = randomProgram(random);
      const { claims } = prompt(program, know(build(program)), random, { wordings: "train" });
      const changed = mutate(program, random, { claims });
      if (changed === null) continue;
      found++;
      assert.notEqual(canonicalProgram(changed.program), canonicalProgram(program));
      assert.notEqual(holds(claims, know(build(changed.program))), false, format(changed.program));
    }
    assert.ok(found > 50, `${found} of 60`);
  });
});

describe("canonicalProgram", () => {
  it("is one text a network, whatever its name, and its own canonical text", () => {
    every((program) => {
      const canonical = canonicalProgram(program);
      assert.equal(canonicalProgram({ ...program, name: "other" }), canonical);
      assert.equal(canonicalProgram(parse(canonical)), canonical);
      const [a, b] = [build(program), build(parse(canonical))];
      assert.deepEqual(a.nodes, b.nodes);
    }, 60);
  });
});

describe("joinStages", () => {
  const joined = (...lines: string[]) => {
    const text = ["input 8x8x1", "stem conv 8", ...lines, "head 10", ""].join("\n");
    return canonicalProgram(joinStages(parse(text)))
      .split("\n")
      .filter((line) => line.startsWith("stage"));
  };

  it("joins what goes on, and nothing else", () => {
    assert.deepEqual(joined("stage 2 residual 8 stride 2", "stage 1 residual 8"), [
      "stage 3 residual 8 stride 2",
    ]);
    for (const apart of [
      "stage 2 residual 12",
      "stage 2 residual 8 stride 2",
      "stage 2 bottleneck 8",
      "stage 2 residual 8 se 4",
    ])
      assert.deepEqual(joined("stage 2 residual 8", apart), ["stage 2 residual 8", apart]);
    assert.equal(
      joined("stage 40 residual 8", "stage 40 residual 8").length,
      2,
      "a line has 64 blocks at most",
    );
  });

  it("leaves the network as it is", () => {
    every((program) => {
      const short = joinStages(program);
      const shapes = (made: Program) =>
        build(made).nodes.map(({ op, attributes, outputs }) => [
          op,
          attributes,
          outputs.map(({ shape }) => shape),
        ]);
      assert.deepEqual(shapes(short), shapes(program));
      assert.deepEqual(joinStages(short), short);
    }, 60);
  });
});

describe("mend", () => {
  it("leaves a program that builds as it is", () => {
    every((program) => assert.deepEqual(mend(program), program));
  });

  it("makes any tree a program that builds, unless nothing in it computes", () => {
    const stretch = fc.constantFrom(0, 0.01, 0.5, 3, 40, 1000);
    fc.assert(
      fc.property(programs, programs, stretch, stretch, (program, other, wide, often) => {
        const body = [...other.body, ...program.body].map((line) =>
          line.kind === "stage" ? { ...line, width: line.width * wide, repeat: line.repeat * often } : line,
        );
        const mended = mend({ ...program, body });
        if (mended) assert.ok(build(mended).nodes.length > 0);
        else assert.ok(body.length > 64 || program.head.classes === null);
      }),
      { seed, numRuns: 150 },
    );
  });
});
