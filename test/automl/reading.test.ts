import assert from "node:assert/strict";
import { claimText } from "../../archbert/graph/claims";
import type { Guide } from "../../automl";
import { readByRules, readPrompt } from "../../automl/reading";

/** Text, its claims in canonical words, and what was not understood. */
const table: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  [
    "a small residual network for 8x8 digits, under 30k parameters",
    ["an input of 8x8", "residual connections", "small", "fewer than 30,000 parameters"],
    [],
  ],
  ["at most 1.5 million weights", ["at most 1.5 M parameters"], []],
  ["more than 10,000 params and at least 3 stages", ["more than 10,000 parameters", "at least 3 stages"], []],
  ["a CNN without dropout", ["a convolutional network", "no dropout"], []],
  [
    "inverted residuals with squeeze-and-excitation",
    ["inverted residuals", "squeeze-and-excitation gates"],
    [],
  ],
  ["a transformer for 32x32x3 images", ["an input of 32x32x3", "a transformer"], []],
  ["no batch norm", ["no batch normalization"], []],
  ["batch normalization and max pooling", ["batch normalization", "max pooling"], []],
  // What is denied otherwise, or said of something else, is left alone.
  ["it must not be residual", [], ["it must not be residual"]],
  ["something that wins prizes; a wide MLP", ["wide", "an MLP"], ["something that wins prizes"]],
  ["30k parameters", [], ["30k parameters"]],
  ["under 1.000.000 parameters", [], ["under 1.000.000 parameters"]],
  ["3x3 convolutions", ["convolutions"], []],
];

describe("prompts read by rules", () => {
  for (const [text, claims, rest] of table) {
    it(text, () => {
      const read = readByRules(text);
      assert.deepEqual(read.claims.map(claimText), claims);
      assert.deepEqual(read.notUnderstood, rest);
    });
  }

  it("serve only what ArchBERT did not understand", async () => {
    const guide: Guide = {
      read: async () => ({
        claims: [{ kind: "has", not: false, thing: "attention" }],
        notUnderstood: ["under 5k parameters.", "Make it purple."],
      }),
      write: async () => [],
      fit: async () => [],
    };
    const read = await readPrompt(guide, "Attend. Under 5k parameters. Make it purple.");
    assert.deepEqual(read.claims.map(claimText), ["attention layers", "fewer than 5,000 parameters"]);
    assert.deepEqual(read.notUnderstood, ["Make it purple"]);
  });
});
