// summary: a network's layers as a table.
import type { Summary } from "../../archbert";
import { sizesOption, withSizes } from "./sizes";
import { verb } from "./verb";

export const summary = verb({
  name: "summary",
  summary: "lists a network's layers with what they give, hold and cost",
  examples: [{ words: "resnet50.onnx", does: "of a model file" }],
  args: { network: { kind: "network", summary: "a model file or URL" } },
  options: { sizes: sizesOption },
  async run({ network, sizes }): Promise<Summary> {
    const archbert = await import("../../archbert/index.js");
    return withSizes(network, sizes, (options) => archbert.summary(network, options));
  },
  // Not `String` itself: its parameter is any, and so would the result be.
  toText: (result) => String(result),
  toJson: (table) => table,
});
