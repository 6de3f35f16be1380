// What a cell means: its value, its names, its types, its errors.
import assert from "node:assert/strict";
import { inNotebook } from "./compiler/notebook";

describe("kernel: the value of a cell", () => {
  const values: [cell: string, value: unknown][] = [
    ["1 + 1", 2],
    ["1 + 1;", 2],
    ['"use strict"', "use strict"],
    ["({ a: 1 })", { a: 1 }],
    ["{ a: 1 }", { a: 1 }],
    ["{ let a = 1; }", undefined],
    ["const a = 1", undefined],
    ["let b; b = 5", 5],
    ["1; const c = 2", undefined],
    ["if (Number.MAX_VALUE > 1) { 5 }", undefined],
    ["[1, 2].map((x) => x * 2)", [2, 4]],
    ["// only a comment", undefined],
    ["", undefined],
    ["5 // and a comment", 5],
    ["using r = { [Symbol.dispose]() {} }; 7", 7],
    ["await using r = { async [Symbol.asyncDispose]() {} }; const w = 3; w + 1", 4],
  ];
  for (const [cell, value] of values) {
    it(
      JSON.stringify(cell),
      inNotebook(async ({ run }) => assert.deepEqual(await run(cell), value)),
    );
  }

  it(
    "is a promise inside the result, not awaited",
    inNotebook(async ({ run }) => assert.ok((await run("({ p: Promise.resolve(1) })")) instanceof Object)),
  );
});

describe("kernel: await outside functions", () => {
  const values: [cell: string, value: unknown][] = [
    ["await 5", 5],
    ["await (Promise.resolve(5))", 5],
    ["(await Promise.resolve({ a: 5 })).a", 5],
    ["`a${await Promise.resolve(1)}b`", "a1b"],
    ["[await 1, ...[await 2]].concat(await 3)", [1, 2, 3]],
    ["const { a, b: [c] } = await Promise.resolve({ a: 1, b: [2] }); a + c", 3],
    ["let s = 0; for await (const x of [Promise.resolve(1), 2]) s += x; s", 3],
    ["let t = 0; for (const x of [1, 2]) { t += await x; } t", 3],
    ["if (await Promise.resolve(true)) { await 1 } else { await 2 }", undefined],
    ["class A { static x = 4; static { A.x++ } } await A.x", 5],
    [
      "async function* g() { yield 1; yield 2 } const l: number[] = []; for await (const x of g()) l.push(x); l",
      [1, 2],
    ],
  ];
  for (const [cell, value] of values) {
    it(
      cell,
      inNotebook(async ({ run }) => assert.deepEqual(await run(cell), value)),
    );
  }

  it(
    "is refused inside a function that is not async",
    inNotebook(async ({ diagnose }) => {
      const [first] = await diagnose("function f() { await 1 }");
      assert.equal(first?.code, 1308);
    }),
  );
});

