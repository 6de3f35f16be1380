// compare: how alike two networks are, and what differs.
import type { Comparison } from "../../archbert";
import { verb } from "./verb";

export const compare = verb({
  name: "compare",
  summary: "says how alike two networks are, and what differs",
  examples: [
    { words: "resnet50.onnx resnext50.onnx", does: "two files" },
    { words: "before.arch after.arch", does: "two programs" },
  ],
  args: {
    a: { kind: "network", summary: "a model file or URL" },
    b: { kind: "network", summary: "another" },
  },
  options: {},
  async run({ a, b }, { signal, onEvent }): Promise<Comparison> {
    const archbert = await import("../../archbert/index.js");
    return archbert.compare(a, b, { signal, onEvent });
  },
  toText: (result) => String(result),
  toJson: ({ clone, similarity, threshold, differences, same }) => ({
    clone,
    similarity,
    threshold,
    differences,
    same,
  }),
});
