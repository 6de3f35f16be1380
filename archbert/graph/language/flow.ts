// What flows from line to line, and which lines can take it: the sizes that the parser checks and the builder makes.
import type { Input, Line, Stem } from "./program";
import { type BlockName, limits } from "./vocabulary";

export type Flow =
  | { kind: "picture"; height: number; width: number; channels: number }
  /** `grid`: height and width of the picture that the tokens come from; null where they come from a vector. */
  | { kind: "tokens"; count: number; width: number; grid: readonly [number, number] | null }
  | { kind: "vector"; features: number };

/** Why something cannot stand where it does, and what to do about it. */
export interface Refusal {
  readonly why: string;
  readonly fix: string;
}

export function flowOf(input: Input): Flow {
  return input.kind === "picture" ? { ...input } : { kind: "vector", features: input.features };
}

/** The flow as a picture again; undefined where it is none. */
export function asPicture(flow: Flow): Extract<Flow, { kind: "picture" }> | undefined {
  if (flow.kind === "picture") return flow;
  if (flow.kind === "vector" || flow.grid === null) return undefined;
  const [height, width] = flow.grid;
  return { kind: "picture", height, width, channels: flow.width };
}

/** Numbers that flow, for one example. */
export function volumeOf(flow: Flow): number {
  if (flow.kind === "picture") return flow.height * flow.width * flow.channels;
  return flow.kind === "tokens" ? flow.count * flow.width : flow.features;
}

/** Places that each hold one width of features. */
export function placesOf(flow: Flow): number {
  if (flow.kind === "picture") return flow.height * flow.width;
  return flow.kind === "tokens" ? flow.count : 1;
}

/** Tokens that a transformer block sees. */
export function tokensOf(flow: Flow): number {
  return flow.kind === "vector" ? flow.features : placesOf(flow);
}

/** Why a block cannot follow; undefined where it can. */
export function refusal(flow: Flow, block: BlockName): Refusal | undefined {
  if (block === "mlp") {
    if (volumeOf(flow) <= limits.flattened) return undefined;
    return {
      why: `an mlp flattens what it gets, and ${wordsFor(flow)} are more than ${limits.flattened} features`,
      fix: "Pool before it",
    };
  }
  if (block === "transformer") {
    if (tokensOf(flow) <= limits.tokens) return undefined;
    return {
      why: `attention looks over at most ${limits.tokens} tokens, and ${wordsFor(flow)} are ${tokensOf(flow)}`,
      fix: flow.kind === "picture" ? "Take strides, patches or pooling before it" : "Take an mlp",
    };
  }
  if (asPicture(flow)) return undefined;
  return {
    why: `a ${block} block needs a picture, and here come ${wordsFor(flow)}`,
    fix: "Put it before what pools or flattens, in a network whose input is a picture, or take an mlp",
  };
}

export function wordsFor(flow: Flow): string {
  if (flow.kind === "picture") return `${flow.height}x${flow.width} pixels of ${flow.channels} channels`;
  return flow.kind === "tokens"
    ? `${flow.count} tokens of ${flow.width} features`
    : `${flow.features} features without places`;
}

export function afterStem(flow: Flow, stem: Stem): Flow {
  return strided(flow, stem.kind === "patch" ? stem.kernel : stem.stride, stem.width);
}

export function afterLine(flow: Flow, line: Line): Flow {
  if (line.kind === "pool") {
    if (line.pool === "global") return { kind: "vector", features: volumeOf(flow) / placesOf(flow) };
    return strided(flow, line.stride, asPicture(flow)?.channels ?? 0);
  }
  if (line.block === "mlp") return { kind: "vector", features: line.width };
  if (line.block === "transformer") {
    const picture = asPicture(flow);
    const grid = picture ? ([picture.height, picture.width] as const) : null;
    return { kind: "tokens", count: tokensOf(flow), width: line.width, grid };
  }
  return strided(flow, line.stride, line.width);
}

/** Padded so that only the stride makes the picture smaller. */
function strided(flow: Flow, stride: number, channels: number): Flow {
  const picture = asPicture(flow);
  if (!picture) throw new Error("internal: a window over what is no picture");
  const { height, width } = picture;
  return { kind: "picture", height: Math.ceil(height / stride), width: Math.ceil(width / stride), channels };
}
