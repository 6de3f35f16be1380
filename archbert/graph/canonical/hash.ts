// One short text for what a network is, whatever its file, its names and the order of its nodes.
import { createHash } from "node:crypto";
import type { Architecture, ArchNode, Attribute, Shape } from "../architecture";
import { evaluate } from "../dimensions";

/** Attributes that say what an op computes. Others follow from shapes (padding, channels), or are bookkeeping. */
const telling = [
  "kernelSize",
  "strides",
  "dilations",
  "groups",
  "heads",
  "kvHeads",
  "causal",
  "permutation",
  "slope",
  "approximate",
  "operand",
  "operandFirst",
  "blockSize",
  "directions",
  "reversed",
  "mode",
  "kind",
];

const commutative = new Set(["add", "mul", "max", "min", "mean", "equal"]);
/** Ops that change no number, once trained. */
const passing = new Set(["dropout", "identity", "cast"]);
/** Ops that may only write a shape in another way: with axes of one number, or without. */
const reshaping = new Set(["reshape", "flatten", "squeeze", "unsqueeze"]);

/**
 * A fingerprint of a network's structure: equal for one network under other names, in another order of nodes, out of
 * another format. It depends on the ops, on the attributes that say what they compute, on the shapes of learned weights
 * and on all shapes, where axes of one number do not count and a symbolic size counts as one. Dropout, casts and what
 * only adds or drops axes of one number are not part of it. The architecture should be canonical, as importers give it.
 *
 * @param architecture borrowed, not changed
 * @returns 32 hexadecimal digits
 */
export function canonicalHash(architecture: Architecture): string {
  const hashes = new Map<string, string>();
  const shapes = new Map<string, string>();
  for (const { id, shape } of architecture.inputs) {
    shapes.set(id, plainShape(shape));
    hashes.set(id, digest(["input", plainShape(shape)]));
  }
  const all: string[] = [];
  for (const node of architecture.nodes) {
    const [first = ""] = node.inputs;
    const shape = plainShape(node.outputs[0]?.shape ?? null);
    const same = passing.has(node.op) || (reshaping.has(node.op) && shapes.get(first) === shape);
    const hash = same ? (hashes.get(first) ?? "") : hashOf(node, hashes);
    if (!same) all.push(hash);
    node.outputs.forEach((output, i) => {
      shapes.set(output.id, plainShape(output.shape));
      hashes.set(output.id, i === 0 ? hash : digest([hash, i]));
    });
  }
  const outputs = architecture.outputs.map((id) => hashes.get(id) ?? "");
  return digest([all.sort(), outputs.sort()]);
}

function hashOf(
  { op, inputs, outputs, attributes, parameters }: ArchNode,
  hashes: ReadonlyMap<string, string>,
): string {
  const read = inputs.map((id) => hashes.get(id) ?? "");
  if (commutative.has(op)) read.sort();
  const said = telling.flatMap((name) => {
    const value = worth(name, attributes[name]);
    return value === undefined ? [] : [[name, value]];
  });
  const weights = parameters
    .filter(({ trainable }) => trainable)
    .map(({ shape }) => shape.filter((n) => n !== 1).sort((a, b) => a - b));
  return digest([op, said, weights.map(String).sort(), outputs.map(({ shape }) => plainShape(shape)), read]);
}

/** The attribute's value; undefined where it is what it would be if it were not given. */
function worth(name: string, value: Attribute | undefined): Attribute | undefined {
  if (value === undefined || value === false) return undefined;
  if (name === "operand" || name === "slope") return Number(Number(value).toPrecision(4));
  const list = Array.isArray(value) ? value : [value];
  const ones =
    ["strides", "dilations", "groups", "directions", "kernelSize"].includes(name) &&
    list.every((item) => item === 1);
  return ones ? undefined : value;
}

/** Sizes above one, in order. */
function plainShape(shape: Shape): string {
  if (shape === null) return "?";
  return shape
    .map((size) => evaluate(size) ?? "?")
    .filter((size) => size !== 1)
    .join();
}

function digest(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 32);
}
