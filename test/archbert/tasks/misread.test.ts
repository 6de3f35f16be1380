import assert from "node:assert/strict";
import { build, know, type Meaning, rng } from "../../../archbert/graph";
import { misread } from "../../../archbert/tasks/misread";
import { prompt, question, randomProgram, statement } from "../../../datasets";
import { handwritten, meaning } from "./handwritten";

/** Text, how it was read, and whether that is wrong or leaves words. */
const cases: readonly (readonly [text: string, read: string, wrong: boolean, left?: string])[] = [
  ["a network under 10k parameters", "parameters >= 10k", true],
  ["a network under 10k parameters", "parameters < 10k", false],
  ["over 3 stages", "stages <= 3", true],
  ["no more than 3 stages", "stages > 3", true],
  ["no more than 3 stages", "stages <= 3", false],
  ["not above 5M params", "parameters <= 5M", false],
  ["3 stages or fewer", "stages >= 3", true],
  ["it does not have more than 3 stages", "stages <= 3", false],
  ["it is false that it has under 3 stages", "stages >= 3", false],
  ["at most 20 layers", "depth = 20", true],
  ["no dropout, but batch normalization", "no batchNorm; dropout", true],
  ["no dropout, but batch normalization", "batchNorm; no dropout", false],
  ["without attention, with group normalization", "attention; no groupNorm", true],
  ["it has ReLU but not GELU", "no relu", true, "gelu"],
  ["it uses no leaky ReLU", "no leakyRelu", false],
  ["not a transformer, at most 6 layers deep", "is transformer; depth <= 6", true],
  ["dropout-free, with ReLU", "no dropout; relu", false],
  ["neither dropout nor attention are used", "no attention", false, "dropout"],
  ["between 5k and 10k weights", "parameters <= 10k", false, "5000"],
  ["6 blocks and 8 heads", "heads = 8", false, "6"],
  ["a ResNet-50 of one kind", "is ResNet", false],
  ["the third stage has 2d convolutions", "conv", false],
  ["four stages of 3, 4, 6 and 3 blocks", "stages 3,4,6,3", false],
];

describe("a misreading", () => {
  for (const [text, read, wrong, left = ""] of cases) {
    it(`${wrong ? "is seen" : left ? "is seen to lack words" : "is not seen"}: "${text}" as "${read}"`, () => {
      const seen = misread(text, meaning(read, false));
      assert.equal(seen.isWrong, wrong);
      assert.equal(seen.left.join(), left);
    });
  }

  it("of a question is seen by a number that it does not ask about", () => {
    assert.deepEqual(
      misread("how many 3x3 convolutions are there?", meaning("count pointwiseConv", true)).left,
      ["3x3"],
    );
    assert.deepEqual(misread("how wide is stage 3?", meaning("number stageWidth[3]", true)).left, []);
    assert.deepEqual(misread("anything 7 at all", null), { isWrong: false, left: [] });
  });

  it("is hardly ever seen in what is read as it was meant", () => {
    const random = rng(11);
    const meant: { text: string; meaning: Meaning }[] = handwritten().map(({ text, meanings }) => ({
      text,
      meaning: meanings[0] ?? null,
    }));
    for (let i = 0; i < 400; i++) {
      const program = randomProgram(random);
      const known = know(build(program));
      const said = statement(known, random, { wordings: "train", holds: random.chance(0.5) });
      const wished = prompt(program, known, random, { wordings: "train" });
      const asked = question(known, random, { wordings: "train" });
      meant.push(
        { text: said.text, meaning: { kind: "statement", claims: said.claims } },
        { text: wished.text, meaning: { kind: "statement", claims: wished.claims } },
        { text: asked.text, meaning: { kind: "question", query: asked.query } },
      );
    }
    const seen = meant.filter(({ text, meaning }) => {
      const { isWrong, left } = misread(text, meaning);
      return isWrong || left.length > 0;
    });
    assert.ok(seen.length < 0.01 * meant.length, seen.map(({ text }) => text).join("\n"));
  });
});
