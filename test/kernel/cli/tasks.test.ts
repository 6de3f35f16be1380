// The tasks on the command line, with a stand-in for the model.
import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { root, archbert as run } from "./run";

const program = path.join(root, "dist/test/kernel/cli/standIn.js");

describe("archbert's tasks on the command line", function () {
  this.timeout(60_000);
  let folder: string;
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), "archbert-tasks-"));
    writeFileSync(path.join(folder, "net.arch"), "input 8x8x1\nstem conv 8\nstage 1 residual 16\nhead 10\n");
    writeFileSync(path.join(folder, "plain.arch"), "input 8x8x1\nstage 2 conv 16\nhead 7 dropout 0.1\n");
    writeFileSync(path.join(folder, "broken.onnx"), "none");
  });
  after(() => rmSync(folder, { recursive: true }));

  const archbert = (...words: string[]) => run(words, { folder, program });
  async function json(...words: string[]) {
    const { status, stdout, stderr } = await archbert(...words, "--json");
    assert.equal(status, 0, stderr);
    return JSON.parse(stdout);
  }

  it("reasons: true, false, and what cannot be told", async () => {
    const sure = await json("reason", "net.arch", "It has residual connections.");
    assert.deepEqual([sure.verdict, sure.confidence, sure.way], ["true", 0.9, "claims"]);
    assert.equal(sure.claims[0].verdict, "proved");
    assert.equal((await json("reason", "plain.arch", "It has residual connections.")).verdict, "false");
    const open = await json("reason", "net.arch", "It", "won", "a", "prize.");
    assert.deepEqual([open.verdict, open.confidence, open.claims], ["unknown", 0, []]);
    assert.match(open.sentence, /^I cannot tell/);
    const { stdout } = await archbert("reason", "net.arch", "no", "dropout,", "residual");
    assert.match(stdout, /^True: "no dropout" and "residual connections" hold\./);
  });

  it("answers", async () => {
    const { answer, confidence, evidence, query } = await json("ask", "plain.arch", "How many classes?");
    assert.deepEqual([answer, confidence, query], ["7", 0.9, "how many classes does it have?"]);
    assert.ok(Array.isArray(evidence) && evidence.length > 0);
    assert.equal((await json("ask", "plain.arch", "Why?")).answer, "I cannot tell");
  });

  it("searches the folder, files and patterns, and tells what it passed over on stderr", async () => {
    const { status, stdout, stderr } = await archbert("search", "residual", "--json");
    assert.equal(status, 0);
    const found = JSON.parse(stdout);
    assert.deepEqual(
      found.map(({ name }: { name: string }) => name),
      ["net.arch", "plain.arch"],
    );
    assert.deepEqual(found[0].reasons[0], "residual connections");
    assert.ok(found[0].score > found[1].score);
    assert.match(stderr, /^archbert: passed over broken\.onnx: /);
    const best = await json("search", "residual", "net.arch", "plain.arch", "--top", "1");
    assert.equal(best.length, 1);
    const none = await archbert("search", "residual", "none/*.arch");
    assert.deepEqual([none.status, none.stdout], [1, ""]);
    assert.match(none.stderr, /^archbert: search: there is no network to search/);
  });

  it("compares", async () => {
    const told = await json("compare", "net.arch", "plain.arch");
    assert.equal(typeof told.clone, "boolean");
    assert.ok(told.similarity > 0 && told.similarity <= 1);
    assert.ok(told.differences.includes("classes: 10 against 7"));
    const same = await json("compare", "net.arch", "net.arch");
    assert.deepEqual([same.clone, same.differences], [true, []]);
  });

  it("generates, prints and writes programs that can be read again", async () => {
    const made = await json("generate", "small and residual", "-n", "2", "--seed", "3", "-o", "nets");
    assert.equal(made.length, 2);
    for (const { program: text, parameters, claims, file } of made) {
      assert.match(text, /^input /);
      assert.ok(parameters > 0 && claims.every(({ verdict }: { verdict: string }) => verdict === "proved"));
      assert.ok(readFileSync(path.join(folder, file), "utf8").startsWith("# small and residual\ninput "));
      const { verdict } = await json("reason", file, "It has residual connections.");
      assert.equal(verdict, "true");
    }
    await json("generate", "small", "and", "residual", "-n", "1", "-o", "nets");
    assert.deepEqual(readdirSync(path.join(folder, "nets")).sort(), [
      "network-1.arch",
      "network-2.arch",
      "network-3.arch",
    ]);
  });

  it("tells a user's mistakes in a line", async () => {
    for (const [words, said] of [
      [["generate", "dropout and none"], /"dropout" and "no dropout" cannot both hold/],
      [["generate", "fluffy"], /I cannot tell what network is wished for/],
      [["reason", "net.arch", "x".repeat(2001)], /2001 letters, more than 2000/],
      [["ask", "none.arch", "How many classes?"], /none\.arch: no such file/],
      [["generate", "small and residual", "-n", "0"], /0 is not a whole number/],
      [["generate", "small", "-n", "x"], /generate count: "x" is given where a number is needed/],
      [["generate", "small", "--seed", ""], /generate seed: "" is given where a number is needed/],
      [["generate", "small and residual", "-o", "net.arch/x"], /net\.arch\/x: no such folder can be made/],
    ] as const) {
      const { status, stdout, stderr } = await archbert(...words);
      assert.deepEqual([status, stdout], [1, ""], stderr);
      assert.match(stderr, said);
      assert.ok(stderr.trim().split("\n").length <= 2 && !/bug in|\n\s+at /.test(stderr), stderr);
    }
    assert.equal((await archbert("reason", "net.arch")).status, 2);
  });

  it("prints the fields that docs/cli.md lists, and no others", async () => {
    const docs = readFileSync(path.join(root, "docs/cli.md"), "utf8");
    const calls: Record<string, string[]> = {
      reason: ["net.arch", "residual"],
      ask: ["net.arch", "How many classes?"],
      search: ["residual"],
      compare: ["net.arch", "plain.arch"],
      generate: ["small and residual"],
    };
    for (const [name, words] of Object.entries(calls)) {
      const section = docs.split(`\n### \`archbert ${name} `)[1]?.split("\n### ")[0] ?? "";
      const fields = [...section.matchAll(/^\| (`.*?`) \|/gm)].flatMap(
        ([, cell = ""]) => cell.match(/\w+/g) ?? [],
      );
      const printed = await json(name, ...words);
      const [first] = Array.isArray(printed) ? printed : [printed];
      assert.deepEqual(Object.keys(first).sort(), fields.sort(), name);
    }
  });
});
