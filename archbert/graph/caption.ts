// An architecture in a few sentences, each claim with its evidence.
import type { Architecture } from "./architecture";
import { branchParts, halves, openSizes, sequenceParts, softmaxProducts, tensor } from "./captionParts";
import { unknown } from "./dimensions";
import { ArchError } from "./errors";
import { type Facts, facts as factsOf } from "./facts";
import { opOf } from "./ops";
import { amount, article, list, plural, sentence, spelled } from "./words";

/** A claim as it was told, and how it was judged. */
export interface CheckedClaim {
  text: string;
  verdict: "proved" | "refuted" | "unchecked";
  /** Ids of the nodes that prove or refute it. */
  nodes: string[];
}

export interface Caption {
  text: string;
  claims: CheckedClaim[];
}

export const captionStyles = ["default", "short", "technical"] as const;
export type CaptionStyle = (typeof captionStyles)[number];

export interface CaptionOptions {
  style?: CaptionStyle;
  /** Facts already computed for this architecture, to save doing it again. */
  facts?: Facts;
}

/**
 * Two to five sentences about the network ("short": one or two). Every claim is computed from the graph and carries the
 * nodes that prove it; what cannot be proved is not said.
 *
 * @throws ArchError when the style is none of `captionStyles`
 */
export function caption(architecture: Architecture, options: CaptionOptions = {}): Caption {
  const { style = "default", facts = factsOf(architecture) } = options;
  if (!captionStyles.includes(style)) {
    throw new ArchError(`no caption style "${style}"`, { fix: `Choose one of ${captionStyles.join(", ")}` });
  }
  const speaker = new Speaker(architecture, facts);
  const opening = speaker.what();
  const parts =
    style === "short"
      ? [opening, speaker.size()]
      : style === "technical"
        ? [opening, speaker.built(), speaker.details(), speaker.size(), speaker.ends()]
        : [opening, speaker.built(), speaker.size(), speaker.ends()];
  const said = parts.filter((part) => part !== "");
  return { text: said.map(sentence).join(" "), claims: speaker.claims };
}

/** Says one sentence after the other, and notes what it claims. */
class Speaker {
  readonly claims: CheckedClaim[] = [];

  constructor(
    private readonly architecture: Architecture,
    private readonly facts: Facts,
  ) {}

  /** What it is: the family where proved, else what it is made of. */
  what(): string {
    const { family, depth, stages } = this.facts;
    const kind = this.kind();
    // The depth of transformers is told in blocks.
    const isOpen = this.facts.unknownWeights.length > 0;
    const deep = depth > 1 && !isOpen && !stages.some(({ kind: block }) => block === "transformer");
    const layers = deep ? `, ${plural(depth, "weight layer")} deep` : "";
    if (deep) this.claim(`${plural(depth, "weight layer")} deep`, this.weighted());
    if (!family) return `${article(kind.text)} ${kind.text}${layers}`;
    const nodes = stages.flatMap((stage) => stage.nodes);
    this.claim(`of the ${family.name} family`, nodes.length > 0 ? nodes : this.weighted());
    const name = ["MLP", "autoencoder"].includes(family.name) ? family.name : `${family.name} network`;
    return `${article(name)} ${name}: ${article(kind.text)} ${kind.text}${layers}`;
  }

