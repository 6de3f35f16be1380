// Normalizations that exporters spell out as means, squares and roots.
import type { ArchNode } from "../architecture";
import { behind, type Match, type Pattern, type Rewriter, scalar } from "./rewriter";

/** √(mean(d²) + ε) over some axes: what d is, and the nodes it takes. */
interface Spread {
  of: string;
  axes: readonly number[];
  epsilon: number;
  absorbs: ArchNode[];
}

function spread(graph: Rewriter, id: string | undefined): Spread | undefined {
  const root = graph.made(behind(graph, id));
  if (!root || (root.op !== "sqrt" && !(root.op === "pow" && scalar(root) === 0.5))) return undefined;
  return variance(graph, root, root.inputs[0]);
}

/** 1/√(…), as a reciprocal, a power, or a division. */
function inverseSpread(graph: Rewriter, id: string | undefined): Spread | undefined {
  const node = graph.made(behind(graph, id));
  if (!node) return undefined;
  if (node.op === "pow" && scalar(node) === -0.5) return variance(graph, node, node.inputs[0]);
  const inverse =
    node.op === "reciprocal" || (node.op === "div" && node.attributes.operandFirst && scalar(node) === 1);
  const found = inverse ? spread(graph, node.inputs[0]) : undefined;
  return found && { ...found, absorbs: [node, ...found.absorbs] };
}

function variance(graph: Rewriter, root: ArchNode, id: string | undefined): Spread | undefined {
  const plus = graph.made(behind(graph, id));
  const epsilon = scalar(plus);
  if (plus?.op !== "add" || epsilon === undefined || plus.inputs.length !== 1 || epsilon > 0.1)
    return undefined;
  const mean = graph.made(behind(graph, plus.inputs[0]));
  const axes = mean?.attributes.axes;
  if (mean?.op !== "reduceMean" || !isNumbers(axes)) return undefined;
  const square = graph.made(behind(graph, mean.inputs[0]));
  const of = behind(graph, square?.inputs[0]);
  const twice = square?.op === "mul" && square.inputs.length === 2 && behind(graph, square.inputs[1]) === of;
  if (!square || of === undefined || !(twice || (square.op === "pow" && scalar(square) === 2)))
    return undefined;
  return { of, axes, epsilon, absorbs: [root, plus, mean, square] };
}

function isNumbers(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((item) => typeof item === "number");
}

/** x − mean(x), and what x is. */
function centred(graph: Rewriter, id: string | undefined): { x: string; absorbs: ArchNode[] } | undefined {
  const minus = graph.made(behind(graph, id));
  if (minus?.op !== "sub" || minus.inputs.length !== 2) return undefined;
  const x = behind(graph, minus.inputs[0]);
  const mean = graph.made(behind(graph, minus.inputs[1]));
  if (mean?.op !== "reduceMean" || x === undefined || behind(graph, mean.inputs[0]) !== x) return undefined;
  return { x, absorbs: [minus, mean] };
}

const spelled: Pattern = (node, graph) => {
  if ((node.op !== "div" && node.op !== "mul") || node.inputs.length !== 2) return undefined;
  const orders =
    node.op === "div"
      ? [[0, 1]]
      : [
          [0, 1],
          [1, 0],
        ];
  for (const [top = 0, bottom = 1] of orders) {
    const found =
      node.op === "div" ? spread(graph, node.inputs[bottom]) : inverseSpread(graph, node.inputs[bottom]);
    if (!found) continue;
    const [upper, lower] = [centred(graph, node.inputs[top]), centred(graph, found.of)];
    const attributes = {
      epsilon: found.epsilon,
      axis: found.axes[0] ?? -1,
      ...(found.axes.length > 1 ? { axes: found.axes } : {}),
    };
    if (upper && lower && upper.x === lower.x) {
      const absorbs = [...found.absorbs, ...upper.absorbs, ...lower.absorbs];
      return { op: "layerNorm", inputs: [upper.x], attributes, absorbs };
    }
    if (behind(graph, node.inputs[top]) === found.of) {
      return { op: "rmsNorm", inputs: [found.of], attributes, absorbs: found.absorbs };
    }
  }
  return undefined;
};

/** The learned scale and shift that follow a spelled-out norm. */
const affine: Pattern = (node, graph) => {
  if ((node.op !== "mul" && node.op !== "add") || node.inputs.length !== 1 || node.parameters.length === 0)
    return undefined;
  const norm = graph.made(behind(graph, node.inputs[0]));
  if (
    !norm ||
    !["layerNorm", "rmsNorm", "groupNorm", "instanceNorm"].includes(norm.op) ||
    norm.inputs[0] === undefined
  )
    return undefined;
  const full = norm.parameters.filter(({ trainable }) => trainable).length > (node.op === "mul" ? 0 : 1);
  if (full || graph.readers(norm.outputs[0]?.id ?? "") > 1 || !isVector(node)) return undefined;
  return { op: norm.op, inputs: norm.inputs, attributes: { ...norm.attributes }, absorbs: [norm] };
};

/** Whether the operand is one number a channel. */
function isVector(node: ArchNode): boolean {
  const shape = node.attributes.operandShape;
  return isNumbers(shape) && shape.filter((size) => size !== 1).length <= 1;
}

/** Group norm as PyTorch writes it: groups into the channels' place, instance norm, and back. */
const group: Pattern = (node, graph): Match | undefined => {
  if (node.op !== "reshape") return undefined;
  const inner = graph.from(node, 0, "instanceNorm");
  const fold = graph.from(inner, 0, "reshape");
  const x = fold?.inputs[0];
  const groups = graph.shape(inner?.inputs[0])?.[1];
  if (!inner || !fold || x === undefined || typeof groups !== "number") return undefined;
  const [before, after] = [graph.shape(x), node.outputs[0]?.shape ?? null];
  if (before === null || JSON.stringify(before) !== JSON.stringify(after)) return undefined;
  // The instance norm's own scale and shift are ones and zeros here; the learned ones follow.
  return { op: "groupNorm", inputs: [x], attributes: { groups }, absorbs: [fold, inner], parameters: [] };
};

export const norms: readonly Pattern[] = [spelled, group, affine];
