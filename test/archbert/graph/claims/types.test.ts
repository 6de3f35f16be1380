import assert from "node:assert/strict";
import { build, caption, holds, know, parse } from "../../../../archbert/graph";

describe("types of networks", () => {
  it("are not convolutional for what makes the tokens alone", () => {
    for (const [body, type] of [
      ["stem patch 144 kernel 4\nstage 8 transformer 1", "transformer"],
      ["stem patch 8 kernel 5\nstage 8 mlp 8", "mlp"],
      ["stem patch 144 kernel 4", "mlp"],
      ["stem conv 64 kernel 7\nstage 2 mlp 8", "mlp"],
      ["stem conv 8\nstage 1 conv 8\nstage 1 mlp 8", "convolutional"],
    ] as const) {
      const known = know(build(parse(`input 20x20x3\n${body}\nhead 4`)));
      assert.equal(known.type, type, body);
      assert.equal(
        holds([{ kind: "is", not: false, word: "convolutional" }], known),
        type === "convolutional",
      );
      assert.equal(/convolutional/.test(caption(known.architecture).text), type === "convolutional", body);
    }
  });
});
