// A drawing in a notebook: the picture, blocks of it that open at a click, and a sentence where there is no picture.
import { type Architecture, type Drawing, drawFold, type Fold, type PairDrawing } from "../graph";
import { faint, styles } from "./page";
import type { Picture } from "./show";
import { clip, count, escapeHtml, printable } from "./text";

export function showDrawing({ name, svg, nodes, ops, folded }: Drawing): Picture {
  const fold = folded ? ", repeated blocks folded" : "";
  const text = `Drawing of ${clip(name || "a network", 120)}: ${count(nodes)} boxes for ${count(ops)} ops${fold}`;
  return { "image/svg+xml": svg, "text/plain": printable(text) };
}

export function showPairDrawing({ name, svg, differing }: PairDrawing): Picture {
  const apart =
    differing === 0
      ? "no box differs"
      : `${count(differing)} ${differing === 1 ? "box differs" : "boxes differ"}`;
  return { "image/svg+xml": svg, "text/plain": printable(`Drawing of ${clip(name, 120)}: ${apart}`) };
}

/** Characters of SVG that opened blocks add to a notebook at most. */
const mostOpened = 400_000;

/**
 * The same with HTML in which a folded block opens at a click: no script, nothing from the network, and where a front
 * end drops the styles, a list of blocks below the picture.
 *
 * @param architecture of which the drawing is
 */
export async function showOpenDrawing(drawing: Drawing, architecture: Architecture): Promise<Picture> {
  const bundle = showDrawing(drawing);
  let left = mostOpened;
  const opened: string[] = [];
  for (const fold of drawing.folds) {
    if (fold.nodes.end - fold.nodes.start < 2) continue;
    const inside = await drawFold(architecture, fold);
    if (inside.svg.length > left) continue;
    left -= inside.svg.length;
    opened.push(foldHtml(fold, inside));
  }
  if (opened.length === 0) return bundle;
  const picture = imageHtml(drawing.svg, bundle["text/plain"]);
  const html = `<div style="position:relative;display:inline-block">${picture}${opened.join("")}</div>`;
  return { ...bundle, "text/html": html };
}

/** Its title lies over the block in the picture, its content below the picture. */
function foldHtml({ label, area }: Fold, inside: Drawing): string {
  const { x, y, width, height } = area;
  const place = `position:absolute;left:${x}px;top:${y}px;width:${width}px;height:${height}px;cursor:pointer;list-style:none;text-align:right;color:transparent;font-size:0`;
  const badge = `<span style="position:absolute;right:-9px;top:-9px;padding:0 5px;border-radius:4px;background:#4d65a8;color:#ffffff;font:bold 12px sans-serif" title="open or close">±</span>`;
  const name = escapeHtml(label);
  const title = `<div style="${styles.subtitle};padding:8px 0 4px">${name}, open:</div>`;
  return `<details><summary style="${place}" title="${name}: open or close">${name}${badge}</summary>${title}${imageHtml(inside.svg, label)}</details>`;
}

/** As an image, an SVG runs and fetches nothing, and front ends that drop SVG elements still show it. */
function imageHtml(svg: string, text: string): string {
  const data = Buffer.from(svg).toString("base64");
  return `<img alt="${escapeHtml(printable(text))}" style="max-width:none;display:block;color:${faint}" src="data:image/svg+xml;base64,${data}">`;
}
