// Motifs of convolutional networks: squeeze-and-excitation, separable and inverted blocks, dense, fire, inception.
import type { ArchNode } from "../architecture";
import { isDepthwise, isPointwise } from "../ops";
import { fork, role, type View } from "./view";

const passing = new Set([
  "reshape",
  "flatten",
  "squeeze",
  "unsqueeze",
  "expand",
  "transpose",
  "cast",
  "dropout",
  "pad",
]);

/** Indices of the nodes of one occurrence. */
export type Occurrence = number[];

/** A gate from the whole picture to its channels: x · σ(W₂ f(W₁ pool(x))). */
export function squeezeExcitations(graph: View): Occurrence[] {
  return graph.nodes.flatMap((node, mul): Occurrence[] => {
    if (node.op !== "mul" || node.inputs.length !== 2) return [];
    for (const [x, gate] of [
      [0, 1],
      [1, 0],
    ] as const) {
      const path = gatePath(graph, node.inputs[gate], node.inputs[x]);
      if (path) return [[...path, mul]];
    }
    return [];
  });
}

function gatePath(graph: View, from: string | undefined, x: string | undefined): Occurrence | undefined {
  const path: Occurrence = [];
  let value = from;
  let gated = false;
  let layers = 0;
  for (let steps = 0; steps < 14 && value !== undefined; steps++) {
    const i = graph.maker(value);
    const node = graph.nodes[i];
    if (node?.inputs.length !== 1) return undefined;
    path.unshift(i);
    if (node.op === "sigmoid" || node.op === "hardSigmoid") gated = true;
    else if (node.op === "linear" || isPointwise(node)) layers++;
    else if (node.op === "globalAveragePool")
      return gated && layers === 2 && node.inputs[0] === x ? path : undefined;
    else if (role(node) !== "activation" && !passing.has(node.op) && role(node) !== "normalization")
      return undefined;
    if (!gated && !passing.has(node.op)) return undefined;
    value = node.inputs[0];
  }
  return undefined;
}

export interface Separable {
  nodes: Occurrence;
  /** Whether a pointwise convolution widens before the depthwise one. */
  expands: boolean;
  /** Whether no activation follows: the "linear bottleneck" of MobileNetV2. */
  linear: boolean;
  /** Whether an activation stands between the two: not so in Xception. */
  activates: boolean;
  end: number;
}

/** A depthwise convolution and the pointwise one that mixes its channels. */
export function separables(graph: View): Separable[] {
  // What mixes for one depthwise convolution does not also widen for the next.
  const mixers = new Set<number>();
  return graph.nodes.flatMap((node, i): Separable[] => {
    if (!isDepthwise(node)) return [];
    const forward = follow(graph, i);
    const mix = forward.at(-1);
    const mixer = mix === undefined ? undefined : graph.nodes[mix];
    if (mix === undefined || !mixer || !isPointwise(mixer) || Number(mixer.attributes.groups) > 1) return [];
    const tail: Occurrence = [];
    let after = onlyReader(graph, mix);
    while (after !== undefined && role(graph.nodes[after]) === "normalization") {
      tail.push(after);
      after = onlyReader(graph, after);
    }
    const linear = after === undefined || role(graph.nodes[after]) !== "activation";
    if (!linear && after !== undefined) tail.push(after);
    const before = backward(graph, i);
    const expand = graph.nodes[before[0] ?? -1];
    mixers.add(mix);
    const expands =
      expand !== undefined &&
      !mixers.has(before[0] ?? -1) &&
      isPointwise(expand) &&
      Number(expand.attributes.outChannels) > Number(expand.attributes.inChannels);
    const nodes = [...(expands ? before : []), i, ...forward, ...tail];
    const activates = forward.some((k) => role(graph.nodes[k]) === "activation");
    return [{ nodes, expands, linear, activates, end: nodes.at(-1) ?? i }];
  });
}

/**
 * A convolution that widens and the pointwise one that narrows again, with no activation after: the fused inverted
 * residual without its residual, where a stage begins. Other networks hold such pairs too: only to be asked of one
 * that has fused inverted residuals.
 */
export function fusedPairs(graph: View): { nodes: Occurrence; end: number }[] {
  return graph.nodes.flatMap((node, i) => {
    const [into, out, groups] = [
      node.attributes.inChannels,
      node.attributes.outChannels,
      node.attributes.groups,
    ].map(Number);
    if (node.op !== "conv" || isPointwise(node) || groups !== 1 || !((out ?? 0) > (into ?? 0))) return [];
    const forward = follow(graph, i);
    const mix = graph.nodes[forward.at(-1) ?? -1];
    if (!mix || !isPointwise(mix) || !(Number(mix.attributes.outChannels) < (out ?? 0))) return [];
    const nodes = [i, ...forward];
    let after = onlyReader(graph, nodes.at(-1) ?? i);
    while (after !== undefined && role(graph.nodes[after]) === "normalization") {
      nodes.push(after);
      after = onlyReader(graph, after);
    }
    if (after !== undefined && role(graph.nodes[after]) === "activation") return [];
    return [{ nodes, end: nodes.at(-1) ?? i }];
  });
}

