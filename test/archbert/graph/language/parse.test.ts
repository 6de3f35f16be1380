// Mistakes have a place and a remedy; texts of an enemy have a mistake.
import assert from "node:assert/strict";
import fc from "fast-check";
import { nextTokens, ProgramError, parse } from "../../../../archbert/graph/language";

/** Text, place of the mistake, and what is said. */
const mistakes: readonly (readonly [string, number, number, RegExp])[] = [
  ["", 1, 1, /input is missing/],
  ["# nothing\n\n", 1, 1, /input is missing/],
  ["inpt 8x8x1", 1, 1, /"inpt" is not input\. Did you mean input\?/],
  ["input 8x8", 1, 10, /x is missing/],
  ["input 600x3x3", 1, 10, /up to 512 pixels a side/],
  ["input 8x8x1\nstage 2 residul 32\nhead 10", 2, 9, /Did you mean residual\?/],
  ["input 8x8x1\n\n  stage 2 Residual 32", 3, 11, /Did you mean residual\?/],
  ["input 8x8x1\nstage 2 resnet 32", 2, 9, /Expected conv, residual, .* or transformer/],
  ["input 8x8x1\nstage 2 residual", 2, 17, /a width is missing.*from 1 to 4096/],
  ["input 8x8x1\nstage 2 residual\nhead 10", 2, 17, /a width is missing/],
  ["input 8x8x1\nstem conv 5000\nhead 10", 2, 11, /cannot be "5000"\. .*from 1 to 4096/],
  ["input 8x8x1\nstem conv 16 kernel 2.5", 2, 21, /whole number from 1 to 11/],
  ["input 8x8x1\nstem conv -16", 2, 11, /cannot be "-16"/],
  ["input 8x8x1\nstage 2 residual 32 stride 2 stride 1", 2, 30, /stride is given twice\. Keep one of them/],
  ["input 8x8x1\nstage 2 residual 32 heads 4", 2, 21, /not an option of residual/],
  ["input 8x8x1\nstage 2 residual 32 activation swish", 2, 32, /a value of activation.*hardSwish/],
  ["input 8x8x1\nstage 2 transformer 30 heads 4", 2, 30, /one of 1, 2, 3, 5, 6, 10, 15, 30, which divide 30/],
  ["input 8x8x6\nstage 2 conv 9 groups 2", 2, 23, /one of 1, 3, which divide 3/],
  [
    "input 128x128x3\nstage 2 transformer 32",
    2,
    9,
    /at most 4096 tokens.* are 16384\. Take strides, patches or pooling before it/,
  ],
  ["input 300x300x3\nstage 1 mlp 32", 2, 9, /flattens .*\. Pool before it/],
  ["input 8\nstem conv 3", 2, 1, /a stem needs a picture as input\. Leave it out/],
  [
    "input 8\nstage 1 conv 3",
    2,
    9,
    /a conv block needs a picture, and here come 8 features without places\. Put it before/,
  ],
  ["input 8x8x1\npool global\npool max", 3, 1, /nothing is to be pooled\. Leave it out/],
  [
    "input 8x8x1\nstage 1 conv 4\nnorm layer",
    3,
    1,
    /stands before the first .*\. Move it below the input, or give norm as an option/,
  ],
  ["input 8x8x1\nstage 1 conv 4\nstem conv 4", 3, 1, /a stem stands once.*\. Move it there/],
  ["input 8x8x1\nnorm none\nnorm none", 3, 1, /norm is given twice\. Keep one of them/],
  [
    "input 8x8x1\nstage residual 8",
    2,
    7,
    /"residual" is not a number of blocks\. Expected a whole number from 1 to 64/,
  ],
  ["input 8x8x1\nstage 1 transformer 1 heads 2", 2, 29, /cannot be "2"\. Give 1: no other can be$/],
  ["input 8x8x1\nhead none", 2, 6, /no features to return\. Give a stage/],
  ["input 8x8x1\nstem conv 4", 2, 12, /the head is missing.*head 10/],
  [
    "input 8x8x1\nhead 10\nhead 10",
    3,
    1,
    /"head" stands after the end of the program\. The head is the last line/,
  ],
  ["network 8net\ninput 8\nhead 2", 1, 9, /cannot be a name/],
  [`input 8\n${"stage 1 mlp 4\n".repeat(65)}head 2`, 66, 1, /at most 64 stages.*\. Let a stage repeat/],
  [`input 8\n${"stage 64 mlp 4\n".repeat(5)}head 2`, 6, 1, /at most 256 blocks\. Take fewer/],
];

