import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import ts from "typescript";
import { CompileError } from "../../../kernel/language";
import { createMagics } from "../../../kernel/magics";
import { fakeLanguage } from "./language";

const { rewrite } = createMagics(fakeLanguage({ declared: { type: "number" } }));
const a = "archbertMagic";
const caption = `${a}.archbert.caption`;
const load = `${a}.archbert.load`;
const timed = `${a}.time.end(${a}.time.begin(), `;

/** Cell and what the compiler sees. */
const rewritten: readonly (readonly [string, string])[] = [
  // Lines: the last one's value is the cell's, another's is shown, a semicolon hides it.
  ["%archbert caption net", `await ${caption}({network: net})`],
  ["%archbert caption net;", `void (await ${caption}({network: net}));`],
  ["%archbert caption net ;", `void (await ${caption}({network: net})) ;`],
  ["%archbert caption net\n1", `await ${a}.show(${caption}({network: net}))\n1`],
  ["%archbert caption net;\n1", `await ${caption}({network: net});\n1`],
  ["%archbert caption net // why", `await ${caption}({network: net}) // why`],
  ["%archbert caption net /* why */", `await ${caption}({network: net}) /* why */`],
  [
    "for (const n of nets) {\n  %archbert caption n\n}",
    `for (const n of nets) {\n  await ${a}.show(${caption}({network: n}))\n}`,
  ],
  [
    "for (const n of nets) { %archbert caption n }",
    `for (const n of nets) { await ${a}.show(${caption}({network: n})) }`,
  ],
  ["if (x) %archbert caption n\nelse y()", `if (x) await ${a}.show(${caption}({network: n}))\nelse y()`],
  [
    "switch (x) {\n  case 1: %archbert caption n\n}",
    `switch (x) {\n  case 1: await ${a}.show(${caption}({network: n}))\n}`,
  ],
  ["async () => { %archbert caption n }", `async () => { await ${a}.show(${caption}({network: n})) }`],
  ["function f() {}\n%lsmagic", `function f() {}\nawait ${a}.lsmagic({})`],
  ["import fs from 'node:fs'\n%lsmagic", `import fs from 'node:fs'\nawait ${a}.lsmagic({})`],
  ["type A = B\n%lsmagic", `type A = B\nawait ${a}.lsmagic({})`],

  // Values.
  ["const c = %archbert load resnet50.onnx", `const c = (await ${load}({source: "resnet50.onnx"}))`],
  ["x = %archbert load resnet50.onnx;", `x = (await ${load}({source: "resnet50.onnx"}));`],
  ["const { nodes } = %archbert load a.onnx", `const { nodes } = (await ${load}({source: "a.onnx"}))`],
  ["await %archbert load a.onnx", `await (await ${load}({source: "a.onnx"}))`],
  ["f(%archbert caption net, 1)", `f((await ${caption}({network: net})), 1)`],
  ["(%archbert caption net).text", `((await ${caption}({network: net}))).text`],
  [
    "[%archbert load a.onnx, %archbert load b.onnx]",
    `[(await ${load}({source: "a.onnx"})), (await ${load}({source: "b.onnx"}))]`,
  ],
  ["({ a: %archbert load a.onnx })", `({ a: (await ${load}({source: "a.onnx"})) })`],
  ["`${%archbert caption net}!`", `\`\${(await ${caption}({network: net}))}!\``],
  [
    "x ? %archbert load a.onnx : %archbert load b.onnx",
    `x ? (await ${load}({source: "a.onnx"})) : (await ${load}({source: "b.onnx"}))`,
  ],
  ["async () => %archbert load a.onnx", `async () => (await ${load}({source: "a.onnx"}))`],
  [
    "async function f() { return %archbert load a.onnx }",
    `async function f() { return (await ${load}({source: "a.onnx"})) }`,
  ],

  // Without semicolons, lines stay apart.
  [
    "const net = %archbert load a.onnx\n%archbert caption net",
    `const net = (await ${a}.archbert.load({source: "a.onnx"}))\nawait ${caption}({network: net})`,
  ],
  ["5\n%archbert caption net", `5\nawait ${caption}({network: net})`],
  [
    "const c = %archbert load a.onnx\n[1].map(f)",
    `const c = (await ${load}({source: "a.onnx"}));\n[1].map(f)`,
  ],
  ["%archbert caption net\n// then\n(f)()", `await ${a}.show(${caption}({network: net}));\n// then\n(f)()`],
  ["5\n%time a, b", `5\n;(await ${timed}a)), b`],
  ["net\n  .nodes\n%lsmagic", `net\n  .nodes\nawait ${a}.lsmagic({})`],

  // Arguments and options.
  ['%archbert load "my model.onnx"', `await ${load}({source: "my model.onnx"})`],
  ["%archbert load 'C:\\models\\a.onnx'", `await ${load}({source: "C:\\\\models\\\\a.onnx"})`],
  ["%archbert load https://example.org/a.onnx", `await ${load}({source: "https://example.org/a.onnx"})`],
  ["%archbert load models/a(1).onnx", `await ${load}({source: "models/a(1).onnx"})`],
  ["%archbert load {names[0]}", `await ${load}({source: names[0]})`],
  ['%archbert caption {pick("}", `${"{"}`)}', `await ${caption}({network: pick("}", \`\${"{"}\`)})`],
  ["%archbert caption {\n  net\n}", `await ${caption}({network: \n  net\n})`],
  ["%archbert caption net.inner", `await ${caption}({network: net.inner})`],
  ["%archbert caption nets[0]", `await ${caption}({network: nets[0]})`],
  ["%archbert caption net.onnx", `await ${caption}({network: "net.onnx"})`],
  ["%archbert caption net --style short", `await ${caption}({network: net, style: "short"})`],
  ["%archbert caption --style=short net", `await ${caption}({style: "short", network: net})`],
  ["%archbert caption net --style={s}", `await ${caption}({network: net, style: s})`],
  ["%archbert draw net -o net.svg", `await ${a}.archbert.draw({network: net, out: "net.svg"})`],
  [
    "%npm install left-pad -y @types/node@22",
    `await ${a}.npm.install({packages: ["left-pad", "@types/node@22"], yes: true})`,
  ],
  ["%compiler strict true", `await ${a}.compiler({option: "strict", value: "true"})`],

  // Help.
  ["%archbert", `await ${a}.help("%archbert")`],
  ["%archbert?", `await ${a}.help("%archbert")`],
  ["%archbert caption?", `await ${a}.help("%archbert caption")`],
  ["%archbert caption --help", `await ${a}.help("%archbert caption")`],
  ["?%archbert caption", `await ${a}.help("%archbert caption")`],
  ["%time?", `await ${a}.help("%time")`],
  ["%%time?", `await ${a}.help("%time")`],
  ["net?", `await ${a}.help("net")`],
  ["const net = 1\n?net", `const net = 1\nawait ${a}.help("net")`],

  // Expressions and cells.
  ["%time f(1)", `await ${timed}f(1))`],
  ["%time f(1)\n2", `await ${a}.show(${timed}f(1)))\n2`],
  ["const x = %time a + b, y = 2", `const x = (await ${timed}a + b)), y = 2`],
  ["a * %time b", `a * (await ${timed}b))`],
  [
    "%time await f({\n  a: 1,\n})\n%lsmagic",
    `await ${a}.show(${timed}await f({\n  a: 1,\n})))\nawait ${a}.lsmagic({})`,
  ],
  ["%time { a: 1 }", `await ${timed}{ a: 1 })`],
  ["%time %archbert caption net", `await ${timed}(await ${caption}({network: net})))`],
  ["%time %archbert caption net;\n2", `await ${timed}(await ${caption}({network: net})));\n2`],
  ["%%time\nf()\ng()", `${a}.time.beginCell();\nf()\nawait ${a}.time.endCell(g())`],
  ["%%time\nconst x = 1 // one", `${a}.time.beginCell();\nconst x = 1; await ${a}.time.endCell(); // one`],
  [
    "%%time\n%archbert caption net",
    `${a}.time.beginCell();\nawait ${a}.time.endCell(await ${caption}({network: net}))`,
  ],
  ["%%time", `${a}.time.beginCell();`],
];