/** The unit of ShuffleNet that halves the picture: a path with a depthwise convolution, joined to what pooling leaves. */
export function downsamplingUnits(graph: View): { nodes: Occurrence; end: number }[] {
  return graph.nodes.flatMap((node, end) => {
    if (node.op !== "concat" || node.attributes.axis !== 1 || node.inputs.length !== 2) return [];
    const split = fork(graph, node.inputs, 40);
    const pooled = split?.branches.some((branch) => isOnly(graph, branch, "averagePool"));
    const computed = split?.branches.some((branch) => branch.some((i) => isDepthwiseAt(graph, i)));
    return split && pooled && computed ? [{ nodes: [...split.branches.flat(), end], end }] : [];
  });
}

const isDepthwiseAt = (graph: View, i: number) => {
  const node = graph.nodes[i];
  return node !== undefined && isDepthwise(node);
};
const isOnly = (graph: View, branch: Occurrence, op: string) =>
  branch.length === 1 && graph.nodes[branch[0] ?? -1]?.op === op;

/** From a depthwise convolution to the next convolution, past norms, activations and a channel gate. */
function follow(graph: View, from: number): Occurrence {
  const path: Occurrence = [];
  let at = from;
  for (let steps = 0; steps < 8; steps++) {
    const readers = graph.readers(at);
    // A gate reads the value twice: once to pool it, once to scale it.
    const mul = readers.find((i) => graph.nodes[i]?.op === "mul");
    const next = readers.length === 1 ? readers[0] : mul;
    const node = next === undefined ? undefined : graph.nodes[next];
    if (next === undefined || !node) return path;
    path.push(next);
    if (node.op === "conv") return path;
    if (!["normalization", "activation"].includes(role(node)) && node.op !== "mul") return path;
    at = next;
  }
  return path;
}

/** Back to the pointwise convolution before, past norms and activations; empty when there is none. */
function backward(graph: View, from: number): Occurrence {
  const path: Occurrence = [];
  let at = graph.makers(from)[0] ?? -1;
  for (let steps = 0; steps < 4; steps++) {
    const node = graph.nodes[at];
    if (!node) return [];
    path.unshift(at);
    if (node.op === "conv") return isPointwise(node) ? path : [];
    if (!["normalization", "activation"].includes(role(node)) && node.op !== "pad") return [];
    at = graph.makers(at)[0] ?? -1;
  }
  return [];
}

function onlyReader(graph: View, i: number): number | undefined {
  const readers = graph.readers(i);
  return readers.length === 1 ? readers[0] : undefined;
}

/** Concatenations along channels, with what they join, nested ones opened. */
function joins(graph: View): Map<number, string[]> {
  const found = new Map<number, string[]>();
  graph.nodes.forEach((node, i) => {
    const rank = node.outputs[0]?.shape?.length ?? 0;
    if (node.op !== "concat" || node.attributes.axis !== 1 || rank < 3) return;
    found.set(
      i,
      node.inputs.flatMap((id) => found.get(graph.maker(id)) ?? [id]),
    );
  });
  return found;
}

/** Dense blocks: each layer reads what all layers before it made. One list of nodes a block, its layers counted. */
export function denseBlocks(graph: View): { layers: number; nodes: Occurrence; end: number }[] {
  const lists = [...joins(graph)].map(([i, values]) => ({ i, values, set: new Set(values) }));
  const chains: (typeof lists)[] = [];
  for (const join of lists) {
    const chain = chains.find((items) => {
      const last = items.at(-1);
      return last && join.set.size === last.set.size + 1 && last.values.every((value) => join.set.has(value));
    });
    if (chain) chain.push(join);
    else chains.push([join]);
  }
  return chains
    .filter((chain) => chain.length >= 3)
    .map((chain) => {
      const end = chain.at(-1)?.i ?? 0;
      return {
        layers: (chain.at(-1)?.set.size ?? 1) - 1,
        nodes: between(graph, chain[0]?.i ?? end, end),
        end,
      };
    });
}

/** The nodes from one to another that lead there, both included. */
function between(graph: View, from: number, to: number): Occurrence {
  const found = new Set<number>();
  const open = [to];
  while (open.length > 0) {
    const at = open.pop() ?? -1;
    if (at < from || found.has(at)) continue;
    found.add(at);
    open.push(...graph.makers(at));
  }
  return [...found].sort((a, b) => a - b);
}

export interface Branched {
  kind: "inception" | "fire";
  nodes: Occurrence;
  end: number;
}

