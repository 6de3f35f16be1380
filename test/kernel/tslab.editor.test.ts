// What helps while typing: completion, inspection, completeness, compiler options.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import fc from "fast-check";
import { ArchError } from "../../archbert/graph";
import type { Language } from "../../kernel/language";
import { createLanguage } from "../../kernel/tslab";
import { inNotebook } from "./compiler/notebook";

/** A source with `|` where the cursor is. */
function cursor(marked: string): [source: string, position: number] {
  const position = marked.indexOf("|");
  return [marked.slice(0, position) + marked.slice(position + 1), position];
}

const declared = `
/** Layers of a network. */
interface Net { layers: number; train(epochs: number, rate?: number): Promise<void>; "odd-name": 1 }
declare const never: never;
/**
 * Builds it.
 *
 * @param width neurons a layer
 * @returns the network
 */
function build(width: number, mode: "fast" | "exact" = "fast"): Net { return { layers: width } as Net }
const net = build(3);
class Box<T> { constructor(readonly value: T) {} }
enum Colour { Red, Green }`;

describe("kernel: completion", () => {
  const cases: [marked: string, text: string, type: string, replaced: string][] = [
    ["net.|", "layers", "property", ""],
    ["net.tr|", "train", "function", "tr"],
    ["net.tr| + 1", "train", "function", "tr"],
    ["bui|", "build", "function", "bui"],
    ["new Bo|", "Box", "class", "Bo"],
    ["Colour.|", "Green", "property", ""],
    ["process.std|", "stdout", "property", "std"],
    ["const a: Ne|", "Net", "interface", "Ne"],
    ["awai|", "await", "keyword", "awai"],
    ['build(1, "|")', "exact", "text", ""],
    ['build(1, "ex|")', "exact", "text", "ex"],
    ['import {} from "node:f|"', "node:fs", "module", "node:f"],
    ['import {} from "./da|"', "data.json", "path", "da"],
    ['import { existsS| } from "fs"', "existsSync", "function", "existsS"],
    ["if (x) { net.|", "layers", "property", ""],
    ["globalNet.|", "depth", "property", ""],
    ["net.\n  |", "layers", "property", ""],
  ];
  const options = {
    files: { "data.json": "{}" },
    globals: { globalNet: { value: { depth: 1 }, type: "{ depth: number }" } },
  };
  it(
    "finds names of every kind, with their type",
    inNotebook(async ({ run, language }) => {
      await run(declared);
      for (const [marked, text, type, replaced] of cases) {
        const [source, position] = cursor(marked);
        const { start, end, items } = language.complete(source, position);
        const item = items.find((candidate) => candidate.text === text);
        assert.ok(item, `${marked}: ${items.slice(0, 10).map((candidate) => candidate.text)}`);
        assert.equal(item.type, type, marked);
        assert.equal(source.slice(start, end), replaced, marked);
      }
    }, options),
  );
  it(
    "puts what begins as typed first, and what cells declared before what Node has",
    inNotebook(async ({ run, language }) => {
      await run("const processed = 1");
      assert.equal(language.complete("proces", 6).items[0]?.text, "processed");
      assert.deepEqual(language.complete("nosuchname", 10).items, []);
      const all = language.complete("", 0).items;
      assert.equal(all[0]?.text, "processed");
      assert.ok(!all.some(({ text }) => text.startsWith("__tslab")));
    }),
  );
  it(
    "tells the type of the first ones",
    inNotebook(async ({ run, language }) => {
      await run(declared);
      const train = language.complete("net.tr", 6).items[0];
      assert.equal(train?.signature, "(epochs: number, rate?: number) => Promise<void>");
    }),
  );
  it(
    "never throws, wherever the cursor is in whatever text",
    inNotebook(async ({ language }) => {
      const word = fc.constantFrom(
        "net",
        ".",
        "(",
        ")",
        "{",
        "}",
        '"',
        "`",
        "${",
        "import ",
        "from ",
        "const ",
        "=",
        "\n",
        "/*",
        "//",
        "<",
        "é",
        "=> ",
        "class ",
        "@",
      );
      fc.assert(
        fc.property(fc.array(word, { maxLength: 12 }), fc.nat(40), (words, at) => {
          const source = words.join("");
          const position = Math.min(at, source.length);
          const { start, end } = language.complete(source, position);
          assert.ok(0 <= start && start <= end && end <= source.length, `${source}: ${start}-${end}`);
          language.inspect(source, position);
          language.isComplete(source);
        }),
        { numRuns: 150, seed: 1 },
      );
    }),
  ).timeout(60_000);
});

