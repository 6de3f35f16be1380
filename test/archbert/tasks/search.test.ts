import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { build, type Place, search } from "../../../archbert";
import { collect } from "../../../archbert/tasks";
import { standIn } from "./standIn";

const model = standIn({ statements: { "residual, under 100k parameters": "residual; parameters < 100k" } });
const text = "residual, under 100k parameters";
const small = "input 8x8x1\nstem conv 8\nstage 1 residual 16\nhead 10\n";
const large = "input 8x8x1\nstem conv 8\nstage 4 residual 128\nhead 10\n";
const plain = "input 8x8x1\nstage 2 conv 8\nhead 10\n";
const huge = "input 8x8x1\nstage 4 conv 256\nhead 10\n";

describe("search", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), "archbert-search-"));
    const write = (name: string, content: string) => {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(path.join(folder, name), content);
    };
    write("small.arch", small);
    write("nets/large.arch", large);
    write("nets/deep/plain.arch", plain);
    write("nets/deep/huge.arch", huge);
    write("nets/broken.onnx", "no network");
    write("nets/notes.txt", "no network");
    write("node_modules/hidden.arch", small);
    write(".hidden/hidden.arch", small);
    symlinkSync(folder, path.join(folder, "loop"));
    symlinkSync(path.join(folder, "small.arch"), path.join(folder, "linked.arch"));
  });
  after(() => rmSync(folder, { recursive: true }));

  it("ranks by the claims that hold, then by likeness", async () => {
    const found = await search(text, [], { model, folder });
    assert.deepEqual(found.map(({ name }) => name).sort(), [
      "nets/deep/huge.arch",
      "nets/deep/plain.arch",
      "nets/large.arch",
      "small.arch",
    ]);
    assert.equal(found[0]?.name, "small.arch");
    assert.equal(found.at(-1)?.name, "nets/deep/huge.arch");
    const scores = found.map(({ score }) => score);
    assert.deepEqual(
      scores,
      [...scores].sort((a, b) => b - a),
    );
    assert.ok(scores.every((score) => score > 0 && score <= 1));
    assert.match(
      found[0]?.reasons.join() ?? "",
      /^residual connections,fewer than 100,000 parameters,likeness /,
    );
    assert.match(found.at(-1)?.reasons.join() ?? "", /^not so: residual connections,not so: fewer than/);
    assert.deepEqual([found.searched, found.notUnderstood], [4, []]);
    assert.deepEqual(
      found.skipped.map(({ name }) => name),
      ["nets/broken.onnx"],
    );
  });

  it("searches files, folders, patterns, networks and lists of them", async () => {
    const names = async (...places: readonly (Place | readonly Place[])[]) =>
      (await search(text, places, { model, folder })).map(({ name }) => name).sort();
    assert.deepEqual(await names("small.arch", "nets/deep"), [
      "nets/deep/huge.arch",
      "nets/deep/plain.arch",
      "small.arch",
    ]);
    assert.deepEqual(await names("nets/*.arch"), ["nets/large.arch"]);
    assert.deepEqual(await names("**/*.arch"), [
      "nets/deep/huge.arch",
      "nets/deep/plain.arch",
      "nets/large.arch",
      "small.arch",
    ]);
    const two = [build(`network one\n${small}`), build(`network two\n${large}`)];
    assert.deepEqual(await names(two, "nets/deep/plain.arch"), ["nets/deep/plain.arch", "one", "two"]);
  });

  it("takes one place for a list of one", async () => {
    const names = async (place: Place) =>
      (await search(text, place, { model, folder })).map(({ name }) => name).sort();
    assert.deepEqual(await names("nets/deep"), ["nets/deep/huge.arch", "nets/deep/plain.arch"]);
    assert.deepEqual(await names(build(`network one\n${small}`)), ["one"]);
  });

  it("keeps the best", async () => {
    const found = await search(text, ["."], { model, folder, top: 2 });
    assert.deepEqual([found.length, found.searched], [2, 4]);
    assert.equal(found[0]?.name, "small.arch");
    await assert.rejects(search(text, ["."], { model, folder, top: 0 }), /0 is no number of results/);
  });

  it("passes over what it cannot read, and says why", async () => {
    const found = await search(text, ["small.arch", "nets/notes.txt", "none.arch", "nets/broken.onnx"], {
      model,
      folder,
    });
    assert.deepEqual(
      found.map(({ name }) => name),
      ["small.arch"],
    );
    const reasons = Object.fromEntries(found.skipped.map(({ name, reason }) => [name, reason]));
    assert.equal(reasons["none.arch"], "no such file");
    assert.match(reasons["nets/notes.txt"] ?? "", /^not a network/);
    assert.ok(!JSON.stringify(reasons).includes(folder), "no path of the machine");
  });

  it("says so when there is nothing to search", async () => {
    await assert.rejects(
      search(text, ["none.arch"], { model, folder }),
      /there is no network to search \(none\.arch: no such file\)/,
    );
  });

  it("ranks by likeness alone what it does not understand, and tells", async () => {
    const found = await search("something deep", ["nets/"], { model, folder });
    assert.deepEqual(found.notUnderstood, ["something deep"]);
    assert.ok(found.every(({ claims, reasons }) => claims.length === 0 && reasons.length === 1));
  });

  it("stops when it is aborted", async () => {
    const abort = new AbortController();
    const onEvent = () => abort.abort(new Error("enough"));
    await assert.rejects(search(text, [], { model, folder, signal: abort.signal, onEvent }), /enough/);
  });
});

describe("collect", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), "archbert-collect-"));
    mkdirSync(path.join(folder, "a/b/c/d"), { recursive: true });
    for (const name of ["1.arch", "2.arch", "a/3.onnx", "a/b/c/d/4.onnx.gz", "odd [x]*.arch"]) {
      writeFileSync(path.join(folder, name), "");
    }
  });
  after(() => rmSync(folder, { recursive: true }));

  it("bounds files, depth and entries, with a word about it", () => {
    const limits = { files: 100, depth: 8, entries: 100 };
    assert.equal(collect(["."], folder, limits).files.length, 5);
    const few = collect(["."], folder, { ...limits, files: 2 });
    assert.deepEqual([few.files.length, few.skipped.length], [2, 1]);
    assert.match(few.skipped[0]?.reason ?? "", /more than 2 networks/);
    const flat = collect(["."], folder, { ...limits, depth: 2 });
    assert.match(flat.skipped[0]?.reason ?? "", /more than 2 folders deep/);
    const short = collect(["."], folder, { ...limits, entries: 3 });
    assert.match(short.skipped.at(-1)?.reason ?? "", /more than 3 files/);
  });

  it("takes a name with stars that is a file for the file", () => {
    assert.deepEqual(collect(["odd [x]*.arch"], folder).files, ["odd [x]*.arch"]);
    assert.deepEqual(collect(["?.arch"], folder).files, ["1.arch", "2.arch"]);
    assert.deepEqual(collect(["**/*.gz"], folder).files, ["a/b/c/d/4.onnx.gz"]);
    assert.deepEqual(collect(["x*"], folder).skipped, [{ name: "x*", reason: "no network matches" }]);
  });

  it("takes no time over a hostile pattern", () => {
    const begun = performance.now();
    collect([`${"**/".repeat(60)}${"*a".repeat(60)}`], folder);
    assert.ok(performance.now() - begun < 1000);
    assert.throws(() => collect(["*".repeat(501)], folder), /the pattern is too long/);
  });
});