  /** Its kind in general terms, by what it certainly holds. */
  private kind(): { text: string } {
    const { ops, stages } = this.facts;
    const say = (text: string, nodes: string[]) => {
      this.claim(text, nodes);
      return { text };
    };
    const decoder = this.motif("transformerDecoderBlock");
    const encoder = this.motif("transformerEncoderBlock");
    const undecided = this.motif("transformerBlock");
    const cross = this.motif("crossAttention");
    const convs = this.nodesOf("conv");
    const blocks = [
      ...(encoder?.nodes.flat() ?? []),
      ...(decoder?.nodes.flat() ?? []),
      ...(undecided?.nodes.flat() ?? []),
    ];
    if (this.facts.family?.name === "CLIP-like")
      return say("pair of encoders, of pictures and of text", blocks);
    if (undecided) return say("transformer", blocks);
    if (encoder && decoder && cross) return say("transformer encoder-decoder", blocks);
    if (encoder && !decoder) {
      const hybrid =
        convs.length > 4 ? "network of convolutions and transformer blocks" : "transformer encoder";
      return say(hybrid, blocks);
    }
    if (decoder && !encoder)
      return say(cross ? "transformer decoder with cross-attention" : "causal transformer decoder", blocks);
    if (encoder || decoder) return say("transformer", blocks);
    const recurrent = this.motif("recurrent");
    const attention = [...this.nodesOf("attention"), ...softmaxProducts(this.architecture)];
    if (recurrent) {
      const nodes = [...convs, ...recurrent.nodes.flat()];
      const plain = convs.length > 0 ? "convolutional recurrent network" : "recurrent network";
      return say(attention.length > 0 ? `${plain} with attention` : plain, [...nodes, ...attention]);
    }
    if (convs.length > 0 && attention.length > 0)
      return say("convolutional network with attention", [...convs, ...attention]);
    if (attention.length > 0) return say("network with attention", attention);
    const skips = this.motif("encoderDecoder");
    if (skips)
      return say("convolutional encoder-decoder with skip connections", [...convs, ...skips.nodes.flat()]);
    const linear = this.nodesOf("linear");
    // Linear layers in every block beside a convolution are 1x1 convolutions by another name, as in ConvNeXt.
    if (linear.length > 0 && this.motif("patchEmbedding") && convs.length === 1)
      return say("network of linear layers over patches of a picture", [...convs, ...linear]);
    const isPerceptron = stages.length > 0 && stages.every(({ kind: block }) => block === "mlp");
    if (convs.length > 0 && (linear.length > convs.length * 3 || (isPerceptron && convs.length <= 2)))
      return say("network of linear layers and convolutions", [...linear, ...convs]);
    if (convs.length > 0) return say("convolutional network", convs);
    if (linear.length > 0 && this.facts.unknownWeights.length === 0)
      return linear.length > 1
        ? say(
            ops.scatter || ops.cumSum || ops.pad ? "network of linear layers" : "feed-forward network",
            linear,
          )
        : say(ops.embedding ? "linear model over embeddings" : "linear model", [
            ...linear,
            ...this.nodesOf("embedding"),
          ]);
    const branching = branchParts(this.architecture.nodes);
    if (branching)
      return say(
        branching.text.endsWith("a loop")
          ? "network that runs in a loop"
          : "network that decides as it runs which of its parts to use",
        branching.nodes,
      );
    return say(
      "network",
      this.architecture.nodes.map(({ id }) => id),
    );
  }

  /** What it is built of: its blocks and stages, and the parts worth a word. */
  built(): string {
    const stages = this.stages();
    const parts = this.parts();
    if (stages && parts) return `${stages}, with ${parts}`;
    return stages || (parts && `it uses ${parts}`);
  }

  private stages(): string {
    const { stages } = this.facts;
    const [first] = stages;
    if (!first) return this.branches();
    const nodes = stages.flatMap((stage) => stage.nodes);
    const total = stages.reduce((sum, stage) => sum + stage.blocks, 0);
    if (total < 2) return "";
    const kinds = new Set(stages.map(({ kind }) => kind));
    const areSums = stages.every(({ kind }) => ["basic", "bottleneck", "other"].includes(kind));
    const name = kinds.size === 1 ? first.kind : areSums ? "other" : "";
    const [one, many] = blockNames[name] ?? ["block", "blocks"];
    const unit = stages.every(({ kind }) => kind === "transformer" || kind === "mlp")
      ? "features"
      : "channels";
    let text = plural(total, one, many);
    if (this.covers(nodes) < 0.5 || !isPyramid(this.facts)) {
      // Blocks that are the smaller part, or that stand side by side: no word on stages, which would seem a sequence.
      const told = this.branches();
      if (told) return told;
      this.claim(text, nodes);
      return `it contains ${text}`;
    }
    const both = halves(this.facts);
    if (both) text = both;
    else if (stages.length === 1) text += first.width > 0 ? ` of ${first.width} ${unit}` : "";
    else {
      const widths = stages.every(({ width }) => width > 0)
        ? ` (${stages.map(({ width }) => width).join(", ")} ${unit})`
        : "";
      text = `${spelled(stages.length)} stages of ${list(stages.map((stage) => stage.blocks))} ${many}${widths}`;
    }
    this.claim(text, nodes);
    return `it stacks ${text}`;
  }

