// Small steps on the tree of a program, of which mutations and repairs are made. All return copies.
import type { Line, Program, Stage } from "../language/program";
import {
  type BlockName,
  blocks,
  isIn,
  type Kind,
  largestDivisor,
  stems,
  takes,
} from "../language/vocabulary";

export type Settings = Readonly<Record<string, number | string>>;

/** A stage and where it stands in the body. */
export interface Placed {
  at: number;
  /** From 1, as in the ids of its nodes: "stage1.block1.conv". */
  number: number;
  stage: Stage;
}

export function stagesOf({ body }: Program): Placed[] {
  let number = 0;
  return body.flatMap((line, at) => (line.kind === "stage" ? [{ at, number: ++number, stage: line }] : []));
}

/** Other lines, or none, in the place of one. */
export function replaced(program: Program, at: number, ...lines: readonly Line[]): Program {
  return { ...program, body: [...program.body.slice(0, at), ...lines, ...program.body.slice(at + 1)] };
}

export function inserted(program: Program, at: number, ...lines: readonly Line[]): Program {
  return { ...program, body: [...program.body.slice(0, at), ...lines, ...program.body.slice(at)] };
}

export function mapStages(program: Program, change: (stage: Stage, number: number) => Stage): Program {
  let number = 0;
  return {
    ...program,
    body: program.body.map((line) => (line.kind === "stage" ? change(line, ++number) : line)),
  };
}

/** The same with other settings; those that its kind of block does not take are left out. */
export function withSettings<S extends Stage>(stage: S, settings: Settings): S {
  return { ...stage, ...allowed(blocks[stage.block], settings) };
}

/** The same settings on every line, where it takes them. */
export function withSettingsForAll(program: Program, settings: Settings): Program {
  const { stem } = program;
  const changed = mapStages(program, (stage) => withSettings(stage, settings));
  return stem ? { ...changed, stem: { ...stem, ...allowed(stems[stem.kind], settings) } } : changed;
}

export function settingOf(line: object, name: string): number | string | undefined {
  return (line as Settings)[name];
}

export function numberOf(line: object, name: string, byDefault = 0): number {
  const value = settingOf(line, name);
  return typeof value === "number" ? value : byDefault;
}

/** A stage of another kind of block: what both take stays as it is. */
export function asBlock(stage: Stage, block: BlockName): Stage {
  if (stage.block === block) return stage;
  const { expansion: _expansion, groups: _groups, ...shared } = stage as unknown as Settings;
  return newStage(block, stage.width, stage.repeat, shared);
}

export function newStage(block: BlockName, width: number, repeat = 1, settings: Settings = {}): Stage {
  const { defaults } = blocks[block];
  const stage: Record<string, unknown> = {
    kind: "stage",
    repeat,
    block,
    width,
    ...defaults,
    ...allowed(blocks[block], settings),
  };
  const heads = block === "transformer" && stage.heads === 0 ? { heads: largestDivisor(width, 4) } : {};
  return { ...stage, ...heads } as unknown as Stage;
}

function allowed(kind: Kind, settings: Settings): Settings {
  const entries = Object.entries(settings).filter(([name, value]) => {
    const spec = Object.hasOwn(kind.options, name) ? kind.options[name] : undefined;
    if (typeof value === "string") return takes(kind, name, value);
    return spec !== undefined && "number" in spec && isIn(spec.number, value);
  });
  return Object.fromEntries(entries);
}

/** Blocks that compute on pictures. */
export const pictureBlocks = ["conv", "residual", "bottleneck", "inverted", "separable"] as const;

export function isPictureBlock(block: BlockName): boolean {
  return pictureBlocks.some((each) => each === block);
}

/** A width as people choose them: a multiple of 8 from 32 on, of 4 from 12 on, and within the language's bounds. */
export function roundWidth(width: number): number {
  const step = width >= 28 ? 8 : width >= 10 ? 4 : 1;
  return Math.min(4096, Math.max(1, Math.round(width / step) * step));
}
