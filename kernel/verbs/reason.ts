// reason: whether what a text says of a network is true.
import type { Reasoning } from "../../archbert";
import { verb } from "./verb";

export const reason = verb({
  name: "reason",
  summary: "says whether a text is true of a network, each of its claims checked",
  examples: [
    { words: 'resnet50.onnx "It has residual connections and no dropout."', does: "both must hold" },
    { words: "net.arch fewer than 30k parameters", does: "a text needs no quotes" },
  ],
  args: {
    network: { kind: "network", summary: "a model file or URL" },
    text: { kind: "sentence", summary: "what is said of the network" },
  },
  options: {},
  body: "text",
  async run({ network, text }, { signal, onEvent }): Promise<Reasoning> {
    const archbert = await import("../../archbert/index.js");
    return archbert.reason(network, text, { signal, onEvent });
  },
  toText: (result) => String(result),
  toJson: ({ verdict, confidence, claims, way, sentence, opinion }) => ({
    verdict,
    confidence,
    claims,
    way,
    sentence,
    opinion,
  }),
});
