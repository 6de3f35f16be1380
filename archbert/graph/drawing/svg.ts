// Writes laid-out plans as SVG: plain shapes and text, no styles, scripts or links, so every reader draws it alike.
import type { Kind } from "./labels";
import type { Layout, Point, Rectangle, Sizes } from "./layout";
import type { Plan } from "./plan";
import type { Span } from "./repeats";

/** Fill and border of a box; the text is dark on all of them. */
const colours: Readonly<Record<Kind, readonly [string, string]>> = {
  input: ["#ffffff", "#8a94a6"],
  convolution: ["#d6e6fb", "#3f78c4"],
  linear: ["#dfdcfa", "#6a5fc7"],
  attention: ["#fbdcea", "#c04a85"],
  recurrent: ["#fbe0d0", "#c56a2d"],
  normalization: ["#e9edf3", "#8a94a6"],
  activation: ["#fdeed0", "#c28a1a"],
  pooling: ["#d5f0e3", "#2f9567"],
  arithmetic: ["#fdf7d6", "#a89a2c"],
  shape: ["#eef0f2", "#a3abb7"],
  lookup: ["#d4eff2", "#2c8c99"],
  other: ["#f4e3e1", "#b2564b"],
  block: ["#e7ecfa", "#4d65a8"],
};
const [ink, faint, paper, rim] = ["#1c2430", "#5b6676", "#fcfcfd", "#d9dee6"];
const font = "Helvetica, Arial, 'Liberation Sans', Arimo, 'DejaVu Sans', sans-serif";
const frameFill = "#f3f5fb";
/** The edge of what another network has not. */
const mark = 'stroke="#d2453d" stroke-width="2.6"';
const [textSize, smallSize, lineHeight] = [12, 10, 15];
const margin = 18;

