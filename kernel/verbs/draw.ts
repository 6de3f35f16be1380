// draw: a picture of a network.
import { verb } from "./verb";

export const draw = verb({
  name: "draw",
  summary: "draws a network",
  examples: [
    { words: "resnet50.onnx", does: "shows the drawing" },
    { words: "resnet50.onnx -o resnet50.svg", does: "writes an SVG file; .png writes a PNG" },
  ],
  args: { network: { kind: "network", summary: "a model file or URL" } },
  options: { out: { kind: "file", short: "o", summary: "the SVG or PNG file to write" } },
  async run({ network }) {
    const archbert = await import("../../archbert/index.js");
    return archbert.draw(network);
  },
  toText: String,
  toJson: (drawing) => drawing,
});
