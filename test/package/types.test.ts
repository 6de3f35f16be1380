// The declarations of the package's entries, read as a program that uses them reads them: libraries checked too.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { projectFolder } from "../python/jupyter";

const entries: Record<string, { types: string }> = JSON.parse(
  readFileSync(path.join(projectFolder, "package.json"), "utf8"),
).exports;
const typesOf = (entry: string) => path.join(projectFolder, entries[entry]?.types ?? "");
const isTfjs = (file: string) => file.includes("/node_modules/@tensorflow/");

/** @returns the files that were read, and the compiler's complaints */
function read(names: readonly string[]): { files: string[]; faults: string[] } {
  const program = ts.createProgram(names.map(typesOf), {
    strict: true,
    noEmit: true,
    skipLibCheck: false,
    target: ts.ScriptTarget.ES2023,
    lib: ["lib.es2023.d.ts"],
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    types: ["node"],
    typeRoots: [path.join(projectFolder, "node_modules", "@types")],
  });
  const faults = ts
    .getPreEmitDiagnostics(program)
    .map(
      ({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`,
    );
  return { files: program.getSourceFiles().map(({ fileName }) => fileName), faults };
}

describe("the types of the package", function () {
  this.timeout(60_000);

  it("hold with their libraries, and reach no tensor, from every entry but compute", () => {
    const plain = Object.keys(entries).filter((name) => entries[name]?.types && name !== "./compute");
    assert.ok(plain.length >= 5, plain.join());
    const { files, faults } = read(plain);
    assert.deepEqual(faults, []);
    assert.deepEqual(files.filter(isTfjs), []);
  });
});
