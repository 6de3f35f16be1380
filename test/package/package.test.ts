// What npm would publish, installed into an empty folder: the command, the types, the kernel. No checkout in reach.
import assert from "node:assert/strict";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { codeCells, newNotebook, outputsOf, readNotebook, textOf } from "../notebooks/notebook";
import {
  projectFolder,
  python,
  type Run,
  type RunOptions,
  runProgram,
  withoutJupyter,
} from "../python/jupyter";

const models = join(projectFolder, "node_modules", "@gutenye", "ocr-models", "assets");
const model = "ch_ppocr_mobile_v2.0_cls_infer.onnx";

describe("the package, installed into an empty folder", function () {
  this.timeout(180_000);
  let folder: string;
  let home: string;
  let environment: Record<string, string>;

  const run = (program: string, args: readonly string[], options: RunOptions = {}): Promise<Run> =>
    runProgram(program, args, { cwd: folder, env: environment, ...options });
  const npx = (...args: string[]) => run("npx", ["--no-install", "archbert", ...args]);

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "archbert-package-"));
    home = join(folder, ".home");
    mkdirSync(home);
    // Our Node first, and no node_modules/.bin of the checkout after it; of npm's settings only how it reaches its registry.
    const bare = (process.env.PATH ?? "").split(delimiter).filter((path) => !path.includes("node_modules"));
    const kept = Object.entries(process.env).filter(
      ([name]) =>
        /^npm_config_(userconfig|globalconfig|cafile|registry|proxy|https_proxy|noproxy)$/i.test(name) ||
        !/^(npm_|JUPYTER|VIRTUAL_ENV|CONDA|NODE_PATH|INIT_CWD)/i.test(name),
    );
    environment = Object.fromEntries(kept.map(([name, value]) => [name, value ?? ""]));
    Object.assign(environment, {
      PATH: [dirname(process.execPath), ...bare].join(delimiter),
      XDG_DATA_HOME: join(home, "share"),
      JUPYTER_RUNTIME_DIR: join(home, "runtime"),
      JUPYTER_CONFIG_DIR: join(home, "config"),
      IPYTHONDIR: join(home, "ipython"),
      JUPYTER_PLATFORM_DIRS: "0",
    });
    // dist/ is what is being tested: npm must not build it anew under our feet.
    const packed = await runProgram("npm", [
      "pack",
      "--ignore-scripts",
      "--silent",
      "--pack-destination",
      folder,
    ]);
    assert.equal(packed.status, 0, packed.stderr);
    writeFileSync(
      join(folder, "package.json"),
      JSON.stringify({ name: "user", version: "1.0.0", private: true }),
    );
    const tarball = readdirSync(folder).find((name) => name.endsWith(".tgz"));
    assert.ok(tarball, "npm pack wrote a tarball");
    const installed = await run("npm", [
      "install",
      "--no-audit",
      "--no-fund",
      "--loglevel=error",
      `./${tarball}`,
    ]);
    assert.equal(installed.status, 0, installed.stderr);
    copyFileSync(join(models, model), join(folder, "model.onnx"));
  });

  after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

  it("holds what it needs, and no tests, sources or build notes", () => {
    const own = readdirSync(join(folder, "node_modules", "archbert"), { recursive: true, encoding: "utf8" });
    for (const file of ["LICENSE", "README.md", "package.json", join("dist", "kernel", "main.js")]) {
      assert.ok(own.includes(file), file);
    }
    assert.deepEqual(
      own.filter((name) => /(^|[\\/])(test|scripts|notebooks)([\\/]|$)|tsbuildinfo/.test(name)),
      [],
    );
    assert.deepEqual(
      own.filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts")),
      [],
    );
  });

  it("has a command that helps", async () => {
    const { status, stdout } = await npx("--help");
    assert.equal(status, 0);
    for (const verb of ["caption", "facts", "draw", "install", "uninstall", "doctor"])
      assert.match(stdout, new RegExp(verb));
  });

  it("captions a real network", async () => {
    const { status, stdout, stderr } = await npx("caption", "model.onnx");
    assert.equal(status, 0, stderr);
    assert.match(stdout, /convolution/);
    const json = await npx("caption", "model.onnx", "--json");
    const { text, claims } = JSON.parse(json.stdout);
    assert.equal(typeof text, "string");
    assert.ok(claims.length > 0 && claims.every((claim: { verdict: string }) => claim.verdict !== "refuted"));
  });

  it("gives a wrong file status 1 and a wrong command status 2, without a stack", async () => {
    writeFileSync(join(folder, "broken.onnx"), "no network");
    for (const file of ["broken.onnx", "nowhere.onnx"]) {
      const { status, stderr } = await npx("caption", file);
      assert.equal(status, 1);
      assert.match(stderr, new RegExp(file));
      assert.doesNotMatch(stderr, /^\s+at /m);
      assert.ok(stderr.trim().split("\n").length <= 4, stderr);
    }
    assert.equal((await npx("captoin", "model.onnx")).status, 2);
  });

  describe("the kernel", () => {
    const specFolder = () => join(folder, "prefix", "share", "jupyter", "kernels", "archbert");

    it("installs below a prefix, without Python", async () => {
      const { status, stdout, stderr } = await npx("install", "--prefix", "prefix");
      assert.equal(status, 0, stderr);
      assert.match(stdout, /TypeScript \(ArchBERT\)/);
      assert.doesNotMatch(stdout + stderr, /does not start/);
      const spec = JSON.parse(readFileSync(join(specFolder(), "kernel.json"), "utf8"));
      assert.equal(spec.interrupt_mode, "message");
      assert.equal(spec.language, "typescript");
      assert.ok(
        spec.argv
          .slice(0, -1)
          .filter((word: string) => !word.startsWith("--"))
          .every(existsSync),
      );
      for (const logo of ["logo-32x32.png", "logo-64x64.png", "logo-svg.svg"])
        assert.ok(existsSync(join(specFolder(), logo)));
    });

    it("is found and tried by doctor", async () => {
      environment.JUPYTER_PATH = join(folder, "prefix", "share", "jupyter");
      const { status, stdout, stderr } = await npx("doctor", "--json");
      assert.equal(status, 0, stderr);
      const { checks } = JSON.parse(stdout);
      const kernel = checks.find((check: { name: string }) => check.name === "kernel");
      assert.equal(kernel.status, "ok", JSON.stringify(kernel));
    });

    it("runs a notebook in an empty folder: Node's types, magics, the package itself", async function () {
      if (withoutJupyter) this.skip();
      const empty = mkdtempSync(join(tmpdir(), "archbert-empty-"));
      try {
        copyFileSync(join(models, model), join(empty, "model.onnx"));
        const cells = [
          "console.log(process.version.length > 3, Buffer.from('a').length)",
          "const network = %archbert load model.onnx\nnetwork.nodes.length > 10",
          "const { text } = %archbert caption network\ntext.includes('convolution')",
          'import * as archbert from "archbert";\nconst read = await archbert.load("model.onnx");\nread.nodes.length === network.nodes.length',
        ];
        writeFileSync(join(empty, "own.ipynb"), JSON.stringify(newNotebook(cells)));
        const args = [
          "-m",
          "nbconvert",
          "--log-level=ERROR",
          "--to",
          "notebook",
          "--execute",
          "--inplace",
          "own.ipynb",
        ];
        const { status, stderr } = await run(python, args, { cwd: empty });
        assert.equal(status, 0, stderr);
        const done = codeCells(readNotebook(join(empty, "own.ipynb")));
        assert.deepEqual(
          done.flatMap((cell) => outputsOf(cell, "error")),
          [],
        );
        assert.deepEqual(done.map(textOf), ["true 1\n", "true", "true", "true"]);
      } finally {
        rmSync(empty, { recursive: true, force: true });
      }
    });

    it("goes away again", async () => {
      assert.equal((await npx("uninstall", "--prefix", "prefix")).status, 0);
      assert.ok(!existsSync(specFolder()));
      assert.equal((await npx("uninstall", "--prefix", "prefix")).status, 1);
    });
  });

  describe("its types", () => {
    const program = [
      'import * as archbert from "archbert";',
      'import { search } from "archbert/automl";',
      'import { loadDataset } from "archbert/datasets";',
      'import type { Architecture } from "archbert/graph";',
      'import type { Display } from "archbert/kernel";',
      "export type Shown = Display;",
      'export const found = search("a network", { data: "digits" });',
      'export const digits = loadDataset("digits");',
      "export async function parameters(file: string): Promise<number> {",
      "  const network: Architecture = await archbert.load(file);",
      "  return archbert.facts(network).parameters;",
      "}",
      'export const card = (network: Architecture): string => archbert.showFacts(archbert.facts(network))["text/html"];',
      "// @ts-expect-error: a file has a name",
      "void archbert.load(1);",
    ].join("\n");
    /** It hands out tensors: TensorFlow.js's types, in which the compiler finds faults of their own. */
    const computing = [
      'import { type Trained, train } from "archbert/compute";',
      "export const metrics = (trained: Trained): number => trained.metrics.validationAccuracy;",
      "// @ts-expect-error: a network and its data",
      "void train();",
    ].join("\n");
    const tsc = join(projectFolder, "node_modules", "typescript", "bin", "tsc");

    for (const [module, resolution] of [
      ["commonjs", "node10"],
      ["nodenext", "nodenext"],
      ["esnext", "bundler"],
    ] as const) {
      it(`hold under ${resolution}, libraries checked too`, async () => {
        writeFileSync(join(folder, "use.ts"), program);
        writeFileSync(join(folder, "computing.ts"), computing);
        const types = ["--types", "node", "--typeRoots", join(folder, "node_modules", "@types")];
        const strict = [
          "--strict",
          "--noEmit",
          "--target",
          "es2023",
          "--lib",
          "es2023",
          "--ignoreDeprecations",
          "6.0",
        ];
        const how = ["--module", module, "--moduleResolution", resolution, "--ignoreConfig"];
        for (const use of [["use.ts"], ["--skipLibCheck", "computing.ts"]]) {
          const { status, stdout } = await run(process.execPath, [tsc, ...strict, ...how, ...types, ...use]);
          assert.equal(status, 0, stdout);
        }
      });
    }
  });
});
