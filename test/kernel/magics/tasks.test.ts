// The tasks in cells, through the real compiler, with a stand-in for the model.
import assert from "node:assert/strict";
import path from "node:path";
import { useModel } from "../../../archbert";
import { CompileError, type Language } from "../../../kernel/language";
import { createMagicRuntime, createMagics, type Magics } from "../../../kernel/magics";
import { createLanguage } from "../../../kernel/tslab";
import { standIn } from "../../archbert/tasks/standIn";
import { type FakeHost, fakeHost } from "./host";

const root = path.join(__dirname, "../../../..");

describe("tasks in cells", function () {
  this.timeout(60_000);
  let language: Language;
  let magics: Magics;
  let host: FakeHost;
  before(async () => {
    useModel(
      standIn({
        statements: { "no dropout, residual": "no dropout; residual" },
        questions: { "how many classes does it have?": "number classes" },
        wishes: { "small and residual": "is small; residual" },
        programs: ["input 8x8x1\nstem conv 8\nstage 1 residual 16\nhead 10\n"],
      }),
    );
    const placeholder = fakeHost();
    host = Object.defineProperty(placeholder, "language", { get: () => language });
    language = createLanguage({
      folder: root,
      globals: {
        archbertMagic: { value: createMagicRuntime(host), type: 'import("archbert/kernel").MagicRuntime' },
      },
    });
    magics = createMagics(language);
    await magics.execute("const nets = %archbert generate small and residual -n 3");
  });
  after(() => {
    useModel(undefined);
    language.dispose();
  });
  const run = async (cell: string) => (await magics.execute(cell)).value;

  it("generate gives a list that further cells use", async () => {
    assert.equal(await run("nets.length"), 3);
    assert.match(String(await run("nets[0]!.program")), /^input /);
    assert.equal(
      await run(
        "const verdict = %archbert reason {nets[0]!.architecture} no dropout, residual\nverdict.verdict",
      ),
      "true",
    );
    const shown = (await run("nets")) as object;
    assert.ok(Symbol.for("Jupyter.display") in shown);
  });

  it("a question needs no quotes, and a cell can be one", async () => {
    await run("const net = nets[0]!.architecture");
    assert.equal(await run('(%archbert ask net "how many classes does it have?").answer'), "10");
    const asked = (await run("%archbert ask net how many classes does it have?")) as { answer: string };
    assert.equal(asked.answer, "10");
    const below = (await run("%%archbert ask net\nhow many classes does it have?")) as { answer: string };
    assert.equal(below.answer, "10");
  });

  it("searches lists of networks, and compares two", async () => {
    assert.equal(
      await run(
        'const hits = %archbert search "no dropout, residual" {nets.map((n) => n.architecture)} net --top 2\nhits.length',
      ),
      2,
    );
    assert.equal(await run("(%archbert compare net net).clone"), true);
  });

  it("types what they give", async () => {
    for (const [cell, type] of [
      ["verdict.nope", "Reasoning"],
      ["(%archbert ask net how).nope", "Answered"],
      ["hits[0]!.nope", "Hit"],
      ["(%archbert compare net net).nope", "Comparison"],
      ["nets[0]!.nope", "Candidate"],
    ] as const) {
      await assert.rejects(
        magics.execute(cell),
        (error) =>
          error instanceof CompileError &&
          error.diagnostics[0]?.message === `Property 'nope' does not exist on type '${type}'.`,
        cell,
      );
    }
  });
});
