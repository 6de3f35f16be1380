// load: a network from a file or a URL.
import type { Architecture } from "../../archbert/graph/architecture";
import { readNetwork } from "./run";
import { verb } from "./verb";

export const load = verb({
  name: "load",
  summary: "reads a network from a model file or a URL, without its weights",
  examples: [
    { words: "resnet50.onnx", does: "a file of this folder" },
    { words: '"models/my model.onnx"', does: "quotes allow spaces" },
    { words: "https://example.org/resnet50.onnx", does: "a URL" },
  ],
  args: { source: { kind: "source", summary: "a model file or a URL" } },
  options: {},
  run: ({ source }, context): Promise<Architecture> => readNetwork(source, context),
  toText: ({ name, format, nodes }) => `${name} (${format}, ${nodes.length} nodes)`,
  toJson: (architecture) => architecture,
});
