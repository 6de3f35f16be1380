import assert from "node:assert/strict";
import { fork, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { loadStudy, openStorage, resume, type Storage, search } from "../../../automl";
import { sqliteModule } from "../../../automl/storages/sqliteModule";
import { fakeData, fakeEvaluator } from "../fakes";
import { config, trial } from "./study";

describe("studies in SQLite", function () {
  this.timeout(30_000);
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "archbert-sqlite-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const file = (name = "study.db") => path.join(folder, name);
  const options = () => ({ guide: null, data: fakeData(), evaluator: fakeEvaluator(), folder });
  const open = (url = "sqlite:///study.db", create = true) => openStorage(url, { folder, create });

  it("are named by a URL or a file, relative to the folder or from the root", async () => {
    for (const url of ["sqlite:///study.db", `sqlite:///${file()}`, "study.db", file()]) {
      const storage = await open(url);
      await storage.open(config);
      await storage.dispose();
      assert.ok(existsSync(file()), url);
    }
    await assert.rejects(open("sqlite:///"), /no storage is named by/);
    await assert.rejects(open("postgres://x/y"), /no storage is named by/);
  });

  it("make no file before there is a study to write", async () => {
    const storage = await open();
    assert.equal(await storage.open(undefined), undefined);
    await storage.dispose();
    assert.deepEqual(readdirSync(folder), []);
  });

  it("are not begun in an empty file by whoever only looks", async () => {
    writeFileSync(file(), "");
    await assert.rejects(open("sqlite:///study.db", false), /study\.db: there is no study\. Begin one first/);
    await assert.rejects(loadStudy("sqlite:///study.db", { folder }), /there is no study/);
    await assert.rejects(resume("sqlite:///study.db", { folder }), /there is no study/);
    const storage = await open();
    assert.equal(await storage.open(undefined), undefined);
    assert.equal(statSync(file()).size, 0);
    assert.deepEqual(await storage.open(config), config);
    await storage.dispose();
    const again = await open("sqlite:///study.db", false);
    assert.deepEqual(await again.open(undefined), config);
    await again.dispose();
  });

  it("are not made for a prompt that is refused", async () => {
    const refused = search("a network for 32x32x3 pictures", { ...options(), storage: "sqlite:///study.db" });
    await assert.rejects(refused, { name: "ArchError" });
    assert.deepEqual(readdirSync(folder), []);
  });

  it("are as they were left", async () => {
    const storage = await open();
    await storage.open(config);
    await storage.add(trial(0));
    const before = await storage.trials();
    await storage.dispose();
    const again = await open("sqlite:///study.db", false);
    assert.deepEqual(await again.trials(), before);
    assert.deepEqual(await again.open(undefined), config);
    await again.dispose();
  });

  it("are read while they are written", async () => {
    const [writer, ...readers] = await Promise.all([open(), open(), open()]);
    await writer?.open(config);
    for (let number = 0; number < 20; number++) {
      await writer?.add(trial(number));
      for (const reader of readers) assert.equal((await reader.trials()).length, number + 1);
    }
    for (const storage of [writer, ...readers]) await storage?.dispose();
  });

  it("give no trial to two processes", async () => {
    const storage = await open();
    await storage.open(config);
    for (let number = 0; number < 40; number++) await storage.add(trial(number));
    await storage.dispose();
    const claimed = await Promise.all(
      [1, 2, 3].map(async () => {
        const child = fork(path.join(__dirname, "claimer.js"), [file()]);
        const [numbers] = (await once(child, "message")) as [number[]];
        return numbers;
      }),
    );
    const all = claimed.flat().sort((a, b) => a - b);
    assert.deepEqual(
      all,
      Array.from({ length: 40 }, (_, i) => i),
    );
  });

  describe("that are none are refused, and left as they are", () => {
    const refused = async (said: RegExp, url = "sqlite:///study.db") => {
      const before = existsSync(file()) ? readFileSync(file()) : undefined;
      await assert.rejects(open(url), (error: Error) => {
        assert.match(error.message, said);
        assert.equal(error.name, "ArchError");
        return true;
      });
      if (before) assert.deepEqual(readFileSync(file()), before);
      for (const left of ["-wal", "-shm", "-journal"]) assert.ok(!existsSync(file() + left), left);
    };

    it("a file of something else", async () => {
      writeFileSync(file(), "accuracy,0.9\n".repeat(50));
      await refused(/study\.db: this is no SQLite database\. Give another file/);
    });

    it("the database of another program", async () => {
      const script = `const { DatabaseSync } = require("node:sqlite");
        const db = new DatabaseSync(${JSON.stringify(file())});
        db.exec("CREATE TABLE trials (number INTEGER); INSERT INTO trials VALUES (1)")`;
      const { status, stderr } = spawnSync(process.execPath, ["--experimental-sqlite", "-e", script]);
      assert.equal(status, 0, String(stderr));
      await refused(/study\.db: this database is no study\. Give another file/);
    });

    it("a study of a later version", async () => {
      const begun = await open();
      await begun.open(config);
      await begun.dispose();
      const bytes = readFileSync(file());
      bytes.writeUInt32BE(99, 60);
      writeFileSync(file(), bytes);
      await refused(/is of a later version of archbert\. Update archbert/);
    });

    it("a damaged one", async () => {
      const storage = await open();
      await storage.open(config);
      for (let number = 0; number < 60; number++) await storage.add(trial(number));
      await storage.dispose();
      const bytes = readFileSync(file());
      for (let at = 4096; at + 4096 < bytes.length; at += 4096) bytes.fill(0xee, at, at + 300);
      for (const left of ["-wal", "-shm"]) rmSync(file() + left, { force: true });
      writeFileSync(file(), bytes);
      await refused(/study\.db: this database is damaged\. Give another file, or a copy/);
    });

    it("a folder, and a file in no folder", async () => {
      mkdirSync(path.join(folder, "folder.db"));
      await assert.rejects(open("folder.db"), /folder\.db: it cannot be read \(EISDIR\)/);
      await assert.rejects(
        open("nowhere/study.db"),
        /it cannot be opened\. Give a file in a folder that exists/,
      );
    });

    /** A study of two trials, changed by somebody else's SQL. */
    const changed = async (sql: string) => {
      const storage = await open();
      await storage.open(config);
      for (const number of [0, 1]) await storage.add(trial(number));
      await storage.dispose();
      const script = `const { DatabaseSync } = require("node:sqlite");
        const db = new DatabaseSync(${JSON.stringify(file())});
        db.exec(${JSON.stringify(`${sql}; PRAGMA wal_checkpoint(TRUNCATE)`)}); db.close()`;
      const { status, stderr } = spawnSync(process.execPath, ["--experimental-sqlite", "-e", script]);
      assert.equal(status, 0, String(stderr));
    };

    it("one whose rows are not what they should be", async () => {
      const claims = `UPDATE study SET config = json_set(config, '$.claims[0]', json('{"kind":"has","thing":"constructor"}'))`;
      const trials = (storage: Storage) => storage.trials();
      const configuration = (storage: Storage) => storage.open(undefined);
      const wrong: readonly (readonly [string, (storage: Storage) => Promise<unknown>, RegExp])[] = [
        ["UPDATE trials SET origin = '{}'", trials, /study\.db: a trial is damaged \(origin/],
        ["DELETE FROM trials WHERE number = 0", trials, /study\.db: trial 0 is missing/],
        [claims, configuration, /study\.db: the study's configuration is damaged \(claims\.0/],
      ];
      for (const [sql, read, message] of wrong) {
        await changed(sql);
        const again = await open();
        await assert.rejects(read(again), { name: "ArchError", message });
        await again.dispose();
        rmSync(file());
      }
    });

    it("one that would run what others wrote", async () => {
      const foreign = [
        "CREATE TRIGGER more AFTER UPDATE ON trials BEGIN DELETE FROM trials; END",
        "ALTER TABLE trials RENAME TO kept; CREATE VIEW trials AS SELECT * FROM kept",
      ];
      for (const sql of foreign) {
        await changed(sql);
        await assert.rejects(open(), /study\.db: this database is no study\. Give another file/);
        rmSync(file());
      }
    });

    it("one that is not there, unless it may be made", async () => {
      await assert.rejects(
        open("sqlite:///study.db", false),
        /study\.db: there is no study\. Begin one first/,
      );
      assert.ok(!existsSync(file()));
    });
  });

  it("are readable from a copy made while they are open", async () => {
    const storage = await open();
    await storage.open(config);
    await storage.dispose();
    copyFileSync(file(), file("copy.db"));
    const copy = await open("copy.db", false);
    assert.deepEqual(await copy.open(undefined), config);
    await copy.dispose();
  });

  it("tell nobody that SQLite is experimental", () => {
    const script = `const { openStorage } = require(${JSON.stringify(path.join(__dirname, "../../../automl"))});
      openStorage("sqlite:///quiet.db", { folder: ${JSON.stringify(folder)} }).then((storage) => storage.dispose());`;
    const { status, stderr } = spawnSync(process.execPath, ["-e", script]);
    assert.deepEqual([status, String(stderr)], [0, ""]);
    assert.equal(typeof (sqliteModule() ?? {}), "object");
  });
});
