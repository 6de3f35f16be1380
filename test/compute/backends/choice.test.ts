import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { ArchError } from "../../../archbert/graph/errors";
import { availableBackends, backends, useBackend } from "../../../compute";

const room = resolve(__dirname, "..", "..", "..", "compute");

describe("the choice of backend", () => {
  const before = { ...process.env };
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "backends-"));
    delete process.env.ARCHBERT_BACKEND;
    delete process.env.ARCHBERT_TFJS_NODE;
  });
  afterEach(() => {
    process.env = { ...before };
    rmSync(folder, { recursive: true, force: true });
  });

  /** A package of that name in the folder's node_modules, with files by path. */
  const install = (name: string, files: Record<string, string>) => {
    const home = join(folder, "node_modules", name);
    for (const [path, text] of Object.entries({ "package.json": '{"version":"4.22.0"}', ...files })) {
      mkdirSync(resolve(home, path, ".."), { recursive: true });
      writeFileSync(join(home, path), text);
    }
    return home;
  };

  /** What a process that starts in the folder prints. */
  const inFolder = (code: string, env: NodeJS.ProcessEnv = {}) => {
    const script = `const { availableBackends, useBackend } = require(${JSON.stringify(room)});
      Promise.resolve().then(() => { ${code} }).catch((error) => console.log(error.message));`;
    const { stdout, stderr } = spawnSync(process.execPath, ["-e", script], {
      cwd: folder,
      env: { ...process.env, ...env },
      encoding: "utf8",
    });
    assert.equal(stderr, "");
    return stdout.trim();
  };

  it("is by the order of the list, and never cpu", () => {
    assert.deepEqual(Object.keys(backends), ["tensorflow", "webgpu", "wasm", "cpu"]);
    const states = availableBackends();
    const chosen = states.filter((state) => state.chosen).map(({ name }) => name);
    const first = states.find(({ name, available }) => available && name !== "cpu")?.name;
    assert.deepEqual(chosen, [first]);
    assert.equal(states.find(({ name }) => name === "wasm")?.available, true);
  });

  it("is wasm where nothing else is installed, and says why", () => {
    const said = inFolder(
      "return useBackend().then(({ name, why, version }) => console.log(name, version, why));",
    );
    assert.match(said, /^wasm 4\.22\.0 tfjs-node is not installed; .*webgpu/);
  });

  it("follows ARCHBERT_BACKEND, and a name before that", async () => {
    process.env.ARCHBERT_BACKEND = "cpu";
    assert.deepEqual(
      availableBackends()
        .filter(({ chosen }) => chosen)
        .map(({ name }) => name),
      ["cpu"],
    );
    assert.equal((await useBackend()).name, "cpu");
    assert.match((await useBackend()).why, /ARCHBERT_BACKEND/);
    assert.equal((await useBackend("cpu")).why, "asked for by name");
    assert.match((await useBackend()).why, /ARCHBERT_BACKEND/, "whatever it was loaded for");
    const { name, tf } = await useBackend("wasm");
    assert.equal(name, "wasm");
    assert.equal(tf.getBackend(), "wasm");
  });

  it("loads each once", async () => {
    const [a, b] = await Promise.all([useBackend("wasm"), useBackend("wasm")]);
    assert.equal(a, b);
  });

  it("lists the choices where there is none of that name", async () => {
    const expected = {
      name: "ArchError",
      message: /no backend "cuda"\. Choose one of tensorflow, webgpu, wasm, cpu$/,
    };
    await assert.rejects(useBackend("cuda"), expected);
    await assert.rejects(useBackend("toString"), ArchError);
    process.env.ARCHBERT_BACKEND = "cuda";
    await assert.rejects(useBackend(), { message: /^ARCHBERT_BACKEND: there is no backend "cuda"/ });
    assert.throws(availableBackends, ArchError);
  });

  it("says how to get tensorflow where it is not installed", () => {
    const said = inFolder('return useBackend("tensorflow");');
    assert.match(
      said,
      /tensorflow backend cannot be used: tfjs-node is not installed\. npm i @tensorflow\/tfjs-node/,
    );
  });

  it("says so where tfjs-node lacks its native part, and goes on to another", () => {
    install("@tensorflow/tfjs-node", {});
    assert.match(inFolder('return useBackend("tensorflow");'), /lacks its native part\. npm i /);
    assert.match(
      inFolder("return useBackend().then((b) => console.log(b.name, b.why));"),
      /^wasm .*native part/,
    );
  });

  it("goes on to another where tfjs-node does not load, unless it was asked for", () => {
    install("@tensorflow/tfjs-node-gpu", {
      "lib/napi-v8/tfjs_binding.node": "no library",
      "index.js": 'throw new Error("libcudart.so.11.0: cannot open")',
    });
    const chosen = inFolder("return useBackend().then((b) => console.log(b.name, b.why));");
    assert.match(chosen, /^wasm tensorflow does not load: libcudart\.so\.11\.0: cannot open/);
    const asked = inFolder("return useBackend();", { ARCHBERT_BACKEND: "tensorflow" });
    assert.match(asked, /the tensorflow backend does not load: libcudart.*docs\/compute\.md$/);
  });

  it("finds tfjs-node where ARCHBERT_TFJS_NODE says, and complains where it is not", async () => {
    const home = install("elsewhere", { "lib/napi-v8/tfjs_binding.node": "", "index.js": "" });
    process.env.ARCHBERT_TFJS_NODE = home;
    assert.equal(availableBackends()[0]?.available, true);
    process.env.ARCHBERT_TFJS_NODE = join(folder, "nowhere");
    assert.match(availableBackends()[0]?.note ?? "", /^ARCHBERT_TFJS_NODE: no package lies in .*nowhere/);
    await assert.rejects(useBackend("tensorflow"), /no package lies in/);
  });

  it("passes webgpu over on a machine without a graphics processor, and says so", () => {
    install("webgpu", {
      "index.js": "exports.globals = {}; exports.create = () => ({ requestAdapter: async () => null });",
    });
    install("@tensorflow/tfjs-backend-webgpu", { "index.js": "" });
    assert.match(
      inFolder("return useBackend().then((b) => console.log(b.name, b.why));"),
      /^wasm .*no graphics processor/,
    );
    const software = `({ vendor: "google", architecture: "swiftshader", device: "", description: "" })`;
    install("webgpu", {
      "index.js": `exports.globals = {}; exports.create = () => ({ requestAdapter: async () => ({ info: ${software} }) });`,
    });
    assert.match(
      inFolder('return useBackend("webgpu");'),
      /its only adapter is software: google swiftshader/,
    );
  });

  it("is told without loading tfjs", () => {
    const loaded = 'Object.keys(require.cache).filter((path) => path.includes("@tensorflow"))';
    assert.equal(inFolder(`availableBackends(); console.log(${loaded}.length);`), "0");
  });
});
