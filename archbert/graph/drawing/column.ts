// Places boxes one after the other in the network's order, with arcs beside them: in no time, whatever the network.
import type { Layout, Point, Rectangle, Sizes } from "./layout";
import type { Plan } from "./plan";

/** Between boxes, and beside them. */
const [gap, labelGap, nearest, farthest] = [22, 30, 26, 420];

export function column(plan: Plan, sizes: Sizes, right: boolean): Layout {
  // As if it ran down; turned at the end where it runs right.
  const size = (i: number) => {
    const { width, height } = sizes.boxes[i] ?? { width: 0, height: 0 };
    return right ? { along: width, across: height } : { along: height, across: width };
  };
  const order = plan.boxes.map((_, i) => i).sort((a, b) => orderOf(plan, a) - orderOf(plan, b));
  const place = new Map(order.map((box, at) => [box, at]));
  const half = Math.max(...order.map((i) => size(i).across), 0) / 2;
  const middles: number[] = [];
  let at = 0;
  order.forEach((i, k) => {
    const frame = plan.boxes[i]?.frame;
    const begins = frame !== undefined && frame !== plan.boxes[order[k - 1] ?? -1]?.frame;
    if (k > 0) at += right ? labelGap + 40 : labelGap;
    if (begins) at += sizes.frameLabelHeight + gap;
    middles[i] = at + size(i).along / 2;
    at += size(i).along;
  });
  const turn = ({ x, y }: Point): Point => (right ? { x: y, y: x } : { x, y });
  const spot = (i: number): Point => ({ x: half, y: middles[i] ?? 0 });
  let reach = 2 * half;
  const edges = plan.edges.map(({ from, to }, e) => {
    const span = (place.get(to) ?? 0) - (place.get(from) ?? 0);
    const [a, b] = [spot(from), spot(to)];
    const label = sizes.labels[e] ?? 0;
    if (span === 1) {
      const start = { x: half, y: a.y + size(from).along / 2 };
      const end = { x: half, y: b.y - size(to).along / 2 };
      const stop = { x: half, y: end.y - 6 };
      const beside = right ? half - 8 : half + 6 + label / 2;
      const middle = turn({ x: beside, y: (start.y + end.y) / 2 });
      return {
        curve: [start, start, stop, stop].map(turn),
        end: turn(end),
        label: label ? middle : undefined,
      };
    }
    const start = { x: half + size(from).across / 2, y: a.y + 3 };
    const end = { x: half + size(to).across / 2, y: b.y - 3 };
    const out = 2 * half + Math.min(farthest, nearest + 11 * Math.sqrt(Math.abs(span)));
    reach = Math.max(reach, out);
    const stop = { x: end.x + 6, y: end.y };
    const curve = [start, { x: out, y: start.y }, { x: out, y: end.y }, stop];
    return { curve: curve.map(turn), end: turn(end), label: undefined };
  });
  const frames = plan.frames.map((_, f): Rectangle | undefined => {
    const inside = order.filter((i) => plan.boxes[i]?.frame === f);
    if (inside.length === 0) return undefined;
    const from = Math.min(...inside.map((i) => (middles[i] ?? 0) - size(i).along / 2));
    const to = Math.max(...inside.map((i) => (middles[i] ?? 0) + size(i).along / 2));
    const top = from - sizes.frameLabelHeight - 8;
    return right
      ? { x: top, y: 0, width: to - top + 8, height: 2 * half }
      : { x: 0, y: top, width: Math.max(2 * half, sizes.frames[f] ?? 0), height: to - top + 8 };
  });
  const boxes = plan.boxes.map((_, i) => turn(spot(i)));
  const extent = turn({ x: reach + 60, y: at });
  return { width: extent.x, height: extent.y, boxes, frames, edges };
}

const orderOf = ({ boxes }: Plan, i: number) => boxes[i]?.order ?? 0;
