// What the signatures of families are made of: conditions on a network, each a line to read.
import { isDepthwise } from "../ops";
import type { Attention, TransformerBlock } from "./attention";
import type { Block } from "./blocks";
import type { Cell } from "./cells";
import type { Separable } from "./convolutional";
import type { Facts } from "./index";
import { areBoxesAndClasses, byPlace, enlarges, predictors, sharedHeads } from "./predictors";
import type { Residual } from "./residuals";
import { pathConvs } from "./residuals";
import type { StageOf } from "./stages";
import { role, type View } from "./view";

/** What signatures look at. */
export interface Evidence {
  facts: Omit<Facts, "family">;
  graph: View;
  sums: readonly Residual[];
  stages: readonly StageOf[];
  separables: readonly Separable[];
  attentions: readonly Attention[];
  transformers: readonly TransformerBlock[];
  blocks: readonly Block[];
  dense: readonly { layers: number }[];
  cells: readonly Cell[];
  pyramids: readonly { levels: number; adds: number[] }[];
}

export interface Condition {
  (evidence: Evidence): boolean;
  /** It asks that something be missing, as most networks grant. */
  readonly negative?: boolean;
}

export const all =
  (...conditions: Condition[]): Condition =>
  (evidence) =>
    conditions.every((condition) => condition(evidence));
export const not = (condition: Condition): Condition =>
  Object.assign((evidence: Evidence) => !condition(evidence), { negative: true });
export const has =
  (op: string, atLeast = 1): Condition =>
  ({ facts }) =>
    (facts.ops[op] ?? 0) >= atLeast;
export const motif =
  (kind: string, atLeast = 1): Condition =>
  ({ facts }) =>
    (facts.motifs.find((item) => item.kind === kind)?.count ?? 0) >= atLeast;
/** All blocks are of these kinds, and there are some. */
export const blocks =
  (...kinds: Block["kind"][]): Condition =>
  (evidence) =>
    evidence.blocks.length > 0 && evidence.blocks.every(({ kind }) => kinds.includes(kind));
/** Stage by stage: how many blocks. */
export const stages =
  (...choices: readonly number[][]): Condition =>
  (evidence) =>
    choices.some((choice) => choice.join() === evidence.stages.map((stage) => stage.blocks).join());
export const stageCount =
  (count: number): Condition =>
  (evidence) =>
    evidence.stages.length === count;
/** Activations of the network, softmax and gates aside, are among these. */
export const activations =
  (...allowed: string[]): Condition =>
  ({ graph }) =>
    graph.nodes.every(
      ({ op }) =>
        role({ op } as never) !== "activation" ||
        [...allowed, "softmax", "logSoftmax", "sigmoid", "hardSigmoid"].includes(op),
    );
export const depthwise: Condition = ({ graph }) => graph.nodes.some(isDepthwise);
export const grouped: Condition = ({ graph }) =>
  graph.nodes.some((node) => node.op === "conv" && Number(node.attributes.groups) > 1 && !isDepthwise(node));
/** Ends in pooling over all of space (or a flattening) and linear layers, if in anything: a classifier, not a detector. */
export const classifier: Condition = ({ facts, graph }) => {
  if (facts.outputs.length !== 1 || facts.inputs.length !== 1) return false;
  const pooled = (facts.ops.globalAveragePool ?? 0) > 0 || (facts.ops.flatten ?? 0) > 0;
  return (
    pooled &&
    !graph.nodes.some(({ op }) => ["upsample", "convTranspose", "nonMaxSuppression", "roiAlign"].includes(op))
  );
};
export const firstConv =
  (kernel: number, stride: number): Condition =>
  ({ graph }) => {
    const first = graph.nodes.find(({ op }) => op === "conv");
    return (
      String(first?.attributes.kernelSize) === `${kernel},${kernel}` &&
      String(first?.attributes.strides) === `${stride},${stride}`
    );
  };
/** Widths double from stage to stage. */
export const doubling: Condition = (evidence) =>
  evidence.stages.every(({ width }, i) => i === 0 || width === 2 * (evidence.stages[i - 1]?.width ?? 0));
/** Every addition of the blocks is followed by an activation: ResNet as first published. */
export const activationAfterSum: Condition = ({ graph, sums }) =>
  sums.every(({ add }) => graph.readers(add).every((i) => role(graph.nodes[i]) === "activation"));
/** Width inside the bottleneck over the width it returns. */
export const bottleneckRatio =
  (ratio: number): Condition =>
  ({ graph, sums }) =>
    sums.every((sum) => {
      const convs = pathConvs(graph, sum.main);
      return (
        Number(convs[1]?.attributes.outChannels) === ratio * Number(convs.at(-1)?.attributes.outChannels)
      );
    });
