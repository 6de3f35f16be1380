// %%architecture: a program in a cell becomes a constant; its mistakes are the cell's.
import assert from "node:assert/strict";
import { facts } from "../../../archbert";
import { CompileError } from "../../../kernel/language";
import { createMagicRuntime, createMagics } from "../../../kernel/magics";
import { fakeHost } from "./host";
import { fakeLanguage } from "./language";

const { rewrite, complete } = createMagics(fakeLanguage());
const cell = "%%architecture digits\ninput 8x8x1\nstem conv 16\nhead 10";

/** The places of the mistakes in a cell, with what is said. */
function mistakes(
  source: string,
): readonly { line: number; column: number; length: number; message: string }[] {
  try {
    rewrite(source);
  } catch (error) {
    assert.ok(error instanceof CompileError);
    return error.diagnostics;
  }
  return [];
}

describe("%%architecture", () => {
  it("declares a constant, on the same lines, and shows it", () => {
    const { source } = rewrite(cell);
    assert.equal(
      source,
      'const digits = await archbertMagic.architecture({name: "digits", program: `\ninput 8x8x1\nstem conv 16\nhead 10`.slice(1)}); digits',
    );
  });

  it("makes the network, called as the constant unless the program has a name", async () => {
    const host = fakeHost();
    const { architecture } = createMagicRuntime(host);
    const program = "input 8x8x1\nstem conv 16\nhead 10";
    const network = await architecture({ name: "digits", program });
    assert.deepEqual(
      [network.name, network.format, facts(network).parameters],
      ["digits", "architecture", 346],
    );
    assert.match(String(network), /^digits\n/);
    assert.equal(host.shown.length, 0);
    assert.equal(
      (await architecture({ name: "digits", program: `network own\n${program}`, draw: true })).name,
      "own",
    );
    assert.equal(host.shown.length, 1);
  });

  it("has a program's mistakes at their place in the cell", () => {
    for (const [source, line, column, length, message] of [
      ["%%architecture net\ninput 8x8x1\nstage 2 residul 32\nhead 10", 2, 8, 7, /Did you mean residual\?/],
      ["\n%%architecture net --draw\r\ninput 8x8x1\r\n  stem conv 0", 3, 12, 1, /from 1 to 4096/],
      ["%%architecture net\ninput 8x8x1", 1, 11, 0, /the head is missing/],
      ["%%architecture net", 0, 18, 0, /input is missing/],
      ["%%architecture 8net\ninput 8\nhead 2", 0, 15, 4, /cannot be the name of a constant/],
      ["%%architecture class\ninput 8\nhead 2", 0, 15, 5, /cannot be the name of a constant/],
      ["%%architecture\ninput 8\nhead 2", 0, 0, 14, /needs NAME/],
      ["%architecture net", 0, 0, 13, /stands above a cell: %%architecture NAME/],
    ] as const) {
      const [found, ...more] = mistakes(source);
      assert.match(found?.message ?? "", message, source);
      assert.deepEqual(
        [found?.line, found?.column, found?.length, more.length],
        [line, column, length, 0],
        source,
      );
    }
  });

  it("completes the words of the language, and options above them", () => {
    const words = (source: string) => complete(source, source.length)?.items.map(({ text }) => text);
    assert.deepEqual(words("%%architecture net\nin"), ["input"]);
    assert.deepEqual(words("%%architecture net\ninput 8x8x1\nst"), ["stem", "stage"]);
    assert.deepEqual(words("%%architecture net\ninput 8x8x1\nstage 2 in"), ["inverted"]);
    assert.deepEqual(words("%%architecture net\ninput 8x8x1\nstage 2 conv 8 activation "), [
      "relu",
      "relu6",
      "leakyRelu",
      "elu",
      "gelu",
      "silu",
      "hardSwish",
      "tanh",
    ]);
    assert.deepEqual(words("%%architecture net\ninput 8x8x1 # a st"), []);
    assert.deepEqual(words("%%architecture net --d"), ["--draw"]);
    assert.deepEqual(words("%%archi"), ["architecture"]);
  });
});