  /** Blocks by kind, where they form no sequence of stages. */
  private branches(): string {
    const found = blockMotifs.flatMap(([motif, name]) => {
      const { count = 0, nodes = [] } = this.motif(motif) ?? {};
      const [one, many] = blockNames[name] ?? ["", ""];
      return count > 0 ? [{ text: plural(count, one, many), nodes: nodes.flat() }] : [];
    });
    for (const { text, nodes } of found) this.claim(text, nodes);
    return found.length > 0 ? `it contains ${list(found.map(({ text }) => text))}` : "";
  }

  /** The share of the layers with weights that these nodes hold. */
  private covers(ids: readonly string[]): number {
    const inside = new Set(ids);
    const layers = this.architecture.nodes.filter(
      ({ op, parameters }) => opOf(op).role === "weights" && parameters.length > 0,
    );
    return layers.filter(({ id }) => inside.has(id)).length / Math.max(1, layers.length);
  }

  private parts(): string {
    const { stages } = this.facts;
    const said = new Set(stages.map(({ kind }) => kind));
    const parts: string[] = [];
    const add = (text: string, nodes: string[]) => {
      parts.push(text);
      this.claim(text, nodes);
    };
    for (const [motif, one, many, hiddenBy] of motifWords) {
      const found = this.motif(motif);
      if (!found || (hiddenBy && said.has(hiddenBy))) continue;
      add(found.count === 1 ? `one ${one}` : `${spelled(found.count)} ${many}`, found.nodes.flat());
    }
    for (const part of sequenceParts(this.architecture, this.facts)) add(part.text, part.nodes);
    const activation = this.mainActivation();
    if (activation) add(activation.text, activation.nodes);
    const norm = this.mainNorm();
    if (norm) add(norm.text, norm.nodes);
    return list(parts);
  }

  private mainActivation() {
    const skip = new Set(["softmax", "logSoftmax", "sigmoid", "hardSigmoid", "hardmax"]);
    return this.main("activation", skip);
  }

  private mainNorm() {
    return this.main("normalization", new Set());
  }

  private main(role: string, skip: ReadonlySet<string>) {
    const entries = Object.entries(this.facts.ops).filter(([op]) => opOf(op).role === role && !skip.has(op));
    const [first, second] = entries;
    if (!first || first[1] < 2 || (second && second[1] * 2 > first[1])) return undefined;
    const [, many] = opOf(first[0]).words;
    return { text: many.replace(/activations$/, "activations"), nodes: this.nodesOf(first[0]) };
  }

  /** Parameters and cost. */
  size(): string {
    const { parameters, unknownWeights, multiplyAdds, assumed, inputs } = this.facts;
    const weighted = this.architecture.nodes.filter((node) => node.parameters.length > 0).map(({ id }) => id);
    const parts: string[] = [];
    if (parameters > 0) {
      const text = `${unknownWeights.length > 0 ? "at least " : ""}${amount(parameters)} parameters`;
      this.claim(text, weighted);
      parts.push(`has ${text}`);
    }
    const open = openSizes(inputs);
    const counted = multiplyAdds !== null && multiplyAdds > 0;
    if (counted && open.length === 0 && Object.values(assumed).every((size) => size === 1)) {
      const text = `${amount(multiplyAdds)} multiply-adds`;
      this.claim(text, this.weighted());
      parts.push(`costs ${text} a pass`);
    }
    return parts.length > 0 ? `it ${list(parts)}` : "";
  }

  /** What goes in and comes out. */
  ends(): string {
    const { inputs, outputs } = this.facts;
    const named = inputs.filter(({ shape }) => shape !== null);
    if (inputs.length === 0 || named.length < inputs.length) return "";
    const makers = this.architecture.nodes.filter((node) =>
      node.outputs.some(({ id }) => this.architecture.outputs.includes(id)),
    );
    const readers = this.architecture.nodes.filter((node) =>
      node.inputs.some((id) => inputs.some((input) => input.id === id)),
    );
    const takes = `takes ${list(inputs.slice(0, 4).map(tensor))}${inputs.length > 4 ? ` and ${inputs.length - 4} more inputs` : ""}`;
    this.claim(
      takes,
      readers.map(({ id }) => id),
    );
    const given = outputs.filter(({ shape }) => shape !== null && !shape.includes(unknown));
    if (outputs.length === 0 || given.length < outputs.length || outputs.length > 4) return `it ${takes}`;
    const gives = `gives ${list(outputs.map(tensor))}`;
    this.claim(
      gives,
      makers.map(({ id }) => id),
    );
    return `it ${takes} and ${gives}`;
  }

