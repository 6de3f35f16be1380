// A cell that is run again, or edited: its names outlive the cells after it.
import assert from "node:assert/strict";
import { inNotebook } from "./compiler/notebook";

describe("kernel: a cell run again", () => {
  let refused = false;
  // The second cell declares the same names with the same types; what it declares has to outlive the cells after it.
  const again: [title: string, first: string, second: string, use: string, value: unknown][] = [
    ["let", "let a = [1]", "let a = [2, 3]", "a", [2, 3]],
    ["const", "const a = [1]", "const a = [2]", "a", [2]],
    ["var in a block", "{ var a = [1] }", "{ var a = [2] }", "a", [2]],
    ["one of several names", "let a = [1], b = 'x'", "let a = [2]", "[a, b]", [[2], "x"]],
    ["destructuring", "const { a, b: [c] } = { a: 1, b: [2] }", "const { a, b: [c] } = { a: 3, b: [4] }", "a + c", 7],
    ["await", "const a = await Promise.resolve([1])", "const a = await Promise.resolve([2])", "a", [2]],
    ["a function", "function f() { return 1 + 1 }", "function f() { return 2 + 2 }", "f()", 4],
    ["overloads", "function f(a: string): 1; function f(a: number): 2; function f(a: unknown) { return a as never }",
      "function f(a: string): 1; function f(a: number): 2; function f(a: unknown) { return [a] as never }", "f(5)", [5]],
    ["a class", "class A { x = 1 + 1; m() { return 1 } }", "class A { x = 2 + 2; m() { return 2 } }", "new A().x + new A().m()", 6],
    ["a generic class", "class A<T> { constructor(readonly v: T) {} }", "class A<T> { constructor(readonly v: T) {} }", "new A(5).v", 5],
    ["an interface", "interface I { n: number }", "interface I { n: number }", "({ n: 1 } satisfies I).n", 1],
    ["a type alias", "type T = { n: number }", "type T = { n: number }", "({ n: 1 } satisfies T).n", 1],
    ["an enum", "enum E { A, B }", "enum E { A, B }", "E.B", 1],
    ["a namespace", "namespace N { export const x = 1 + 1 }", "namespace N { export const x = 2 + 2 }", "N.x", 4],
    ["an import of all", "import * as os from 'node:os'", "import * as os from 'node:os'", "typeof os.cpus", "function"],
    ["an import by default", "import os from 'node:os'", "import os from 'node:os'", "typeof os.cpus", "function"],
    ["an import of names", "import { join, sep } from 'node:path'", "import { join, sep } from 'node:path'", "join('a', 'b') + sep", "a/b/"],
    ["one name of an import", "import { join, sep } from 'node:path'", "import { join } from 'node:path'", "join('a', 'b') + sep", "a/b/"],
    ["an import of a type", "import type { Stats } from 'node:fs'", "import type { Stats } from 'node:fs'", "({} as Stats).size", undefined],
    ["to another type", "let a = [1]", "let a = 'two'", "a.length", 3],
    ["from a variable to a function", "let a = 1", "function a() { return 2 }", "a()", 2],
    ["from a function to a class", "function a() { return 2 }", "class a { x = 3 }", "new a().x", 3],
    ["from a class to an interface", "class A { x = 3 }", "interface A { x: 4 }", "({ x: 4 } satisfies A).x", 4],
    ["from a type to a value of its name", "type T = 1", "const T = [2]", "T", [2]],
  ]; // biome-ignore format: a table
  for (const [title, first, second, use, value] of again) {
    it(
      title,
      inNotebook(async ({ run }) => {
        await run("let other = 'kept'; type Other = 'kept'", first, second);
        assert.deepEqual(await run("const later = 2", use), value);
        assert.deepEqual(await run(second, "1 + 1", "import * as url from 'node:url'", use), value);
        assert.deepEqual(await run(second, second, "class Last {}", use), value);
        assert.equal(await run("other satisfies string as Other"), "kept");
      }),
    );
  }

  it(
    "is known to completion, inspection and the list of variables",
    inNotebook(async ({ run, language }) => {
      const cell =
        "const nets = [1]; function train(epochs: number) { return epochs }; interface Net { depth: 1 }";
      await run(cell, cell, "const later = 2");
      for (const name of ["nets", "train", "later"]) {
        const { items } = language.complete(name.slice(0, -1), name.length - 1);
        assert.equal(items[0]?.text, name);
      }
      assert.ok(language.complete("let n: Ne", 9).items.some(({ text }) => text === "Net"));
      assert.match(language.inspect("nets", 1)?.signature ?? "", /const nets: number\[\]/);
      assert.match(language.inspect("train(1)", 1)?.signature ?? "", /train\(epochs: number\): number/);
      assert.deepEqual(
        language
          .variables()
          .map(({ name }) => name)
          .sort(),
        ["later", "nets", "train"],
      );
    }),
  );
  it(
    "keeps its names where the second run does not compile or throws",
    inNotebook(async ({ run, diagnose }) => {
      await run("let a = [1]");
      await diagnose("let a: number[] = 'no'");
      await run("const b = 1");
      assert.deepEqual(await run("a"), [1]);
      await run("let c = [1]");
      await assert.rejects(run("if (1 + 1) throw new Error('boom'); let c = [2]"), /boom/);
      await run("const d = 1");
      assert.deepEqual(await run("c"), [1]);
      await assert.rejects(run("let c = [3]; throw new Error('boom')"), /boom/);
      await run("const e = 1", "type F = 1");
      assert.deepEqual(await run("[c, a, b, d, e]"), [[3], [1], 1, 1, 1]);
    }),
  );
  it(
    "keeps its names where the second run is refused before it starts",
    inNotebook(
      async ({ run }) => {
        await run("let a = [1]");
        refused = true;
        await assert.rejects(run("let a = [2]"), /not now/);
        refused = false;
        await run("const b = 1");
        assert.deepEqual(await run("a"), [1]);
      },
      {
        onRun: () => {
          if (refused) throw new Error("not now");
        },
      },
    ),
  );
});
