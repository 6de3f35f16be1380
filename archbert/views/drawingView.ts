// A drawing in a notebook: the picture, and a sentence where there is none.
import type { Drawing } from "../graph";
import type { Bundle } from "./show";
import { clip, count, printable } from "./text";

export function showDrawing({ name, svg, nodes, ops, folded }: Drawing): Bundle {
  const fold = folded ? ", repeated blocks folded" : "";
  const text = `Drawing of ${clip(name || "a network", 120)}: ${count(nodes)} boxes for ${count(ops)} ops${fold}`;
  return { "image/svg+xml": svg, "text/plain": printable(text) };
}
