// summary: a network's layers as a table.
import { verb } from "./verb";

export const summary = verb({
  name: "summary",
  summary: "lists a network's layers with their shapes and parameters",
  examples: [{ words: "resnet50.onnx", does: "of a model file" }],
  args: { network: { kind: "network", summary: "a model file or URL" } },
  options: {},
  async run({ network }) {
    const archbert = await import("../../archbert/index.js");
    return archbert.summary(network);
  },
  toText: String,
  toJson: (table) => table,
});
