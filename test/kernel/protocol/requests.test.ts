// Every other message of the protocol, over the wire.
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { type Kernel, kernelCommand, ofType, resultText, startKernel, streamText } from "./client";

describe("requests over the wire", function () {
  this.timeout(15_000);
  let kernel: Kernel;

  before(async () => {
    kernel = await startKernel();
  });
  after(() => kernel.stop());

  it("answers kernel_info on shell and control, also while a cell computes", async () => {
    const cell = kernel.start("const until = Date.now() + 1500; while (Date.now() < until) {}");
    await sleep(100);
    const { reply } = await kernel.request("control", "kernel_info_request", {});
    await kernel.heartbeat();
    assert.ok(
      !kernel.iopub.some(
        ({ parent, content }) => parent.msg_id === cell.id && content.execution_state === "idle",
      ),
    );
    await cell.done;
    assert.deepEqual((await kernel.request("shell", "kernel_info_request", {})).reply.content, reply.content);
  });

  it("answers connect and usage", async () => {
    const { reply } = await kernel.request("shell", "connect_request", {});
    assert.ok(Number(reply.content.iopub_port) > 0);
    const usage = await kernel.request("control", "usage_request", {});
    assert.equal(usage.reply.content.pid, kernel.process.pid);
  });

  for (const type of ["debug", "create_subshell", "delete_subshell", "list_subshell"]) {
    it(`refuses ${type}_request in a sentence`, async () => {
      const { reply } = await kernel.request("control", `${type}_request`, {});
      assert.equal(reply.content.status, "error");
      assert.match(String(reply.content.evalue), /This kernel has no/);
    });
  }

  it("logs an unknown message type, and shows nothing in a cell", async () => {
    const before = kernel.iopub.length;
    const { id } = kernel.send("shell", "frobnicate_request", {});
    await kernel.seen(({ parent, content }) => parent.msg_id === id && content.execution_state === "idle");
    assert.deepEqual(
      kernel.iopub.slice(before).map(({ header }) => header.msg_type),
      ["status", "status"],
    );
    assert.match(kernel.log(), /unknown message type "frobnicate_request"/);
  });

  it("ignores bad signatures, repeated messages and garbage", async () => {
    const spoilt = kernel.frames("execute_request", { code: 'console.log("forged")' });
    spoilt[1] = Buffer.from("0".repeat(64));
    const replayed = kernel.frames("execute_request", { code: 'console.log("once")', silent: false });
    await kernel.sendRaw("shell", spoilt);
    await kernel.sendRaw("shell", replayed);
    await kernel.sendRaw("shell", replayed);
    await kernel.sendRaw("shell", ["garbage"]);
    await kernel.sendRaw("control", ["<IDS|MSG>", "", "{", "[", "1", "null"]);
    await kernel.sendRaw("shell", [Buffer.alloc(1 << 20, 255), "<IDS|MSG>"]);
    await kernel.sendRaw("stdin", [""]);
    assert.equal(resultText(await kernel.execute("1 + 1")), "2");
    const texts = kernel.iopub
      .filter(({ header }) => header.msg_type === "stream")
      .map(({ content }) => content.text);
    assert.ok(!texts.join("").includes("forged"));
    assert.equal(texts.join("").split("once").length, 2);
  });

  it("completes with positions in code points", async () => {
    await kernel.execute("const netzwerk = { schichten: 3 };");
    const code = '"😀"; netzwerk.schi';
    const { reply } = await kernel.request("shell", "complete_request", {
      code,
      cursor_pos: [...code].length,
    });
    assert.deepEqual(reply.content.matches, ["schichten"]);
    assert.equal(reply.content.cursor_start, [...code].length - 4);
    assert.equal(reply.content.cursor_end, [...code].length);
    const types = (reply.content.metadata as Record<string, { text: string; type: string }[]>)
      ._jupyter_types_experimental;
    assert.equal(types?.[0]?.text, "schichten");
  });

  it("inspects a name, and says so when there is nothing to show", async () => {
    await kernel.execute("/** How many. */\nconst anzahl: number = 3;");
    const { reply } = await kernel.request("shell", "inspect_request", {
      code: "anzahl",
      cursor_pos: 3,
      detail_level: 0,
    });
    assert.equal(reply.content.found, true);
    assert.match((reply.content.data as Record<string, string>)["text/plain"] ?? "", /anzahl: number/);
    const none = await kernel.request("shell", "inspect_request", {
      code: "   ",
      cursor_pos: 1,
      detail_level: 0,
    });
    assert.equal(none.reply.content.found, false);
  });

  for (const [code, status] of [
    ["1 + 1", "complete"],
    ["function f() {", "incomplete"],
    ["const s = `half", "incomplete"],
    ["const = 3;", "invalid"],
    ["await (async () => 1)()", "complete"],
    ["%lsmagic", "complete"],
  ] as const) {
    it(`finds ${JSON.stringify(code)} ${status}`, async () => {
      const { reply } = await kernel.request("shell", "is_complete_request", { code });
      assert.equal(reply.content.status, status);
    });
  }

  it("answers history by tail, range and search, unique too", async () => {
    const ask = async (content: Record<string, unknown>) =>
      (await kernel.request("shell", "history_request", { output: false, raw: true, ...content })).reply
        .content.history as unknown[][];
    const first = await kernel.execute("'history 1'");
    await kernel.execute("'history 2'");
    await kernel.execute("'history 1'");
    const line = Number(first.reply.content.execution_count);
    assert.deepEqual(
      (await ask({ hist_access_type: "tail", n: 2 })).map((h) => h[2]),
      ["'history 2'", "'history 1'"],
    );
    assert.deepEqual(await ask({ hist_access_type: "range", session: 0, start: line, stop: line + 2 }), [
      [0, line, "'history 1'"],
      [0, line + 1, "'history 2'"],
    ]);
    const found = await ask({ hist_access_type: "search", pattern: "'history*", unique: true });
    assert.deepEqual(found.map((h) => h[2]).sort(), ["'history 1'", "'history 2'"]);
    assert.deepEqual(await ask({ hist_access_type: "search", pattern: "no*such" }), []);
    assert.deepEqual((await ask({ hist_access_type: "tail", n: 1, output: true }))[0]?.[2], [
      "'history 1'",
      "history 1",
    ]);
  });

  it("asks for input, plain and secret", async () => {
    kernel.onInput = ({ header, content }) => {
      assert.deepEqual(content, { prompt: "Your name? ", password: true });
      kernel.sendMessage("stdin", {
        identities: [],
        header: { ...header, msg_id: `${header.msg_id}-reply`, msg_type: "input_reply" },
        parent: header,
        metadata: {},
        content: { status: "ok", value: "Ada" },
        buffers: [],
      });
    };
    const exchange = await kernel.execute(
      'const name = prompt("Your name? ", { password: true }); name.length',
      { allow_stdin: true },
    );
    assert.equal(resultText(exchange), "3");
  });

  it("interrupts a cell that waits for input", async () => {
    kernel.onInput = () => {};
    const cell = kernel.start('prompt("never answered")', { allow_stdin: true });
    await sleep(200);
    await kernel.interrupt();
    assert.equal((await cell.done).reply.content.ename, "Interrupted");
    assert.equal(resultText(await kernel.execute("1 + 1")), "2");
  });

  it("asks a console to exit on exit and quit, unless they are names of the user's", async () => {
    for (const code of ["exit", " quit\n"]) {
      const { reply } = await kernel.execute(code);
      assert.deepEqual(reply.content.payload, [{ source: "ask_exit", keepkernel: false }]);
    }
    await kernel.execute("const exit = 5;");
    assert.equal(resultText(await kernel.execute("exit")), "5");
  });

  it("says that a front end cannot ask", async () => {
    const { reply } = await kernel.execute('prompt("?")', { allow_stdin: false });
    assert.match(String(reply.content.evalue), /cannot ask for input/);
  });

  it("opens, uses and closes comms in both directions", async () => {
    await kernel.execute(
      'comms.registerTarget("echo", (comm, opened) => { comm.send({ opened: opened.data }); comm.onMessage(({ data }) => comm.send({ echo: data })); });',
    );
    const opened = await kernel.request("shell", "comm_open", {
      comm_id: "c1",
      target_name: "echo",
      data: { a: 1 },
    });
    assert.deepEqual(
      ofType(opened, "comm_msg").map(({ content }) => content.data),
      [{ opened: { a: 1 } }],
    );
    const said = await kernel.request("shell", "comm_msg", { comm_id: "c1", data: { b: 2 } });
    assert.deepEqual(
      ofType(said, "comm_msg").map(({ content }) => content.data),
      [{ echo: { b: 2 } }],
    );
    const info = await kernel.request("shell", "comm_info_request", { target_name: "echo" });
    assert.deepEqual(info.reply.content.comms, { c1: { target_name: "echo" } });
    await kernel.request("shell", "comm_close", { comm_id: "c1", data: {} });
    const after = await kernel.request("shell", "comm_info_request", {});
    assert.deepEqual(after.reply.content.comms, {});
    const refused = await kernel.request("shell", "comm_open", {
      comm_id: "c2",
      target_name: "nobody",
      data: {},
    });
    assert.equal(ofType(refused, "comm_close").length, 1);
    const fromCell = await kernel.execute(
      'const c = comms.open("front-end", { hello: 1 }); c.send({ more: 2 }); c.close();',
    );
    assert.deepEqual(
      fromCell.iopub.map(({ header }) => header.msg_type).filter((type) => type.startsWith("comm_")),
      ["comm_open", "comm_msg", "comm_close"],
    );
  });

  it("serves two clients at once, each with its own replies", async () => {
    const other = await kernel.connect();
    await other.seen(({ header }) => header.msg_type === "iopub_welcome");
    const cells = Array.from({ length: 20 }, (_, i) => [i % 2 ? kernel : other, i] as const);
    const results = await Promise.all(cells.map(([client, i]) => client.execute(`${i} * 10`)));
    assert.deepEqual(
      results.map(resultText),
      cells.map(([, i]) => String(i * 10)),
    );
    other.close();
  });
});

