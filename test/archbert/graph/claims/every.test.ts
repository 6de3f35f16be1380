// What holds for every claim that people make of every program: words, verdicts, answers and contradictions agree.
import assert from "node:assert/strict";
import fc from "fast-check";
import {
  answer,
  build,
  type Claim,
  check,
  claimText,
  contradiction,
  holds,
  type Known,
  know,
  parse,
  quantities,
  queryText,
  type Relation,
  rng,
  things,
  topics,
} from "../../../../archbert/graph";
import { randomProgram } from "../../../../datasets";
import { drawClaim, trueClaim } from "../../../../datasets/autonet/draw";
import { draws, text, walk } from "../language/walk";

const seed = 20261125;
const seeds = fc.integer({ min: 1, max: 2 ** 31 - 1 });
const networks: fc.Arbitrary<Known> = fc
  .oneof(
    seeds.map((each) => randomProgram(rng(each))),
    seeds.map((each) => parse(text(walk(draws(each), { largest: 60 })))),
  )
  .map((program) => know(build(program)));

function every(property: (known: Known, seed: number) => void, numRuns = 100): void {
  fc.assert(fc.property(networks, seeds, property), { seed, numRuns });
}

function drawn(known: Known, each: number, count: number): Claim[] {
  const random = rng(each);
  return Array.from({ length: count }, () => drawClaim(known, random)).filter((claim) => claim !== null);
}