/** Residual blocks of ReLU and plain or grouped convolutions in four stages, each of twice the width. */
export const residualPyramid: Condition = all(
  blocks("basic", "bottleneck"),
  stageCount(4),
  doubling,
  classifier,
  activations("relu"),
  not(motif("squeezeExcitation")),
  not(depthwise),
  not(has("attention")),
  not(has("mul")),
  not(has("matmul")),
);
export const residualNet: Condition = all(residualPyramid, activationAfterSum);
/** Every residual path ends in a convolution: norms and activations come before, as in ResNet's second version. */
export const activationFirst: Condition = ({ graph, sums }) =>
  sums.every(({ main }) => graph.nodes[main.at(-1) ?? -1]?.op === "conv");
/** Grouped convolutions of one number of channels a group, or of as many as there are where the stage has fewer. */
export const groupWidth: Condition = ({ graph }) => {
  const convs = graph.nodes.filter(
    ({ op, attributes }) =>
      op === "conv" && String(attributes.kernelSize) === "3,3" && Number(attributes.inChannels) > 3,
  );
  const width = ({ attributes }: (typeof convs)[number]) =>
    Number(attributes.inChannels) / Number(attributes.groups);
  const widest = Math.max(...convs.map(width));
  return convs.every((node) => width(node) === widest || Number(node.attributes.groups) === 1);
};
/** Each residual path is of pairs of a depthwise and a pointwise convolution, nothing between the two. */
export const separableResiduals: Condition = ({ graph, sums, separables }) => {
  const pairs = new Set(separables.filter(({ activates }) => !activates).flatMap(({ nodes }) => nodes));
  return sums.every(({ main }) => {
    const convs = main.filter((i) => graph.nodes[i]?.op === "conv");
    return convs.length >= 4 && convs.every((i) => pairs.has(i));
  });
};
/** Cells that join so many values, and reductions that join fewer. */
export const cellJoins =
  (normal: number, reduction: number): Condition =>
  ({ cells }) =>
    cells.filter(({ joins }) => joins === normal).length >= 9 &&
    cells.filter(({ joins }) => joins === reduction).length >= 2 &&
    cells.every(({ joins }) => joins === normal || joins === reduction);
/** Stages as in a base network, deeper by one of the factors, rounded up. */
export const scaledStages = (base: readonly number[], factors: readonly number[]): Condition =>
  stages(...factors.map((factor) => base.map((blocks) => Math.ceil(blocks * factor - 1e-9))));
/** Two classifiers over two tokens of one sequence, one of them for distillation. */
export const twoHeads: Condition = ({ graph }) => {
  const isTail = (i: number) => ["add", "div", "mul"].includes(graph.nodes[i]?.op ?? "");
  const [a, b] = graph.nodes.flatMap((node, i) => (node.op === "linear" ? [{ node, i }] : [])).slice(-2);
  if (!a || !b || !graph.readers(a.i).every(isTail) || !graph.readers(b.i).every(isTail)) return false;
  return ["inFeatures", "outFeatures"].every((key) => a.node.attributes[key] === b.node.attributes[key]);
};
/** Widths of the stages. */
export const widths =
  (...expected: number[]): Condition =>
  (evidence) =>
    evidence.stages.map(({ width }) => width).join() === expected.join();

export const plain: Condition = all(
  not(motif("residual")),
  not(has("concat")),
  not(depthwise),
  not(has("attention")),
  not(motif("recurrent")),
  classifier,
);
/** There are convolutions of each of these kernels. */
export const kernels =
  (...sizes: string[]): Condition =>
  ({ facts }) =>
    sizes.every((size) => facts.kernelSizes.some((item) => item.size.join("x") === size));
export const kernelsOnly =
  (...sizes: string[]): Condition =>
  ({ facts }) =>
    facts.kernelSizes.length > 0 && facts.kernelSizes.every(({ size }) => sizes.includes(size.join("x")));
export const mobile: Condition = all(
  classifier,
  motif("invertedResidual", 6),
  not(grouped),
  not(has("attention")),
  firstConv(3, 2),
);

export const tokens: Condition = ({ graph }) =>
  graph.nodes.some(({ op, attributes }) => op === "embedding" && Number(attributes.entries) >= 256);
export const allBlocks =
  (kind: "encoder" | "decoder", norm: "pre" | "post"): Condition =>
  ({ transformers }) =>
    transformers.length >= 2 && transformers.every((block) => block.kind === kind && block.norm === norm);
/** As before, wherever the norms stand: Swin's second version normalizes at the end of each residual. */
export const allEncoders: Condition = ({ transformers }) =>
  transformers.length >= 2 && transformers.every(({ kind }) => kind === "encoder");
/** No residual stands outside the transformer blocks: none holds a part that was not understood. */
export const allResidualsInBlocks: Condition = ({ sums, transformers }) => {
  const inside = new Set(transformers.flatMap(({ nodes }) => [...nodes]));
  return sums.every(({ add }) => inside.has(add));
};
export const noConvolutions: Condition = not(has("conv"));
/** The one convolution cuts the picture into patches. */
export const patches: Condition = ({ graph }) => {
  const convs = graph.nodes.filter(({ op }) => op === "conv");
  const kernel = String(convs[0]?.attributes.kernelSize);
  const edge = Array.isArray(convs[0]?.attributes.kernelSize)
    ? Number(convs[0]?.attributes.kernelSize[0])
    : 0;
  return convs.length === 1 && kernel === String(convs[0]?.attributes.strides) && edge >= 4;
};
export const onlySelf: Condition = ({ attentions }) =>
  attentions.length > 0 && attentions.every(({ kind }) => kind === "self");
