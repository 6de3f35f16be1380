// search: the networks that a text describes best.
import type { Found } from "../../archbert";
import { verb } from "./verb";

export const search = verb({
  name: "search",
  summary: "finds the networks that a text describes best",
  examples: [
    { words: '"residual, under 5 million parameters"', does: "in this folder and those below" },
    { words: '"a vision transformer" models/ resnet50.onnx', does: "in a folder and a file" },
    { words: '"depthwise convolutions" "nets/*.arch" --top 3', does: "by a pattern, the best three" },
  ],
  args: {
    text: { kind: "text", summary: "what the network should be, in quotes" },
    networks: {
      kind: "places",
      summary: "model files, folders or patterns; else the current folder",
      optional: true,
      many: true,
    },
  },
  options: { top: { kind: "number", default: 10, summary: "results at most" } },
  async run({ text, networks, top }, { folder, signal, onEvent }): Promise<Found> {
    const archbert = await import("../../archbert/index.js");
    return archbert.search(text, networks, { top, folder, signal, onEvent });
  },
  toText: (result) => String(result),
  toJson: (found) => found.map(({ name, score, reasons, likeness }) => ({ name, score, reasons, likeness })),
  notes: ({ skipped, notUnderstood }) => [
    ...notUnderstood.map((text) => `"${text}" says nothing that can be checked: it counts by likeness alone`),
    ...skipped.map(({ name, reason }) => `passed over ${name}: ${reason}`),
  ],
});