  /** Kernel sizes and counts of layers. */
  details(): string {
    const { kernelSizes, ops } = this.facts;
    const parts: string[] = [];
    if (kernelSizes.length > 0) {
      const nodes = [...this.nodesOf("conv"), ...this.nodesOf("convTranspose")];
      const sizes = kernelSizes.map(({ size, count }) => `${count} of ${size.join("x")}`);
      const text = `convolutions: ${list(sizes)}`;
      this.claim(text, nodes);
      parts.push(text);
    }
    const linear = ops.linear ?? 0;
    if (linear > 0) {
      const text = `${linear} linear ${linear === 1 ? "layer" : "layers"}`;
      this.claim(text, this.nodesOf("linear"));
      parts.push(text);
    }
    return parts.length > 0 ? `its layers are ${parts.join("; ")}` : "";
  }

  private claim(text: string, nodes: string[]): void {
    this.claims.push({ text, verdict: "proved", nodes: [...new Set(nodes)] });
  }

  private motif(kind: string) {
    return this.facts.motifs.find((item) => item.kind === kind);
  }

  private nodesOf(op: string): string[] {
    return this.architecture.nodes.filter((node) => node.op === op).map(({ id }) => id);
  }

  private weighted(): string[] {
    return this.architecture.nodes.filter(({ op }) => opOf(op).role === "weights").map(({ id }) => id);
  }
}

/** Kinds of blocks as practitioners call them. */
const blockNames: Record<string, readonly [string, string]> = {
  basic: ["basic residual block", "basic residual blocks"],
  bottleneck: ["bottleneck residual block", "bottleneck residual blocks"],
  invertedResidual: ["inverted residual block", "inverted residual blocks"],
  fusedInvertedResidual: ["fused inverted residual block", "fused inverted residual blocks"],
  depthwiseSeparable: ["depthwise separable block", "depthwise separable blocks"],
  transformer: ["transformer block", "transformer blocks"],
  dense: ["densely connected layer", "densely connected layers"],
  inception: ["inception module", "inception modules"],
  fire: ["fire module", "fire modules"],
  cell: ["cell", "cells"],
  mixer: ["token-mixing block", "token-mixing blocks"],
  convolution: ["convolution", "convolutions"],
  mlp: ["linear layer", "linear layers"],
  other: ["residual block", "residual blocks"],
};

/** Motifs that are blocks, and the kind of block they are. */
const blockMotifs = [
  ["basicBlock", "basic"],
  ["bottleneck", "bottleneck"],
  ["invertedResidual", "invertedResidual"],
  ["fusedInvertedResidual", "fusedInvertedResidual"],
  ["transformerEncoderBlock", "transformer"],
  ["transformerDecoderBlock", "transformer"],
  ["transformerBlock", "transformer"],
] as const;

/** Motifs worth naming: kind, one, many, and the kind of block that already says it. */
const motifWords: readonly (readonly [string, string, string, string?])[] = [
  ["squeezeExcitation", "squeeze-and-excitation gate", "squeeze-and-excitation gates"],
  ["channelShuffle", "channel shuffle", "channel shuffles"],
  ["skipConnection", "skip connection", "skip connections"],
  ["featurePyramid", "feature pyramid", "feature pyramids"],
  ["dilatedContext", "pyramid of dilated convolutions", "pyramids of dilated convolutions"],
  ["crossAttention", "cross-attention", "cross-attentions"],
];

/** Whether stages of blocks follow one on the other as they do in the field: never narrower, never finer again. */
function isPyramid({ stages }: Facts): boolean {
  return stages.every(({ kind, width, resolution }, i) => {
    const before = stages[i - 1];
    if (!before || kind === "convolution") return true;
    const [fine, coarse] = [resolution?.[0], before.resolution?.[0]];
    return width >= before.width && !(fine !== undefined && coarse !== undefined && fine > coarse);
  });
}
