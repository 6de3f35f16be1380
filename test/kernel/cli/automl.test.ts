// archbert automl in processes of its own, with a stand-in for the model and tiny searches.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { root, archbert as run } from "./run";

const program = path.join(root, "dist/test/kernel/cli/standIn.js");
const wish = "a tiny residual network. It is pretty.";

describe("archbert automl", function () {
  this.timeout(120_000);
  let folder: string;
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), "archbert-automl-"));
  });
  after(() => rmSync(folder, { recursive: true }));

  const archbert = (...words: string[]) => run(words, { folder, program });
  const search = (...words: string[]) =>
    archbert(
      "automl",
      wish,
      "--trials",
      "2",
      "--epochs",
      "1",
      "--final-epochs",
      "1",
      "--seed",
      "1",
      ...words,
    );
  const docs = readFileSync(path.join(root, "docs/cli.md"), "utf8");
  /** Names in the first column of the tables below a heading, whose first column is headed so. */
  const fields = (heading: string, column: string) => {
    const section = docs.split(`\n### ${heading}`)[1]?.split("\n### ")[0] ?? "";
    const table = section.split(`| ${column} |`)[1]?.split("\n\n")[0] ?? "";
    return [...table.matchAll(/^\| (`.*?`) \|/gm)]
      .flatMap(([, cell = ""]) => cell.match(/\w+/g) ?? [])
      .sort();
  };

  it("prints the study under the documented schema, and its progress on stderr", async () => {
    const { status, stdout, stderr } = await search(
      "--data",
      "digits",
      "--storage",
      "sqlite:///s.db",
      "--json",
      "-o",
      "best",
    );
    assert.equal(status, 0, stderr);
    const study = JSON.parse(stdout);
    assert.deepEqual(Object.keys(study).sort(), fields("`archbert automl TEXT --json`", "field"));
    assert.deepEqual(
      Object.keys(study.best).sort(),
      fields("`archbert automl TEXT --json`", "field of best"),
    );
    for (const trial of study.trials) {
      assert.deepEqual(
        Object.keys(trial).sort(),
        fields("`archbert automl TEXT --json`", "field of a trial"),
      );
      assert.equal(trial.state, "complete");
    }
    const { best } = study;
    assert.match(best.program, /^input 8x8x1\n/);
    assert.ok(best.testScore > 0 && best.metrics.accuracy > 0);
    assert.deepEqual(best.exports, ["best/model.onnx", "best/tfjs", "best/program.arch"]);
    assert.match(
      stderr,
      /^archbert: understood: residual connections, fewer than 2,000 parameters; not understood: "It is pretty"$/m,
    );
    assert.match(stderr, /^archbert: trial 1 complete: \d+\.\d %, /m);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: this is what is looked for
    assert.doesNotMatch(stderr, /[\r\u001b]/);
    assert.equal(readFileSync(path.join(folder, "best/program.arch"), "utf8"), best.program);
    const facts = JSON.parse((await archbert("facts", "best/model.onnx", "--json")).stdout);
    assert.equal(facts.parameters, best.parameters);
  });

  it("resumes by the same line and by resume, says why, in text too", async () => {
    const again = await search("--storage", "sqlite:///s.db", "--json");
    const resumed = await archbert("automl", "resume", "sqlite:///s.db", "--json");
    assert.equal(again.status, 0, again.stderr);
    assert.equal(resumed.stdout, again.stdout);
    const text = await archbert("automl", "resume", "sqlite:///s.db");
    assert.match(text.stdout, /^test +\d+\.\d %, loss/m);
    const why = await archbert("automl", "why", "1", "--storage", "sqlite:///s.db", "--json");
    assert.deepEqual(
      Object.keys(JSON.parse(why.stdout)).sort(),
      fields("`archbert automl why N --json`", "field"),
    );
    const told = await archbert("automl", "why", "0", "--storage", "sqlite:///s.db");
    assert.match(told.stdout, /^Trial 0\n {2}input 8x8x1\n[\s\S]*^came from +first guess$/m);
  });

  it("prints a study whose network cannot be written after all, and says why", async () => {
    mkdirSync(path.join(folder, "taken/model.onnx"), { recursive: true });
    const words = ["automl", "resume", "sqlite:///s.db", "--out", "taken"];
    const text = await archbert(...words);
    assert.equal(text.status, 1);
    assert.match(
      text.stdout,
      /^exports +none, .*model\.onnx: cannot be written: it is a folder; the study can be/m,
    );
    const { status, stdout, stderr } = await archbert(...words, "--json");
    assert.equal(status, 1);
    const { best, trials } = JSON.parse(stdout);
    assert.ok(best.testScore > 0 && trials.length === 2);
    assert.match(best.notExported, /model\.onnx: cannot be written: it is a folder$/);
    assert.match(stderr, /^archbert: the trained network is not written: .*it is a folder$/m);
  });

  it("explains itself with examples, also the commands below it", async () => {
    const { status, stdout } = await archbert("automl", "--help");
    assert.equal(status, 0);
    assert.match(
      stdout,
      /archbert automl "a small residual network for 8x8 digits, under 30k parameters" --data digits/,
    );
    assert.match(stdout, /^ {2}why \[options\] <number>/m);
    assert.match(
      (await archbert("automl", "resume", "--help")).stdout,
      /archbert automl resume sqlite:\/\/\/tiny\.db/,
    );
  });

  it("tells a user's mistakes in a line, with the right status", async () => {
    for (const [words, code, said] of [
      [[wish, "--data", "digit"], 1, /there is no dataset "digit"\. Choose digits/],
      [["a dropout network of 12x12 pictures", "--trials", "1"], 1, /asks for .*12x12/],
      [["why", "9", "--storage", "sqlite:///s.db"], 1, /there is no trial 9\. Give a number from 0 to 1/],
      [["why", "1"], 1, /no study is named\. Name its storage/],
      [["resume", "sqlite:///none.db"], 1, /none\.db: there is no study/],
      [["resume", "sqlite:///s.db", "--trials", "9"], 1, /this study is over/],
      [
        [wish, "--out", "s.db"],
        1,
        /^archbert: s\.db: no such folder can be made: something else has its name/,
      ],
      [[wish, "--parallel", "0"], 1, /^archbert: parallel is 0\. Give a whole number from 1 to \d+$/m],
      [["resume", "sqlite:///s.db", "--parallel", "9999"], 1, /^archbert: parallel is 9999\. Give/],
      [[wish, "--epochs", "abc"], 1, /epochs: "abc" is given where a number is needed/],
      [[wish, "--trails", "1"], 2, /unknown option '--trails'/],
      [[], 2, /missing required argument 'text'/],
    ] as const) {
      const { status, stdout, stderr } = await archbert("automl", ...words);
      assert.deepEqual([status, stdout], [code, ""], stderr);
      assert.match(stderr, said);
      assert.ok(!/bug in|\n\s+at /.test(stderr), stderr);
    }
  });

  it("stops on an interrupt, says how to go on, and loses nothing that was finished", async () => {
    const words = [
      "automl",
      wish,
      "--trials",
      "2",
      "--epochs",
      "2",
      "--final-epochs",
      "1",
      "--parallel",
      "1",
    ];
    const child = spawn(process.execPath, [program, ...words, "--name", "kept"], { cwd: folder });
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      if (/trial 0 complete/.test(text)) child.kill("SIGINT");
    });
    const [status] = await once(child, "close");
    assert.equal(status, 130, said);
    assert.match(
      said,
      /^archbert: stopped\. The study goes on with: archbert automl resume sqlite:\/\/\/kept\.db$/m,
    );
    const resumed = await archbert("automl", "resume", "sqlite:///kept.db", "--json");
    assert.equal(resumed.status, 0, resumed.stderr);
    assert.doesNotMatch(resumed.stderr, /trial 0 complete/);
    const { trials } = JSON.parse(resumed.stdout);
    assert.deepEqual(
      trials.map(({ state, attempts }: { state: string; attempts: number }) => [state, attempts]),
      [
        ["complete", 1],
        ["complete", 1],
      ],
    );
  });

  it("goes on after its process was killed", async () => {
    const words = [
      "automl",
      wish,
      "--trials",
      "2",
      "--epochs",
      "2",
      "--final-epochs",
      "1",
      "--parallel",
      "1",
    ];
    const child = spawn(process.execPath, [program, ...words, "--name", "killed"], { cwd: folder });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      if (/trial 0 complete/.test(text)) child.kill("SIGKILL");
    });
    await once(child, "close");
    const { status, stdout, stderr } = await archbert(...words, "--name", "killed", "--json");
    assert.equal(status, 0, stderr);
    assert.match(stderr, /; [12] of 2 trials are there$/m);
    assert.doesNotMatch(stderr, /trial 0 complete/);
    assert.equal(JSON.parse(stdout).trials[0].attempts, 1);
  });
});
