// Interrupts: each kind of stuck cell is stopped, quickly, and the kernel keeps its state.
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { type Kernel, resultText, startKernel } from "./client";

const stuck: Record<string, string> = {
  "a busy loop": "while (true) {}",
  "a busy loop after an await": "await null; while (true) {}",
  "a busy loop after a timer": "await new Promise((r) => setTimeout(r, 20)); for (;;) {}",
  "a busy timer": "await new Promise(() => setTimeout(() => { for (;;) {} }, 10));",
  "a busy microtask": "await Promise.resolve().then(() => { for (;;) {} });",
  "a promise that never resolves": "await new Promise(() => {});",
  "a sleep": "await new Promise((r) => setTimeout(r, 60_000));",
  "Atomics.wait": "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);",
  "a regular expression that backtracks": '/^(a+)+$/.test("a".repeat(40) + "b");',
  "a loop that prints": 'for (;;) console.log("x");',
  "a loop that catches": "for (;;) { try { JSON.parse('{'); } catch {} }",
  "a promise chain that never ends":
    "const spin = (): Promise<void> => Promise.resolve().then(spin); await spin();",
  "a busy loop in a local function": "function spin(n: number): number { for (;;) n++; }\nspin(0);",
};

describe("interrupt_request", function () {
  this.timeout(15_000);
  let kernel: Kernel;

  before(async () => {
    kernel = await startKernel();
    await kernel.execute("let kept = 41;");
  });
  after(() => kernel.stop());

  for (const [name, code] of Object.entries(stuck)) {
    it(`stops ${name} and keeps the state`, async () => {
      const cell = kernel.start(code);
      await kernel.seen(
        ({ header, parent }) => header.msg_type === "execute_input" && parent.msg_id === cell.id,
      );
      await sleep(200);
      const start = performance.now();
      await kernel.interrupt();
      const { reply } = await cell.done;
      assert.ok(performance.now() - start < 2000, "took too long");
      assert.deepEqual([reply.content.status, reply.content.ename], ["error", "Interrupted"]);
      assert.equal(resultText(await kernel.execute("kept + 1")), "42");
    });
  }

  it("does no harm while the kernel is idle, however often", async () => {
    for (let i = 0; i < 20; i++) await kernel.interrupt();
    assert.equal(resultText(await kernel.execute("kept + 1")), "42");
  });

  it("does no harm right before, during and right after short cells", async () => {
    for (let i = 0; i < 30; i++) {
      const cell = kernel.start("let sum = 0; for (let i = 0; i < 1e6; i++) sum += i; sum");
      await sleep(i * 2);
      await kernel.interrupt();
      await cell.done;
    }
    assert.equal(resultText(await kernel.execute("kept + 1")), "42");
  });

  it("aborts the cells that wait behind the one it stops", async () => {
    const first = kernel.start("await new Promise(() => {});");
    const second = kernel.start('console.log("must not run")');
    await sleep(100);
    await kernel.interrupt();
    assert.equal((await first.done).reply.content.ename, "Interrupted");
    assert.deepEqual((await second.done).reply.content, { status: "aborted" });
  });

  it("keeps what the stopped cell had declared", async () => {
    const cell = kernel.start("const before = 7;\nawait new Promise(() => {});");
    await sleep(200);
    await kernel.interrupt();
    await cell.done;
    assert.equal(resultText(await kernel.execute("before")), "7");
  });

  it("stops a timer that blocks the kernel after its cell", async () => {
    await kernel.execute("setTimeout(() => { for (;;) {} }, 5); void 0");
    await sleep(100);
    await kernel.interrupt();
    assert.equal(resultText(await kernel.execute("kept + 1")), "42");
  });
});
