// Makes a rewritten tree a program again: what no longer fits where it stands is changed as little as will do.
import {
  afterLine,
  afterStem,
  asPicture,
  type Flow,
  flowOf,
  placesOf,
  refusal,
  tokensOf,
  volumeOf,
} from "../language/flow";
import type { Line, Pool, Program, Stage, Stem } from "../language/program";
import { largestDivisor, limits, ranges } from "../language/vocabulary";
import { asBlock } from "./tree";

/**
 * The nearest program that builds: numbers within their bounds, divisors that divide, blocks of pictures as layers where
 * no picture is left, and pooling before what would see too many tokens or features.
 *
 * @returns null where nothing is left that computes
 */
export function mend(program: Program): Program | null {
  const { input, head } = program;
  let flow = flowOf(input);
  const stem = input.kind === "picture" && program.stem ? mendStem(program.stem, flow) : null;
  if (stem) flow = afterStem(flow, stem);
  const body: Line[] = [];
  let room: number = limits.blocks;
  const add = (line: Line) => {
    body.push(line);
    flow = afterLine(flow, line);
  };
  for (const line of program.body) {
    if (line.kind === "pool") {
      if (fits(line, flow)) add(line);
      continue;
    }
    if (room === 0) continue;
    const fitting = fittingBlock(line, flow);
    for (const before of poolsBefore(fitting, flow)) add(before);
    const stage = mendStage(fitting, flow, room);
    room -= stage.repeat;
    add(stage);
  }
  if (body.length > limits.lines) return null;
  const computes = stem !== null || body.some(({ kind }) => kind === "stage");
  if (!computes && head.classes === null) return null;
  return { ...program, stem, body };
}

function mendStem(stem: Stem, flow: Flow): Stem {
  return { ...stem, width: within(stem.width, mostWidth(placesOf(flow))) };
}

function fits(pool: Pool, flow: Flow): boolean {
  return pool.pool === "global" ? flow.kind !== "vector" : asPicture(flow) !== undefined;
}

/** The stage, or layers in its place where its blocks need a picture and none is left, even to be pooled. */
function fittingBlock(stage: Stage, flow: Flow): Stage {
  const isRefused = refusal(flow, stage.block) !== undefined;
  return isRefused && asPicture(flow) === undefined ? asBlock(stage, "mlp") : stage;
}

/** Pooling without which the block would see too much. */
function poolsBefore({ block }: Stage, flow: Flow): Pool[] {
  if (block === "mlp" && volumeOf(flow) > limits.flattened) return [{ kind: "pool", pool: "global" }];
  const picture = asPicture(flow);
  if (block !== "transformer" || !picture || refusal(flow, block) === undefined) return [];
  const stride = Math.ceil(Math.sqrt(tokensOf(flow) / limits.tokens));
  return [{ kind: "pool", pool: "average", kernel: Math.max(2, stride), stride: Math.min(8, stride) }];
}

function mendStage(stage: Stage, flow: Flow, room: number): Stage {
  const places = stage.block === "transformer" ? tokensOf(flow) : stage.block === "mlp" ? 1 : placesOf(flow);
  const repeat = within(stage.repeat, Math.min(ranges.repeat.max, room));
  const width = within(stage.width, mostWidth(places));
  if (stage.block === "transformer") {
    return { ...stage, repeat, width, heads: largestDivisor(width, stage.heads) };
  }
  if (stage.block === "conv") {
    const channels = asPicture(flow)?.channels ?? 1;
    return { ...stage, repeat, width, groups: commonGroups(channels, width, stage.groups) };
  }
  return { ...stage, repeat, width };
}

function mostWidth(places: number): number {
  return Math.min(ranges.width.max, Math.floor(limits.values / places));
}

function within(value: number, most: number): number {
  return Math.min(most, Math.max(1, Math.round(value)));
}

/** The most groups up to those wanted that divide both widths. */
function commonGroups(channels: number, width: number, wanted: number): number {
  for (let groups = Math.min(wanted, channels, width); groups > 1; groups--)
    if (channels % groups === 0 && width % groups === 0) return groups;
  return 1;
}
