// A study in an SQLite file: it outlives its processes, and several may share it.
import { randomUUID } from "node:crypto";
import { closeSync, existsSync, openSync, readSync, statSync } from "node:fs";
import { hostname } from "node:os";
import path from "node:path";
import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import { ArchError } from "../../archbert/graph/errors";
import { configOf, finalOf, reportsOf, trialOf, trialsOf } from "./rows";
import { sqliteModule } from "./sqliteModule";
import { isGone, type Storage, type Worker } from "./storage";

/** Told in the file, so that no other's database is taken for a study: "arch" in ASCII. */
const applicationId = 0x61726368;
const schemaVersion = 1;

const schema = `
  CREATE TABLE study (only INTEGER PRIMARY KEY CHECK (only = 1), config TEXT NOT NULL) STRICT;
  CREATE TABLE trials (
    number INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    program TEXT NOT NULL UNIQUE,
    parameters INTEGER NOT NULL,
    vals TEXT,
    reports TEXT NOT NULL DEFAULT '[]',
    reason TEXT,
    origin TEXT NOT NULL,
    claims TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    token TEXT UNIQUE,
    worker TEXT,
    lease_until INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE TABLE final (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    number INTEGER NOT NULL,
    model BLOB,
    test TEXT,
    backend TEXT NOT NULL,
    versions TEXT NOT NULL
  ) STRICT;
  CREATE TABLE final_lease (
    only INTEGER PRIMARY KEY CHECK (only = 1), worker TEXT NOT NULL, lease_until INTEGER NOT NULL
  ) STRICT;
  PRAGMA application_id = ${applicationId};
  PRAGMA user_version = ${schemaVersion};
`;

const columns = "number, state, program, parameters, vals, reports, reason, origin, claims, attempts";

/**
 * @param file   its path
 * @param where  the file, as the user named it
 * @param create whether a file that is not there is made
 * @throws ArchError where the file is none of ours, which is then left as it is, or a damaged one
 */
