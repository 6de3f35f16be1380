// Places that a file can never be written to or read from: told at once, in processes of their own, which would hang.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { archbert as run } from "./run";

const wish = "a small residual network";

describe("archbert where nothing can be written or read", function () {
  this.timeout(120_000);
  let folder: string;
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), "archbert-places-"));
    writeFileSync(path.join(folder, "net.arch"), "input 8x8x1\nstem conv 8\nhead 10\n");
  });
  after(() => rmSync(folder, { recursive: true }));

  const refused = async (words: readonly string[], said: RegExp) => {
    const { status, stdout, stderr } = await run(words, { folder, timeoutMs: 30_000 });
    assert.deepEqual([status, stdout], [1, ""], `${words}: ${stderr}`);
    assert.match(stderr, said);
  };

  it("below /proc, where the system calls every name missing", async function () {
    if (!existsSync("/proc/self")) this.skip();
    const said = /\/proc\/none.*: no such folder can be made: the system lets nothing be made there\. /;
    await refused(["generate", wish, "-o", "/proc/none"], said);
    await refused(["install", "--prefix", "/proc/none"], said);
    await refused(["train", "net.arch", "--epochs", "1", "-o", "/proc/none"], said);
    await refused(
      ["train", "net.arch", "--epochs", "1", "-o", "/proc/net.onnx"],
      /\/proc: nothing can be written into it/,
    );
    await refused(["draw", "net.arch", "-o", "/proc/net.svg"], /cannot be written: the system lets nothing/);
  });

  it("a pipe that nobody writes into", async function () {
    if (process.platform === "win32") this.skip();
    execFileSync("mkfifo", [path.join(folder, "pipe")]);
    await refused(["caption", "pipe"], /pipe: not a regular file/);
    await refused(["compare", "net.arch", "pipe"], /pipe: not a regular file/);
    await refused(["automl", "resume", "sqlite:///pipe"], /pipe: it is no regular file/);
    await refused(
      ["generate", wish, "-o", "pipe"],
      /pipe: no such folder can be made: something else has its name/,
    );
    rmSync(path.join(folder, "pipe"));
  });

  it("and leaves nothing behind", () => assert.deepEqual(readdirSync(folder), ["net.arch"]));
});