// Controls, and marks that reorder what is read.
const unseen =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Text for SVG and HTML; characters that XML cannot hold, or that trick the eye, are replaced. */
export function escapeXml(text: string): string {
  return text
    .replace(/\p{Surrogate}/gu, "\ufffd")
    .replace(unseen, "\ufffd")
    .replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

/** The width of a text in points, near enough: readers draw it in the font they have. */
export function widthOf(text: string, size: number): number {
  let width = 0;
  for (const char of text) {
    if (/[\u1100-\u9fff\uac00-\ud7af\uff00-\uffef\u{1f000}-\u{1faff}]/u.test(char)) width += 1;
    else if (/[mwMW@%—…]/.test(char)) width += 0.88;
    else if (/[A-Z_×→]/.test(char)) width += 0.7;
    else if (/[ijltfrI.,:;|'!()[\]/ ]/.test(char)) width += 0.33;
    else width += 0.57;
  }
  return width * size;
}

export function sizesOf({ boxes, edges, frames }: Plan): Sizes {
  return {
    boxes: boxes.map(({ lines: [first = "", ...rest] }) => ({
      width:
        Math.max(64, widthOf(first, textSize) * 1.04, ...rest.map((line) => widthOf(line, smallSize))) + 20,
      height: 14 + lineHeight * (1 + rest.length),
    })),
    labels: edges.map(({ label }) => (label ? widthOf(label, smallSize) + 8 : 0)),
    labelHeight: 12,
    frames: frames.map(({ label, note }) =>
      Math.max(widthOf(label, textSize) * 1.05, widthOf(note, smallSize)),
    ),
    frameLabelHeight: frames.some(({ note }) => note) ? 32 : 18,
  };
}

export interface Heading {
  title: string;
  subtitle: string;
}

/** A plan with the places of its boxes. */
export interface Placed {
  plan: Plan;
  layout: Layout;
  sizes: Sizes;
  heading: Heading;
}

/** What is folded in a picture. */
export interface Fold {
  /** "3 × bottleneck block". */
  label: string;
  /** Where it is drawn, in points from the picture's upper left. */
  area: Rectangle;
  /** Its nodes, as they lie in `architecture.nodes`. */
  nodes: Span;
}

export interface Picture {
  svg: string;
  width: number;
  height: number;
}

/** Networks beside one another, each under its heading. */
export function toSvg(...panels: readonly Placed[]): Picture {
  const widths = panels.map(widthOfPanel);
  const width = widths.reduce((sum, each) => sum + each, 0);
  const height = Math.ceil(Math.max(...panels.map(({ layout }) => layout.height)) + top + margin);
  const title = panels.map(({ heading }) => heading.title).join(" | ");
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${font}" font-size="${textSize}">`,
    `<title>${escapeXml(title)}</title>`,
    `<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8" fill="${paper}" stroke="${rim}"/>`,
  ];
  let left = 0;
  panels.forEach((panel, i) => {
    if (i > 0) parts.push(`<path d="M${left} ${margin}V${height - margin}" stroke="${rim}"/>`);
    parts.push(`<g transform="translate(${left} 0)">`, ...panelOf(panel), "</g>");
    left += widths[i] ?? 0;
  });
  parts.push("</svg>");
  return { svg: parts.join("\n"), width, height };
}

const top = margin + 44;

function widthOfPanel({ layout, heading: { title, subtitle } }: Placed): number {
  const texts = Math.max(widthOf(title, 16) * 1.1, widthOf(subtitle, smallSize + 1) * 1.1);
  return Math.ceil(Math.max(layout.width, texts) + 2 * margin);
}

const shiftOf = (panel: Placed) => (widthOfPanel(panel) - panel.layout.width) / 2;

/** The frames and boxes of a network that stand for more than is drawn. */
export function foldsOf(panel: Placed): Fold[] {
  const { plan, layout, sizes } = panel;
  const [dx, dy] = [shiftOf(panel), top];
  const frames = plan.frames.flatMap(({ label, folds: nodes }, f): Fold[] => {
    const area = layout.frames[f];
    return area ? [{ label, area: { ...area, x: round(area.x + dx), y: round(area.y + dy) }, nodes }] : [];
  });
  const boxes = plan.boxes.flatMap(({ lines: [label = ""], folds: nodes }, i): Fold[] => {
    if (!nodes) return [];
    const { width, height } = sizes.boxes[i] ?? { width: 0, height: 0 };
    const { x, y } = layout.boxes[i] ?? { x: 0, y: 0 };
    const area = { x: round(x - width / 2 + dx), y: round(y - height / 2 + dy), width, height };
    return [{ label, area, nodes }];
  });
  return [...frames, ...boxes].sort((a, b) => a.nodes.start - b.nodes.start);
}

function panelOf(panel: Placed): string[] {
  const { plan, layout, sizes, heading } = panel;
  const parts = [
    text(heading.title, { x: margin, y: margin + 12 }, `font-size="16" font-weight="bold" fill="${ink}"`),
    text(heading.subtitle, { x: margin, y: margin + 30 }, `font-size="${smallSize + 1}" fill="${faint}"`),
    `<g transform="translate(${round(shiftOf(panel))} ${top})">`,
  ];
  layout.frames.forEach((frame, f) => {
    const edge = plan.frames[f]?.marked ? mark : 'stroke="#7284b8" stroke-dasharray="5 3"';
    if (frame) parts.push(rectangle(frame, `rx="8" fill="${frameFill}" ${edge}`));
  });
  plan.edges.forEach((_, i) => {
    const { curve = [], end } = layout.edges[i] ?? {};
    const [start, ...rest] = curve;
    if (!start) return;
    const path = `M${pair(start)}C${rest.map(pair).join(" ")}`;
    parts.push(`<path d="${path}" fill="none" stroke="${faint}" stroke-width="1.1"/>`);
    const last = curve.at(-1);
    if (end && last) parts.push(`<path d="${arrow(last, end)}" fill="${faint}"/>`);
  });
  plan.frames.forEach(({ label, note }, f) => {
    const frame = layout.frames[f];
    if (!frame) return;
    const { x, y } = frame;
    const [width, height] = [sizes.frames[f] ?? 0, note ? 30 : 16];
    // On a ground of its own: edges that enter the frame would run through it.
    parts.push(
      rectangle({ x: x + 6, y: y + 5, width: width + 6, height }, `fill="${frameFill}" fill-opacity="0.85"`),
      text(label, { x: x + 9, y: y + 17 }, `font-weight="bold" fill="#3b4f8a"`),
    );
    if (note) parts.push(text(note, { x: x + 9, y: y + 31 }, `font-size="${smallSize}" fill="${faint}"`));
  });
  plan.edges.forEach(({ label }, i) => {
    const middle = layout.edges[i]?.label;
    if (label && middle) {
      const style = `font-size="${smallSize}" fill="${faint}" text-anchor="middle"`;
      parts.push(text(label, { x: middle.x, y: middle.y + 3.5 }, style));
    }
  });
  plan.boxes.forEach(({ kind, lines, hint, marked }, i) => {
    const [fill, stroke] = colours[kind];
    const { x, y } = layout.boxes[i] ?? { x: 0, y: 0 };
    const { width: w, height: h } = sizes.boxes[i] ?? { width: 0, height: 0 };
    parts.push(
      `<g><title>${escapeXml(hint)}</title>`,
      `<rect x="${round(x - w / 2)}" y="${round(y - h / 2)}" width="${round(w)}" height="${round(h)}" rx="${kind === "input" ? round(h / 2) : 5}" fill="${fill}" ${marked ? mark : `stroke="${stroke}"`}/>`,
    );
    lines.forEach((line, k) => {
      const at = { x, y: y - h / 2 + 7 + lineHeight * k + 11 };
      const size = k > 0 ? ` font-size="${smallSize}"` : "";
      parts.push(text(line, at, `fill="${k > 0 ? "#3d4858" : ink}" text-anchor="middle"${size}`));
    });
    parts.push("</g>");
  });
  parts.push("</g>");
  return parts;
}

function text(content: string, { x, y }: Point, style: string): string {
  return `<text x="${round(x)}" y="${round(y)}" ${style}>${escapeXml(content)}</text>`;
}

function rectangle({ x, y, width, height }: Rectangle, style: string): string {
  return `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" ${style}/>`;
}

function arrow(from: Point, to: Point): string {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(dx, dy) || 1;
  const [nx, ny] = [(-dy / length) * 2.8, (dx / length) * 2.8];
  return `M${pair(to)}L${pair({ x: from.x + nx, y: from.y + ny })} ${pair({ x: from.x - nx, y: from.y - ny })}Z`;
}

const round = (value: number) => Number(value.toFixed(1));
const pair = ({ x, y }: Point) => `${round(x)} ${round(y)}`;
