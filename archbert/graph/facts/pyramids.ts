// What networks for detection and segmentation do with a backbone's features: pyramids of them, and wide context.
import type { ArchNode } from "../architecture";
import { isPointwise } from "../ops";
import type { Occurrence } from "./convolutional";
import { fork, role, type View } from "./view";

const passing = ["cast", "identity", "dropout", "slice", "pad"];

interface Merge {
  add: number;
  up: number;
  lateral: number;
}

/**
 * Feature pyramids: coarse features enlarged and added to finer ones that a 1x1 convolution has brought to their width,
 * again and again. One occurrence a pyramid, of two such sums at least.
 */
export function featurePyramids(graph: View): { levels: number; nodes: Occurrence; adds: number[] }[] {
  const merges = graph.nodes.flatMap((node, add): Merge[] => {
    if (node.op !== "add" || node.inputs.length !== 2) return [];
    const ups = node.inputs.map((id) => back(graph, id, (item) => item.op === "upsample"));
    const up = ups.find((item) => item !== undefined);
    const side = node.inputs[ups[0] === undefined ? 0 : 1];
    const lateral = side === undefined ? undefined : back(graph, side, isPointwise);
    return up === undefined || lateral === undefined || ups.every((item) => item !== undefined)
      ? []
      : [{ add, up, lateral }];
  });
  const chains: Merge[][] = [];
  for (const merge of merges) {
    const chain = chains.find((list) => graph.makers(merge.up).includes(list.at(-1)?.add ?? -1));
    if (chain) chain.push(merge);
    else chains.push([merge]);
  }
  return chains
    .filter((chain) => chain.length >= 2)
    .map((chain) => ({
      levels: chain.length + 1,
      nodes: chain.flatMap(({ add, up, lateral }) => [lateral, up, add]).sort((a, b) => a - b),
      adds: chain.map(({ add }) => add),
    }));
}

/** The node wanted behind a value, past norms and what only moves numbers. */
function back(graph: View, value: string, wanted: (node: ArchNode) => boolean): number | undefined {
  let at = graph.maker(value);
  for (let steps = 0; steps < 4; steps++) {
    const node = graph.nodes[at];
    if (!node) return undefined;
    if (wanted(node)) return at;
    if (role(node) !== "normalization" && !passing.includes(node.op)) return undefined;
    at = graph.makers(at)[0] ?? -1;
  }
  return undefined;
}

/** Branches of convolutions of several dilations over one value, joined: the spatial pyramid of DeepLab. */
export function dilatedContexts(graph: View): Occurrence[] {
  return graph.nodes.flatMap((node, i): Occurrence[] => {
    if (node.op !== "concat" || node.attributes.axis !== 1 || node.inputs.length < 3) return [];
    const split = fork(graph, node.inputs, 120);
    if (!split) return [];
    const dilations = split.branches.map((branch) =>
      Math.max(1, ...branch.map((k) => dilation(graph.nodes[k]))),
    );
    const distinct = new Set(dilations.filter((size) => size > 1));
    return distinct.size >= 2 ? [[...split.branches.flat(), i].sort((a, b) => a - b)] : [];
  });
}

export function dilation(node: ArchNode | undefined): number {
  const list = node?.op === "conv" ? node.attributes.dilations : undefined;
  return Array.isArray(list) ? Math.max(...list.map(Number)) : 1;
}
