// Cells over the wire: what a real kernel process answers to execute_request.
import assert from "node:assert/strict";
import { type Kernel, ofType, resultText, startKernel, streamText } from "./client";

describe("execute_request", function () {
  this.timeout(15_000);
  let kernel: Kernel;

  before(async () => {
    kernel = await startKernel();
  });
  after(() => kernel.stop());

  it("answers busy, execute_input, stream, execute_result, idle in this order", async () => {
    const exchange = await kernel.execute('console.log("hello"); 6 * 7');
    assert.deepEqual(
      exchange.iopub.map(({ header, content }) => content.execution_state ?? header.msg_type),
      ["busy", "execute_input", "stream", "execute_result", "idle"],
    );
    assert.equal(exchange.reply.content.status, "ok");
    assert.equal(streamText(exchange), "hello\n");
    assert.equal(resultText(exchange), "42");
    const [input] = ofType(exchange, "execute_input");
    assert.equal(input?.content.code, 'console.log("hello"); 6 * 7');
    assert.equal(input?.content.execution_count, exchange.reply.content.execution_count);
  });

  it("tells an error by ename, evalue and a traceback without frames of the kernel", async () => {
    const exchange = await kernel.execute('function f() {\n  throw new RangeError("too far");\n}\nf();');
    const { status, ename, evalue, traceback } = exchange.reply.content;
    assert.deepEqual([status, ename, evalue], ["error", "RangeError", "too far"]);
    const text = (traceback as string[]).join("\n");
    assert.match(text, /too far/);
    assert.match(text, /:2/);
    assert.doesNotMatch(text, /node_modules|dist\/kernel|node:internal|node:vm/);
    assert.deepEqual(
      ofType(exchange, "error").map(({ content }) => content.ename),
      ["RangeError"],
    );
  });

  it("tells a type error with its line and does not run the cell", async () => {
    const exchange = await kernel.execute('console.log("ran");\nconst n: number = "text";');
    assert.equal(exchange.reply.content.ename, "CompileError");
    assert.match((exchange.reply.content.traceback as string[]).join("\n"), /line 2, column 7.*TS2322/);
    assert.equal(streamText(exchange), "");
  });

  for (const [thrown, evalue] of [
    ['"a string"', "a string"],
    ["undefined", "undefined"],
    ["null", "null"],
    ["Object.create(null)", "a value that cannot be shown"],
  ] as const) {
    it(`survives throw ${thrown}`, async () => {
      const { reply } = await kernel.execute(`throw ${thrown};`);
      assert.equal(reply.content.status, "error");
      assert.equal(reply.content.evalue, evalue);
    });
  }

  it("keeps variables, functions and types across cells", async () => {
    await kernel.execute("interface Point { x: number }\nconst p: Point = { x: 3 };\nlet k = 2;");
    await kernel.execute("k += 1; function twice(q: Point) { return 2 * q.x; }");
    assert.equal(resultText(await kernel.execute("twice(p) + k")), "9");
  });

  it("honours silent: no output, no count, no history", async () => {
    const first = await kernel.execute("1");
    const silent = await kernel.execute('console.log("secret"); 5', { silent: true });
    assert.deepEqual(
      silent.iopub.map(({ content }) => content.execution_state),
      ["busy", "idle"],
    );
    const next = await kernel.execute("2");
    assert.equal(next.reply.content.execution_count, Number(first.reply.content.execution_count) + 1);
  });

  it("honours store_history: false", async () => {
    const first = await kernel.execute("1");
    await kernel.execute('"not stored"', { store_history: false });
    const { reply } = await kernel.request("shell", "history_request", {
      hist_access_type: "tail",
      n: 1,
      output: false,
      raw: true,
    });
    assert.deepEqual(reply.content.history, [[0, first.reply.content.execution_count, "1"]]);
  });

  it("evaluates user_expressions after the cell, each by itself", async () => {
    const { reply } = await kernel.execute("const total = 40;", {
      user_expressions: { sum: "total + 2", broken: "total.nope", object: "{ a: 1 }" },
    });
    const { sum, broken, object } = reply.content.user_expressions as Record<string, Record<string, unknown>>;
    assert.equal(sum?.status, "ok");
    assert.deepEqual(sum?.data, { "text/plain": "42" });
    assert.equal(broken?.status, "error");
    assert.equal(object?.status, "ok");
  });

  it("aborts only the cells that already wait when one fails", async () => {
    const failing = kernel.start("await new Promise((r) => setTimeout(r, 100)); throw new Error('first')");
    const waiting = [kernel.start("1"), kernel.start("2")];
    const info = kernel.send("shell", "kernel_info_request", {});
    assert.equal((await failing.done).reply.content.status, "error");
    for (const { done } of waiting) assert.deepEqual((await done).reply.content, { status: "aborted" });
    assert.equal((await info.done).reply.content.status, "ok");
    assert.equal((await kernel.execute("3")).reply.content.status, "ok");
  });

  it("goes on after an error where stop_on_error is false", async () => {
    const failing = kernel.start("throw new Error('first')", { stop_on_error: false });
    const next = kernel.start("1 + 1");
    assert.equal((await failing.done).reply.content.status, "error");
    assert.equal(resultText(await next.done), "2");
  });

  it("sends 200,000 lines of one cell whole and in order", async () => {
    const exchange = await kernel.execute("for (let i = 0; i < 200_000; i++) console.log(i);");
    const lines = streamText(exchange).split("\n");
    assert.equal(lines.length, 200_001);
    assert.ok(lines.every((line, i) => i === 200_000 || line === String(i)));
    assert.equal(exchange.iopub.at(-1)?.content.execution_state, "idle");
  });

  it("keeps stdout and stderr in the order of the cell", async () => {
    const exchange = await kernel.execute(
      'console.log("a"); console.error("b"); process.stdout.write("c\\n");',
    );
    const streams = ofType(exchange, "stream").map(({ content }) => [content.name, content.text]);
    assert.deepEqual(streams, [
      ["stdout", "a\n"],
      ["stderr", "b\n"],
      ["stdout", "c\n"],
    ]);
  });

  it("shows text while the cell still runs", async () => {
    const cell = kernel.start(
      'console.log("early"); const end = Date.now() + 400; while (Date.now() < end) console.log(".");',
    );
    await kernel.seen(
      ({ header, content, parent }) =>
        parent.msg_id === cell.id && header.msg_type === "stream" && String(content.text).includes("early"),
    );
    assert.ok(
      !kernel.iopub.some(
        ({ header, content, parent }) =>
          parent.msg_id === cell.id && header.msg_type === "status" && content.execution_state === "idle",
      ),
    );
    await cell.done;
  });

  it("displays, updates and clears", async () => {
    const exchange = await kernel.execute(
      'const d = display.html("<b>1</b>"); console.log("between"); d.update("two"); clearOutput({ wait: true });',
    );
    assert.deepEqual(
      exchange.iopub.map(({ header }) => header.msg_type),
      ["status", "execute_input", "display_data", "stream", "update_display_data", "clear_output", "status"],
    );
    const [shown, updated] = ["display_data", "update_display_data"].map(
      (type) => ofType(exchange, type)[0]?.content,
    );
    assert.equal(new Map(Object.entries(shown?.data ?? {})).get("text/html"), "<b>1</b>");
    assert.deepEqual(shown?.transient, updated?.transient);
  });

  it("does not show the handle of a display as a result", async () => {
    const exchange = await kernel.execute('display.markdown("*once*")');
    assert.equal(ofType(exchange, "display_data").length, 1);
    assert.deepEqual(ofType(exchange, "execute_result"), []);
  });

  it("shows what is displayed through the module tslab", async () => {
    const exchange = await kernel.execute(
      'import * as tslab from "tslab"; tslab.display.html("<b>old</b>"); const box = tslab.newDisplay(); box.text("1"); box.text("2");',
    );
    assert.deepEqual(
      exchange.iopub
        .filter(({ header }) => header.msg_type.endsWith("display_data"))
        .map(({ header, content }) => [header.msg_type, content.data]),
      [
        ["display_data", { "text/html": "<b>old</b>" }],
        ["display_data", { "text/plain": "1" }],
        ["update_display_data", { "text/plain": "2" }],
      ],
    );
  });

  it("tells of an error in a timer and lives on", async () => {
    await kernel.execute('setTimeout(() => { throw new Error("late trouble"); }, 10);');
    const late = await kernel.seen(
      ({ header, content }) => header.msg_type === "stream" && String(content.text).includes("late trouble"),
    );
    assert.equal(late.content.name, "stderr");
    await kernel.execute('Promise.reject(new Error("nobody waits")); void 0');
    await kernel.seen(
      ({ header, content }) => header.msg_type === "stream" && String(content.text).includes("nobody waits"),
    );
    assert.equal(resultText(await kernel.execute("1 + 1")), "2");
  });

  it("keeps the declarations of a cell that failed half-way", async () => {
    await kernel.execute("const early = 5;\nthrow new Error('after');");
    assert.equal(resultText(await kernel.execute("early")), "5");
  });
});