export function sqliteStorage(file: string, { where = file, create = true } = {}): Storage {
  const sqlite = sqliteModule();
  if (!sqlite) throw new Error("internal: this Node has no SQLite");
  refuseForeign(file, where);
  if (!create && isEmpty(file)) throw new ArchError("there is no study", { where, fix: "Begin one first" });
  const here = hostname();
  let kept: DatabaseSync | undefined;
  const isThere = () => kept !== undefined || !isEmpty(file);
  /** Made when there is a study to write, and not before. */
  const database = (): DatabaseSync => {
    kept ??= guarded(where, () => opened(new sqlite.DatabaseSync(file), where));
    return kept;
  };
  if (isThere()) database();
  else if (!existsSync(path.dirname(file))) throw unopened(where);

  /** All or nothing, with no other writer in between. */
  function whole<T>(work: () => T): T {
    return guarded(where, () => {
      database().exec("BEGIN IMMEDIATE");
      try {
        const result = work();
        database().exec("COMMIT");
        return result;
      } catch (error) {
        database().exec("ROLLBACK");
        throw error;
      }
    });
  }
  const all = (sql: string, ...values: SQLInputValue[]) =>
    database()
      .prepare(sql)
      .all(...values);
  const one = (sql: string, ...values: SQLInputValue[]) =>
    database()
      .prepare(sql)
      .get(...values);
  const run = (sql: string, ...values: SQLInputValue[]) =>
    Number(
      database()
        .prepare(sql)
        .run(...values).changes,
    );
  const isScored = () => one("SELECT 1 FROM final WHERE test IS NOT NULL") !== undefined;
  const isFree = (row: Record<string, unknown>) =>
    row.worker === null || Number(row.lease_until) < Date.now() || isGone(workerOf(row.worker), here);
  const change = (sql: string, ...values: SQLInputValue[]) => guarded(where, () => run(sql, ...values)) > 0;

  return {
    file,
    async open(config) {
      if (!config && !isThere()) return undefined;
      return whole(() => {
        const found = one("SELECT config FROM study");
        if (found) return configOf(found.config, where);
        if (config) run("INSERT INTO study (only, config) VALUES (1, ?)", JSON.stringify(config));
        return config;
      });
    },
    async trials() {
      return guarded(where, () => trialsOf(all(`SELECT ${columns} FROM trials ORDER BY number`), where));
    },
    async add({ number, program, parameters, origin, claims }) {
      return whole(() => {
        if (isScored() || one("SELECT 1 FROM trials WHERE program = ?", program)) return false;
        if (Number(one("SELECT count(*) AS count FROM trials")?.count) !== number) return false;
        run(
          "INSERT INTO trials (number, state, program, parameters, origin, claims) VALUES (?, 'queued', ?, ?, ?, ?)",
          ...[number, program, parameters, JSON.stringify(origin), JSON.stringify(claims)],
        );
        return true;
      });
    },
    async claim(worker, leaseMs) {
      return whole(() => {
        const open = all(
          `SELECT ${columns}, worker, lease_until FROM trials WHERE state IN ('queued', 'running') ORDER BY number`,
        );
        const row = open.find(isFree);
        if (!row) return undefined;
        const token = randomUUID();
        run(
          `UPDATE trials SET state = 'running', reports = '[]', attempts = attempts + 1, token = ?, worker = ?,
             lease_until = ? WHERE number = ?`,
          ...[token, JSON.stringify(worker), Date.now() + leaseMs, Number(row.number)],
        );
        const trial = trialOf(
          one(`SELECT ${columns} FROM trials WHERE number = ?`, Number(row.number)),
          where,
        );
        return { trial, token };
      });
    },
    async heartbeat(token, leaseMs) {
      return change("UPDATE trials SET lease_until = ? WHERE token = ?", Date.now() + leaseMs, token);
    },
    async report(token, accuracy) {
      whole(() => {
        const row = one("SELECT reports FROM trials WHERE token = ?", token);
        if (!row) return;
        // Not with json_insert: older SQLite writes numbers with 15 digits, and then a study that resumes differs.
        const reports = [...reportsOf(row.reports, where), accuracy];
        run("UPDATE trials SET reports = ? WHERE token = ?", JSON.stringify(reports), token);
      });
    },
    async finish(token, outcome) {
      const values = "values" in outcome ? JSON.stringify(outcome.values) : null;
      return change(
        `UPDATE trials SET state = ?, vals = ?, reason = ?, token = NULL, worker = NULL WHERE token = ?`,
        ...[outcome.state, values, "reason" in outcome ? outcome.reason : null, token],
      );
    },
    async release(token, { counts }) {
      change(
        `UPDATE trials SET state = 'queued', reports = '[]', attempts = attempts - ?, token = NULL, worker = NULL
           WHERE token = ?`,
        ...[counts ? 0 : 1, token],
      );
    },
    async final() {
      return guarded(where, () => {
        const row = one("SELECT number, model, test, backend, versions FROM final");
        return row && finalOf(row, where);
      });
    },
    async setFinal({ number, model, test, backend, versions }) {
      return whole(() => {
        if (isScored()) return false;
        run(
          "INSERT OR REPLACE INTO final (only, number, model, test, backend, versions) VALUES (1, ?, ?, ?, ?, ?)",
          ...[number, model, test && JSON.stringify(test), backend, JSON.stringify(versions)],
        );
        return true;
      });
    },
    async claimFinal(worker, leaseMs) {
      return whole(() => {
        const other = one("SELECT worker, lease_until FROM final_lease");
        if (other && workerOf(other.worker).run !== worker.run && !isFree(other)) return false;
        run(
          "INSERT OR REPLACE INTO final_lease (only, worker, lease_until) VALUES (1, ?, ?)",
          ...[JSON.stringify(worker), Date.now() + leaseMs],
        );
        return true;
      });
    },
    dispose: () => kept?.close(),
  };
}

