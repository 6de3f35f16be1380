// Sentences in magics: no quotes are needed where nothing else can stand on the line.
import assert from "node:assert/strict";
import fc from "fast-check";
import ts from "typescript";
import { CompileError } from "../../../kernel/language";
import { createMagics } from "../../../kernel/magics";
import { fakeLanguage } from "./language";

const { rewrite, complete } = createMagics(fakeLanguage({ net: { type: "Architecture" } }));
const a = "archbertMagic";
const ask = `${a}.archbert.ask`;
const generate = `${a}.archbert.generate`;

/** Cell and what the compiler sees. */
const rewritten: readonly (readonly [string, string])[] = [
  ['%archbert ask net "How deep?"', `await ${ask}({network: net, text: "How deep?"})`],
  ["%archbert ask net how deep is it?", `await ${ask}({network: net, text: "how deep is it?"})`],
  ["%archbert ask net how deep is it??", `await ${ask}({network: net, text: "how deep is it??"})`],
  ["%archbert ask net how deep?;", `void (await ${ask}({network: net, text: "how deep?"}));`],
  ["%archbert ask net how deep? // I wonder", `await ${ask}({network: net, text: "how deep?"}) // I wonder`],
  [
    "%archbert ask net has it (3x3) kernels, {a} and 'b'; or `c`?\n1",
    `await ${a}.show(${ask}({network: net, text: "has it (3x3) kernels, {a} and 'b'; or \`c\`?"}))\n1`,
  ],
  ["%archbert ask {f(1)} how deep", `await ${ask}({network: f(1), text: "how deep"})`],
  ["%archbert ask net {question}", `await ${ask}({network: net, text: question})`],
  ["%archbert ask a.onnx doesn't it pool?", `await ${ask}({network: "a.onnx", text: "doesn't it pool?"})`],
  ["const d = %archbert ask net how deep?", `const d = (await ${ask}({network: net, text: "how deep?"}))`],
  // Options end it, before it or after.
  [
    "%archbert generate small, no dropout -n 4 --seed 2",
    `await ${generate}({text: "small, no dropout", count: 4, seed: 2})`,
  ],
  ["%archbert generate -n 4 small (8x8)", `await ${generate}({count: 4, text: "small (8x8)"})`],
  ["%archbert generate small --count=4;", `void (await ${generate}({text: "small", count: 4}));`],
  ["%archbert generate 3-4 stages - no -x option", `await ${generate}({text: "3-4 stages - no -x option"})`],
  [
    "const nets = %archbert generate small, wide -o nets\nnets[0]",
    `const nets = (await ${generate}({text: "small, wide", out: "nets"}))\nnets[0]`,
  ],
  // In brackets, it ends where other magics do.
  ["f(%archbert ask net how deep, 1)", `f((await ${ask}({network: net, text: "how deep"})), 1)`],
  ["[%archbert generate a small net]", `[(await ${generate}({text: "a small net"}))]`],
  [
    '(%archbert ask net "a, b").answer',
    `(await ${ask}({network: net, text: "a, b"})).answer`
      .replace("(await", "((await")
      .replace("})).", "})))."),
  ],
  // Help is asked for where no sentence has begun.
  ["%archbert ask?", `await ${a}.help("%archbert ask")`],
  ["%archbert ask net?", `await ${a}.help("%archbert ask")`],
  ["%archbert generate small --help", `await ${a}.help("%archbert generate")`],
  // The cell below is the sentence.
  ["%%archbert ask net\nHow\ndeep?", `await ${ask}({network: net, text: \`\nHow\ndeep?\`.slice(1)})`],
  // Places.
  [
    '%archbert search "small, deep" net nets/ "x y.onnx" *.onnx . {a[0]} --top 3',
    `await ${a}.archbert.search({text: "small, deep", networks: [net, "nets/", "x y.onnx", "*.onnx", ".", a[0]], top: 3})`,
  ],
  ["%archbert compare net other.arch", `await ${a}.archbert.compare({a: net, b: "other.arch"})`],
];

describe("magics: sentences", () => {
  for (const [cell, expected] of rewritten) {
    it(cell.replaceAll("\n", " ⏎ "), () => assert.equal(rewrite(cell).source, expected));
  }

  const mistakes: readonly (readonly [string, RegExp])[] = [
    ['%archbert ask net "how" deep', /what is "deep"\? Put quotes around all of the sentence/],
    ["%archbert generate small --sead 3", /has no option --sead\. Did you mean --seed\?/],
    ["%archbert ask net", /needs TEXT/],
    ["%archbert generate small -n many", /"many" is not a number/],
  ];
  for (const [cell, said] of mistakes) {
    it(`says what is wrong in ${cell}`, () => {
      assert.throws(
        () => rewrite(cell),
        (error) => error instanceof CompileError && said.test(error.diagnostics[0]?.message ?? ""),
      );
    });
  }

  it("makes one string of whatever stands on the line", () => {
    const text = fc
      .string({ minLength: 1 })
      .filter((line) => !/[\r\n\u2028\u2029]|^[\s"'{;]|(^|\s)(-|\/\/)|^%|\?|[\s;]$/.test(line));
    fc.assert(
      fc.property(text, (said) => {
        const { source } = rewrite(`const x = %archbert generate w${said}\nconst y = 2`);
        const file = ts.createSourceFile("cell.ts", source, ts.ScriptTarget.Latest, true);
        assert.equal(file.statements.length, 2);
        const found: string[] = [];
        const visit = (node: ts.Node): void => {
          if (ts.isStringLiteral(node)) found.push(node.text);
          ts.forEachChild(node, visit);
        };
        visit(file);
        assert.deepEqual(found, [`w${said}`]);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it("completes the network, the files of a search, and options after a sentence", () => {
    const items = (cell: string) => complete(cell, cell.length)?.items.map(({ text }) => text) ?? [];
    assert.ok(items("%archbert ask ").includes("net"));
    assert.ok(items('%archbert search "x" ').includes("net"));
    assert.deepEqual(items("%archbert generate a small net --s"), ["--seed"]);
    assert.deepEqual(items("%archbert ask net how de"), []);
  });
});
