// caption: a network in a few sentences, each claim with its evidence.
import type { Caption } from "../../archbert";
import { verb } from "./verb";

export const caption = verb({
  name: "caption",
  summary: "says in a few sentences what a network is, each claim with its evidence",
  examples: [
    { words: "resnet50.onnx", does: "of a model file" },
    { words: "resnet50.onnx --style short", does: "in a sentence or two" },
  ],
  args: { network: { kind: "network", summary: "a model file or URL" } },
  options: {
    style: {
      kind: "choice",
      choices: ["short", "default", "technical"],
      default: "default",
      summary: "one sentence, a paragraph, or all the figures",
    },
  },
  async run({ network, style }): Promise<Caption> {
    const archbert = await import("../../archbert/index.js");
    return archbert.caption(network, { style });
  },
  // The claims and their nodes are for `--json` and for a notebook, which can fold them away.
  toText: ({ text }) => text,
  toJson: ({ text, claims }) => ({ text, claims }),
});