/** Branches of different convolutions over one input, joined along channels. */
export function branched(graph: View): Branched[] {
  const found: Branched[] = [];
  for (const [i, node] of graph.nodes.entries()) {
    if (
      node.op !== "concat" ||
      node.attributes.axis !== 1 ||
      node.inputs.length < 2 ||
      node.inputs.length > 12
    )
      continue;
    const split = fork(graph, node.inputs, 80);
    if (!split) continue;
    const kernels = split.branches.map((branch) => branch.flatMap((k) => convKernel(graph.nodes[k])));
    const nodes = [...split.branches.flat(), i].sort((a, b) => a - b);
    if (node.inputs.length === 2 && isFire(graph, split.at, kernels)) {
      const squeeze =
        graph.nodes[split.at]?.op === "conv" ? [split.at] : [...graph.makers(split.at), split.at];
      found.push({ kind: "fire", nodes: [...squeeze, ...nodes].filter((k) => k >= 0), end: i });
    } else if (
      node.inputs.length >= 3 &&
      kernels.every((list, k) => list.length > 0 || (split.branches[k]?.length ?? 0) > 0)
    ) {
      const sizes = new Set(kernels.flat());
      const computing = kernels.filter((list) => list.length > 0).length;
      const local = split.branches.every(
        (branch) => branch.length <= 16 && branch.every((k) => isLocal(graph.nodes[k])),
      );
      if (computing >= 3 && sizes.size >= 2 && local) found.push({ kind: "inception", nodes, end: i });
    }
  }
  return found;
}

/** What may stand in a branch of an inception module: nothing that changes the scale or joins other paths. */
function isLocal(node: ArchNode | undefined): boolean {
  if (node?.inputs.length !== 1) return node?.op === "concat";
  return node.op === "conv" || ["normalization", "activation", "pooling"].includes(role(node))
    ? node.op !== "upsample"
    : passing.has(node.op);
}

function convKernel(node: ArchNode | undefined): string[] {
  return node?.op === "conv" && Array.isArray(node.attributes.kernelSize)
    ? [node.attributes.kernelSize.join("x")]
    : [];
}

/** One 1x1 and one 3x3 convolution over a 1x1 convolution that squeezes. */
function isFire(graph: View, at: number, kernels: readonly string[][]): boolean {
  const sizes = kernels.map((list) => list.join());
  if (!sizes.includes("1x1") || !sizes.includes("3x3")) return false;
  const node = graph.nodes[at];
  const squeeze = node?.op === "conv" ? node : graph.nodes[graph.makers(at)[0] ?? -1];
  return (
    squeeze !== undefined &&
    isPointwise(squeeze) &&
    Number(squeeze.attributes.outChannels) < Number(squeeze.attributes.inChannels)
  );
}

/** Features of the way down joined to the way up, as in a U-Net. */
export function skips(graph: View): Occurrence[] {
  return graph.nodes.flatMap((node, i): Occurrence[] => {
    if (node.op !== "concat" || node.attributes.axis !== 1 || node.inputs.length < 2) return [];
    const ups = node.inputs.map((id) => upsampling(graph, id));
    const up = ups.find((item) => item !== undefined);
    const others = node.inputs.filter((_, k) => ups[k] === undefined);
    if (up === undefined || others.length === 0) return [];
    // What comes from the side was made before the picture was made small: the upsampling must depend on it.
    const early = others.some((id) => {
      const from = graph.maker(uncropped(graph, id));
      return from >= 0 && from < up && reaches(graph, from, up);
    });
    return early ? [[up, i]] : [];
  });
}

/** The value before it was cropped or padded to fit. */
function uncropped(graph: View, value: string): string {
  const node = graph.nodes[graph.maker(value)];
  const [from] = node?.inputs ?? [];
  return node && ["slice", "pad"].includes(node.op) && from !== undefined ? uncropped(graph, from) : value;
}

/** The upsampling behind the value, past convolutions, norms and activations. */
function upsampling(graph: View, value: string): number | undefined {
  let at = graph.maker(value);
  for (let steps = 0; steps < 6; steps++) {
    const node = graph.nodes[at];
    if (!node) return undefined;
    const grows = node.op === "convTranspose" || node.op === "upsample" || node.op === "depthToSpace";
    if (grows) return at;
    if (node.op !== "conv" && !["normalization", "activation"].includes(role(node)) && !passing.has(node.op))
      return undefined;
    at = graph.makers(at)[0] ?? -1;
  }
  return undefined;
}

function reaches(graph: View, from: number, to: number): boolean {
  const open = [to];
  const seen = new Set<number>();
  while (open.length > 0) {
    const at = open.pop() ?? -1;
    if (at === from) return true;
    if (at < from || seen.has(at)) continue;
    seen.add(at);
    open.push(...graph.makers(at));
  }
  return false;
}
