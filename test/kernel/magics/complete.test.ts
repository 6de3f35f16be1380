import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { build } from "../../../archbert";
import { createMagics } from "../../../kernel/magics";
import { fakeLanguage } from "./language";

const network = build("input 8x8x1\nstage 1 conv 8\nhead 10\n");
const language = fakeLanguage({
  net: { type: 'import("archbert").Architecture' },
  made: { type: "any", value: network },
  candidate: { type: "Candidate", value: { architecture: network } },
  count: { type: "number", value: 3 },
});

/** Cell with `|` for the cursor, and what completes it: the span replaced, and the choices. */
const completed: readonly (readonly [string, string, readonly string[]])[] = [
  ["%|", "", ["archbert", "automl", "architecture", "time", "npm", "compiler", "doctor", "lsmagic"]],
  ["%arch|", "arch", ["archbert", "architecture"]],
  ["const a = 5\n%ti|", "ti", ["time"]],
  ["f(%arch|", "arch", ["archbert", "architecture"]],
  ["`${%arch|", "arch", ["archbert", "architecture"]],
  ["%%t|", "t", ["time"]],
  ["%archbert cap|", "cap", ["caption"]],
  ["%archbert cap|tion", "caption", ["caption"]],
  ["x = %archbert fac|", "fac", ["facts"]],
  ["for (;;) {\n  %archbert dr|", "dr", ["draw"]],
  ["%archbert caption |", "", ["net", "made", "candidate", "a.onnx", '"b c.onnx"', "deep/", "--style"]],
  ["%archbert caption n|", "n", ["net"]],
  ["%archbert train can|", "can", ["candidate"]],
  ["f(%archbert caption m|", "m", ["made"]],
  ["%archbert caption deep/|", "deep/", ["deep/d.onnx"]],
  ["%archbert load a|", "a", ["a.onnx"]],
  ['%archbert load "b|', "b", ["b c.onnx"]],
  ["%archbert caption net --|", "--", ["--style"]],
  ["%archbert caption net --style |", "", ["short", "default", "technical"]],
  ["%archbert caption net --style s|", "s", ["short"]],
  ["%archbert caption net --style=te|", "te", ["technical"]],
  ["%archbert draw net -o |", "", ["a.onnx", '"b c.onnx"', "deep/"]],
  ["%compiler str|", "str", ["strict", "strictNullChecks"]],
  ["%compiler strict |", "", ["true", "false"]],
  ["%archbert nothing |", "", []],
];

/** Where TypeScript completes, and what it is asked about. */
const delegated: readonly (readonly [string, string])[] = [
  ["%archbert caption {ne|}", "{network: ne"],
  ["%archbert caption {ne|", "{network: ne"],
  ["%archbert caption net.no|", "{network: net.no"],
  ["%time net.no|", "net.no"],
  ["%archbert caption net; foo.ba|", "foo.ba"],
  ["%archbert capton net\nfoo.ba|", "foo.ba"],
];

const untouched = ["ne|", '"%arch|', "a %arch|", "// %arch|", "`%arch|", "17 % ar|"];

describe("magics: completion", () => {
  let folder: string;
  const complete = (marked: string) => {
    const position = marked.indexOf("|");
    const cell = marked.replace("|", "");
    const { complete } = createMagics(language, { folder: () => folder });
    return { cell, found: complete(cell, position) };
  };

  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), "archbert-complete-"));
    mkdirSync(path.join(folder, "deep"));
    for (const name of ["a.onnx", "b c.onnx", "notes.txt", ".hidden.onnx", "deep/d.onnx"]) {
      writeFileSync(path.join(folder, name), "");
    }
  });
  after(() => rmSync(folder, { recursive: true }));

  for (const [marked, replaced, choices] of completed) {
    it(`completes ${JSON.stringify(marked)}`, () => {
      const { cell, found } = complete(marked);
      assert.ok(found);
      assert.equal(cell.slice(found.start, found.end), replaced);
      assert.deepEqual(
        found.items.map(({ text }) => text),
        choices,
      );
    });
  }

  for (const [marked, ends] of delegated) {
    it(`lets TypeScript complete ${JSON.stringify(marked)}`, () => {
      const { cell, found } = complete(marked);
      assert.deepEqual(
        found?.items.map(({ text }) => text),
        ["fromLanguage"],
      );
      const { source, position } = language.asked.at(-1) ?? { source: "" };
      assert.ok(source.slice(0, position).endsWith(ends), `${source} at ${position}`);
      assert.equal(found?.end, marked.indexOf("|"), cell);
    });
  }

  for (const marked of untouched) {
    it(`leaves ${JSON.stringify(marked)} to the language`, () =>
      assert.equal(complete(marked).found, undefined));
  }

  it("quotes a file name with a space when it completes a bare word", () => {
    const { found } = complete("%archbert load b|");
    assert.deepEqual(
      found?.items.map(({ text }) => text),
      ['"b c.onnx"'],
    );
  });
});

describe("magics: inspection", () => {
  const { inspect } = createMagics(language);
  const at = (marked: string) => inspect(marked.replace("|", ""), marked.indexOf("|"));

  it("tells the usage of a magic, a verb and an option", () => {
    assert.match(at("%arch|bert caption net")?.signature ?? "", /^%archbert load\|summary\|/);
    assert.equal(
      at("%archbert cap|tion net")?.signature,
      "%archbert caption NETWORK [--style short|default|technical]",
    );
    assert.match(at("%archbert cap|tion net")?.documentation ?? "", /`NETWORK`: a model file or URL/);
    assert.equal(
      at("%archbert caption net --st|yle short")?.signature,
      "%archbert caption --style short|default|technical",
    );
    assert.match(at("x = %ti|me f()")?.signature ?? "", /^%time EXPRESSION/);
  });

  it("leaves variables and code to TypeScript", () => {
    for (const [marked, ends] of [
      ["%archbert caption ne|t", "{network: ne"],
      ["%archbert caption {ne|t}", "{network: ne"],
      ["%time ne|t", "ne"],
    ] as const) {
      assert.equal(at(marked), undefined);
      const { source, position } = language.asked.at(-1) ?? { source: "" };
      assert.ok(source.slice(0, position).endsWith(ends), source);
    }
    assert.equal(at("ne|t"), undefined);
  });
});

describe("magics: completeness", () => {
  const { isComplete } = createMagics(language);
  for (const [cell, status] of [
    ["%archbert caption net", "complete"],
    ["%archbert caption {net", "incomplete"],
    ["%archbrt", "complete"],
    ["%%time", "incomplete"],
    ["%%time\nf()", "incomplete"],
    ["%%time\nf()\n", "complete"],
  ] as const) {
    it(`says ${status} of ${JSON.stringify(cell)}`, () => assert.equal(isComplete(cell)?.status, status));
  }
  it("has no opinion on other cells", () => assert.equal(isComplete("f(1)"), undefined));
});
