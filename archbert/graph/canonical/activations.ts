// Activations that exporters break into arithmetic.
import type { ArchNode } from "../architecture";
import { behind, type Match, near, type Pattern, type Rewriter, scalar } from "./rewriter";

/** A product of two values and a number, as the ways to read it: k·a·b. */
interface Product {
  k: number;
  a: string;
  b: string;
  through: ArchNode[];
}

/** The factor of a node that multiplies or divides by a number. */
function factor(node: ArchNode | undefined): number | undefined {
  const value = scalar(node);
  if (value === undefined) return undefined;
  if (node?.op === "mul") return value;
  if (node?.op === "div" && !node.attributes.operandFirst && value !== 0) return 1 / value;
  return undefined;
}

function products(node: ArchNode, graph: Rewriter): Product[] {
  const k = factor(node);
  if (k !== undefined) {
    const inner = graph.from(node, 0);
    if (!inner || (inner.op !== "mul" && inner.op !== "div")) return [];
    return products(inner, graph).map((item) => ({
      ...item,
      k: item.k * k,
      through: [inner, ...item.through],
    }));
  }
  const [a, b] = node.inputs.map((id) => graph.resolve(id));
  if (node.op !== "mul" || a === undefined || b === undefined) return [];
  const found: Product[] = [{ k: 1, a, b, through: [] }];
  for (const [scaled, other] of [
    [a, b],
    [b, a],
  ] as const) {
    const maker = graph.made(scaled);
    const by = factor(maker);
    const from = maker?.inputs[0];
    if (maker && by !== undefined && from !== undefined) {
      found.push({ k: by, a: graph.resolve(from), b: other, through: [maker] });
    }
  }
  return found;
}

/** x·f(x) with a number before it: tries `gate` on both orders. */
function gated(
  node: ArchNode,
  graph: Rewriter,
  gate: (k: number, x: string, f: ArchNode) => Match | undefined,
): Match | undefined {
  for (const { k, a, b, through } of products(node, graph)) {
    for (const [x, y] of [
      [a, b],
      [b, a],
    ] as const) {
      const f = graph.made(y);
      const match = f ? gate(k, x, f) : undefined;
      if (match && "op" in match) return { ...match, absorbs: [...match.absorbs, ...through] };
    }
  }
  return undefined;
}

/** The value whose multiple `id` is, and the multiple. */
function multiple(
  graph: Rewriter,
  id: string | undefined,
): { of: string | undefined; k: number; node?: ArchNode } {
  const node = graph.made(id);
  const k = factor(node);
  if (k === undefined || !node?.inputs[0]) return { of: id === undefined ? id : graph.resolve(id), k: 1 };
  return { of: graph.resolve(node.inputs[0]), k, node };
}

const gelu: Pattern = (node, graph) =>
  gated(node, graph, (k, x, f) => {
    const one = f.op === "add" && f.inputs.length === 1 && near(scalar(f), 1);
    if (one && near(k, 0.5)) {
      const inner = graph.from(f, 0);
      if (inner?.op === "erf") {
        const { of, k: root, node: scale } = multiple(graph, inner.inputs[0]);
        if (of !== x || !near(root, Math.SQRT1_2)) return undefined;
        const absorbs = [inner, f, ...(scale ? [scale] : [])];
        return { op: "gelu", inputs: [x], attributes: { approximate: "none" }, absorbs };
      }
      if (inner?.op === "tanh" && isCubic(graph, inner.inputs[0], x)) {
        return { op: "gelu", inputs: [x], attributes: { approximate: "tanh" }, absorbs: [inner, f] };
      }
    }
    if (f.op === "sigmoid" && near(k, 1)) {
      const { of, k: slope } = multiple(graph, f.inputs[0]);
      if (of === x && near(slope, 1.702)) {
        return { op: "gelu", inputs: [x], attributes: { approximate: "sigmoid" }, absorbs: [f] };
      }
    }
    return undefined;
  });

/** Whether the value is computed from x alone with the numbers of tanh-GELU, √(2/π) and 0.044715. */
function isCubic(graph: Rewriter, id: string | undefined, x: string): boolean {
  const numbers: number[] = [];
  const open = [id];
  for (let steps = 0; open.length > 0; steps++) {
    const at = open.pop();
    if (at === undefined || steps > 16) return false;
    const value = graph.resolve(at);
    if (value === x) continue;
    const node = graph.made(value);
    if (!node || !["mul", "add", "pow", "div"].includes(node.op)) return false;
    const number = scalar(node);
    if (number !== undefined) numbers.push(number);
    open.push(...node.inputs);
  }
  return numbers.some((n) => near(n, 0.044715)) && numbers.some((n) => near(n, 0.7978845608));
}

const silu: Pattern = (node, graph) =>
  gated(node, graph, (k, x, f) => {
    if (!near(k, 1) || (f.op !== "sigmoid" && f.op !== "hardSigmoid" && f.op !== "tanh")) return undefined;
    const from = f.inputs[0] === undefined ? undefined : graph.resolve(f.inputs[0]);
    if (f.op === "tanh") {
      const plus = graph.from(f, 0, "softplus");
      if (!plus?.inputs[0] || graph.resolve(plus.inputs[0]) !== x) return undefined;
      return { op: "mish", inputs: [x], attributes: {}, absorbs: [plus, f] };
    }
    if (from !== x) return undefined;
    return { op: f.op === "sigmoid" ? "silu" : "hardSwish", inputs: [x], attributes: {}, absorbs: [f] };
  });

/** relu6(x + 3), and what x is. */
function shifted(graph: Rewriter, f: ArchNode | undefined): { x: string; absorbs: ArchNode[] } | undefined {
  if (f?.op !== "relu6") return undefined;
  const plus = graph.from(f, 0, "add");
  const x = plus?.inputs[0];
  if (!plus || x === undefined || plus.inputs.length !== 1 || !near(scalar(plus), 3)) return undefined;
  return { x: graph.resolve(x), absorbs: [plus, f] };
}

const hardSwish: Pattern = (node, graph) =>
  gated(node, graph, (k, x, f) => {
    const inner = shifted(graph, f);
    if (!near(k, 1 / 6) || inner?.x !== x) return undefined;
    return { op: "hardSwish", inputs: [x], attributes: {}, absorbs: inner.absorbs };
  });

const hardSigmoid: Pattern = (node, graph) => {
  if (!near(factor(node), 1 / 6)) return undefined;
  const inner = shifted(graph, graph.from(node, 0));
  return inner && { op: "hardSigmoid", inputs: [inner.x], attributes: {}, absorbs: inner.absorbs };
};

/** relu6 written as two limits. */
const relu6: Pattern = (node, graph) => {
  if (node.op !== "min" || node.inputs.length !== 1 || scalar(node) !== 6) return undefined;
  const inner = graph.from(node, 0);
  const low =
    inner?.op === "relu" || (inner?.op === "max" && inner.inputs.length === 1 && scalar(inner) === 0);
  const x = behind(graph, inner?.inputs[0]);
  return inner && low && x !== undefined
    ? { op: "relu6", inputs: [x], attributes: {}, absorbs: [inner] }
    : undefined;
};

export const activations: readonly Pattern[] = [relu6, gelu, hardSigmoid, silu, hardSwish];
