import assert from "node:assert/strict";
import { type ArchBert, facts, generate, reason, wish as understoodWish } from "../../../archbert";
import { build, know, parse } from "../../../archbert/graph";
import { conspicuous } from "../../../archbert/tasks/generate";
import { standIn } from "./standIn";

const right = "input 8x8x1\nstem conv 8\nstage 1 residual 16\nhead 10\n";
const wrong = "input 8x8x1\nstage 2 conv 64\nhead 10\n";
const model = standIn({
  wishes: {
    "an LSTM": "recurrent",
    "residual, under 20k parameters": "residual; parameters < 20k",
    "An MLP.": "is mlp",
    "It takes 30 features.": "inputFeatures = 30",
    "no dropout but dropout": "no dropout; dropout",
    "under 10 parameters with 1000 classes": "parameters < 10; classes = 1000",
    "100 channels wide": "widest = 100",
  },
  statements: { "It has residual connections.": "residual" },
  programs: [wrong, right, `network again\n${right}`],
});
const wish = "residual, under 20k parameters";

describe("generate", function () {
  this.timeout(60_000);

  it("gives as many as asked, each a program that builds and meets every claim", async () => {
    const made = await generate(wish, { model, count: 4 });
    assert.equal(made.length, 4);
    assert.equal(new Set(made.map(({ program }) => program)).size, 4);
    for (const { program, parameters, claims, architecture } of made) {
      const again = facts(build(parse(program)));
      assert.equal(again.parameters, parameters);
      assert.equal(facts(architecture).parameters, parameters);
      assert.ok(parameters < 20_000 && again.motifs.some(({ kind }) => kind === "residual"), program);
      assert.deepEqual(
        claims.map(({ verdict }) => verdict),
        ["proved", "proved"],
      );
    }
  });

  it("tells what the model wrote from what was repaired, each program once", async () => {
    const made = await generate(wish, { model, count: 5 });
    const decoded = made.filter(({ source }) => source === "decoded");
    assert.deepEqual(
      decoded.map(({ program }) => program.trim()),
      [right.trim()],
    );
    assert.ok(made.some(({ source }) => source === "repaired"));
    assert.deepEqual(made.decoded, { written: 3, right: 1 });
    assert.deepEqual(made.understood, ["residual connections", "fewer than 20,000 parameters"]);
  });

  it("is the same for the same seed, and another for another", async () => {
    const texts = async (seed: number) =>
      (await generate(wish, { model, seed, count: 6 })).map(({ program }) => program).join("\n");
    assert.equal(await texts(7), await texts(7));
    assert.notEqual(await texts(7), await texts(8));
  });

  it("puts the model's own first, and then what is most like the wish, where nothing was added", async () => {
    const made = await generate(wish, { model, count: 5 });
    assert.equal(made[0]?.source, "decoded");
    const isPlain = ({ architecture }: (typeof made)[0]) =>
      !conspicuous.some((thing) => know(architecture).occurrences(thing).length > 0);
    const plain = made.filter(isPlain);
    assert.ok(plain.length >= 2);
    assert.deepEqual(made.slice(0, plain.length), plain, "what nobody wished for comes last");
    const likeness = plain.slice(1).map((candidate) => candidate.likeness);
    assert.deepEqual(
      likeness,
      [...likeness].sort((a, b) => b - a),
    );
  });

  it("takes the claims of several sentences, and tells which said nothing", async () => {
    const made = await generate("An MLP. It takes 30 features. It should win prizes.", { model, count: 2 });
    assert.deepEqual(made.notUnderstood, ["It should win prizes."]);
    for (const { architecture } of made) assert.deepEqual(architecture.inputs[0]?.shape?.slice(1), [30]);
  });

  it("finds programs where the model has none", async () => {
    const silent = standIn({ wishes: { "100 channels wide": "widest = 100" } });
    const made = await generate("100 channels wide", { model: silent, count: 2 });
    assert.ok(made.length > 0 && made.every(({ source }) => source === "repaired"));
  });

  const refused: readonly (readonly [string, RegExp])[] = [
    ["no dropout but dropout", /"no dropout" and "dropout" cannot both hold/],
    ["a nice one, please", /I cannot tell what network is wished for\. Say what it should be/],
    [
      "under 10 parameters with 1000 classes",
      /I found no network with "fewer than 10 parameters" and "exactly 1,000 classes"|cannot both hold/,
    ],
    ["an LSTM", /no program of the architecture language has "recurrent layers"/],
    ["", /the text is empty/],
  ];
  for (const [text, said] of refused) {
    it(`refuses ${JSON.stringify(text)}`, () => assert.rejects(generate(text, { model }), said));
  }

  it("refuses numbers that are none", async () => {
    await assert.rejects(
      generate(wish, { model, count: 0 }),
      /generate count: 0 is not a whole number from 1 to 50/,
    );
    await assert.rejects(generate(wish, { model, seed: 1.5 }), /generate seed: 1\.5 is not a whole number/);
  });

  it("stops between the sentences of a wish", async () => {
    const abort = new AbortController();
    const once: ArchBert = {
      ...model,
      write: (text, options) => {
        abort.abort(new Error("enough"));
        return model.write(text, options);
      },
    };
    await assert.rejects(understoodWish("One. Two.", { model: once, signal: abort.signal }), /enough/);
  });

  it("stops when it is aborted", async () => {
    const abort = new AbortController();
    const onEvent = () => abort.abort(new Error("enough"));
    await assert.rejects(generate(wish, { model, signal: abort.signal, onEvent }), /enough/);
  });

  it("gives networks that the other tasks take", async () => {
    const [first] = await generate(wish, { model, count: 1 });
    assert.ok(first);
    const { verdict } = await reason(first.architecture, "It has residual connections.", { model });
    assert.equal(verdict, "true");
  });
});
