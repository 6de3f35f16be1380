import assert from "node:assert/strict";
import { ImportError } from "../../../../archbert/graph/errors";
import { bytesSource, importArchitecture } from "../../../../archbert/graph/importers";

describe("importers: what is no network", () => {
  const cases: [string, string, RegExp][] = [
    ["an empty file", "", /the file is empty/],
    ["a web page", "<!DOCTYPE html><html><body>Sign in</body></html>", /a web page, not a network/],
    ["a Git LFS pointer", "version https://git-lfs.github.com/spec/v1\noid sha256:0", /Git LFS pointer/],
    ["a zip archive", "PK\u0003\u0004rest", /damaged zip archive/],
    [
      "weights of TensorFlow.js alone",
      '[{"weights":[{"name":"w"}],"paths":["a"]}]',
      /lists weights, not layers/,
    ],
    ["GGUF", "GGUF\u0003\u0000\u0000\u0000", /weights alone/],
    ["safetensors", 'abcdefgh{"a.weight":{"dtype":"F32","shape":[2]}}', /weights alone/],
    ["TensorFlow Lite", "\u001c\u0000\u0000\u0000TFL3", /TensorFlow Lite.*tf2onnx/],
    ["JSON", '{"a": 1}', /JSON, not a network/],
    ["text", "hello, world", /not a network in a format this reads.*Known formats: ONNX/],
  ];
  for (const [title, text, message] of cases) {
    it(title, () =>
      assert.rejects(
        importArchitecture(bytesSource("given", new TextEncoder().encode(text))),
        (error: unknown) =>
          error instanceof ImportError && error.where === "given" && message.test(error.message),
      ),
    );
  }
});
