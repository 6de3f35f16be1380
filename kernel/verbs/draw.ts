// draw: a picture of a network.
import path from "node:path";
import type { Drawing, PairDrawing } from "../../archbert";
import { ArchError } from "../../archbert/graph/errors";
import { writeWhole } from "../../compute/files";
import { verb } from "./verb";

/** The drawing, and the file that it was written to. */
export type Drawn = (Drawing | PairDrawing) & { file: string | null };

export const draw = verb({
  name: "draw",
  summary: "draws a network, blocks that repeat once; or two, and what differs",
  examples: [
    { words: "resnet50.onnx", does: "the drawing as SVG" },
    { words: "resnet50.onnx -o resnet50.png", does: "writes a file, SVG or PNG by its name" },
    { words: "resnet50.onnx --open --direction right", does: "every op, from left to right" },
    { words: "resnet50.onnx resnext50.onnx", does: "side by side, with red edges where they differ" },
  ],
  args: {
    network: { kind: "network", summary: "a model file or URL" },
    other: { kind: "network", optional: true, summary: "another, to be drawn beside it" },
  },
  options: {
    out: { kind: "file", short: "o", summary: "the SVG or PNG file to write" },
    direction: {
      kind: "choice",
      choices: ["down", "right"],
      default: "down",
      summary: "which way the data flows",
    },
    open: { kind: "flag", summary: "draws every op as a box of its own" },
    maxNodes: { kind: "number", default: 50, summary: "boxes at most; a network that needs more is folded" },
  },
  async run({ network, other, out, ...options }, { folder }): Promise<Drawn> {
    const write = out === undefined ? undefined : writerFor(out);
    const archbert = await import("../../archbert/index.js");
    const drawing = await (other ? archbert.draw(network, other, options) : archbert.draw(network, options));
    if (out !== undefined) await write?.(path.resolve(folder, out), drawing);
    return Object.assign(drawing, { file: out ?? null });
  },
  toText: (drawn) => (drawn.file === null ? drawn.svg : `${drawn}, in ${drawn.file}`),
  toJson: ({ svg, ...drawn }) => ({ ...drawn, svg: drawn.file === null ? svg : null }),
});

/** How a file of that name is written; asked first, so that nothing is drawn in vain. */
function writerFor(out: string): (file: string, drawing: { svg: string }) => void | Promise<void> {
  switch (path.extname(out).toLowerCase()) {
    case ".svg":
      return (file, { svg }) => writeWhole(file, svg);
    case ".png":
      return async (file, { svg }) => {
        const { rasterise } = await import("../display/image.js");
        const picture = await rasterise(svg);
        if (!picture)
          throw new ArchError("the drawing is too large for a PNG", { where: out, fix: "Write an .svg" });
        writeWhole(file, picture.png);
      };
    default:
      throw new ArchError("a drawing is an .svg or a .png file", {
        where: out,
        fix: "Give the name one of these endings",
      });
  }
}