describe("the language: mistakes", () => {
  for (const [text, line, column, message] of mistakes) {
    it(`are told of ${JSON.stringify(text.slice(-40))}`, () => {
      assert.throws(
        () => parse(text),
        (error: unknown) => {
          assert.ok(error instanceof ProgramError);
          assert.match(error.message, message);
          assert.deepEqual([error.line, error.column], [line, column]);
          assert.equal(error.where, `line ${line}, column ${column}`);
          return true;
        },
      );
    });
  }

  it("are found at the same place however lines end", () => {
    for (const end of ["\n", "\r\n", "\r"]) {
      assert.throws(() => parse(["input 8x8x1 # size", "", "stage two"].join(end)), /line 3, column 7/);
    }
  });

  it("in any text have a place inside it, and never crash", () => {
    const words =
      "network input 8x8x1 stem stage 2 conv residual mlp transformer 32 heads pool max global head none \n # × x".split(
        " ",
      );
    const texts = fc.oneof(
      fc.string({ unit: "binary", maxLength: 200 }),
      fc
        .array(fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 4 })), { maxLength: 30 })
        .map((list) => list.join(" ")),
    );
    fc.assert(
      fc.property(texts, (text) => {
        try {
          parse(text);
        } catch (error) {
          assert.ok(error instanceof ProgramError, String(error));
          const lines = text.split(/\r\n|[\n\r]/);
          assert.ok(error.line >= 1 && error.line <= lines.length);
          assert.ok(error.column >= 1 && error.column <= (lines[error.line - 1]?.length ?? 0) + 1);
        }
      }),
      { seed: 7, numRuns: 500 },
    );
  });

  it("are found in time that grows with the text alone", () => {
    const size = 400_000;
    for (const text of [
      "\n".repeat(size),
      "#\n".repeat(size),
      "a".repeat(size),
      `input ${"8x".repeat(size)}`,
      `input ${"8".repeat(size)}`,
      `input ${"8".repeat(50)}heads`,
      `input 8${" ".repeat(size)}y`,
      `input 8x8x1\n${"stage 1 conv 4\n".repeat(size / 10)}`,
    ]) {
      const begun = performance.now();
      assert.throws(() => parse(text), ProgramError);
      assert.ok(performance.now() - begun < 2000, `${text.slice(0, 20)} takes too long`);
    }
  });
});

describe("nextTokens", () => {
  it("says what may come", () => {
    assert.deepEqual(nextTokens("").words, ["network", "input"]);
    assert.deepEqual(nextTokens("input 8x8x1\n").words, [
      "norm",
      "activation",
      "stem",
      "stage",
      "pool",
      "head",
    ]);
    assert.deepEqual(nextTokens("input 8\nstage 1").words, ["mlp", "transformer"]);
    assert.equal(
      nextTokens(["input", "8", "\n", "stage", "1", "transformer", "12", "heads"]).number?.divides,
      12,
    );
    assert.ok(nextTokens("network").name);
  });

  it("says when the program is whole", () => {
    assert.ok(nextTokens("input 8\nhead 2").end);
    assert.ok(nextTokens("input 8\nhead 2\n").end);
    assert.ok(!nextTokens("input 8\nhead").end);
  });

  it("keeps what flows between blocks within its bound", () => {
    assert.equal(nextTokens("input 512x512x3\nstem conv").number?.max, 128);
    assert.equal(nextTokens("input 8x8x1\nstem conv").number?.max, 4096);
  });

  it("refuses a beginning that is wrong, and the end as a token", () => {
    assert.throws(() => nextTokens("input 8\nstage 2 conv"), ProgramError);
    assert.throws(() => nextTokens(["input", "8", "\n", "head", "2", ""]), ProgramError);
  });
});
