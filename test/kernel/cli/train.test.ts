// archbert train in processes of its own: a tiny network for an epoch or two.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { root, archbert as run } from "./run";

describe("archbert train", function () {
  this.timeout(60_000);
  let folder: string;
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), "archbert-train-"));
    writeFileSync(
      path.join(folder, "net.arch"),
      "input 8x8x1\nstem conv 8\nstage 1 residual 16 stride 2\nhead 10\n",
    );
    writeFileSync(path.join(folder, "other.arch"), "input 9x9x1\nstem conv 4\nhead 10\n");
  });
  after(() => rmSync(folder, { recursive: true }));
  const archbert = (...words: string[]) => run(["train", ...words], { folder });

  it("prints the documented fields, each epoch on stderr, and writes ONNX that reads back as the same", async () => {
    const words = ["net.arch", "--data", "digits", "--epochs", "2", "-o", "digits.onnx", "--json"];
    const { status, stdout, stderr } = await archbert(...words);
    assert.equal(status, 0, stderr);
    const trained = JSON.parse(stdout);
    const docs = readFileSync(path.join(root, "docs/cli.md"), "utf8");
    const section = docs.split("\n### `archbert train FILE --data DATA --json`")[1]?.split("\n### ")[0] ?? "";
    const fields = [...section.matchAll(/^\| (`.*?`) \|/gm)].flatMap(
      ([, cell = ""]) => cell.match(/\w+/g) ?? [],
    );
    assert.deepEqual(Object.keys(trained).sort(), fields.sort());
    assert.match(
      stderr,
      /^archbert: epoch 1 of 2; training .*\narchbert: epoch 2 of 2; training .* %, loss .*; validation .* %, loss \S+\n$/,
    );
    // biome-ignore lint/suspicious/noControlCharactersInRegex: this is what is looked for
    assert.doesNotMatch(stderr, /[\r\u001b]/);
    assert.deepEqual([trained.files, trained.data, trained.history.length], [["digits.onnx"], "digits", 2]);
    assert.ok(trained.test.accuracy > 0.3 && trained.test.accuracy <= 1);
    const facts = JSON.parse((await run(["facts", "digits.onnx", "--json"], { folder })).stdout);
    assert.equal(facts.parameters, trained.parameters);
  });

  it("prints a card as text", async () => {
    const { status, stdout, stderr } = await archbert("net.arch", "--epochs", "1");
    assert.equal(status, 0, stderr);
    assert.match(stdout, /^net, trained\nsize +[\d,]+ parameters/);
    assert.match(stdout, /^test +\d+\.\d %, loss \S+, looked at once$/m);
  });

  it("tells a user's mistakes in a line, with the right status, and leaves nothing", async () => {
    for (const [words, code, said] of [
      [["net.arch", "--data", "digit"], 1, /there is no dataset "digit"\. Choose digits/],
      [["other.arch"], 1, /they are 8x8x1, and other reads 9x9x1/],
      [["none.arch"], 1, /none\.arch: no such file/],
      [["net.arch", "--batch-size", "0"], 1, /batchSize is 0\. Give a number/],
      [["net.arch", "-o", "none/net.onnx"], 1, /none\/net\.onnx: its folder does not exist/],
      [["net.arch", "-o", "net.arch"], 1, /net\.arch: a trained network is an \.onnx file, or a folder/],
      [["net.arch", "--epoch", "1"], 2, /unknown option '--epoch'/],
      [[], 2, /missing required argument 'file'/],
    ] as const) {
      const { status, stdout, stderr } = await archbert(...words);
      assert.deepEqual([status, stdout], [code, ""], stderr);
      assert.match(stderr, said);
      assert.ok(!/bug in|\n\s+at /.test(stderr), stderr);
    }
    assert.deepEqual(readdirSync(folder).sort(), ["digits.onnx", "net.arch", "other.arch"]);
  });

  it("stops on an interrupt, and writes nothing", async () => {
    const main = path.join(root, "dist/kernel/cli/main.js");
    const words = [main, "train", "net.arch", "--epochs", "1000", "-o", "never.onnx"];
    const child = spawn(process.execPath, words, { cwd: folder });
    let interruptedMs = 0;
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      if (interruptedMs > 0 || !/epoch 1 of 1000/.test(text)) return;
      interruptedMs = performance.now();
      child.kill("SIGINT");
    });
    const [status] = await once(child, "close");
    assert.equal(status, 130);
    assert.ok(performance.now() - interruptedMs < 2000);
    assert.ok(!existsSync(path.join(folder, "never.onnx")));
  });
});
