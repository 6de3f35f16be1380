// What an interrupt leaves behind.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { inNotebook } from "./compiler/notebook";

describe("kernel: an interrupted cell", () => {
  it(
    "rejects at once and keeps what it had declared",
    inNotebook(async ({ language, run }) => {
      const cell = language.execute(
        "let before = 1; function f() { return before } await new Promise(() => {}); let after = 2",
      );
      setTimeout(() => language.interrupt(), 20);
      await assert.rejects(cell, { name: "Interrupted" });
      assert.equal(await run("f() + before"), 2);
      await assert.rejects(run("after"), { name: "CompileError" });
    }),
  );
  it(
    "does not go on later",
    inNotebook(async ({ language, run }) => {
      await run(
        'import { setTimeout as sleep } from "node:timers/promises"; let x = 0; const log: string[] = []',
      );
      const cell = language.execute('x = 1; await sleep(40); x = 2; log.push("late")');
      const loop = language.execute.bind(language);
      setTimeout(() => language.interrupt(), 10);
      await assert.rejects(cell, { name: "Interrupted" });
      await run("x = 7");
      const each = loop(
        'for await (const n of (async function* () { for (let i = 0; ; i++) { await sleep(5); yield i } })()) log.push("n")',
      );
      setTimeout(() => language.interrupt(), 30);
      await assert.rejects(each, { name: "Interrupted" });
      const length = await run("log.length");
      await sleep(80);
      assert.equal(await run("x"), 7);
      assert.equal(await run("log.length"), length);
      assert.equal(await run('log.includes("late")'), false);
    }),
  );
  it(
    "ignores a rejection that comes too late",
    inNotebook(async ({ language, run }) => {
      const cell = language.execute(
        'await new Promise((_, reject) => setTimeout(() => reject(new Error("late")), 30))',
      );
      setTimeout(() => language.interrupt(), 5);
      await assert.rejects(cell, { name: "Interrupted" });
      await sleep(50);
      assert.equal(await run("1"), 1);
    }),
  );
  it(
    "is no matter when nothing runs",
    inNotebook(async ({ language, run }) => {
      language.interrupt();
      assert.equal(await run("1"), 1);
      language.interrupt();
      assert.equal(await run("await 2"), 2);
    }),
  );
  it(
    "while it loads a module does not run",
    inNotebook(
      async ({ language, run }) => {
        await run("(globalThis as any).ran = false");
        const cell = language.execute('import "waits"; (globalThis as any).ran = true');
        setTimeout(() => language.interrupt(), 20);
        await assert.rejects(cell, { name: "Interrupted" });
        await sleep(100);
        assert.equal(await run("(globalThis as any).ran"), false);
      },
      {
        files: {
          "node_modules/waits/package.json": '{"name":"waits","type":"module","exports":"./i.js"}',
          "node_modules/waits/i.js": "await new Promise((done) => setTimeout(done, 80));",
        },
      },
    ),
  );
});

/** A script in which `terminate(ms)` ends what the main thread does, from a worker, as the kernel does. */
const terminating = `
  const { Worker } = require("node:worker_threads");
  const { setTimeout: sleep } = require("node:timers/promises");
  const { createLanguage } = require(${JSON.stringify(require.resolve("../../kernel/tslab"))});
  const terminate = (ms) => new Worker(\`
    const { Session } = require("node:inspector");
    setTimeout(() => {
      const session = new Session();
      session.connectToMainThread();
      session.post("Runtime.terminateExecution");
      setTimeout(() => process.exit(), 50);
    }, \${ms});\`, { eval: true });
  const language = createLanguage({ folder: process.cwd(), globals: {} });
  async function afterTermination(cell, then, waitMs) {
    await language.execute("let state = 1");
    language.complete("", 0); // reads all libraries, so that the cell runs when it is terminated
    let outcome = "pending";
    // From the callback of a port, as in the kernel: in those of Node's own queues a termination leaves a mess.
    const { port1, port2 } = new MessageChannel();
    port1.on("message", () => language.execute(cell).then(() => (outcome = "done"), (error) => (outcome = error.name)));
    port2.postMessage("go");
    terminate(200);
    await sleep(waitMs);
    language.interrupt();
    await sleep(10);
    const { value } = await language.execute(then);
    console.log(JSON.stringify({ outcome, value }));
    process.exit();
  }`;

function afterTermination(cell: string, then: string, waitMs = 800): { outcome: string; value: unknown } {
  const script = `${terminating}\nafterTermination(${JSON.stringify(cell)}, ${JSON.stringify(then)}, ${waitMs});`;
  // Without the flag Node takes a termination inside a callback for a fault of its own, and aborts.
  const { stdout, stderr, status, signal } = spawnSync(
    process.execPath,
    ["--no-force-async-hooks-checks", "-e", script],
    {
      encoding: "utf8",
      timeout: 20_000,
    },
  );
  assert.ok(stdout, `${status} ${signal} ${stderr}`);
  return JSON.parse(stdout) as { outcome: string; value: unknown };
}

describe("kernel: a terminated thread", function () {
  this.timeout(30_000);
  for (const [title, cell, declared] of [
    ["in a busy loop", "let reached = 5; for (;;) {}", 5],
    ["in a busy loop after an await", "let reached = 6; await 1; for (;;) {}", 6],
    ["in Atomics.wait", "let reached = 7; Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)", 7],
  ] as const) {
    it(`goes on, ${title}`, () => {
      const { outcome, value } = afterTermination(cell, "state + reached");
      assert.match(outcome, /^(pending|Interrupted)$/);
      assert.equal(value, 1 + declared);
    });
  }
  it("goes on when it was compiling", () => {
    const huge = Array.from({ length: 1800 }, (_, i) => `const v${i} = [${i}].map((x) => ({ x, y: [x] }))`);
    assert.equal(afterTermination(huge.join("\n"), "state", 1500).value, 1);
  });
});