describe("kernel: names between cells", () => {
  const stories: [title: string, cells: string[], value: unknown][] = [
    ["a variable", ["let a = 1", "a + 1"], 2],
    ["an assignment", ["let a = 1", "a = 5", "a"], 5],
    [
      "a function sees what a later cell assigns",
      ["let n = 0; function inc() { return ++n }", "n = 10; inc()", "n"],
      11,
    ],
    [
      "a function calls the latest of a name",
      ["function f() { return 1 } function g() { return f() }", "function f() { return 2 }", "g()"],
      2,
    ],
    ["redeclared with another type", ["const a = 1", 'const a = "s"', "a.length"], 1],
    ["redeclared without a value", ["let a = 1", "let a", "typeof a"], "undefined"],
    [
      "a class, its static and private members",
      ["class A { static s = 2; #p = 1; get p() { return this.#p } }", "new A().p + A.s"],
      3,
    ],
    ["a class again", ["class A { x = 1 }", "class A { y = 2 }", "new A().y"], 2],
    [
      "an abstract generic class",
      [
        "abstract class B<T> { abstract f(): T }",
        "class C extends B<number> { f() { return 4 } }",
        "new C().f()",
      ],
      4,
    ],
    ["enums", ["enum E { A, B } const enum F { X = 5 }", "E.B + F.X"], 6],
    ["an enum again", ["enum E { A = 1 }", "enum E { B = 2 }", "Object.keys(E).length"], 2],
    [
      "interfaces, types and generics",
      [
        "interface P { n: number } type U = 'x'; function id<T>(v: T) { return v }",
        "const p: P = { n: 1 }; const u: U = 'x'; id(p).n + u",
      ],
      "1x",
    ],
    ["a namespace, two cells later", ["namespace N { export const x = 4 }", "1", "2", "N.x"], 4],
    [
      "a global declaration, two cells later",
      [
        "declare global { interface Array<T> { second(): T } }\nArray.prototype.second = function () { return this[1] }",
        "1",
        "[1, 2].second()",
      ],
      2,
    ],
    [
      "overloads",
      [
        "function o(a: string): string; function o(a: number): number; function o(a: unknown) { return a as never }",
        "o(5)",
      ],
      5,
    ],
    ["in shorthand", ["let a = 1", "({ a })"], { a: 1 }],
    ["in destructuring assignment", ["let a = 1", "({ a } = { a: 7 }); a"], 7],
    [
      "beside a property of the same name",
      [
        "interface V { v: number } const o: V = { v: 1 }; let v = 9",
        "const { v: w } = o; ({ w, v: o.v, k: v })",
      ],
      { w: 1, v: 1, k: 9 },
    ],
    [
      "with underscores in front",
      ["let __a = 1, ___b = 2; function __f() { return __a }", "__a + ___b + __f()"],
      4,
    ],
    [
      "named as what emitted code uses",
      ["const require = 1, module = 2; let exports = 3", "require + module + exports"],
      6,
    ],
    [
      "exported all the same",
      ["export const a = 1; export function f() { return a } export class C {}", "f() + a + typeof C"],
      "2function",
    ],
    [
      "exports that nobody imports",
      ["export default 5; export * from 'node:os'; export { join } from 'node:path'", "1"],
      1,
    ],
    [
      "rest and defaults",
      [
        "const [h = 1, ...t] = [undefined, 2, 3]; const { x = 5, ...o } = { y: 1 } as { x?: number; y: number }",
        "[h, t, x, o]",
      ],
      [1, [2, 3], 5, { y: 1 }],
    ],
    [
      "decorators",
      [
        "function d<T extends new (...a: never[]) => object>(c: T, _: ClassDecoratorContext) { return c }\n@d class D { v = 1 }",
        "new D().v",
      ],
      1,
    ],
    [
      "many in one cell",
      [
        Array.from({ length: 130 }, (_, i) => `let v${i} = ${i}`).join("; "),
        "throw_; function throw_() {}",
        "v129",
      ],
      129,
    ],
    [
      "a var inside a block or a loop",
      ["for (var i = 0; i < 3; i++) { var inner = i }", "i * 10 + inner"],
      32,
    ],
    ["a type that cannot be written down", ["const A = class { private y = 1; z = 2 }", "new A().z"], 2],
    ["a symbol as a key", ["const s = Symbol(); const o = { [s]: 1 }", "o[s]"], 1],
    [
      "the names of functions and classes",
      ["function f() {} class C {} const a = () => 1", "f.name + C.name + a.name"],
      "fCa",
    ],
    [
      "the folder, as CommonJS has it, and one of the user's own",
      ["const was = typeof __dirname + typeof __filename", "const __dirname = 5", "was + __dirname"],
      "stringstring5",
    ],
    ["a shared function is no method", ["function self(this: unknown) { return this }", "self()"], undefined],
    ["a failed type check leaves all as it was", ["let a = 1", "a"], 1],
  ];
  for (const [title, cells, value] of stories) {
    it(
      title,
      inNotebook(async ({ run }) => assert.deepEqual(await run(...cells), value)),
    );
  }

  it(
    "lists them with their types, and forgets them",
    inNotebook(async ({ language, run, diagnose }) => {
      await run(
        'const a = 1; function f(x: string) { return x.length } class C {} import { join } from "path"',
      );
      assert.deepEqual(Object.fromEntries(language.variables().map(({ name, type }) => [name, type])), {
        a: "1",
        f: "(x: string) => number",
        C: "typeof C",
        join: 'typeof import("path")',
      });
      assert.equal(language.valueOf("a"), 1);
      assert.equal(language.valueOf("toString"), undefined);
      language.reset();
      assert.deepEqual(language.variables(), []);
      assert.equal(language.valueOf("a"), undefined);
      assert.equal((await diagnose("a"))[0]?.code, 2304);
    }),
  );
});

describe("kernel: a cell that stops half-way", () => {
  it(
    "keeps what it had declared before the throw",
    inNotebook(async ({ run, diagnose }) => {
      await assert.rejects(
        run('let a = 1; function f() { return a } throw new Error("boom"); let b = 2'),
        /boom/,
      );
      assert.equal(await run("f() + a"), 2);
      assert.equal((await diagnose("b"))[0]?.code, 2304);
    }),
  );
  it(
    "leaves the names that it did not reach as they were",
    inNotebook(async ({ run }) => {
      await run("const a = 1; let b = 2");
      await assert.rejects(run('const a = "s"; if (a) throw 5; const b = "t"'), (thrown) => thrown === 5);
      assert.deepEqual(await run("[a.length, b.toFixed(1)]"), [1, "2.0"]);
    }),
  );
  it(
    "keeps what came before an awaited rejection",
    inNotebook(async ({ run }) => {
      await assert.rejects(
        run("const a = await 1; const b = await Promise.reject(new TypeError('no'))"),
        TypeError,
      );
      assert.equal(await run("a"), 1);
    }),
  );
});

describe("kernel: a thousand cells", () => {
  it(
    "leave the declarations as long as they were",
    inNotebook(async ({ language, run }) => {
      for (let i = 0; i < 30; i++) {
        await run(
          `let a = ${i}; function f() { return a } class C { x = ${i} } type T = ${i}; import { join } from "path"`,
        );
      }
      assert.equal(language.variables().length, 4);
    }),
  );
});