describe("kernel: inspection", () => {
  const cases: [marked: string, signature: RegExp, documentation: RegExp][] = [
    [
      "bui|ld",
      /^function build\(width: number, mode\?: "fast" \| "exact"\): Net$/,
      /^Builds it\.\n\n`width`: neurons a layer\n\n\*returns\*: the network$/,
    ],
    ["build|", /^function build/, /Builds it/],
    ["build(|", /^function build/, /Builds it/],
    ["build(1, |)", /^function build/, /Builds it/],
    ["net.train(|)", /^\(method\) Net\.train\(epochs: number, rate\?: number\): Promise<void>$/, /^$/],
    ["net.tr|ain", /^\(method\) Net\.train/, /^$/],
    ["new Box(|", /Box<unknown>|Box<T>/, /^$/],
    ["const n: N|et = net", /^interface Net$/, /^Layers of a network\.$/],
    ["[1].ma|p", /^\(method\) Array<number>\.map</, /Calls a defined callback function/],
    ["globalNet|", /globalNet: \{\s*depth: number;?\s*\}/, /^$/],
    ["const local = 5; loc|al", /^const local: 5$/, /^$/],
  ];
  const globals = { globalNet: { value: { depth: 1 }, type: "{ depth: number }" } };
  it(
    "tells declaration and documentation of the name at the cursor or of the call around it",
    inNotebook(
      async ({ run, language }) => {
        await run(declared);
        for (const [marked, signature, documentation] of cases) {
          const found = language.inspect(...cursor(marked));
          assert.match(found?.signature ?? "nothing", signature, marked);
          assert.match(found?.documentation ?? "nothing", documentation, marked);
        }
        assert.equal(language.inspect("1 + 1", 3), undefined);
        assert.equal(language.inspect("", 0), undefined);
      },
      { globals },
    ),
  );
});

describe("kernel: completeness", () => {
  const folder = mkdtempSync(`${tmpdir()}/notebook-`);
  let language: Language;
  before(() => {
    language = createLanguage({ folder, globals: {} });
  });
  after(() => {
    language.dispose();
    rmSync(folder, { recursive: true });
  });
  const cases: [source: string, status: string, indent?: string][] = [
    ["1 + 1", "complete"],
    ["", "complete"],
    ["const a: string = 5", "complete"],
    ["await (x)", "complete"],
    ["for await (const x of y) {}", "complete"],
    ["function f() {", "incomplete", "  "],
    ["  if (a) {\n    b();", "incomplete", "    "],
    ["f(1,", "incomplete", ""],
    ["f(\n", "incomplete", "  "],
    ["const a =", "incomplete", ""],
    ["a +", "incomplete", ""],
    ["[1, 2", "incomplete", ""],
    ["() =>", "incomplete", "  "],
    ["`abc", "incomplete", ""],
    ["`abc ${1 +", "incomplete", ""],
    ["/* comment", "incomplete", ""],
    ["class A {\n  f() {\n  }\n", "incomplete", "  "],
    ["x = )", "invalid"],
    ["}", "invalid"],
    ["const 1 = 2", "invalid"],
    ['"abc', "invalid"],
    ["f(1, }", "invalid"],
  ];
  for (const [source, status, indent] of cases) {
    it(`${JSON.stringify(source)} is ${status}`, () => {
      assert.deepEqual(language.isComplete(source), indent === undefined ? { status } : { status, indent });
    });
  }
});

