// The rooms of the project and their arrows: who may import whom.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join, resolve } from "node:path";
import ts from "typescript";

const root = resolve(__dirname, "..", "..");

/** A room is a folder; the longest that a file lies in is its room. */
const rooms = ["kernel", "automl", "datasets", "archbert/graph", "archbert", "compute"] as const;
type Room = (typeof rooms)[number];

/** The arrows, which point down only. `archbert/graph` is open to all. */
const mayImport: Record<Room, readonly Room[]> = {
  kernel: ["automl", "datasets", "archbert", "compute", "archbert/graph"],
  automl: ["datasets", "archbert", "compute", "archbert/graph"],
  archbert: ["compute", "archbert/graph"],
  datasets: ["archbert/graph"],
  compute: ["archbert/graph"],
  "archbert/graph": [],
};

/** Modules of Node that give a tensor, a file, a socket or a process: not for plain data. */
const worldly = new Set([
  "fs",
  "net",
  "http",
  "https",
  "http2",
  "tls",
  "dgram",
  "child_process",
  "worker_threads",
  "cluster",
]);
const longestFile = 400;

/** What every room may take without loading the importers and the drawing: types, the errors, the language. */
const contracts = [
  "architecture",
  "caption",
  "claims",
  "errors",
  "facts",
  "guard",
  "language",
  "nearest",
  "random",
].map((name) => `archbert/graph/${name}`);

/**
 * Further doors of a room: of the graph, the one for users, whose arguments are checked; how results look, for the rooms
 * above that have results of their own; a training as plain data, without the types of TensorFlow.js; and files that are
 * whole or not there.
 */
const doors = ["archbert/graph/doors", "archbert/views", "automl/views", "compute/files", "compute/trained"];

interface Import {
  /** The name as written. */
  name: string;
  line: number;
}

interface Source {
  /** Relative to the project, with slashes. */
  path: string;
  text: string;
  imports: Import[];
}

const underProject = (path: string) => path.slice(root.length + 1).replaceAll("\\", "/");

