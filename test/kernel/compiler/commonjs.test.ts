// The last stage: what becomes shared, what goes through the run time, and where each place came from.
import assert from "node:assert/strict";
import { runtimeName, toCommonJs } from "../../../kernel/compiler/commonjs";
import { ts } from "../../../kernel/compiler/stock";

/** As the program emits a cell whose list of names tslab has added. */
function emit(source: string) {
  const out = ts.transpileModule(`export {};\n${source}`, {
    fileName: "__tslab__.ts",
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2024, sourceMap: true },
  });
  return toCommonJs(out.outputText, { cell: true, map: out.sourceMapText ?? "" });
}

const body = (source: string) => emit(source).text.split("\n").slice(1).join("\n").trim();

describe("kernel: cells as CommonJS", () => {
  it("share variables, functions and classes", () => {
    const text = body("let a = 1; function f() { return a } class C {}\nexport { a, f, C }");
    assert.match(text, /exports\.a = 1;/);
    assert.match(text, /return exports\.a/);
    assert.match(text, /exports\.f = f/);
    assert.match(text, /exports\.C = C|exports\.C = class C/);
    assert.doesNotMatch(text, /void 0/);
  });
  it("give a name without a value none, and leave others as they were", () => {
    assert.equal(body("let a;\nexport { a }"), "exports.a = void 0;");
    const many = Array.from({ length: 120 }, (_, i) => `v${i}`);
    const text = body(`let ${many.map((name) => `${name} = 1`).join(", ")};\nexport { ${many.join(", ")} }`);
    assert.doesNotMatch(text, /void 0/);
  });
  it("assign what they import", () => {
    const { text, imports, names } = emit(
      'import d, { x as y } from "m"; import * as n from "k"; d; y; n;\nexport { d, y, n }',
    );
    assert.deepEqual(imports, ["m", "k"]);
    assert.deepEqual(names.sort(), ["d", "n", "y"]);
    assert.doesNotMatch(text, /defineProperty\(exports/);
    assert.ok(text.includes(`${runtimeName}.scope.y = m_1.x`), text);
  });
  it("route import(), import.meta and await through the run time, inside moved functions as well", () => {
    const { text, awaits } = emit(
      'async function f() { await 1; return import("m") }\nawait import.meta.url;\nexport { f }',
    );
    assert.equal(awaits, true);
    assert.ok(text.includes(`return ${runtimeName}.import("m")`), text);
    assert.ok(text.includes(`await ${runtimeName}.wait(${runtimeName}.meta.url)`), text);
    assert.ok(text.includes("{ await 1;"), text);
    assert.equal(emit("async () => { await 1 }").awaits, false);
  });
  it("map every line back, those of moved functions too", () => {
    const source = [
      "interface I {",
      "  a: 1",
      "}",
      "mark1();",
      "function f() {",
      "  mark2();",
      "}",
      "class C {",
      "  g() { mark3() }",
      "}",
      "await mark4();",
    ].join("\n");
    const { text, original } = emit(`${source}\nexport { f, C }`);
    for (const mark of ["mark1", "mark2", "mark3", "mark4"]) {
      const lines = text.split("\n");
      const line = lines.findIndex((candidate) => candidate.includes(mark));
      const found = original({ line, column: lines[line]?.indexOf(mark) ?? 0 });
      const wanted = source.split("\n").findIndex((candidate) => candidate.includes(mark));
      assert.deepEqual(found, { line: wanted, column: source.split("\n")[wanted]?.indexOf(mark) }, mark);
    }
    assert.equal(original({ line: 999, column: 0 })?.line === 999, false);
  });
});
