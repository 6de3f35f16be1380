// What a cell can import, and from where.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { utimesSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { createLanguage } from "../../kernel/tslab";
import { inNotebook } from "./compiler/notebook";

const packages = {
  "node_modules/esm-only/package.json":
    '{"name":"esm-only","type":"module","exports":{".":{"import":{"types":"./i.d.ts","default":"./i.js"}}}}',
  "node_modules/esm-only/i.js": 'export const parse = () => "parsed"; export default class Parser {}',
  "node_modules/esm-only/i.d.ts": "export declare const parse: () => string; export default class Parser {}",
  "node_modules/esm-waits/package.json": '{"name":"esm-waits","type":"module","exports":"./i.js"}',
  "node_modules/esm-waits/i.js": 'await 0; export default "def"; export const named = "nm";',
  "node_modules/esm-sync/package.json": '{"name":"esm-sync","type":"module","main":"i.js"}',
  "node_modules/esm-sync/i.js": "export const sync = 6;",
  "node_modules/cjs/package.json": '{"name":"cjs","main":"i.js","types":"i.d.ts"}',
  "node_modules/cjs/i.js": "module.exports = { foo: 5 };",
  "node_modules/cjs/i.d.ts": "declare const x: { foo: number }; export = x;",
  "node_modules/untyped/package.json": '{"name":"untyped","main":"i.js"}',
  "node_modules/untyped/i.js": "module.exports = { whatever: 9 };",
};

describe("kernel: imports of packages", () => {
  const stories: [title: string, cells: string[], value: unknown][] = [
    ["CommonJS, default and named", ['import cjs, { foo } from "cjs"', "[cjs, foo]"], [{ foo: 5 }, 5]],
    [
      "ES modules only",
      ['import Parser, { parse } from "esm-only"', "parse() + typeof new Parser()"],
      "parsedobject",
    ],
    [
      "ES modules that await",
      ['import w, * as all from "esm-waits"', "[w, (all as any).named]"],
      ["def", "nm"],
    ],
    ["without types", ['import untyped from "untyped"; untyped.whatever'], 9],
    [
      "a namespace of Node's",
      [
        'import * as fs from "node:fs"; import path, { join } from "path"',
        'join("a", "b") + typeof fs.statSync + path.sep',
      ],
      "a/bfunction/",
    ],
    [
      "types only",
      [
        'import type { Stats } from "fs"; import { type Dirent, existsSync } from "fs"',
        "let s: Stats | Dirent | undefined; typeof existsSync",
      ],
      "function",
    ],
    [
      "by import()",
      ['const m = await import("esm-only"); [m.parse(), Object.prototype.toString.call(m)]'],
      ["parsed", "[object Module]"],
    ],
    [
      "by import() of a computed name",
      ['const name: string = "esm-" + "only"; (await import(name)).parse()'],
      "parsed",
    ],
    ["by require()", ['require("cjs").foo + typeof require.resolve("cjs")'], "5string"],
    [
      "in a function, later",
      ['async function load() { return (await import("esm-only")).parse() }', "await load()"],
      "parsed",
    ],
  ];
  for (const [title, cells, value] of stories) {
    it(
      title,
      inNotebook(async ({ run }) => assert.deepEqual(await run(...cells), value), { files: packages }),
    );
  }

  it(
    "says which is missing, and finds it once it is there",
    inNotebook(async ({ diagnose, run, write }) => {
      const [first] = await diagnose('import late from "late"; late.x');
      assert.equal(first?.code, 2307);
      assert.match(first?.message ?? "", /'late'/);
      write("node_modules/late/package.json", '{"name":"late","main":"i.js"}');
      write("node_modules/late/i.js", "module.exports = { x: 4 };");
      assert.equal(await run('import late from "late"; late.x'), 4);
    }),
  );
});

describe("kernel: imports in an empty folder", () => {
  it(
    "have Node's types",
    inNotebook(async ({ run }) =>
      assert.equal(
        await run(
          'const t: NodeJS.Timeout = setTimeout(() => {}, 0); clearTimeout(t); console.error; new URL("http://a"); new AbortController(); typeof fetch + Buffer.from("x").toString("hex") + process.argv.length',
        ),
        `function78${process.argv.length}`,
      ),
    ),
  );
  it(
    "find our own package and tslab, with types",
    inNotebook(async ({ run, diagnose }) => {
      await run('import { ArchError } from "archbert/graph"; import * as tslab from "tslab"');
      assert.equal(
        await run('new ArchError("m", { fix: "f" }).message + typeof tslab.display'),
        "m. fobject",
      );
      assert.equal(await run('typeof (await import("archbert/graph")).ArchError'), "function");
      assert.equal((await diagnose('import { Nope } from "archbert/graph"'))[0]?.code, 2305);
    }),
  );
});

