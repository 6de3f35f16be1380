// What the compiler says of a cell: its errors, and the names that every cell sees.
import assert from "node:assert/strict";
import { CompileError } from "../../kernel/language";
import { inNotebook } from "./compiler/notebook";

describe("kernel: what does not compile", () => {
  it(
    "is told with its place, and does not run",
    inNotebook(async ({ diagnose, run }) => {
      await run("let ran = false");
      const found = await diagnose('ran = true;\n  const s: string = 5;\n"a" * 2');
      assert.deepEqual(
        found.map(({ code, line, column, length, severity }) => ({ code, line, column, length, severity })),
        [
          { code: 2322, line: 1, column: 8, length: 1, severity: "error" },
          { code: 2362, line: 2, column: 0, length: 3, severity: "error" },
        ],
      );
      assert.match(found[0]?.message ?? "", /'number' is not assignable to type 'string'/);
      assert.equal(await run("ran"), false);
    }),
  );
  it(
    "tells a chain of reasons in one message",
    inNotebook(async ({ diagnose }) => {
      const found = await diagnose("const f: (a: { b: string }) => void = (a: { b: number }) => {}");
      assert.equal(found.length, 1);
      assert.ok((found[0]?.message.split("\n").length ?? 0) > 1);
    }),
  );
  it(
    "counts from the start of an object literal, too",
    inNotebook(async ({ diagnose }) => {
      const [first] = await diagnose("{ a: nope }");
      assert.deepEqual([first?.line, first?.column, first?.length], [0, 5, 4]);
    }),
  );
  it(
    "minds @ts-ignore and an @ts-expect-error without cause",
    inNotebook(async ({ diagnose, run }) => {
      await run("// @ts-ignore\nconst a: string = 5");
      await run("// @ts-expect-error\nconst b: string = 5");
      assert.equal((await diagnose("// @ts-expect-error\nconst c: number = 5"))[0]?.code, 2578);
    }),
  );
  it(
    "is found the second time as the first",
    inNotebook(async ({ diagnose, run }) => {
      for (const cell of ["nope", "nope", "const a: string = 1", "nope"]) {
        assert.equal((await diagnose(cell)).length, 1, cell);
        assert.equal(await run("1"), 1);
      }
    }),
  );
  it(
    "is not what the editor asked about before",
    inNotebook(async ({ language, run }) => {
      for (const typed of ["[1, 2].fla", "JSON.pars"]) {
        language.complete(typed, typed.length);
        language.inspect(typed, typed.length);
      }
      assert.equal(await run('["<b>bold</b>"].length'), 1);
    }),
  );
  it(
    "is found after completion has met it in another text",
    inNotebook(async ({ diagnose, language }) => {
      language.complete("nope.", 5);
      language.inspect("nope", 2);
      assert.equal((await diagnose("nope.x"))[0]?.code, 2304);
      assert.equal((await diagnose("nope.y"))[0]?.code, 2304);
      assert.equal((await diagnose("nope; nope2")).length, 2);
    }),
  );
  it(
    "has only its syntax told where that is wrong, within its text",
    inNotebook(async ({ diagnose }) => {
      const places: [cell: string, code: number, line: number, column: number][] = [
        ["nope(1,", 1005, 0, 7],
        ["1\n`abc", 1160, 1, 4],
        ["/* abc", 1010, 0, 6],
      ];
      for (const [cell, code, line, column] of places) {
        const found = await diagnose(cell);
        assert.deepEqual(
          found.map((one) => [one.code, one.line, one.column]),
          [[code, line, column]],
        );
      }
    }),
  );
  it(
    "counts an await in a method that is not async",
    inNotebook(async ({ diagnose }) => {
      for (const cell of [
        "({ f() { await 1 } })",
        "const A = class { f() { await 1 } }",
        "class A { get a() { return await 1 } }",
      ]) {
        assert.equal((await diagnose(cell))[0]?.code, 1308, cell);
      }
    }),
  );
  it(
    "says so in a sentence where a cell is for the browser",
    inNotebook(async ({ diagnose }) => {
      assert.match((await diagnose("/** @browser */\n1"))[0]?.message ?? "", /no browser/);
    }),
  );
  it(
    "throws a CompileError",
    inNotebook(async ({ run }) => assert.rejects(run("const"), CompileError)),
  );
});

describe("kernel: global names", () => {
  const globals = {
    net: { value: { layers: 3 }, type: "{ layers: number }" },
    prompt: { value: () => "x", type: "() => string" },
  };
  it(
    "are seen by every cell with their type",
    inNotebook(
      async ({ run, diagnose }) => {
        assert.equal(await run("net.layers + prompt().length"), 4);
        assert.equal((await diagnose("net.nope"))[0]?.code, 2339);
      },
      { globals },
    ),
  );
  it(
    "can be declared anew",
    inNotebook(async ({ run }) => assert.equal(await run('const net = "mine"', "net.length"), 4), {
      globals,
    }),
  );
  it("are gone with the language", async () => {
    await inNotebook(async () => assert.ok("net" in globalThis), { globals })();
    assert.ok(!("net" in globalThis));
  });
});