/** Every import of a file: static, dynamic, `require`, `require.resolve`, `import x = require()`, and types by `import("x")`. */
function importsOf(file: ts.SourceFile): Import[] {
  const found: Import[] = [];
  const note = (node: ts.Node | undefined) => {
    if (node && ts.isStringLiteralLike(node)) {
      found.push({ name: node.text, line: file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1 });
    }
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) note(node.moduleSpecifier);
    else if (ts.isExternalModuleReference(node)) note(node.expression);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) note(node.argument.literal);
    else if (ts.isCallExpression(node)) {
      const called = node.expression.getText(file);
      if (node.expression.kind === ts.SyntaxKind.ImportKeyword || /^require(\.resolve)?$/.test(called))
        note(node.arguments[0]);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function sourcesBelow(folder: string): Source[] {
  let entries: string[];
  try {
    entries = readdirSync(join(root, folder), { recursive: true, encoding: "utf8" });
  } catch {
    return []; // A room that is not built yet.
  }
  return entries
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts"))
    .map((name) => {
      const full = join(root, folder, name);
      const text = readFileSync(full, "utf8");
      const file = ts.createSourceFile(full, text, ts.ScriptTarget.ESNext, true);
      return { path: underProject(full), text, imports: importsOf(file) };
    });
}

const roomOf = (path: string): Room | undefined =>
  rooms.filter((room) => path === room || path.startsWith(`${room}/`)).sort((a, b) => b.length - a.length)[0];

/** Where a relative import leads, relative to the project; undefined for a package or a module of Node. */
const targetOf = (source: Source, { name }: Import) =>
  name.startsWith(".")
    ? underProject(resolve(root, dirname(source.path), name)).replace(/\.js$/, "")
    : undefined;

/** The faults of one file, one line each. */
function faultsOf(source: Source): string[] {
  const room = roomOf(source.path);
  if (!room) return [];
  return source.imports.flatMap((imported) => {
    const fault = faultOf(source, room, imported);
    return fault ? [`${source.path}:${imported.line} imports ${imported.name}: ${fault}`] : [];
  });
}

function faultOf(source: Source, room: Room, imported: Import): string | undefined {
  const { name } = imported;
  const target = targetOf(source, imported);
  if (target === undefined) {
    const bare = name.replace(/^node:/, "").split("/")[0] as string;
    if (name.startsWith("tslab/dist") && source.path !== "kernel/tslab.ts") return "only kernel/tslab.ts may";
    if (room === "archbert/graph" && builtinModules.includes(bare) && worldly.has(bare)) {
      return "archbert/graph knows no file, socket or process";
    }
    if (room !== "compute" && name.startsWith("@tensorflow/tfjs") && name.includes("/dist/"))
      return "only compute may";
    return undefined;
  }
  const other = roomOf(target);
  if (!other) return /^(test|scripts)\//.test(target) ? "the product may not import it" : undefined;
  if (other === room) return undefined;
  if (!mayImport[room].includes(other)) return `no arrow leads from ${room} to ${other}`;
  if ([other, ...doors].some((door) => target === door || target === `${door}/index`)) return undefined;
  if (other === "archbert/graph" && contracts.includes(target)) return undefined;
  return `enter ${other} through its index.ts`;
}

/** A table is a file whose lines are nearly all data: it may be as long as the data is. */
function isTable({ text }: Source): boolean {
  const file = ts.createSourceFile("t.ts", text, ts.ScriptTarget.ESNext, true);
  const data = file.statements.filter(
    (statement) =>
      ts.isVariableStatement(statement) &&
      statement.declarationList.declarations.every(
        (d) => d.initializer && /^[[{]|^new (Map|Set)\b/.test(d.initializer.getText(file)),
      ),
  );
  const size = data.reduce((sum, statement) => sum + statement.getText(file).length, 0);
  return size > text.length * 0.8;
}

const product = rooms.filter((room) => room !== "archbert/graph").flatMap(sourcesBelow);

describe("rooms", () => {
  it("import down the arrows, through index.ts", () => {
    assert.ok(product.length > 10, "the product was read");
    assert.deepEqual(product.flatMap(faultsOf), []);
  });

  it(`keep files within ${longestFile} lines, tables aside`, () => {
    const all = [...product, ...sourcesBelow("test"), ...sourcesBelow("scripts")];
    const long = all.filter(
      (source) => source.text.trimEnd().split("\n").length > longestFile && !isTable(source),
    );
    assert.deepEqual(
      long.map(({ path }) => path),
      [],
    );
  });

  it("have no default exports", () => {
    const defaults = product.filter(({ text }) => /^export default\b/m.test(text));
    assert.deepEqual(
      defaults.map(({ path }) => path),
      [],
    );
  });

  it("are drawn in the README with the same arrows", () => {
    const readme = readFileSync(join(root, "README.md"), "utf8");
    const drawn = new Map<string, string[]>();
    for (const [, from, to] of readme.matchAll(/^([a-z/]+) +-> ([a-z/, ]+|nothing of ours)$/gm)) {
      drawn.set(
        from as string,
        to === "nothing of ours" ? [] : (to as string).split(",").map((room) => room.trim()),
      );
    }
    for (const room of rooms) assert.deepEqual(drawn.get(room)?.sort(), [...mayImport[room]].sort(), room);
  });

  describe("a wrong arrow is seen", () => {
    const seen = (path: string, code: string) => {
      const file = ts.createSourceFile(path, code, ts.ScriptTarget.ESNext, true);
      return faultsOf({ path, text: code, imports: importsOf(file) });
    };

    it("upwards, in every way of importing", () => {
      for (const code of [
        'import { a } from "../kernel";',
        'import type { A } from "../kernel";',
        'export * from "../kernel";',
        'const a = await import("../kernel");',
        'const a = require("../kernel");',
        'import a = require("../kernel");',
        'type A = import("../kernel").A;',
      ]) {
        assert.match(seen("archbert/x.ts", code).join(), /no arrow leads from archbert to kernel/, code);
      }
    });

    it("from archbert/graph to a file, a socket or anything of ours", () => {
      assert.equal(seen("archbert/graph/x.ts", 'import { readFileSync } from "node:fs";').length, 1);
      assert.equal(seen("archbert/graph/x.ts", 'import { readFile } from "fs/promises";').length, 1);
      assert.equal(seen("archbert/graph/ops/x.ts", 'import { a } from "../../views";').length, 1);
    });

    it("past an index.ts, and to tslab's inside", () => {
      assert.equal(seen("kernel/x.ts", 'import { a } from "../archbert/views/page";').length, 1);
      assert.equal(seen("kernel/x.ts", 'import { a } from "tslab/dist/executor";').length, 1);
      assert.equal(seen("kernel/x.ts", 'import { a } from "../test/python/jupyter";').length, 1);
    });

    it("and a right one passes", () => {
      assert.deepEqual(seen("kernel/tslab.ts", 'import { a } from "tslab/dist/executor";'), []);
      assert.deepEqual(seen("kernel/verbs/x.ts", 'import { a } from "../../archbert";'), []);
      assert.deepEqual(seen("archbert/x.ts", 'import { a } from "./graph/facts";'), []);
      assert.deepEqual(seen("kernel/verbs/x.ts", 'await import("../../archbert/index.js");'), []);
      assert.deepEqual(seen("datasets/x.ts", 'import { a } from "../archbert/graph";'), []);
    });
  });
});
