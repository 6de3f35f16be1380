// Pictures that a network takes channels last and turns at once, as exports of TensorFlow do: channels first, as everywhere here.
import type { Architecture, ArchNode, Attribute, Shape, Value } from "../../architecture";
import { opOf } from "../../ops";

/**
 * The same network without the transpositions of its pictures: an input is given channels first where each path from
 * it, past arithmetic a number or a channel, meets a transposition that does no more than that, and a layer over
 * pictures reads it. Other inputs stay in the file's order.
 */
export function channelsFirst(architecture: Architecture): Architecture {
  const readers = new Map<string, ArchNode[]>();
  for (const node of architecture.nodes) {
    for (const id of new Set(node.inputs)) {
      const known = readers.get(id);
      if (known) known.push(node);
      else readers.set(id, [node]);
    }
  }
  const returned = new Set(architecture.outputs);
  const inputs: Value[] = [];
  const passed = new Set<ArchNode>();
  const turned = new Map<string, string>();
  for (const input of architecture.inputs) {
    const found = pathsFrom(input, (id) => readers.get(id) ?? [], returned);
    inputs.push(found ? first(input) : input);
    for (const node of found?.passed ?? []) passed.add(node);
    for (const { inputs: read, outputs } of found?.turns ?? [])
      turned.set(outputs[0]?.id ?? "", read[0] ?? "");
  }
  if (turned.size === 0) return architecture;
  const nodes = architecture.nodes
    .filter(({ outputs }) => !turned.has(outputs[0]?.id ?? ""))
    .map((node) => (passed.has(node) ? arranged(node) : node))
    .map((node) => ({ ...node, inputs: node.inputs.map((id) => turned.get(id) ?? id) }));
  return { ...architecture, inputs, nodes };
}

/** The arithmetic behind a picture and the transpositions that end it; undefined where one path has none. */
function pathsFrom(
  input: Value,
  readersOf: (id: string) => readonly ArchNode[],
  returned: ReadonlySet<string>,
) {
  if (input.shape === null || input.shape.length < 4) return undefined;
  const passed: ArchNode[] = [];
  const turns: ArchNode[] = [];
  const open: Value[] = [input];
  for (const value of open) {
    const readers = readersOf(value.id);
    if (returned.has(value.id) || readers.length === 0) return undefined;
    for (const node of readers) {
      const [output] = node.outputs;
      if (!output || node.outputs.length > 1) return undefined;
      if (isTurn(node, value.shape)) {
        if (returned.has(output.id) || !readersOf(output.id).some(isOverPictures)) return undefined;
        turns.push(node);
      } else if (passes(node, value.shape)) {
        passed.push(node);
        open.push(output);
      } else return undefined;
    }
  }
  return { passed, turns };
}

/** A transposition of the last axis to the second place, or a reshape that is one since there is one channel. */
function isTurn({ op, attributes, outputs }: ArchNode, from: Shape): boolean {
  const rank = from?.length ?? 0;
  if (op === "transpose") {
    const axes = Array.from({ length: rank - 2 }, (_, axis) => axis + 1);
    return String(attributes.permutation) === String([0, rank - 1, ...axes]);
  }
  const to = outputs[0]?.shape;
  return (
    op === "reshape" &&
    from?.at(-1) === 1 &&
    to?.length === rank &&
    String(to.slice(1)) === String([1, ...from.slice(1, -1)])
  );
}

function isOverPictures({ op }: ArchNode): boolean {
  return op === "conv" || op === "convTranspose" || op === "pad" || opOf(op).role === "pooling";
}

/** Each place by itself, wherever it stands. */
const arithmetic = new Set([
  "add",
  "sub",
  "mul",
  "div",
  "pow",
  "sqrt",
  "neg",
  "abs",
  "clip",
  "round",
  "cast",
  "dropout",
]);

/** Arithmetic with one number, or with one a channel: its shape is that of the picture. */
function passes({ op, inputs, attributes, outputs }: ArchNode, from: Shape): boolean {
  const operand = attributes.operandShape ?? [];
  return (
    arithmetic.has(op) &&
    inputs.length === 1 &&
    Array.isArray(operand) &&
    operand.length <= (from?.length ?? 0) &&
    operand.slice(0, -1).every((size) => Number(size) === 1) &&
    String(outputs[0]?.shape) === String(from)
  );
}

function arranged(node: ArchNode): ArchNode {
  const { operandShape } = node.attributes;
  const perChannel: Record<string, Attribute> =
    Array.isArray(operandShape) && operandShape.length > 0
      ? {
          operandShape: [
            Number(operandShape.at(-1)),
            ...new Array<number>((node.outputs[0]?.shape?.length ?? 2) - 2).fill(1),
          ],
        }
      : {};
  return { ...node, attributes: { ...node.attributes, ...perChannel }, outputs: node.outputs.map(first) };
}

function first(value: Value): Value {
  const { shape } = value;
  const [batch, ...rest] = shape ?? [];
  const channels = rest.pop();
  return batch === undefined || channels === undefined
    ? value
    : { ...value, shape: [batch, channels, ...rest] };
}
