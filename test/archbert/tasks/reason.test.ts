import assert from "node:assert/strict";
import { type Architecture, ask, build, reason } from "../../../archbert";
import { ArchError } from "../../../archbert/graph";
import { understoodFrom } from "../../../archbert/tasks";
import { fixture } from "../networks";
import { standIn } from "./standIn";

const model = standIn({
  statements: {
    "It has residual connections.": "residual",
    "It has dropout.": "dropout",
    "It is a ResNet with bottlenecks and 25.5M parameters.": "is ResNet; bottleneck; parameters = 25.5M",
    "It is small.": "is small",
    "It needs under 1 G multiply-adds.": "multiplyAdds < 1G",
  },
  questions: {
    "How many parameters?": "number parameters",
    "Does it use dropout?": "whether dropout",
    "Does it have residual connections?": "whether residual",
    "Which family?": "what family",
    "How many multiply-adds?": "number multiplyAdds",
  },
});

describe("reason", () => {
  let resnet: Architecture;
  before(async () => {
    resnet = await fixture("resnet50");
  });
  const judge = (text: string, architecture = resnet) => reason(architecture, text, { model });

  it("proves what is so, with the nodes that show it", async () => {
    const { verdict, claims, way, confidence, sentence } = await judge("It has residual connections.");
    assert.deepEqual([verdict, way, confidence], ["true", "claims", 0.9]);
    assert.equal(claims.length, 1);
    assert.ok((claims[0]?.nodes.length ?? 0) >= 16);
    assert.equal(sentence, 'True: "residual connections" holds.');
  });

  it("wants every claim of every sentence to hold", async () => {
    const good = await judge(
      "It is a ResNet with bottlenecks and 25.5M parameters. It has residual connections.",
    );
    assert.deepEqual([good.verdict, good.claims.length], ["true", 4]);
    const bad = await judge("It has residual connections. It has dropout.");
    assert.equal(bad.verdict, "false");
    assert.match(bad.sentence, /^False: "dropout" does not hold/);
  });

  it("says what a vague word means", async () => {
    const { sentence, verdict } = await judge("It is small.");
    assert.equal(verdict, "false");
    assert.match(sentence, /"small \(fewer than a million parameters\)"/);
  });

  it("takes a question for its claims, and no other question", async () => {
    assert.equal((await judge("Does it use dropout?")).verdict, "false");
    const other = await judge("How many parameters?");
    assert.equal(other.verdict, "unknown");
    assert.match(other.sentence, /^I cannot tell: .*is a question/);
  });

  it("cannot tell what it did not understand, unless something else is false", async () => {
    const open = await judge("It has residual connections. It was trained for a week.");
    assert.deepEqual([open.verdict, open.confidence, open.opinion], ["unknown", 0, 0.75]);
    assert.match(
      open.sentence,
      /^I cannot tell: "It was trained for a week\." says nothing that I know how to check/,
    );
    assert.equal((await judge("It has dropout. It was trained for a week.")).verdict, "false");
    assert.deepEqual(await judge("Whatever").then(({ way, claims }) => [way, claims]), ["none", []]);
  });

  it("cannot tell where it is not sure to have understood", async () => {
    const confidence = understoodFrom - 0.01;
    const unsure = standIn({ statements: { "It has residual connections.": "residual" }, confidence });
    const { verdict, claims } = await reason(resnet, "It has residual connections.", { model: unsure });
    assert.deepEqual([verdict, claims], ["unknown", []]);
  });

  it("cannot tell what the graph does not show", async () => {
    const open = structuredClone(resnet) as Architecture;
    for (const node of open.nodes) for (const value of node.outputs) Object.assign(value, { shape: null });
    for (const value of open.inputs) Object.assign(value, { shape: null });
    const { verdict, claims, sentence } = await judge("It needs under 1 G multiply-adds.", open);
    assert.deepEqual([verdict, claims[0]?.verdict], ["unknown", "unchecked"]);
    assert.match(sentence, /the network's graph does not show whether/);
  });

  it("refuses a text that is empty or too long, and takes marks and controls for text", async () => {
    await assert.rejects(judge(" \n "), (error) => error instanceof ArchError && /empty/.test(error.message));
    await assert.rejects(judge("a".repeat(2001)), /2001 letters, more than 2000/);
    assert.equal((await judge("\u001b[2J\u0000<script>")).verdict, "unknown");
    assert.equal((await judge("?!")).verdict, "unknown");
  });

  it("stops when it is aborted", async () => {
    const signal = AbortSignal.abort(new Error("enough"));
    await assert.rejects(reason(resnet, "It is small.", { model, signal }), /enough/);
  });
});

describe("ask", () => {
  let resnet: Architecture;
  before(async () => {
    resnet = await fixture("resnet50");
  });
  const answer = (text: string, architecture = resnet) => ask(architecture, text, { model });

  it("answers a number in digits, and readably", async () => {
    const { answer: digits, text, evidence, confidence, opinion } = await answer("How many parameters?");
    assert.match(digits, /^\d+$/);
    assert.match(text, /^How many parameters does it have\? 25,\d{3},\d{3} \(25\.\d M\)\.$/);
    assert.ok(evidence.length > 50);
    assert.deepEqual([confidence, opinion], [0.9, null]);
  });

  it("answers yes, no, a name", async () => {
    assert.equal((await answer("Does it use dropout?")).answer, "no");
    assert.equal((await answer("Does it have residual connections?")).answer, "yes");
    assert.equal((await answer("Which family?")).answer, "ResNet");
  });

  it("answers a statement as the question whether it is so", async () => {
    const { answer: said, query } = await answer("It has dropout.");
    assert.deepEqual([said, query], ["no", "is this true of it: dropout?"]);
    assert.equal((await answer("It has residual connections. It has dropout.")).answer, "no");
  });

  it("cannot tell what it does not understand, and marks the model's guess as one", async () => {
    for (const text of ["Who made it?", "It has dropout. It was made in spring."]) {
      const open = await answer(text);
      assert.deepEqual([open.answer, open.confidence, open.evidence], ["I cannot tell", 0, []]);
      assert.equal(open.opinion?.answer, "perhaps seven");
    }
  });

  it("cannot tell what the graph does not show", async () => {
    const made = build("input 8x8x1\nstage 1 conv 4\nhead none");
    const open = { ...made, inputs: made.inputs.map((value) => ({ ...value, shape: null })) };
    const { answer: said, text } = await answer("How many multiply-adds?", open);
    assert.equal(said, "I cannot tell");
    assert.match(text, /the graph does not show it/);
  });

  it("takes one question at a time", async () => {
    await assert.rejects(answer("How many parameters? Which family?"), /these are 2 questions/);
  });
});
