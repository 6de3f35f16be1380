// The shipped model on networks and wordings that training never saw: a small sample of what `npm run evaluate` measures,
// so that nothing makes it read worse than it does (docs/archbert.md has the figures).
import assert from "node:assert/strict";
import { auc, share } from "../../../archbert/evaluation";
import { answer, type Claim, claimText, rng } from "../../../archbert/graph";
import { type ArchBertModel, loadModel } from "../../../archbert/model";
import { ask, cosine, generate, reason, wish } from "../../../archbert/tasks";
import { type Sampled, sampled } from "../../../archbert/training";
import { lookalike, prompt, question, randomProgram, statement, variant } from "../../../datasets";
import { claims as written } from "../tasks/handwritten";

const count = 100;

describe("the shipped ArchBERT", function () {
  this.timeout(120_000);
  let model: ArchBertModel;
  const networks: Sampled[] = [];
  const random = rng(2_000_000);
  const network = (i: number) => networks[i % networks.length] as Sampled;

  before(async () => {
    model = await loadModel();
    for (let i = 0; i < 40; i++) networks.push(sampled(randomProgram(random)));
  });
  after(() => model.dispose());

  /** Three standard errors of a sample of this size below what was measured on more: it fails rarely by chance. */
  const least = (measured: number) => measured - 3 * Math.sqrt((measured * (1 - measured)) / count);

  it("tells true statements from near misses", async () => {
    const right: boolean[] = [];
    for (let i = 0; i < count; i++) {
      const { architecture, known } = network(i);
      const truth = i % 2 === 0;
      const { text } = statement(known, random, { wordings: "test", holds: truth });
      right.push((await reason(architecture, text, { model })).verdict === String(truth));
    }
    assert.ok(share(right).value >= least(0.96), String(share(right).value));
  });

  it("answers questions", async () => {
    const right: boolean[] = [];
    for (let i = 0; right.length < count; i++) {
      const { architecture, known } = network(i);
      const { text, query } = question(known, random, { wordings: "test" });
      const truth = answer(query, known);
      if (truth) right.push((await ask(architecture, text, { model })).answer === truth.answer);
    }
    assert.ok(share(right).value >= least(0.97), String(share(right).value));
  });

  it("knows clones from networks that look alike", async () => {
    const scores: number[] = [];
    const clones: boolean[] = [];
    for (let i = 0; i < count; i++) {
      const { program, known } = network(i);
      const other = sampled((i % 2 === 0 ? variant : lookalike)(program, random));
      scores.push(cosine(await model.embed(known), await model.embed(other.known)));
      clones.push(i % 2 === 0);
    }
    assert.ok(auc(scores, clones).value >= 0.97, String(auc(scores, clones).value));
  });

  it("writes valid programs that meet every claim it read", async () => {
    for (let i = 0; i < 8; i++) {
      const { program, known } = network(i);
      const { text } = prompt(program, known, random, { wordings: "train" });
      const written = await generate(text, { count: 2, seed: i, model });
      assert.ok(written.length > 0, text);
      for (const { claims, architecture } of written) {
        assert.ok(architecture.nodes.length > 0);
        for (const { verdict, text: claim } of claims)
          assert.notEqual(verdict, "refuted", `${text}: ${claim}`);
      }
    }
  });

  it("reads the small words that a claim turns on", async () => {
    const texts: readonly (readonly [string, string])[] = [
      [
        "no dropout, but batch normalization, at most 20k parameters",
        "batchNorm; no dropout; parameters <= 20k",
      ],
      ["It has ReLU but not GELU.", "relu; no gelu"],
      ["Neither dropout nor attention are used.", "no dropout; no attention"],
      ["not a transformer, under 12k parameters", "is not transformer; parameters < 12k"],
      ["between 5k and 10k weights", "parameters >= 5k; parameters <= 10k"],
      ["10M to 20M parameters", "parameters >= 10M; parameters <= 20M"],
      ["deeper than 40 layers", "depth > 40"],
    ];
    const told = (list: readonly Claim[]) => list.map(claimText).sort();
    for (const [text, meant] of texts) {
      const { claims } = await wish(text, { model });
      assert.deepEqual(told(claims), told(written(meant)), text);
    }
  });

  it("says of what no graph can tell that it cannot tell", async () => {
    const { architecture } = network(0);
    for (const text of [
      "It was trained on ImageNet.",
      "The weather is nice today.",
      "It is better than my last model.",
      "Who wrote the paper?",
      "The hidden size is 64.",
      "It is small, and the sky is green.",
    ]) {
      assert.equal((await reason(architecture, text, { model })).verdict, "unknown", text);
    }
  });

  it("gives the same for the same text, and is not moved by case", async () => {
    const { architecture } = network(1);
    const one = await reason(architecture, "It has fewer than 5 million parameters.", { model });
    const other = await reason(architecture, "IT HAS FEWER THAN 5 MILLION PARAMETERS.", { model });
    assert.deepEqual({ ...one, text: "" }, { ...other, text: "" });
    assert.notEqual(one.verdict, "unknown");
  });
});
