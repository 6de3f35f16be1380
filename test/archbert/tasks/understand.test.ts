import assert from "node:assert/strict";
import { sentences } from "../../../archbert/tasks";

describe("sentences", () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ["It is small.", ["It is small."]],
    [
      "It is small. It has 25.6 M parameters! Is it deep?",
      ["It is small.", "It has 25.6 M parameters!", "Is it deep?"],
    ],
    ["no dropout; three stages", ["no dropout", "three stages"]],
    [
      "uses convs (e.g. 3x3, approx. 12 of them). deep",
      ["uses convs (e.g. 3x3, approx. 12 of them).", "deep"],
    ],
    ["one\ntwo\r\n\r\nthree", ["one", "two", "three"]],
    ["  ...  ?!  ", []],
    ["", []],
  ];
  for (const [text, parts] of cases) {
    it(JSON.stringify(text), () => assert.deepEqual(sentences(text), parts));
  }

  it("takes no time over a text of marks", () => {
    const begun = performance.now();
    sentences(". ".repeat(50_000));
    sentences("\n \n".repeat(50_000));
    assert.ok(performance.now() - begun < 2000);
  });
});
