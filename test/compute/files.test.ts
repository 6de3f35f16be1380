// Folders that are made level by level, or not at all, and files that are read only where they are files.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, sep } from "node:path";
import { checkFolder, makeFolder, readWhole } from "../../compute/files";

describe("compute/files", () => {
  let folder: string;
  const at = (...names: string[]) => join(folder, ...names);
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "archbert-files-"));
    writeFileSync(at("file"), "12345");
    mkdirSync(at("there"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("makes a folder and those above it, and tells which were not there", () => {
    assert.deepEqual(makeFolder(at("there", "a", "b")), [at("there", "a"), at("there", "a", "b")]);
    assert.deepEqual(makeFolder(at("there", "a", "b")), []);
    assert.deepEqual(makeFolder(at("c") + sep), [at("c")]);
    assert.ok(existsSync(at("there", "a", "b")) && existsSync(at("c")));
  });

  it("says why no folder can be made, and makes none", () => {
    symlinkSync(at("nowhere"), at("link"));
    for (const [names, message] of [
      [["file"], "where: no such folder can be made: something else has its name. Do so"],
      [["file", "a", "b"], "where: no such folder can be made: its folder is a file. Do so"],
      [["link"], "where: no such folder can be made: something else has its name. Do so"],
      [["new", "x".repeat(300)], /^where: no such folder can be made: ENAMETOOLONG/],
    ] as const) {
      assert.throws(() => makeFolder(at(...names), { where: "where", fix: "Do so" }), {
        name: "ArchError",
        message,
      });
    }
    assert.deepEqual(readdirSync(folder).sort(), ["file", "link", "there"]);
  });

  it("checks that results can be written into a folder, and leaves all as it was", () => {
    checkFolder(at("new", "deep"));
    checkFolder(at("there"));
    assert.deepEqual([readdirSync(folder).sort(), readdirSync(at("there"))], [["file", "there"], []]);
    assert.throws(() => checkFolder(at("file"), "out"), /^ArchError: out: no such folder can be made/);
  });

  it("reads files that are files, up to a size", () => {
    assert.equal(readWhole(at("file"), 5).toString(), "12345");
    assert.throws(() => readWhole(at("file"), 4), /file: is too large: 5 bytes, more than 4$/);
    assert.throws(() => readWhole(at("none"), 5), /none: cannot be read \(ENOENT/);
    assert.throws(() => readWhole(at("there"), 5), /there: is no regular file$/);
  });

  it("does not wait for a pipe", function () {
    if (process.platform === "win32") this.skip();
    execFileSync("mkfifo", [at("pipe")]);
    assert.throws(() => readWhole(at("pipe"), 5), /pipe: is no regular file$/);
  });
});
