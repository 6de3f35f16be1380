// Places boxes by Graphviz. It is given sizes only, never a text of the network.
import type { Viz } from "@viz-js/viz";
import { column } from "./column";
import type { Plan } from "./plan";

export interface Point {
  x: number;
  y: number;
}

export interface Rectangle extends Point {
  width: number;
  height: number;
}

/** In points, y down from the top. */
export interface Layout {
  width: number;
  height: number;
  /** Per box, its middle. */
  boxes: Point[];
  /** Per frame, its rectangle. */
  frames: (Rectangle | undefined)[];
  /** Per edge: the cubic Bézier curve's points, where its arrow ends, and the middle of its label. */
  edges: { curve: Point[]; end: Point | undefined; label: Point | undefined }[];
}

export interface Sizes {
  boxes: readonly { width: number; height: number }[];
  /** Width and height of each edge's label; 0 for none. */
  labels: readonly number[];
  labelHeight: number;
  frames: readonly number[];
  frameLabelHeight: number;
}

export type Direction = "down" | "right";

let viz: Promise<Viz> | undefined;

/** Loads Graphviz at the first drawing: 1.3 MB of WebAssembly. */
function graphviz(): Promise<Viz> {
  viz ??= import("@viz-js/viz").then(({ instance }) => instance());
  return viz;
}

/** What Graphviz says of a layout, in its `json0` form. */
interface Placed {
  bb: string;
  objects?: { name: string; pos?: string; bb?: string; id?: string }[];
  edges?: { id?: string; pos: string; lp?: string }[];
}

const inch = 72;

/** What Graphviz places within a second or so: its time grows with all that arrows pass by, without bound. */
const [mostBoxes, mostPassed] = [800, 5000];

/** By Graphviz where that is quick (DenseNet-121, op by op, takes it minutes), else as a column. */
export async function layOut(plan: Plan, sizes: Sizes, direction: Direction): Promise<Layout> {
  const { boxes, edges } = plan;
  const place = new Map(inOrder(plan).map((box, at) => [box, at]));
  const passed = edges.reduce(
    (sum, { from, to }) => sum + Math.abs((place.get(to) ?? 0) - (place.get(from) ?? 0)),
    0,
  );
  if (boxes.length > mostBoxes || passed > mostPassed) return column(plan, sizes, direction === "right");
  const engine = await graphviz();
  let placed: string;
  try {
    placed = engine.renderString(dot(plan, sizes, direction), { format: "json0" });
  } catch {
    // It has failed an assertion of its own, and can be used no more; the column serves any network.
    viz = undefined;
    return column(plan, sizes, direction === "right");
  }
  return read(placed, plan);
}

function read(placed: string, plan: Plan): Layout {
  const { bb, objects = [], edges = [] } = JSON.parse(placed) as Placed;
  const [, , width = 0, height = 0] = bb.split(",").map(Number);
  const at = (text: string): Point => {
    const [x = 0, y = 0] = text.split(",").map(Number);
    return { x, y: height - y };
  };
  const layout: Layout = {
    width,
    height,
    boxes: plan.boxes.map(() => ({ x: 0, y: 0 })),
    frames: plan.frames.map(() => undefined),
    edges: plan.edges.map(() => ({ curve: [], end: undefined, label: undefined })),
  };
  for (const { name, pos, bb: box } of objects) {
    const index = Number(name.replace(/\D/g, ""));
    if (name.startsWith("cluster") && box) {
      const [x = 0, bottom = 0, right = 0, top = 0] = box.split(",").map(Number);
      layout.frames[index] = { x, y: height - top, width: right - x, height: top - bottom };
    } else if (pos) layout.boxes[index] = at(pos);
  }
  for (const { id, pos, lp } of edges) {
    const points = pos.split(" ");
    const end = points.find((point) => point.startsWith("e,"));
    layout.edges[Number(id)] = {
      curve: points.filter((point) => !/^[es],/.test(point)).map(at),
      end: end ? at(end.slice(2)) : undefined,
      label: lp ? at(lp) : undefined,
    };
  }
  return layout;
}

/** Boxes in the network's order. */
function inOrder({ boxes }: Plan): number[] {
  return boxes.map((_, i) => i).sort((a, b) => (boxes[a]?.order ?? 0) - (boxes[b]?.order ?? 0));
}

function dot(plan: Plan, sizes: Sizes, direction: Direction): string {
  const { boxes, edges, frames } = plan;
  const lines = [
    "digraph {",
    `graph [rankdir=${direction === "right" ? "LR" : "TB"} nodesep=0.28 ranksep=0.32]`,
    'node [shape=box fixedsize=true label=""]',
    "edge [arrowsize=0.6]",
  ];
  const blank = (width: number, height: number) =>
    `<<table border="0" cellborder="0" cellspacing="0" cellpadding="0" fixedsize="true" width="${Math.ceil(width)}" height="${Math.ceil(height)}"><tr><td></td></tr></table>>`;
  const node = (i: number) => {
    const { width, height } = sizes.boxes[i] ?? { width: inch, height: inch / 2 };
    return `n${i} [width=${(width / inch).toFixed(3)} height=${(height / inch).toFixed(3)}]`;
  };
  // In the network's order, so that side by side it reads as it runs.
  const order = inOrder(plan);
  for (const i of order) if (boxes[i]?.frame === undefined) lines.push(node(i));
  frames.forEach((_, f) => {
    const label = blank(sizes.frames[f] ?? 0, sizes.frameLabelHeight);
    lines.push(`subgraph cluster${f} { margin=10 labeljust=l label=${label}`);
    for (const i of order) if (boxes[i]?.frame === f) lines.push(node(i));
    lines.push("}");
  });
  const place = new Map(order.map((box, at) => [box, at]));
  edges.forEach(({ from, to }, i) => {
    // Neighbours in the network's order are its spine: kept straight, with shortcuts beside it.
    const weight = (place.get(to) ?? 0) - (place.get(from) ?? 0) === 1 ? 20 : 1;
    const width = sizes.labels[i] ?? 0;
    const label = width > 0 ? ` label=${blank(width, sizes.labelHeight)}` : "";
    lines.push(`n${from} -> n${to} [id="${i}" weight=${weight}${label}]`);
  });
  lines.push("}");
  return lines.join("\n");
}
