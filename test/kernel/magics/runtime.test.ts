import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Architecture } from "../../../archbert";
import { ArchError } from "../../../archbert/graph/errors";
import { type Displayable, jupyterDisplay } from "../../../kernel/display/mime";
import { createMagicRuntime } from "../../../kernel/magics";
import { checkPackage, runNpm } from "../../../kernel/magics/npm";
import { showProgress } from "../../../kernel/magics/progress";
import { duration } from "../../../kernel/magics/time";
import { fakeHost } from "./host";
import { fakeLanguage } from "./language";

const node = (id: string, input: string): Architecture["nodes"][number] => ({
  id,
  op: "relu",
  inputs: [input],
  outputs: [{ id: `${id}:out`, shape: [1, 8], dtype: "float32" }],
  attributes: {},
  parameters: [],
  source: { name: id, ops: ["Relu"] },
});
const network: Architecture = {
  version: 1,
  name: "two rectifiers",
  format: "onnx",
  inputs: [{ id: "x", shape: [1, 8], dtype: "float32" }],
  outputs: ["b:out"],
  nodes: [node("a", "x"), node("b", "a:out")],
  metadata: {},
};

const failsWith = (message: RegExp) => (error: unknown) =>
  error instanceof ArchError && message.test(error.message);

describe("magics: runtime", () => {
  it("calls the verbs", async () => {
    const { archbert } = createMagicRuntime(fakeHost());
    const facts = await archbert.facts({ network });
    assert.deepEqual(facts.ops, { relu: 2 });
    const { text, claims } = await archbert.caption({ network, style: "short" });
    assert.ok(text.length > 0 && claims.length > 0);
  });

  it("lets results show themselves, escaped, without changing their data", async () => {
    const { archbert } = createMagicRuntime(fakeHost());
    const named = { ...network, name: "<script>" };
    for (const result of [
      await archbert.facts({ network: named }),
      await archbert.caption({ network: named }),
    ]) {
      const bundle = await (result as object as Displayable)[jupyterDisplay]();
      assert.ok(String(bundle["text/plain"]).length > 20);
      assert.doesNotMatch(String(bundle["text/html"]), /<script>/);
      assert.deepEqual(structuredClone(result), result);
      assert.deepEqual(Object.getOwnPropertySymbols({ ...result }), []);
    }
  });

  it("says what is no architecture, no file, no option", async () => {
    const { archbert } = createMagicRuntime(fakeHost());
    const wrong = 3 as unknown as Architecture;
    await assert.rejects(
      archbert.facts({ network: wrong }),
      failsWith(/^facts: network is a number, not an architecture/),
    );
    const promise = Promise.resolve(network) as unknown as Architecture;
    await assert.rejects(archbert.facts({ network: promise }), failsWith(/a promise \(await it\)/));
    await assert.rejects(
      archbert.load({ source: "no such.onnx" }),
      failsWith(/^no such\.onnx: no such file/),
    );
    const style = "shrot" as "short";
    await assert.rejects(archbert.caption({ network, style }), failsWith(/"shrot" .* Did you mean short\?/));
  });

  it("stops where the cell was interrupted", async () => {
    const host = fakeHost();
    host.abort.abort(new Error("stopped"));
    await assert.rejects(createMagicRuntime(host).archbert.facts({ network }), /stopped/);
  });

  it("shows values but undefined", async () => {
    const host = fakeHost();
    const { show } = createMagicRuntime(host);
    await show(Promise.resolve(7));
    await show(undefined);
    assert.deepEqual(
      host.shown.map(({ value }) => value),
      [7],
    );
  });

  it("pages help on magics and names", async () => {
    const language = {
      ...fakeLanguage(),
      inspect: () => ({ signature: "const net: Architecture", documentation: "" }),
    };
    const host = fakeHost({ language });
    const { help } = createMagicRuntime(host);
    for (const topic of ["%archbert caption", "%archbert capton", "%nothing", "net"]) await help(topic);
    const pages = host.paged.map(String);
    assert.match(pages[0] ?? "", /^%archbert caption NETWORK/);
    assert.match(pages[1] ?? "", /no "capton"\. Did you mean %archbert caption\?/);
    assert.match(pages[2] ?? "", /There is no magic %nothing/);
    assert.equal(pages[3], "const net: Architecture");
  });

  it("times an expression and a cell, and keeps the value", async () => {
    const host = fakeHost();
    const { time } = createMagicRuntime(host);
    assert.equal(await time.end(time.begin(), Promise.resolve(5)), 5);
    time.beginCell();
    await new Promise((resolve) => setTimeout(resolve, 30));
    assert.equal(await time.endCell("v"), "v");
    const line = /^stdout: Wall time: ([\d.]+) (µs|ms) \(processor: .+ user, .+ system\)\n$/;
    const [first, second] = host.written.map((text) => line.exec(text));
    assert.ok(first);
    assert.ok(second?.[2] === "ms" && Number(second[1]) >= 29, host.written[1]);
  });

  it("writes durations", () => {
    assert.deepEqual([0.0123, 0.5, 12.345, 4560, 125_000].map(duration), [
      "12.3 µs",
      "500 µs",
      "12.3 ms",
      "4.56 s",
      "2 min 5 s",
    ]);
  });

  it("shows and sets compiler options", async () => {
    const { compiler } = createMagicRuntime(fakeHost());
    assert.deepEqual(await compiler({}), { strict: false });
    assert.deepEqual(await compiler({ option: "strict", value: "true" }), { strict: true });
    assert.deepEqual(await compiler({ option: "target", value: "ES2023" }), { target: "ES2023" });
    await assert.rejects(compiler({ option: "lib" }), failsWith(/lib is not set/));
  });

  it("lists the magics", async () => {
    const text = String(await createMagicRuntime(fakeHost()).lsmagic({}));
    for (const name of ["archbert", "time", "npm", "compiler", "doctor", "lsmagic"])
      assert.ok(text.includes(`%${name}:`));
  });

  it("shows progress only of what takes long, in one output, escaped, and leaves nothing of it", async () => {
    const host = fakeHost();
    const { onEvent, done } = showProgress(host);
    onEvent({ message: "<b>" });
    assert.equal(host.shown.length, 0);
    await new Promise((resolve) => setTimeout(resolve, 450));
    onEvent({ message: "reading <b>", done: 1, total: 4 });
    onEvent({ message: "reading <b>", done: 2, total: 4 });
    done();
    assert.deepEqual(
      host.shown.map(({ options }) => options.update),
      [false, true],
    );
    assert.equal(new Set(host.shown.map(({ options }) => options.id)).size, 1);
    const progress = host.shown[0]?.value as Displayable;
    const bundle = (await progress[jupyterDisplay]()) as Record<string, string>;
    assert.equal(bundle["text/plain"], "reading <b> 25 %");
    assert.ok(bundle["text/html"]?.includes("reading &lt;b&gt; 25 %"));
    const left = await (host.shown.at(-1) as { value: Displayable }).value[jupyterDisplay]();
    assert.deepEqual(left, { "text/html": "", "text/plain": "" });
  });
});

