// What is told of an error: the user's own lines, and nothing of ours.
import assert from "node:assert/strict";
import { stripVTControlCharacters } from "node:util";
import { cleanTraceback } from "../../kernel/tslab";
import { inNotebook, type Notebook } from "./compiler/notebook";

async function tracebackOf({ language }: Notebook, cell: string, name = "cell-9.ts"): Promise<string> {
  try {
    await language.execute(cell, { name });
  } catch (error) {
    return stripVTControlCharacters(cleanTraceback(error).join("\n"));
  }
  throw new Error("does not throw");
}

describe("kernel: tracebacks", () => {
  it(
    "show the user's line and column, in functions that moved as well",
    inNotebook(async (notebook) => {
      const cell = [
        "interface Long {",
        "  a: string;",
        "}",
        "const a: Long = { a: '' };",
        "function outer(x: Long) {",
        "  // a comment",
        "  return inner(x);",
        "}",
        "function inner(x: Long): never {",
        "  throw new TypeError(`no ${x.a}`);",
        "}",
        "outer(a);",
      ].join("\n");
      assert.equal(
        await tracebackOf(notebook, cell),
        [
          "TypeError: no ",
          "   9 | function inner(x: Long): never {",
          "> 10 |   throw new TypeError(`no ${x.a}`);",
          "     |         ^",
          "    at inner (cell-9.ts:10:9)",
          "    at outer (cell-9.ts:7:15)",
          "    at cell-9.ts:12:6",
        ].join("\n"),
      );
    }),
  );
  it(
    "show the first line of a cell, and lines after an await",
    inNotebook(async (notebook) => {
      assert.match(
        await tracebackOf(notebook, 'throw new Error("x")'),
        /> 1 \| throw new Error\("x"\)\n {4}\| {7}\^\n {4}at cell-9\.ts:1:7$/,
      );
      assert.match(
        await tracebackOf(notebook, 'const a = 1;\nawait a;\n\nthrow new Error("x")'),
        /at cell-9\.ts:4:7(\n|$)/,
      );
      assert.match(
        await tracebackOf(
          notebook,
          "class A {\n  f() {\n    null!;\n    return (undefined as any).x;\n  }\n}\nnew A().f()",
        ),
        /at A\.f \(cell-9\.ts:4:\d+\)\n {4}at cell-9\.ts:7:\d+$/,
      );
    }),
  );
  it(
    "follow a call into an earlier cell and into a local file",
    inNotebook(
      async (notebook) => {
        await notebook.language.execute("function f(g: () => void) {\n\n  g();\n}", { name: "cell-1.ts" });
        const text = await tracebackOf(notebook, 'import { fail } from "./lib/fails";\nf(fail)');
        assert.match(text, /Error: from a file\n {2}2 \| {3}const n: number = 1;\n> 3 \| {3}throw/);
        assert.match(
          text,
          /at fail \(.*fails\.ts:3:9\)\n {4}at f \(cell-1\.ts:3:3\)\n {4}at cell-9\.ts:2:\d$/,
        );
      },
      {
        files: {
          "lib/fails.ts":
            'export function fail(): never {\n  const n: number = 1;\n  throw new Error("from a file");\n}',
        },
      },
    ),
  );
  it(
    "hold causes and the errors of an AggregateError, once each",
    inNotebook(async (notebook) => {
      const text = await tracebackOf(
        notebook,
        'const cause: any = new RangeError("deep"); cause.cause = cause;\nthrow new AggregateError([new Error("one"), 2], "all", { cause })',
      );
      assert.match(text, /^AggregateError: all/);
      assert.match(text, /Error 1 of 2:\n {2}Error: one/);
      assert.match(text, /Error 2 of 2:\n {2}Thrown: 2/);
      assert.match(text, /Caused by:\n {2}RangeError: deep[\s\S]*\(an error shown above\)/);
    }),
  );
  it(
    "hold no frame of ours, of Node, or of a package",
    inNotebook(async (notebook) => {
      const text = await tracebackOf(notebook, 'JSON.parse("{")');
      assert.match(text, /^SyntaxError: /);
      assert.doesNotMatch(text, /node:|node_modules|dist|evalmachine|anonymous/);
    }),
  );
  const thrown: [title: string, value: unknown, text: RegExp][] = [
    ["a string", "plain", /^Thrown: plain$/],
    ["undefined", undefined, /^Thrown: undefined$/],
    ["null", null, /^Thrown: null$/],
    ["an object", { a: [1] }, /^Thrown: \{ a: \[ 1 \] \}$/],
    ["a symbol", Symbol("s"), /^Thrown: Symbol\(s\)$/],
    ["an error without a message", new Error(), /^Error(\n|$)/],
    ["an error with a code", Object.assign(new Error("m"), { code: "ENOENT" }), /^Error \[ENOENT\]: m/],
    [
      "an object that cannot be shown",
      {
        [Symbol.for("nodejs.util.inspect.custom")]() {
          throw new Error("no");
        },
      },
      /^Thrown: a value that cannot be shown$/,
    ],
    [
      "an error with hostile getters",
      Object.defineProperties(new Error("m"), {
        stack: {
          get() {
            throw new Error("no");
          },
        },
        cause: {
          get() {
            throw new Error("no");
          },
        },
      }),
      /^Error: m$/,
    ],
    ["an error whose stack is no string", Object.assign(new Error("m"), { stack: 5 }), /^Error: m$/],
  ];
  for (const [title, value, text] of thrown) {
    it(`tell ${title}`, () => {
      assert.match(stripVTControlCharacters(cleanTraceback(value).join("\n")), text);
    });
  }
  it("are bounded", () => {
    const chain = Array.from({ length: 100 }).reduce<Error>(
      (cause, _, i) => new Error(`e${i}`, { cause }),
      new Error("first"),
    );
    assert.ok(cleanTraceback(chain).length < 150);
    assert.ok(cleanTraceback(new Error("x".repeat(1e6))).join("").length < 30_000);
  });
  it("are coloured", () => {
    assert.ok(cleanTraceback(new Error("m"))[0]?.startsWith("\u001b[31mError\u001b[0m: m"));
  });
});
