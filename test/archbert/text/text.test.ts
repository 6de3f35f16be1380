import assert from "node:assert/strict";
import fc from "fast-check";
import { sameMeaning } from "../../../archbert/evaluation";
import { format, rng } from "../../../archbert/graph";
import {
  type Lexed,
  lex,
  meaningMachine,
  programMachine,
  writeMeaning,
  writeProgram,
} from "../../../archbert/text";
import { sampled } from "../../../archbert/training";
import { prompt, question, randomProgram, statement } from "../../../datasets";
import { handwritten } from "../tasks/handwritten";

/** Words as they are, slots as [values]. */
const told = ({ pieces, slots }: Lexed) =>
  pieces
    .map((piece) => (piece.kind === "word" ? piece.text : `[${slots[piece.slot]?.values.join(" ")}]`))
    .join(" ");

describe("the lexer", () => {
  const cases: [string, string][] = [
    ["under 25.6 million parameters", "under [25600000] parameters"],
    ["30k params", "[30000] params"],
    ["4 GMACs, 2 MB", "[4000000000] macs , [2000000] b"],
    ["8.4mil weights", "[8400000] weights"],
    ["17 BN layers", "[17] bn layers"],
    ["1.2bn parameters", "[1200000000] parameters"],
    ["2,048, and 1,000,000", "[2048] , and [1000000]"],
    ["a 3x3 kernel for 8 × 8 × 1", "a [3 3] kernel for [8 8 1]"],
    ["the third stage, the 2nd", "the [3] stage , the [2]"],
    ["two hundred thousand", "[200000]"],
    ["a hundred thousand", "[100000]"],
    ["a hundred classes", "[100] classes"],
    ["half a million, a dozen", "[500000] , [12]"],
    ["twenty-one layers", "[21] layers"],
    ["It doesn’t", "it doesn't"],
    ["", ""],
  ];
  for (const [text, expected] of cases) {
    it(`reads ${JSON.stringify(text)}`, () => assert.equal(told(lex(text)), expected));
  }

  it("knows how rough a number is", () => {
    const tolerance = (text: string) => lex(text).slots[0]?.tolerance;
    assert.equal(tolerance("25.6M"), 50_000);
    assert.equal(tolerance("25,600,000"), 0);
    assert.equal(tolerance("0.5"), 0.05);
    assert.equal(tolerance("30 thousand"), 500);
  });

  it("takes any text, in time that goes with its length", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300, unit: "binary" }), (text) => {
        const { pieces, slots } = lex(text);
        for (const piece of pieces) if (piece.kind === "slot") assert.ok(slots[piece.slot]);
      }),
      { numRuns: 300 },
    );
    for (const long of ["9".repeat(2000), "1,".repeat(1000), "x".repeat(2000), "1x".repeat(1000)]) {
      const started = performance.now();
      lex(long);
      assert.ok(performance.now() - started < 1000);
    }
  });
});

describe("meanings as tokens", () => {
  it("come back as they were, from AutoNet's texts in both wordings", () => {
    const random = rng(11);
    let kept = 0;
    const count = 300;
    for (let i = 0; i < count; i++) {
      const wordings = i % 2 === 0 ? "train" : "test";
      const { program, known } = sampled(randomProgram(random));
      const asked = question(known, random, { wordings });
      const said = statement(known, random, { wordings, holds: i % 3 === 0 });
      const wished = prompt(program, known, random, { wordings });
      for (const { text, meaning } of [
        { text: asked.text, meaning: { kind: "question", query: asked.query } as const },
        { text: said.text, meaning: { kind: "statement", claims: said.claims } as const },
        { text: wished.text, meaning: { kind: "statement", claims: wished.claims } as const },
      ]) {
        const { slots } = lex(text);
        const tokens = writeMeaning(meaning, slots);
        if (!tokens) continue;
        const machine = meaningMachine(slots);
        for (const token of tokens) machine.take(token);
        assert.ok(machine.meaning && sameMeaning(machine.meaning, meaning), text);
        kept++;
      }
    }
    assert.ok(kept / (3 * count) > 0.98, `${kept} of ${3 * count} could be written`);
  });

  it("say all that texts written by hand mean, but for a number told in two halves", () => {
    const lost = handwritten().filter(
      ({ text, meanings }) => !meanings.some((meaning) => writeMeaning(meaning, lex(text).slots)),
    );
    assert.deepEqual(
      lost.map(({ text }) => text),
      ["It takes between one and two million parameters."],
    );
  });

  it("end, whatever is chosen", () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat()), (choices) => {
        const machine = meaningMachine(lex("3 stages of 3x3, under 5M").slots);
        for (let i = 0; machine.next.length > 0 && i < 400; i++) {
          const { next } = machine;
          machine.take(
            i > 60 && next.includes(".") ? "." : (next[choices.next().value % next.length] as string),
          );
        }
        assert.equal(machine.next.length, 0);
      }),
      { numRuns: 200 },
    );
  });
});

describe("programs as tokens", () => {
  it("come back as they were", () => {
    const random = rng(12);
    for (let i = 0; i < 300; i++) {
      const program = { ...randomProgram(random), name: null };
      const tokens = writeProgram(program);
      if (!tokens) continue;
      const machine = programMachine();
      for (const token of tokens) machine.take(token);
      assert.ok(machine.program);
      assert.equal(format(machine.program), format(program));
    }
  });
});