/** Cell, and the message, line, column and marked text of what is wrong with it. */
const wrong: readonly (readonly [string, string, number, number, string])[] = [
  ["%archbrt caption net", "There is no magic %archbrt. Did you mean %archbert?", 0, 0, "%archbrt"],
  ["1\n%compilre strict true", "There is no magic %compilre. Did you mean %compiler?", 1, 0, "%compilre"],
  ["x = %archbert capton net", '%archbert has no "capton". Did you mean %archbert caption?', 0, 14, "capton"],
  [
    "%archbert caption net --stlye short",
    "%archbert caption has no option --stlye. Did you mean --style?",
    0,
    22,
    "--stlye",
  ],
  [
    "%archbert caption net --style shrot",
    '%archbert caption --style: "shrot" is not one of its values. Did you mean short?',
    0,
    30,
    "shrot",
  ],
  [
    "%archbert caption net --style",
    "%archbert caption --style: a value is missing. Choose from short, default, technical.",
    0,
    22,
    "--style",
  ],
  ["%archbert caption", "%archbert caption needs NETWORK: a model file or URL.", 0, 0, "%archbert caption"],
  ["%archbert caption a b", '%archbert caption takes one argument; what is "b"?', 0, 20, "b"],
  [
    "%archbert caption net --style short --style short",
    "%archbert caption: style is given twice.",
    0,
    36,
    "--style",
  ],
  ["%lsmagic --all", '%lsmagic has no options; what is "--all"?', 0, 9, "--all"],
  ["%archbert caption {net", "A closing brace } is missing.", 0, 18, "{net"],
  ['%archbert load "a.onnx', "A closing quote is missing.", 0, 15, '"a.onnx'],
  ["%time", "%time needs an expression after it.", 0, 0, "%time"],
  ["1\n%%time\n2", "%%time must be the first line of its cell.", 1, 0, "%%time"],
  ["%%tiem\n2", "There is no magic %%tiem. Did you mean %%time?", 0, 0, "%%tiem"],
  ["%%time f()\n2", "%%time takes nothing on its own line; write the code below it.", 0, 0, "%%time f()"],
  [
    "%%archbert caption net\n2",
    "%archbert caption reads no cell. Write it on a line of its own, as %archbert caption.",
    0,
    0,
    "%%archbert caption net",
  ],
  [
    "function f() { %archbert caption net }",
    "A magic is awaited: make the function around it async.",
    0,
    15,
    "%archbert caption net",
  ],
  ["xs.map((x) => %time f(x))", "A magic is awaited: make the function around it async.", 0, 14, "%time "],
  [
    "%archbert caption a+b",
    '%archbert caption: "a+b" is neither a variable nor a model file. Quote a file\'s name, and put braces around TypeScript.',
    0,
    18,
    "a+b",
  ],
];

