// What a box says and which colour it has.
import type { ArchNode, Attribute, Dimension, Shape } from "../architecture";
import { isDepthwise, opOf } from "../ops";

/** What a box stands for; one colour each. */
export type Kind =
  | "input"
  | "convolution"
  | "linear"
  | "attention"
  | "recurrent"
  | "normalization"
  | "activation"
  | "pooling"
  | "arithmetic"
  | "shape"
  | "lookup"
  | "other"
  | "block";

/** What a reader sees of a name at most, in characters. */
const longest = 38;

export function clip(text: string, length = longest): string {
  const letters = [...text];
  return letters.length > length ? `${letters.slice(0, length - 1).join("")}…` : text;
}

const kindsOfOps: Readonly<Record<string, Kind>> = {
  conv: "convolution",
  convTranspose: "convolution",
  linear: "linear",
  matmul: "linear",
  einsum: "linear",
  attention: "attention",
  lstm: "recurrent",
  gru: "recurrent",
  rnn: "recurrent",
};

const kindsOfRoles: Readonly<Record<string, Kind>> = {
  normalization: "normalization",
  activation: "activation",
  pooling: "pooling",
  elementwise: "arithmetic",
  reduction: "arithmetic",
  shape: "shape",
  lookup: "lookup",
};

export function kindOf({ op }: ArchNode): Kind {
  return kindsOfOps[op] ?? kindsOfRoles[opOf(op).role] ?? "other";
}

export function shapeText(shape: Shape): string {
  if (shape === null) return "";
  return shape.length === 0 ? "scalar" : clip(shape.map((size) => clip(String(size), 12)).join("×"), 44);
}

/** "conv 3x3 /2, 64": what a practitioner writes on a whiteboard. */
export function labelOf(node: ArchNode): string {
  const { op, attributes } = node;
  const say = Object.hasOwn(labels, op) ? labels[op] : undefined;
  const text = say ? say(node) : wordsOf(op);
  const learned = !say && node.parameters.length > 0 && opOf(op).role === "elementwise";
  const axis = op === "concat" && typeof attributes.axis === "number" ? `, axis ${attributes.axis}` : "";
  return clip(`${text}${axis}${learned ? " weights" : ""}`);
}

/** "global average pool" of `globalAveragePool`; NAME of `custom:NAME`. */
export function wordsOf(op: string): string {
  if (op.startsWith("custom:")) return op.slice("custom:".length);
  return (
    spelling[op] ?? op.replace(/([a-z\d])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`)
  );
}

const spelling: Readonly<Record<string, string>> = {
  relu: "ReLU",
  relu6: "ReLU6",
  gelu: "GELU",
  silu: "SiLU",
  elu: "ELU",
  selu: "SELU",
  lstm: "LSTM",
  gru: "GRU",
  rnn: "RNN",
  rmsNorm: "RMS norm",
  matmul: "matrix product",
  gatherND: "gather ND",
};

type Attributes = Readonly<Record<string, Attribute>>;

function numbersOf(value: Attribute | undefined): readonly number[] {
  if (typeof value === "number") return [value];
  return Array.isArray(value) ? value.filter((item) => typeof item === "number") : [];
}

/** 3x3, and 3 for a square of one axis. */
function window(attributes: Attributes): string {
  return numbersOf(attributes.kernelSize).join("x");
}

/** " /2" where it moves by more than one. */
function stride(attributes: Attributes): string {
  const strides = numbersOf(attributes.strides);
  if (strides.every((step) => step === 1)) return "";
  return strides.every((step) => step === strides[0]) ? ` /${strides[0]}` : ` /${strides.join("x")}`;
}

function convolution(node: ArchNode): string {
  const { attributes } = node;
  const { groups, outChannels } = attributes;
  const depthwise = isDepthwise(node);
  const dilation = numbersOf(attributes.dilations).find((size) => size > 1);
  const name = depthwise ? "depthwise" : node.op === "convTranspose" ? "transposed conv" : "conv";
  const parts = [`${name} ${window(attributes)}${stride(attributes)}`];
  if (typeof outChannels === "number") parts.push(String(outChannels));
  if (!depthwise && typeof groups === "number" && groups > 1) parts.push(`${groups} groups`);
  if (dilation !== undefined) parts.push(`dilation ${dilation}`);
  return parts.join(", ");
}

const pool = (name: string) => (node: ArchNode) =>
  `${name} ${window(node.attributes)}${stride(node.attributes)}`;

function recurrent({ op, attributes }: ArchNode): string {
  const both = attributes.directions === 2 ? ", both ways" : "";
  return `${wordsOf(op)} ${attributes.hiddenSize ?? ""}${both}`;
}

const labels: Readonly<Record<string, (node: ArchNode) => string>> = {
  conv: convolution,
  convTranspose: convolution,
  maxPool: pool("max pool"),
  averagePool: pool("average pool"),
  lpPool: pool("Lp pool"),
  linear: ({ attributes }) => `linear ${attributes.inFeatures ?? "?"} → ${attributes.outFeatures ?? "?"}`,
  embedding: ({ attributes }) => `embedding ${attributes.entries ?? "?"} × ${attributes.width ?? "?"}`,
  attention({ attributes }) {
    const { heads, kvHeads, causal } = attributes;
    const shared = typeof kvHeads === "number" && kvHeads !== heads ? ` (${kvHeads} for keys)` : "";
    const count =
      typeof heads === "number" && heads > 0 ? `, ${heads} ${heads === 1 ? "head" : "heads"}` : "";
    return `${causal === true ? "causal " : ""}attention${count}${shared}`;
  },
  lstm: recurrent,
  gru: recurrent,
  rnn: recurrent,
  reshape: ({ outputs }) => `reshape ${shapeText(outputs[0]?.shape ?? null)}`,
  transpose: ({ attributes }) => `transpose ${numbersOf(attributes.permutation).join(", ")}`,
  upsample({ attributes }) {
    const factor = numbersOf(attributes.scales).at(-1);
    return `resize${factor === undefined ? "" : ` ×${factor}`}${attributes.mode ? `, ${attributes.mode}` : ""}`;
  },
};

/** Two of a shape are the same, by their sizes. */
export function sameShape(a: Shape, b: Shape): boolean {
  return a !== null && b !== null && a.length === b.length && a.every((size: Dimension, i) => size === b[i]);
}

/** "3 × conv 3x3, 64", the commonest first. */
export function tally(labels: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  // Sorting is stable: of those equally common, the first stays first.
  const sorted = [...counts].sort(([, a], [, b]) => b - a);
  return sorted.map(([label, count]) => (count > 1 ? `${count} × ${clip(label, 30)}` : clip(label)));
}

/** Ops that move numbers and compute nothing: drawn with what they read. */
export const plumbing: ReadonlySet<string> = new Set([
  "reshape",
  "flatten",
  "transpose",
  "squeeze",
  "unsqueeze",
  "expand",
  "identity",
  "cast",
  "dropout",
]);

/** Whether norms and activations are drawn as part of this layer. */
export function dressed(node: ArchNode): boolean {
  const { role } = opOf(node.op);
  return role === "weights" || role === "normalization" || node.op === "add";
}
