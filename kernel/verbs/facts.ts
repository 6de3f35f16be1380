// facts: what can be computed about a network.
import type { Facts } from "../../archbert";
import { sizesOption, withSizes } from "./sizes";
import { verb } from "./verb";

export const facts = verb({
  name: "facts",
  summary: "counts what can be counted: parameters, multiply-adds, ops, stages, motifs",
  examples: [
    { words: "resnet50.onnx", does: "of a model file" },
    { words: "bert.onnx --sizes sequence=128", does: "for inputs of that size" },
  ],
  args: { network: { kind: "network", summary: "a model file or URL" } },
  options: { sizes: sizesOption },
  async run({ network, sizes }): Promise<Facts> {
    const archbert = await import("../../archbert/index.js");
    return withSizes(network, sizes, (options) => archbert.facts(network, options));
  },
  // Not `String` itself: its parameter is any, and so would the result be.
  toText: (result) => String(result),
  toJson: (found) => found,
});