/** TypeScript that looks like magics. */
const plain = [
  "17 %archbert",
  "a %time",
  "a % time",
  "a\n  % time",
  "a\n%declared",
  "let time = 3; a\n%time",
  "(a\n%time)",
  "f(a\n%archbert, 1)",
  "x %= archbert",
  '"%archbert caption net"',
  "'%time'",
  "`%archbert caption net`",
  "`\n%archbert caption net\n`",
  "`${17 %archbert}`",
  "/%archbert caption net/.test(s)",
  "// %archbert caption net",
  "/*\n%archbert caption net\n*/",
  "const s = a ? b : c",
  "cond\n  ? a\n  : b",
  "a?.b",
  "let maybe: { net?: number }",
  "<T,>(x: T) => x",
];

describe("magics: rewriting", () => {
  for (const [cell, source] of rewritten) {
    it(`rewrites ${JSON.stringify(cell)}`, () => {
      assert.equal(rewrite(cell).source, source);
      const { diagnostics } = ts.transpileModule(`export {};${source}`, {
        reportDiagnostics: true,
        compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
      });
      assert.deepEqual(
        diagnostics?.map(({ messageText }) => messageText),
        [],
      );
    });
  }

  for (const cell of plain) {
    it(`leaves ${JSON.stringify(cell)} alone`, () => assert.equal(rewrite(cell).source, cell));
  }

  it("leaves this project's own source alone", () => {
    const root = path.join(__dirname, "../../../..");
    const files = ["kernel", "archbert", "test/kernel"].flatMap((folder) =>
      readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
        .filter((name) => name.endsWith(".ts"))
        .map((name) => path.join(root, folder, name)),
    );
    assert.ok(files.length > 20);
    for (const file of files) {
      const source = readFileSync(file, "utf8");
      assert.equal(rewrite(source).source, source, file);
    }
  });
});