describe("magics: npm", () => {
  it("installs nothing without consent, and shows what it would run", async () => {
    const host = fakeHost({ answer: "n" });
    await createMagicRuntime(host).npm.install({ packages: ["left-pad@1.3.0", "@types/node"] });
    assert.match(
      host.asked[0] ?? "",
      /^npm install --prefix \S+ --no-fund --no-audit --ignore-scripts -- left-pad@1\.3\.0 @types\/node\nRun this\? \[y\/N\] $/,
    );
    assert.deepEqual(host.written, ["stdout: Nothing was installed.\n"]);
  });

  it("says how to agree where the front end cannot ask", async () => {
    const prompt = () => {
      throw new ArchError("this front end cannot ask for input");
    };
    const { npm } = createMagicRuntime({ ...fakeHost(), prompt });
    await assert.rejects(npm.install({ packages: ["left-pad"] }), failsWith(/Add --yes/));
  });

  it("takes names of packages and nothing else", () => {
    for (const name of [
      "a",
      "left-pad",
      "@types/node",
      "x@1.2.3",
      "x@^1.0.0",
      "x@next",
      "lodash.merge",
      "x@>=1",
    ])
      checkPackage(name);
    for (const name of [
      "",
      "--global",
      "-g",
      "../a",
      "/etc",
      "a/b",
      "git+ssh://x",
      "https://x/y.tgz",
      "x@npm:y",
      "x@file:../y",
      "x; rm",
      "x\ny",
      "x y",
    ]) {
      assert.throws(() => checkPackage(name), failsWith(/is not a package's name/), name);
    }
  });

  describe("with a program in place of npm", () => {
    let folder: string;
    const script = (code: string) => {
      const file = path.join(folder, "npm.js");
      writeFileSync(file, code);
      return [process.execPath, file] as const;
    };
    before(() => {
      folder = mkdtempSync(path.join(tmpdir(), "archbert-npm-"));
    });
    after(() => rmSync(folder, { recursive: true, force: true }));

    it("streams what it writes, in the folder", async () => {
      const host = fakeHost();
      const program = script("console.log(process.argv.slice(2).join(' ')); console.error(process.cwd())");
      await runNpm(["install", "--", "x"], folder, host, program);
      assert.deepEqual(host.written.sort(), [`stderr: ${folder}\n`, "stdout: install -- x\n"]);
    });

    it("tells of a failure in a sentence", async () => {
      const failing = runNpm([], folder, fakeHost(), script("process.exitCode = 7"));
      await assert.rejects(failing, failsWith(/npm ended with status 7/));
    });

    it("ends it, and what it started, when the cell is interrupted", async () => {
      const host = fakeHost();
      const program = script(`
        const child = require("node:child_process").spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
        console.log(child.pid);
        setInterval(() => {}, 1000);`);
      const running = runNpm([], folder, host, program);
      while (host.written.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
      const grandchild = Number(host.written[0]?.replace("stdout: ", ""));
      process.kill(grandchild, 0);
      host.abort.abort(new Error("stopped"));
      await assert.rejects(running, /stopped/);
      for (let i = 0; i < 100 && isAlive(grandchild); i++)
        await new Promise((resolve) => setTimeout(resolve, 20));
      assert.equal(isAlive(grandchild), false);
    });
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    // No such process.
    return false;
  }
}