describe("the end of a kernel", function () {
  this.timeout(15_000);

  it("replies to shutdown_request and exits", async () => {
    const kernel = await startKernel();
    const { reply } = await kernel.request("control", "shutdown_request", { restart: true });
    assert.deepEqual(reply.content, { status: "ok", restart: true });
    assert.equal(await kernel.exited, 0);
    await kernel.stop();
  });

  it("shuts down while a cell computes", async () => {
    const kernel = await startKernel();
    kernel.start("while (true) {}");
    await sleep(1500);
    await kernel.request("control", "shutdown_request", { restart: false });
    await kernel.exited;
    await kernel.stop();
  });

  it("sends what a cell printed before process.exit()", async () => {
    const kernel = await startKernel();
    const exchange = await kernel.execute('console.log("last words"); process.exit(3);');
    assert.equal(streamText(exchange), "last words\n");
    assert.equal(await kernel.exited, 3);
    await kernel.stop();
  });

  it("leaves no process behind when its front end is killed", async () => {
    const helper = `
      const { spawn } = require("node:child_process");
      const command = JSON.parse(process.argv[1]);
      const kernel = spawn(command[0], command.slice(1),
        { detached: true, stdio: "ignore", env: { ...process.env, JPY_PARENT_PID: String(process.pid) } });
      console.log(kernel.pid);
      setInterval(() => {}, 1000);`;
    const kernel = await startKernel(); // lends its connection file's shape
    const connection = JSON.parse(readFileSync(`${kernel.folder}/connection.json`, "utf8"));
    await kernel.request("control", "shutdown_request", { restart: false });
    await kernel.exited;
    const file = `${kernel.folder}/connection.json`;
    assert.ok(connection.key);
    const frontEnd: ChildProcess = spawn(
      process.execPath,
      ["-e", helper, JSON.stringify(kernelCommand(file))],
      {
        stdio: ["ignore", "pipe", "ignore"],
      },
    );
    const pid = Number(await new Promise((resolve) => frontEnd.stdout?.once("data", resolve)));
    await sleep(1500);
    assert.ok(alive(pid), "the kernel did not start");
    frontEnd.kill("SIGKILL");
    const deadline = Date.now() + 10_000;
    while (alive(pid) && Date.now() < deadline) await sleep(100);
    assert.ok(!alive(pid), "the kernel lives on");
    await kernel.stop();
  });
});

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe("a long session", function () {
  this.timeout(180_000);

  it("keeps its memory flat over 1,000 cells @slow", async () => {
    const kernel = await startKernel();
    // The heap after a full collection: what V8 holds beyond that depends on when it last felt like collecting.
    await kernel.execute(
      'require("node:v8").setFlagsFromString("--expose-gc");\nconst gc = require("node:vm").runInNewContext("gc");',
    );
    const heapMb = async () =>
      Number(resultText(await kernel.execute("gc(); process.memoryUsage().heapUsed / 2 ** 20")));
    const cells = [
      "const a = 1;",
      "let b = [1, 2, 3].map((x) => x * 2); b",
      "function f(x: number) { return x + 1; }",
      "console.log(f(2));",
      "({ a, b })",
    ];
    const run = async (count: number) => {
      for (let i = 0; i < count; i++) await kernel.execute(cells[i % cells.length] as string);
    };
    await run(200);
    const before = await heapMb();
    await run(1000);
    const after = await heapMb();
    await kernel.stop();
    assert.ok(after - before < 10, `grew from ${before} to ${after} MB`);
  });
});