describe("every claim", function () {
  this.timeout(30_000);

  it("is plain data with a short text of its own, and a verdict with nodes of the network", () => {
    every((known, each) => {
      const ids = new Set(known.architecture.nodes.map(({ id }) => id));
      for (const claim of drawn(known, each, 10)) {
        assert.deepEqual(JSON.parse(JSON.stringify(claim)), claim);
        const { text: told, verdict, nodes } = check(claim, known);
        assert.equal(told, claimText(claim));
        assert.match(told, /^\S.{1,120}$/);
        assert.doesNotMatch(told, /undefined|NaN|null|\[object/);
        const expected = { proved: true, refuted: false, unchecked: null }[verdict];
        assert.equal(holds([claim], known), expected, told);
        for (const id of nodes) assert.ok(ids.has(id), `${told}: ${id}`);
        assert.equal(new Set(nodes).size, nodes.length, told);
      }
    });
  });

  it("is false where its contrary is true, and open where that is", () => {
    const opposite: Partial<Record<Relation, Relation>> = { "<": ">=", "<=": ">", ">": "<=", ">=": "<" };
    every((known, each) => {
      for (const claim of drawn(known, each, 10)) {
        const verdict = holds([claim], known);
        const contrary: Claim | null =
          "not" in claim
            ? { ...claim, not: !claim.not }
            : claim.kind !== "more" && opposite[claim.relation]
              ? { ...claim, relation: opposite[claim.relation] ?? claim.relation }
              : null;
        if (!contrary) continue;
        const other = holds([contrary], known);
        // Of what is not there, neither "more than" nor "at most" is true.
        if (claim.kind === "number" && known.measure(claim.quantity, claim.stage).absent)
          assert.equal(other, false);
        else assert.equal(other, verdict === null ? null : !verdict, claimText(claim));
      }
    });
  });

  it("has the same verdict from a fresh look, and leaves the network as it is", () => {
    every((known, each) => {
      const before = JSON.stringify(known.architecture);
      for (const claim of drawn(known, each, 6))
        assert.equal(holds([claim], know(known.architecture)), holds([claim], known), claimText(claim));
      assert.equal(JSON.stringify(known.architecture), before);
    }, 40);
  });
});

describe("every answer", function () {
  this.timeout(30_000);

  it("to how many is a number of which the claim is true", () => {
    every((known) => {
      for (const thing of things) {
        const told = answer({ kind: "askCount", thing }, known);
        const amount = { value: Number(told?.answer), tolerance: 0 };
        assert.equal(holds([{ kind: "count", thing, relation: "=", amount }], known), true, thing);
      }
      for (const quantity of quantities) {
        const told = answer({ kind: "askNumber", quantity, stage: 1 }, known);
        const claim = (value: number): Claim => ({
          kind: "number",
          quantity,
          stage: 1,
          relation: "=",
          amount: { value, tolerance: Number.isInteger(value) ? 0 : 0.005 },
        });
        if (told) assert.equal(holds([claim(Number(told.answer))], known), true, quantity);
        else assert.notEqual(holds([claim(1)], known), true, quantity);
      }
    }, 60);
  });

  it("to yes or no is the verdict", () => {
    every((known, each) => {
      const claims = drawn(known, each, 3);
      const told = answer({ kind: "askWhether", claims }, known);
      const verdict = holds(claims, known);
      assert.equal(told?.answer ?? null, verdict === null ? null : verdict ? "yes" : "no");
    });
  });

  it("to what is, or which, is told in words of the claims", () => {
    every((known) => {
      for (const topic of topics) {
        const told = answer({ kind: "askWhat", topic }, known);
        if (!told) continue;
        assert.match(told.answer, /^[\w. -]+(, [\w. -]+)*$/, topic);
        if (topic === "type")
          assert.equal(holds([{ kind: "is", not: false, word: told.answer as "mlp" }], known), true);
        if (topic === "stageBlocks") {
          const blocks = told.answer.split(", ").map(Number);
          assert.equal(holds([{ kind: "stages", not: false, blocks }], known), true);
        }
        if (topic === "input") {
          const size = told.answer.split("x").map(Number);
          assert.equal(holds([{ kind: "input", not: false, size }], known), true);
        }
      }
      assert.match(queryText({ kind: "askWhat", topic: "input" }), /\?$/);
    }, 60);
  });
});

describe("contradiction", function () {
  this.timeout(30_000);

  it("is never seen in what is true of one network", () => {
    every((known, each) => {
      const random = rng(each);
      const claims = Array.from({ length: 8 }, () => trueClaim(known, random)).filter(
        (claim) => claim !== null,
      );
      const found = contradiction(claims);
      assert.equal(found, null, found?.map(claimText).join(" against "));
    }, 200);
  });

  it("is seen between claims that nobody can meet together", () => {
    const has = (thing: (typeof things)[number], not = false): Claim => ({ kind: "has", not, thing });
    const number = (quantity: (typeof quantities)[number], relation: Relation, value: number): Claim => ({
      kind: "number",
      quantity,
      stage: null,
      relation,
      amount: { value, tolerance: 0 },
    });
    const is = (word: Extract<Claim, { kind: "is" }>["word"], not = false): Claim => ({
      kind: "is",
      not,
      word,
    });
    const pairs: [Claim, Claim][] = [
      [has("dropout"), has("dropout", true)],
      [has("maxPool"), has("pool", true)],
      [has("transformerBlock"), has("attention", true)],
      [number("parameters", "<", 1000), number("parameters", ">", 1000)],
      [number("depth", "<", 10), number("depth", ">", 9)],
      [number("bytes", "<", 400), number("parameters", ">=", 100)],
      [is("tiny"), is("large")],
      [is("small"), number("parameters", ">", 2e6)],
      [is("mlp"), is("transformer")],
      [is("ResNet"), has("attention")],
      [is("ResNet"), is("VGG")],
      [{ kind: "stages", not: false, blocks: [2, 2] }, number("stages", "=", 3)],
      [{ kind: "kernel", not: false, only: true, size: [3, 3] }, has("pointwiseConv")],
      [{ kind: "input", not: false, size: [32, 32, 3] }, number("inputChannels", "=", 1)],
      [{ kind: "input", not: false, size: [10] }, number("inputHeight", "=", 32)],
      [
        { kind: "more", thing: "conv", than: "linear" },
        { kind: "more", thing: "linear", than: "conv" },
      ],
    ];
    for (const [one, other] of pairs) {
      assert.deepEqual(
        contradiction([one, other]),
        [one, other],
        `${claimText(one)} against ${claimText(other)}`,
      );
      assert.equal(contradiction([one]), null, claimText(one));
      assert.equal(contradiction([other]), null, claimText(other));
    }
  });
});