describe("kernel: import.meta", () => {
  it(
    "is of the folder",
    inNotebook(async ({ run, folder }) => {
      const url = pathToFileURL(join(folder, "a.csv")).href;
      assert.equal(await run("import.meta.dirname"), folder);
      assert.equal(await run('import.meta.resolve("./a.csv")'), url);
      assert.equal(await run('new URL("a.csv", import.meta.url).href'), url);
      assert.equal(await run("import.meta.filename.startsWith(import.meta.dirname)"), true);
      assert.equal(await run('import.meta.resolve("fs")'), "node:fs");
    }),
  );
});

describe("kernel: imports of local files", () => {
  const files = {
    "a.ts":
      'import { b } from "./sub/b.ts"; import data from "./data.json"; export const a: number = b + data.v;',
    "sub/b.ts": "export const b = 40;",
    "sub/index.ts": 'export * from "./b"; export default "index";',
    "data.json": '{ "v": 1 }',
    "plain.js": "module.exports = { p: 1 };",
    "m.mjs": 'export const m = "mjs";',
    "waits.ts": "export const w = await Promise.resolve(8);",
    "broken.ts": 'export const bad: number = "x";',
    "throws.ts": 'export function fail(): never {\n  throw new Error("from a file");\n}',
    "here.ts": "export const here = import.meta.filename;",
    "circular1.ts":
      'import { two } from "./circular2"; export const one = 1; export const sum = () => one + two;',
    "circular2.ts":
      'import { one } from "./circular1"; export const two = 2; export const first = () => one;',
  };
  const stories: [title: string, cells: string[], value: unknown][] = [
    ["that import others, and JSON", ['import { a } from "./a"', "a"], 41],
    ["with their extension", ['import { a } from "./a.ts"; a'], 41],
    ["a folder", ['import i, { b } from "./sub"; i + b'], "index40"],
    [
      "JSON with its attribute",
      ['import data from "./data.json" with { type: "json" }; data.v.toFixed(1)'],
      "1.0",
    ],
    [
      "CommonJS and ES modules in JavaScript",
      ['import p from "./plain.js"; import { m } from "./m.mjs"; p.p + m'],
      "1mjs",
    ],
    ["that await", ['import { w } from "./waits"; w'], 8],
    ["by import()", ['const { a } = await import("./a"); a'], 41],
    [
      "that know where they are",
      ['import { here } from "./here"; here === import.meta.dirname + "/here.ts"'],
      true,
    ],
    [
      "that import one another",
      ['import { sum } from "./circular1"; import { first } from "./circular2"; sum() + first()'],
      4,
    ],
    ["that a cell defines", ["/** @module mine */\nexport const x = 3;", 'import { x } from "./mine"; x'], 3],
  ];
  for (const [title, cells, value] of stories) {
    it(
      title,
      inNotebook(async ({ run }) => assert.deepEqual(await run(...cells), value), { files }),
    );
  }

  it(
    "beside the folder",
    inNotebook(
      async ({ language, folder }) => {
        language.dispose();
        const nested = createLanguage({ folder: join(folder, "sub"), globals: {} });
        try {
          assert.deepEqual(await nested.execute('import { a } from "../a"; a'), { value: 41 });
        } finally {
          nested.dispose();
        }
      },
      { files },
    ),
  );
  it(
    "run again after an edit, and who imports them does",
    inNotebook(
      async ({ run, write, folder }) => {
        assert.equal(await run('import { a } from "./a"; a'), 41);
        write("sub/b.ts", 'export const b = 100; export const fresh = "new";');
        utimesSync(join(folder, "sub/b.ts"), 1, 1);
        assert.equal(await run('import { a } from "./a"; a'), 101);
        assert.equal(await run('import { fresh } from "./sub/b"; fresh'), "new");
        write("data.json", '{ "v": 5, "more": 6 }');
        assert.equal(await run('import { a } from "./a"; import d from "./data.json"; a + d.more'), 111);
      },
      { files },
    ),
  );
  it(
    "are checked, and told by name",
    inNotebook(
      async ({ diagnose }) => {
        const [first] = await diagnose('import { bad } from "./broken"');
        assert.deepEqual([first?.file, first?.code, first?.line, first?.column], ["broken.ts", 2322, 0, 13]);
      },
      { files },
    ),
  );
});

describe("kernel: the process of a kernel", () => {
  it(
    "gets no warning from what we do",
    inNotebook(
      async ({ folder }) => {
        const script = `
          const { createLanguage } = require(${JSON.stringify(require.resolve("../../kernel/tslab"))});
          const language = createLanguage({ folder: process.cwd(), globals: {} });
          (async () => {
            await language.execute('import { parse } from "esm-only"; import w from "esm-waits"; import { sync } from "esm-sync"');
            await language.execute('sync + parse(); await import("node:fs")');
            language.dispose();
          })();`;
        const { stderr, status } = spawnSync(process.execPath, ["-e", script], {
          encoding: "utf8",
          cwd: folder,
        });
        assert.equal(stderr, "");
        assert.equal(status, 0);
      },
      { files: packages },
    ),
  );
});