/** An empty file is no study yet either, and stays empty until there is one to write. */
const isEmpty = (file: string) => (statSync(file, { throwIfNoEntry: false })?.size ?? 0) === 0;

/**
 * Looks at the file's header before SQLite does, which may tidy up what is not ours.
 *
 * @see https://www.sqlite.org/fileformat2.html#the_database_header
 */
function refuseForeign(file: string, where: string): void {
  const header = Buffer.alloc(100);
  let length: number;
  try {
    // A pipe that nobody writes into would never open.
    const found = statSync(file, { throwIfNoEntry: false });
    if (found && !found.isFile() && !found.isDirectory())
      throw new ArchError("it is no regular file", { where });
    const descriptor = openSync(file, "r");
    try {
      length = readSync(descriptor, header, 0, header.length, 0);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    if (error instanceof ArchError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return;
    throw new ArchError(`it cannot be read (${code})`, {
      where,
      fix: "Give a file that you may read and write",
    });
  }
  if (length === 0) return;
  if (header.toString("latin1", 0, 16) !== "SQLite format 3\0") {
    throw new ArchError("this is no SQLite database", { where, fix: "Give another file" });
  }
  if (header.readUInt32BE(68) !== applicationId) throw foreign(where);
  if (header.readUInt32BE(60) > schemaVersion) {
    throw new ArchError("this study is of a later version of archbert", { where, fix: "Update archbert" });
  }
}

function opened(database: DatabaseSync, where: string): DatabaseSync {
  try {
    // Functions that a foreign schema would call are none of ours; another process may be writing.
    database.exec("PRAGMA trusted_schema = OFF; PRAGMA busy_timeout = 10000");
    database.exec("BEGIN IMMEDIATE");
    const tables = Number(database.prepare("SELECT count(*) AS count FROM sqlite_schema").get()?.count);
    if (tables === 0) database.exec(schema);
    // Triggers, views and virtual tables would run what others wrote.
    if (database.prepare(`SELECT 1 FROM sqlite_schema WHERE ${runsCode}`).get()) throw foreign(where);
    database.exec("COMMIT");
    const check = database.prepare("PRAGMA quick_check(1)").get();
    if (check && Object.values(check)[0] !== "ok") throw damaged(where);
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

const runsCode = "type NOT IN ('table', 'index') OR sql LIKE 'CREATE VIRTUAL%'";

const foreign = (where: string) =>
  new ArchError("this database is no study", { where, fix: "Give another file" });

const unopened = (where: string) =>
  new ArchError("it cannot be opened", { where, fix: "Give a file in a folder that exists" });

const damaged = (where: string) =>
  new ArchError("this database is damaged", { where, fix: "Give another file, or a copy of it" });

/** SQLite's complaints about the file, in the user's terms. */
function guarded<T>(where: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof ArchError || !(error instanceof Error) || !("errcode" in error)) throw error;
    // The low byte of a result code says its kind. @see https://www.sqlite.org/rescode.html
    const kind = Number(error.errcode) & 0xff;
    const told: Record<number, [string, string]> = {
      5: ["another process keeps the study locked", "Wait for it, or end it"],
      8: ["the study cannot be written to", "Give a place that you may write to"],
      10: ["the disk fails", "Give another place"],
      13: ["the disk is full", "Make room"],
      26: ["this is no SQLite database", "Give another file"],
    };
    if (kind === 11) throw damaged(where);
    if (kind === 14) throw unopened(where);
    const [message, fix] = told[kind] ?? [`the study cannot be used: ${error.message}`, "Give another file"];
    throw new ArchError(message, { where, fix });
  }
}

function workerOf(text: unknown): Worker {
  try {
    const { host, pid, run } = JSON.parse(String(text)) as Partial<Worker>;
    if (typeof host === "string" && typeof pid === "number" && pid > 0 && typeof run === "string") {
      return { host, pid, run };
    }
  } catch {
    // Damaged: then it is nobody we know, and its lease decides.
  }
  return { host: "", pid: 0, run: "" };
}