describe("magics: what is wrong", () => {
  for (const [cell, message, line, column, marked] of wrong) {
    it(`tells of ${JSON.stringify(cell)}`, () => {
      assert.throws(
        () => rewrite(cell),
        (error) => {
          assert.ok(error instanceof CompileError);
          const [first, second] = error.diagnostics;
          assert.equal(second, undefined);
          const expected = { message, code: 0, severity: "error", line, column, length: marked.length };
          assert.deepEqual(first, expected);
          assert.ok(cell.split("\n")[line]?.startsWith(marked, column));
          return true;
        },
      );
      assert.doesNotThrow(() => rewrite(cell, { tolerant: true }));
    });
  }

  it("tells of every mistake at once", () => {
    assert.throws(
      () => rewrite("%archbrt\n%archbert capton\n%time"),
      (error) =>
        error instanceof CompileError && error.diagnostics.map(({ line }) => line).join() === "0,1,2",
    );
  });
});

describe("magics: positions", () => {
  const lines = fc.constantFrom(
    ...rewritten.map(([cell]) => cell).filter((cell) => !cell.startsWith("%%") && !/\?(?:$|%|\w)/.test(cell)),
    ...plain.filter((cell) => !cell.includes("<T")),
    "const x = 1;",
    "",
  );
  const cells = fc.array(lines, { maxLength: 6 }).map((parts) => parts.join(";\n"));
  const runs = { seed: 1, numRuns: 300 };

  it("keeps lines, and is monotone both ways", () => {
    fc.assert(
      fc.property(cells, (cell) => {
        const { source, toOriginal, toRewritten } = rewrite(cell, { tolerant: true });
        assert.equal(source.split("\n").length, cell.split("\n").length);
        for (let i = 0; i < cell.length; i++) {
          const here = toRewritten(i);
          assert.ok(here <= toRewritten(i + 1) && here <= source.length);
          assert.equal(lineOf(source, here), lineOf(cell, i));
        }
        for (let i = 0; i < source.length; i++) {
          assert.ok(toOriginal(i) <= toOriginal(i + 1) && toOriginal(i + 1) <= cell.length);
          assert.equal(lineOf(cell, toOriginal(i)), lineOf(source, i));
        }
      }),
      runs,
    );
  });

  it("is exact outside magics and in the TypeScript inside them", () => {
    fc.assert(
      fc.property(cells, fc.stringMatching(/^[a-z]{3,8}$/), (cell, name) => {
        const marked = `${cell};\n${name}Before(); %archbert caption {${name}Inside}; ${name}After()`;
        const { source, toOriginal, toRewritten } = rewrite(marked, { tolerant: true });
        for (const part of ["Before", "Inside", "After"]) {
          const at = marked.lastIndexOf(name + part);
          for (let i = 0; i <= name.length + part.length; i++) {
            const there = toRewritten(at + i);
            assert.equal(source.slice(there - i, there - i + name.length), name);
            if (i < name.length + part.length) assert.equal(toOriginal(there), at + i);
          }
        }
      }),
      runs,
    );
  });

  it("returns text without magics unchanged, whatever it is", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => {
        const cell = text.replace(/\?/g, "").replace(/%(?=[A-Za-z_%])/g, "% ");
        const { source, toOriginal, toRewritten } = rewrite(cell);
        assert.equal(source, cell);
        assert.equal(toOriginal(toRewritten(cell.length >> 1)), cell.length >> 1);
      }),
      runs,
    );
  });

  it("never throws but for mistakes", () => {
    const noise = fc.array(
      fc.constantFrom(
        "%",
        "%archbert ",
        "caption ",
        "{",
        "}",
        "`",
        "${",
        '"',
        "?",
        "--style ",
        "\n",
        "net",
        "(",
        ")",
        ",",
        ";",
        "//",
        "/",
        "time ",
        "= ",
      ),
      { maxLength: 14 },
    );
    fc.assert(
      fc.property(noise, (parts) => {
        const cell = parts.join("");
        const { source } = rewrite(cell, { tolerant: true });
        assert.equal(source.split("\n").length, cell.split("\n").length);
      }),
      { seed: 2, numRuns: 2000 },
    );
  });
});

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length - 1;
}
