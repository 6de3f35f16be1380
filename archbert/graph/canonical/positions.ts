// Rotary positions, which exporters spell out: x·cos + turned(x)·sin.
import type { ArchNode } from "../architecture";
import { behind, type Match, type Pattern, type Rewriter } from "./rewriter";

/** What a value is multiplied with: another value, or a constant where `angle` is undefined. */
interface Product {
  x: string;
  angle: string | undefined;
  node: ArchNode;
}

function products(graph: Rewriter, id: string | undefined): Product[] {
  const node = graph.made(behind(graph, id));
  if (node?.op !== "mul") return [];
  const [a, b] = node.inputs.map((input) => behind(graph, input));
  if (a === undefined) return [];
  if (b === undefined)
    return node.attributes.operandShape === undefined ? [] : [{ x: a, angle: undefined, node }];
  return [
    { x: a, angle: b, node },
    { x: b, angle: a, node },
  ];
}

/** The value that this is a part of, and whether its sign is changed: a slice, or an output of a split. */
function part(
  graph: Rewriter,
  id: string | undefined,
): { of: string; turned: boolean; absorbs: ArchNode[] } | undefined {
  const absorbs: ArchNode[] = [];
  let turned = false;
  let at = behind(graph, id);
  for (let steps = 0; steps < 4; steps++) {
    const node = graph.made(at);
    const from = node?.inputs[0];
    if (!node || from === undefined) return undefined;
    absorbs.push(node);
    if (node.op === "slice" || node.op === "split")
      return { of: behind(graph, from) ?? from, turned, absorbs };
    if (node.op === "neg") turned = true;
    else if (node.op !== "unsqueeze" && node.op !== "reshape" && node.op !== "squeeze") return undefined;
    at = behind(graph, from);
  }
  return undefined;
}

/** x with its halves, or its neighbours, exchanged and one of them negated. */
function turned(graph: Rewriter, id: string | undefined): { x: string; absorbs: ArchNode[] } | undefined {
  const absorbs: ArchNode[] = [];
  let node = graph.made(behind(graph, id));
  for (let steps = 0; node && node.op !== "concat" && steps < 2; steps++) {
    if (node.op !== "reshape" && node.op !== "flatten") return undefined;
    absorbs.push(node);
    node = graph.made(behind(graph, node.inputs[0]));
  }
  if (node?.op !== "concat" || node.inputs.length !== 2) return undefined;
  const [a, b] = node.inputs.map((input) => part(graph, input));
  if (!a || !b || a.of !== b.of || !a.turned || b.turned) return undefined;
  return { x: a.of, absorbs: [...absorbs, node, ...a.absorbs, ...b.absorbs] };
}

function rotary(x: string, angles: readonly (string | undefined)[], absorbs: readonly ArchNode[]): Match {
  const inputs = [x, ...angles.filter((angle) => angle !== undefined)];
  return { op: "rotaryEmbedding", inputs, attributes: {}, absorbs, parameters: [] };
}

const whole: Pattern = (node, graph) => {
  if (node.op !== "add" || node.inputs.length !== 2) return undefined;
  for (const [plain, other] of [
    [0, 1],
    [1, 0],
  ] as const) {
    for (const left of products(graph, node.inputs[plain])) {
      for (const right of products(graph, node.inputs[other])) {
        const inner = turned(graph, right.x);
        if (inner?.x !== left.x) continue;
        return rotary(left.x, [left.angle, right.angle], [left.node, right.node, ...inner.absorbs]);
      }
    }
  }
  return undefined;
};

/** The same by halves: [a·cos − b·sin, b·cos + a·sin]. */
const halves: Pattern = (node, graph) => {
  if (node.op !== "concat" || node.inputs.length !== 2) return undefined;
  const [minus, plus] = node.inputs.map((id) => graph.made(behind(graph, bare(graph, id))));
  if (minus?.op !== "sub" || plus?.op !== "add" || minus.inputs.length !== 2 || plus.inputs.length !== 2)
    return undefined;
  const sides = [...minus.inputs, ...plus.inputs].map((id) => products(graph, id));
  if (sides.some((list) => list.length === 0)) return undefined;
  const parts = sides.map((list) =>
    list.flatMap((item) => ({ ...item, part: part(graph, item.x) })).find((item) => item.part),
  );
  const [a, b, c, d] = parts;
  const x = a?.part?.of;
  if (x === undefined || parts.some((item) => item?.part?.of !== x || item.part.turned)) return undefined;
  // a·cos and a·sin of one half, b·sin and b·cos of the other.
  if (a?.x === b?.x || c?.x === d?.x || ![c?.x, d?.x].includes(a?.x)) return undefined;
  const absorbs = parts.flatMap((item) => (item?.part ? [item.node, ...item.part.absorbs] : []));
  return rotary(x, [a?.angle, b?.angle], [minus, plus, ...absorbs]);
};

function bare(graph: Rewriter, id: string | undefined): string | undefined {
  const node = graph.made(behind(graph, id));
  return node?.op === "unsqueeze" ? node.inputs[0] : id;
}

export const positions: readonly Pattern[] = [whole, halves];
