// cost: what each stage of a network costs.
import type { StageCosts } from "../../archbert";
import { sizesOption, withSizes } from "./sizes";
import { verb } from "./verb";

export const cost = verb({
  name: "cost",
  summary: "shows where a network's parameters and multiply-adds lie, stage by stage",
  examples: [
    { words: "resnet50.onnx", does: "of a model file" },
    { words: "bert.onnx --sizes sequence=128", does: "for inputs of that size" },
  ],
  args: { network: { kind: "network", summary: "a model file or URL" } },
  options: { sizes: sizesOption },
  async run({ network, sizes }): Promise<StageCosts> {
    const archbert = await import("../../archbert/index.js");
    return withSizes(network, sizes, (options) => archbert.cost(network, options));
  },
  // Not `String` itself: its parameter is any, and so would the result be.
  toText: (result) => String(result),
  toJson: (costs) => costs,
});
