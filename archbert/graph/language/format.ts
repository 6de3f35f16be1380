// The canonical text of a program: what differs from the defaults, in the order of the vocabulary.
import type { Line, Program } from "./program";
import {
  activations,
  blocks,
  headKind,
  type Kind,
  largestDivisor,
  norms,
  poolKind,
  stems,
  takes,
} from "./vocabulary";

type Inherited = Readonly<Record<string, string>>;

/**
 * The one text of the program: `parse(format(p))` equals `p`, and programs that are equal have equal texts. A `norm`
 * or `activation` line for all lines is written where it makes the text shorter. Comments of a text that was parsed
 * are not in the tree, and so not in what is written.
 */
export function format(program: Program): string {
  const { name, input, stem, body, head } = program;
  const inherited = settingsForAll(program);
  const size =
    input.kind === "picture" ? [input.height, input.width, input.channels].join("x") : input.features;
  const lines = [
    ...(name === null ? [] : [`network ${name}`]),
    `input ${size}`,
    ...Object.entries(inherited).map(([setting, value]) => `${setting} ${value}`),
    ...(stem ? [`stem ${stem.kind} ${stem.width}${options(stem, stems[stem.kind], inherited)}`] : []),
    ...body.map((line) => formatLine(line, inherited)),
    `head ${head.classes ?? "none"}${options(head, headKind, {})}`,
  ];
  return `${lines.join("\n")}\n`;
}

function formatLine(line: Line, inherited: Inherited): string {
  if (line.kind === "stage") {
    const { repeat, block, width } = line;
    return `stage ${repeat} ${block} ${width}${options(line, blocks[block], inherited)}`;
  }
  return `pool ${line.pool}${line.pool === "global" ? "" : options(line, poolKind, {})}`;
}

/** What differs from what the line has without saying. */
function options(line: object, kind: Kind, inherited: Inherited): string {
  const given = line as Readonly<Record<string, number | string>>;
  return Object.keys(kind.options)
    .filter((option) => given[option] !== unsaid(kind, option, given, inherited))
    .map((option) => ` ${option} ${given[option]}`)
    .join("");
}

function unsaid(
  kind: Kind,
  option: string,
  line: Readonly<Record<string, number | string>>,
  inherited: Inherited,
) {
  const value = inherited[option];
  if (value !== undefined && takes(kind, option, value)) return value;
  return option === "heads" ? largestDivisor(Number(line.width), 4) : kind.defaults[option];
}

/** The settings that are shorter said once for all lines. */
function settingsForAll({ stem, body }: Program): Inherited {
  const lines = [
    ...(stem ? [{ line: stem as Readonly<Record<string, unknown>>, kind: stems[stem.kind] as Kind }] : []),
    ...body.flatMap((line) =>
      line.kind === "stage"
        ? [{ line: line as Readonly<Record<string, unknown>>, kind: blocks[line.block] as Kind }]
        : [],
    ),
  ];
  const chosen: Record<string, string> = {};
  for (const [setting, values] of [
    ["norm", norms],
    ["activation", activations],
  ] as const) {
    const own = lines.filter(({ kind }) => Object.hasOwn(kind.options, setting));
    const said = (forAll?: string) =>
      own.filter(({ line, kind }) => {
        const silent = forAll !== undefined && takes(kind, setting, forAll) ? forAll : kind.defaults[setting];
        return line[setting] !== silent;
      }).length;
    let least = said();
    for (const value of values) {
      const count = said(value) + 1;
      if (count >= least) continue;
      least = count;
      chosen[setting] = value;
    }
  }
  return chosen;
}