export const oneStage: Condition = (evidence) => evidence.stages.length === 1;
export const layers =
  (op: string, exactly: number): Condition =>
  ({ facts }) =>
    facts.ops[op] === exactly;

/** Every residual block holds a depthwise convolution of this kernel. */
export const depthwiseKernel =
  (kernel: number): Condition =>
  ({ graph, sums }) =>
    sums.length > 0 &&
    sums.every(({ main }) =>
      main.some((i) => {
        const node = graph.nodes[i];
        return node && isDepthwise(node) && String(node.attributes.kernelSize) === `${kernel},${kernel}`;
      }),
    );
/** What comes out is as large as what goes in. */
export const sameResolution: Condition = ({ facts }) => {
  const [input, output] = [facts.inputs[0]?.shape?.slice(2), facts.outputs[0]?.shape?.slice(2)];
  return (
    facts.outputs.length === 1 && input !== undefined && input.length > 0 && String(input) === String(output)
  );
};
/** Convolutions over pictures. */
export const planar: Condition = ({ facts }) =>
  facts.kernelSizes.length > 0 && facts.kernelSizes.every(({ size }) => size.length === 2);
export const onlyOps =
  (...allowed: string[]): Condition =>
  ({ graph }) =>
    graph.nodes.every(
      (node) => allowed.includes(node.op) || ["activation", "normalization"].includes(role(node)),
    );

export const oneOutput: Condition = ({ facts }) => facts.outputs.length === 1;
/** What comes out is a convolution's answer at a resolution so many times coarser, enlarged once. */
export const enlargedPrediction =
  (atLeast: number): Condition =>
  ({ graph }) => {
    const last = graph.nodes.find(({ outputs }) => outputs.some(({ id }) => graph.isOutput(id)));
    const from = graph.nodes[graph.maker(last?.inputs[0] ?? "")];
    const [made, read] = [last?.outputs[0]?.shape?.[2], from?.outputs[0]?.shape?.[2]];
    const enlarges = last?.op === "upsample" || last?.op === "convTranspose";
    return (
      enlarges &&
      from?.op === "conv" &&
      typeof made === "number" &&
      typeof read === "number" &&
      made >= atLeast * read
    );
  };
/** Two heads that all levels share: one gives boxes, the other classes, for several anchors a place. */
export const sharedBoxesAndClasses: Condition = ({ graph }) => {
  const heads = sharedHeads(predictors(graph)).flatMap(([first]) => first ?? []);
  return heads.some((a) => heads.some((b) => a !== b && areBoxesAndClasses(a, b)));
};
/** Each level of the feature pyramid is read on its own as well as by the next. */
export const readLevels: Condition = ({ graph, pyramids }) =>
  pyramids.some(({ adds }) => adds.slice(0, -1).every((add) => graph.readers(add).length >= 2));
/** Boxes and classes at so many resolutions, by heads of their own. */
export const boxesAndClassesAt =
  (resolutions: number): Condition =>
  ({ graph }) => {
    const heads = predictors(graph);
    const levels = byPlace(heads).filter((level) =>
      level.some((a) => level.some((b) => areBoxesAndClasses(a, b))),
    );
    const own = new Set(heads.map(({ weight }) => weight)).size === heads.length;
    return own && levels.length >= resolutions;
  };
export const topDown: Condition = ({ graph }) => enlarges(graph);
/** One 1x1 predictor a resolution, of as many numbers everywhere, on grids of an eighth of the picture at most. */
export const gridPredictions: Condition = ({ facts, graph }) => {
  const heads = predictors(graph);
  const [finest] = byPlace(heads);
  const [height, width] = facts.inputs[0]?.shape?.slice(2) ?? [];
  const cells = (finest?.[0]?.area ?? 0) * 64;
  return (
    heads.length >= 2 &&
    byPlace(heads).every((level) => level.length === 1) &&
    heads.every(
      ({ kernel, channels }) => kernel === 1 && channels === heads[0]?.channels && channels >= 18,
    ) &&
    typeof height === "number" &&
    typeof width === "number" &&
    cells <= height * width * 1.05
  );
};
/** All its blocks mix tokens and then channels, by two layers each. */
export const plainMixers: Condition = ({ facts, blocks: found }) =>
  (facts.motifs.find(({ kind }) => kind === "mlpMixer")?.count ?? 0) === found.length;

/** Each skip joins one value from the side to one from below: not so in nested or fully connected U-Nets. */
export const pairedSkips: Condition = ({ facts, graph }) => {
  const ids =
    facts.motifs.find(({ kind }) => kind === "skipConnection")?.nodes.map((list) => list.at(-1)) ?? [];
  const joins = new Set(ids);
  return graph.nodes.every(({ id, inputs }) => !joins.has(id) || inputs.length === 2);
};
