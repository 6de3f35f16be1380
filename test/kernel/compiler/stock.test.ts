// The internal functions of the compiler that we call: an upgrade that lacks one fails here, by name.
import assert from "node:assert/strict";
import { ts } from "../../../kernel/compiler/stock";

describe("kernel: the stock compiler", () => {
  it("is of the version that was tried", () => assert.match(ts.version, /^6\.0\./));
  const functions: [name: string, value: unknown][] = [
    ["bindSourceFile", ts.bindSourceFile],
    ["findPrecedingToken", ts.findPrecedingToken],
    ["findNextToken", ts.findNextToken],
    ["getTouchingPropertyName", ts.getTouchingPropertyName],
    ["Completions.getCompletionsAtPosition", ts.Completions.getCompletionsAtPosition],
    [
      "SymbolDisplay.getSymbolDisplayPartsDocumentationAndSymbolKind",
      ts.SymbolDisplay.getSymbolDisplayPartsDocumentationAndSymbolKind,
    ],
    ["SymbolDisplay.getSymbolModifiers", ts.SymbolDisplay.getSymbolModifiers],
  ];
  for (const [name, value] of functions) it(`has ${name}`, () => assert.equal(typeof value, "function"));
  it("has the option declarations and the null context", () => {
    assert.ok(ts.optionDeclarations.some(({ name }) => name === "strict"));
    assert.equal(typeof ts.nullTransformationContext.factory, "object");
  });
  it("keeps on a source file what the program keeps on one that it holds", () => {
    const file = ts.createSourceFile("a.ts", "export const a = 1", ts.ScriptTarget.ESNext);
    ts.bindSourceFile(file, {});
    const keys = Object.keys(file);
    for (const key of ["locals", "symbol", "parseDiagnostics", "bindDiagnostics"])
      assert.ok(keys.includes(key) || key in file, key);
  });
});
