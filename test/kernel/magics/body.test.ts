// A cell given to a verb as text, and a registry of one's own.
import assert from "node:assert/strict";
import { createMagics } from "../../../kernel/magics";
import { verb } from "../../../kernel/verbs/verb";
import { fakeLanguage } from "./language";

const ask = verb({
  name: "ask",
  summary: "answers a question",
  examples: [],
  args: {
    network: { kind: "network", summary: "a model" },
    question: { kind: "text", summary: "what is asked" },
  },
  options: { short: { kind: "flag", summary: "in one sentence" } },
  body: "question",
  run: ({ question }) => question,
  toText: String,
  toJson: (answer) => answer,
});
const { rewrite, complete } = createMagics(fakeLanguage(), {
  registry: { own: { kind: "verbs", name: "own", summary: "of one's own", verbs: { ask } } },
});

describe("magics: a cell as text", () => {
  it("gives the cell to the verb, on the same lines, whatever it holds", () => {
    const cell = "%%own ask net --short\nWhat is `this`?\n\\ ${not} code, %own neither";
    const { source } = rewrite(cell);
    const text = "\nWhat is \\`this\\`?\n\\\\ \\${not} code, %own neither";
    assert.equal(
      source,
      `await archbertMagic.own.ask({network: net, short: true, question: \`${text}\`.slice(1)})`,
    );
    const given = new Function("net", "own", `return own({${source.slice(source.indexOf("{") + 1, -1)})`);
    assert.equal(
      given(1, ({ question }: { question: string }) => question),
      cell.slice(cell.indexOf("\n") + 1),
    );
  });

  it("needs the other arguments still", () => {
    assert.throws(() => rewrite("%%own ask\nWhat?"), /%own ask needs NETWORK/);
    assert.doesNotThrow(() => rewrite("%%own ask net\nWhat?"));
  });

  it("takes the same verb in a line", () => {
    assert.equal(
      rewrite("%own ask net why").source,
      'await archbertMagic.own.ask({network: net, question: "why"})',
    );
    assert.throws(() => rewrite("%own ask net"), /needs QUESTION/);
  });

  it("completes it above a cell", () => {
    assert.deepEqual(
      complete("%%o", 3)?.items.map(({ text }) => text),
      ["own"],
    );
  });
});
