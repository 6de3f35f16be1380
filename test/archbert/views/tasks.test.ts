// Results of the tasks as cards: whatever a text or a network holds stays text.
import assert from "node:assert/strict";
import { ask, build, compare, generate, reason, search } from "../../../archbert";
import { parseHtml, tricks } from "../markup";
import { hostile, hostileNetwork } from "../networks";
import { standIn } from "../tasks/standIn";

const display = Symbol.for("Jupyter.display");
const program = "input 8x8x1\nstem conv 8\nstage 1 residual 16\nhead 10\n";

function bundleOf(value: object): Record<string, string> {
  return (value as { [display]: () => Record<string, string> })[display]();
}

/** Every text that could do harm, given as what a user wrote. */
const understood = Object.fromEntries(hostile.map((text) => [text.trim(), "residual"]));
const model = {
  ...standIn({ statements: understood, wishes: { residual: "residual" }, programs: [program] }),
  answer: async () => ({ answer: hostile.join(""), confidence: 0.5 }),
};

describe("views of the tasks", () => {
  const network = hostileNetwork();

  async function all(text: string): Promise<object[]> {
    return [
      await reason(network, text, { model }),
      await ask(network, text, { model }),
      await compare(network, build(program), { model }),
      await search(text, [network, "none\u001b[2J.onnx", "<img src=x onerror=alert(1)>.arch"], { model }),
      await generate("residual", { model, count: 2 }),
    ];
  }

  it("hang on results that stay plain data", async () => {
    for (const result of await all("anything")) {
      const bundle = bundleOf(result);
      assert.equal(String(result), bundle["text/plain"]);
      assert.ok(bundle["text/html"]);
      assert.deepEqual(
        JSON.parse(JSON.stringify(result)),
        JSON.parse(JSON.stringify(structuredClone(result))),
      );
    }
  });

  it("escape whatever a text or a network holds", async () => {
    for (const text of hostile) {
      for (const result of await all(text)) {
        const { "text/html": html = "", "text/plain": plain = "" } = bundleOf(result);
        const body = parseHtml(html);
        assert.equal(body.querySelectorAll("script, img, svg, iframe, a, style, input").length, 0, html);
        for (const element of body.querySelectorAll("*")) {
          for (const name of element.getAttributeNames()) assert.ok(["style", "title"].includes(name), name);
        }
        assert.doesNotMatch(plain, tricks);
      }
    }
  });

  it("say what a person asks first", async () => {
    const plain = build(program);
    const known = standIn({
      statements: { "It has residual connections.": "residual", "No dropout.": "no dropout" },
      questions: { "How many parameters?": "number parameters" },
      wishes: { residual: "residual" },
      programs: [program],
    });
    const options = { model: known };
    assert.match(
      String(await reason(plain, "It has residual connections. No dropout.", options)),
      /^True: "residual connections" and "no dropout" hold\.\n {2}✓ residual connections \(\d+ nodes: .*\n {2}✓ no dropout\nUnderstood with confidence 0\.90\. The model's own opinion, which proves nothing: 75 % likely to be true\.$/,
    );
    assert.match(
      String(await ask(plain, "How many parameters?", options)),
      /^How many parameters does it have\? 3,938\.\n {2}shown by \d+ nodes: .*\nComputed from the graph; the question was understood with confidence 0\.90\.$/,
    );
    assert.match(
      String(await ask(plain, "Who?", options)),
      /^I cannot tell: .*\nThe model's guess, which proves nothing: perhaps seven/,
    );
    assert.match(
      String(await compare(plain, plain, options)),
      /clones, variants of one network\nsimilarity 1\.00/,
    );
    assert.match(
      String(await search("No dropout.", [plain], options)),
      /^ 1 {2}\d\.\d\d {2}network: no dropout; likeness/m,
    );
    const generated = String(await generate("residual", { ...options, count: 1 }));
    assert.match(
      generated,
      /^1\ninput 8x8x1\n[\s\S]*\n# 3,938 parameters, .*written by the model\n {2}✓ residual connections/,
    );
    assert.match(generated, /\n\nUnderstood: residual connections\.\n/);
  });
});
