// ask: a question about a network, answered from its graph.
import type { Answered } from "../../archbert";
import { verb } from "./verb";

export const ask = verb({
  name: "ask",
  summary: "answers a question about a network, with the nodes that show it",
  examples: [
    { words: 'resnet50.onnx "How many convolutions does it have?"', does: "a number" },
    { words: "net.arch which activation does it use?", does: "a question needs no quotes" },
  ],
  args: {
    network: { kind: "network", summary: "a model file or URL" },
    text: { kind: "sentence", summary: "the question" },
  },
  options: {},
  body: "text",
  async run({ network, text }, { signal, onEvent }): Promise<Answered> {
    const archbert = await import("../../archbert/index.js");
    return archbert.ask(network, text, { signal, onEvent });
  },
  toText: (result) => String(result),
  toJson: ({ answer, confidence, evidence, query, text, opinion }) => ({
    answer,
    confidence,
    evidence,
    query,
    text,
    opinion,
  }),
});
