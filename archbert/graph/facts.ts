// What can be computed about an architecture, each with the nodes that prove it.
import type { Value } from "./architecture";

export interface Motif {
  /** "residual", "bottleneck", "squeezeExcitation", "selfAttention", … */
  kind: string;
  count: number;
  /** Ids of the nodes that prove it, one list an occurrence. */
  nodes: string[][];
}

export interface Stage {
  /** How many blocks repeat in it. */
  blocks: number;
  /** Channels or features at its end. */
  width: number;
  /** Height and width at its end where known, in pixels or tokens. */
  resolution: number[] | null;
  nodes: string[];
}

export interface Family {
  name: string;
  /** 0 to 1. */
  confidence: number;
  alternatives: { name: string; confidence: number }[];
}

export interface Facts {
  name: string;
  format: string;
  /** All of them, trainable or not. */
  parameters: number;
  trainableParameters: number;
  /** For one input at the sizes of `inputs`, symbolic ones taken as 1; null where shapes are missing. */
  multiplyAdds: number | null;
  inputs: Value[];
  outputs: Value[];
  /** Op kind to how often it stands. */
  ops: Record<string, number>;
  /** Of convolutions, the commonest first, with how often. */
  kernelSizes: { size: number[]; count: number }[];
  /** Longest path, counted in ops that hold weights. */
  depth: number;
  stages: Stage[];
  motifs: Motif[];
  /** Null where structure does not prove one. */
  family: Family | null;
}