describe("kernel: compiler options", () => {
  it(
    "are strict but for annotations, and stricter when asked",
    inNotebook(async ({ run, diagnose, language }) => {
      await run("function loose(x) { return x } try { } catch (e) { e.message }");
      assert.equal(
        (await diagnose("let n: number | undefined = undefined as number | undefined; n.toFixed()"))[0]?.code,
        18048,
      );
      language.setCompilerOptions({ strict: true });
      assert.equal((await diagnose("function strict(x) { return x }"))[0]?.code, 7006);
      assert.equal(language.compilerOptions().strict, true);
      language.setCompilerOptions({ strict: false });
      await run("let m: number | undefined = undefined as number | undefined; () => m.toFixed()");
      assert.equal(await run("typeof loose"), "function");
    }),
  );
  it(
    "are told when unknown, reserved or wrong",
    inNotebook(async ({ language }) => {
      const set = (options: Record<string, unknown>) => () => language.setCompilerOptions(options);
      assert.throws(
        set({ strickt: true }),
        (error) => error instanceof ArchError && /"strickt".*"strict"/.test(error.message),
      );
      assert.throws(set({ outDir: "x" }), /"outDir" is the kernel's own/);
      assert.throws(set({ target: "es1999" }), ArchError);
      assert.throws(set({ strict: "yes" }), ArchError);
      assert.equal(language.compilerOptions().strickt, undefined);
    }),
  );
  it(
    "refuse a target that no cell could await with, and stay as they were",
    inNotebook(async ({ run, language }) => {
      for (const target of ["es5", "es2016"]) {
        assert.throws(() => language.setCompilerOptions({ target }), /cells may await.*Choose es2017/s);
      }
      assert.equal(language.compilerOptions().target, "es2024");
      assert.equal(await run("const a = await Promise.resolve(5); a"), 5);
      language.setCompilerOptions({ target: "es2017" });
      assert.equal(await run("const b = await Promise.resolve(6); b"), 6);
    }),
  );
  for (const target of ["es5", "es2016"]) {
    it(
      `take the kernel's own target, and say so, where the folder's is ${target}`,
      inNotebook(
        async ({ run, language, write }) => {
          const warned = await warnings(async () => {
            assert.equal(await run('import { v } from "./local"; (await Promise.resolve(2)) + v'), 5);
            assert.equal(await run("class A { #a = 1; get a() { return this.#a } } new A().a"), 1);
          });
          assert.deepEqual(warned, [
            `tsconfig.json: cells may await, which the target ${target} cannot: es2024 is taken`,
          ]);
          assert.equal(language.compilerOptions().target, "es2024");
          assert.equal(language.compilerOptions().noImplicitAny, true);
          language.setCompilerOptions({ target: "es2022" });
          assert.deepEqual(await warnings(async () => void (await run("1"))), []);
          assert.equal(language.compilerOptions().target, "es2022");
          language.setCompilerOptions({ target: null });
          assert.equal(language.compilerOptions().target, "es2024");
          const again = await warnings(async () => assert.equal(await run("await Promise.resolve(4)"), 4));
          assert.deepEqual(again, warned);
          write("tsconfig.json", '{ "compilerOptions": { "target": null } }');
          assert.equal(await run("await Promise.resolve(1)"), 1);
          write("tsconfig.json", '{ "compilerOptions": { "target": "es2018" } }');
          assert.equal(await run("await Promise.resolve(2)"), 2);
          assert.equal(language.compilerOptions().target, "es2018");
        },
        {
          files: {
            "tsconfig.json": `{ "compilerOptions": { "target": "${target}", "module": "commonjs", "strict": true, "noImplicitAny": true } }`,
            "local.ts": "export const v = await Promise.resolve(3);",
          },
        },
      ),
    );
  }
  it(
    "come from the folder's tsconfig.json",
    inNotebook(
      async ({ run, diagnose, language, write }) => {
        assert.equal((await diagnose("const a: number[] = []; a[0].toFixed()"))[0]?.code, 2532);
        assert.equal(await run('import { x } from "@lib/x"; x'), 7);
        assert.deepEqual(language.compilerOptions().lib, ["es2023", "dom"]);
        assert.equal(await run("typeof document"), "undefined");
        write(
          "tsconfig.json",
          '{ "compilerOptions": { "noUncheckedIndexedAccess": false, "paths": { "@lib/*": ["./lib/*"] } } }',
        );
        await run("const a: number[] = [1]; a[0].toFixed()");
      },
      {
        files: {
          "tsconfig.json":
            '{ "compilerOptions": { "strict": true, "noUncheckedIndexedAccess": true, "lib": ["es2023", "dom"], "paths": { "@lib/*": ["./lib/*"] }, "module": "commonjs", "outDir": "out", "noUnusedLocals": true } }',
          "lib/x.ts": "export const x = 7;",
        },
      },
    ),
  );
  it(
    "warn of a tsconfig.json that is broken, and go on",
    inNotebook(
      async ({ run }) => {
        const warned = await warnings(async () => {
          assert.equal(await run("1 + 1"), 2);
          assert.equal(await run("1 + 2"), 3);
        });
        assert.equal(warned.length, 1, String(warned));
        assert.match(warned[0] ?? "", /^tsconfig\.json.*strickt/);
      },
      { files: { "tsconfig.json": '{ "compilerOptions": { "strickt": true } }' } },
    ),
  );
  it(
    "know JSX when the folder does",
    inNotebook(
      async ({ run }) => {
        await run(
          "const React = { createElement: (tag: string, props: object | null, ...children: unknown[]) => ({ tag, props, children }) }; declare global { namespace JSX { interface IntrinsicElements { b: { id?: string } } } }",
        );
        assert.deepEqual(await run('<b id="x">{1 + 1}</b>'), { tag: "b", props: { id: "x" }, children: [2] });
      },
      { files: { "tsconfig.json": '{ "compilerOptions": { "jsx": "react" } }' } },
    ),
  );
});

/** What is warned of meanwhile. */
async function warnings(work: () => Promise<void>): Promise<string[]> {
  const warned: string[] = [];
  const { warn } = console;
  console.warn = (text: string) => void warned.push(text);
  try {
    await work();
  } finally {
    console.warn = warn;
  }
  return warned;
}
