// compare: how alike two networks are, and in what they exactly differ.
import {
  type Architecture,
  amount,
  answer,
  type Known,
  know,
  type Quantity,
  type Query,
  type Thing,
} from "../graph";
import { cosine, modelFor, type TaskOptions } from "./model";

/** Plain data. */
export interface Comparison {
  names: [string, string];
  /** Whether one is a variant of the other: learned, except that networks without a difference are clones. */
  clone: boolean;
  /** Cosine of the learned embeddings, -1 to 1. */
  similarity: number;
  /** From here on two networks count as clones. */
  threshold: number;
  /** Each exact, from the graphs; the most telling first. */
  differences: string[];
  /** What both have in common, as exact. */
  same: string[];
}

/** Similarity from which two networks are clones: it tells most pairs of AutoNet right, chosen on pairs of their own. */
export const cloneFrom = 0.73;

/**
 * How alike two networks are.
 *
 * @param a borrowed, not changed
 * @param b borrowed, not changed
 * @throws the signal's reason when aborted
 */
export async function compare(
  a: Architecture,
  b: Architecture,
  options: TaskOptions = {},
): Promise<Comparison> {
  const model = await modelFor(options);
  const known = [know(a), know(b)] as const;
  const [first, second] = [await model.embed(known[0]), await model.embed(known[1])];
  options.signal?.throwIfAborted();
  const similarity = cosine(first, second);
  const lines = aspects.map((aspect) => tell(aspect, ...known));
  const differences = lines.flatMap(({ difference }) => difference ?? []);
  return {
    names: [a.name, b.name],
    clone: similarity >= cloneFrom || (differences.length === 0 && sameGraph(a, b)),
    similarity,
    threshold: cloneFrom,
    differences,
    same: lines.flatMap(({ same }) => same ?? []),
  };
}

/** What is compared, the most telling first. */
interface Aspect {
  label: string;
  query: Query;
  /** Told only where the two differ. */
  quiet?: boolean;
}

const number = (label: string, quantity: Quantity, quiet = false): Aspect => ({
  label,
  query: { kind: "askNumber", quantity, stage: null },
  quiet,
});
const count = (label: string, thing: Thing): Aspect => ({
  label,
  query: { kind: "askCount", thing },
  quiet: true,
});
const what = (label: string, topic: Extract<Query, { kind: "askWhat" }>["topic"]): Aspect => ({
  label,
  query: { kind: "askWhat", topic },
});

/** Told with how many times the larger is the smaller. */
const sizes: readonly Quantity[] = ["parameters", "multiplyAdds"];

const aspects: readonly Aspect[] = [
  what("type", "type"),
  what("family", "family"),
  what("blocks", "block"),
  number("stages", "stages", true),
  what("blocks a stage", "stageBlocks"),
  what("widths of the stages", "stageWidths"),
  number("parameters", "parameters"),
  number("multiply-adds", "multiplyAdds"),
  number("depth", "depth"),
  what("input", "input"),
  number("classes", "classes"),
  what("kernels", "kernelSizes"),
  what("activation", "activation"),
  what("normalization", "normalization"),
  what("pooling", "pooling"),
  count("residual connections", "residual"),
  count("skip connections", "skipConnection"),
  count("squeeze-and-excitations", "squeezeExcitation"),
  count("layers of attention", "attention"),
  number("heads", "heads", true),
  count("convolutions", "conv"),
  count("depthwise convolutions", "depthwiseConv"),
  count("grouped convolutions", "groupedConv"),
  count("linear layers", "linear"),
  count("dropouts", "dropout"),
  number("widest layer", "widest", true),
  number("downsampling", "downsampling", true),
];

function tell({ label, query, quiet }: Aspect, a: Known, b: Known): { difference?: string; same?: string } {
  const [one, other] = [answer(query, a)?.answer, answer(query, b)?.answer];
  if (one === undefined && other === undefined) return {};
  if (one === other) return quiet || one === undefined ? {} : { same: `${label}: ${told(one)}` };
  const isSize = query.kind === "askNumber" && sizes.includes(query.quantity);
  const ratio = isSize ? times(one, other) : "";
  return { difference: `${label}: ${told(one)} against ${told(other)}${ratio}` };
}

/** Large numbers in short: they stand side by side. */
function told(answer: string | undefined): string {
  if (answer === undefined) return "not known";
  return /^\d{5,}$/.test(answer) ? amount(Number(answer)) : answer;
}

/** " (2.2 times)" for numbers that are far apart. */
function times(one: string | undefined, other: string | undefined): string {
  const [a, b] = [Number(one), Number(other)];
  if (!(a > 0 && b > 0)) return "";
  const ratio = Math.max(a, b) / Math.min(a, b);
  return ratio < 1.05 ? "" : ` (${ratio < 10 ? ratio.toFixed(1) : Math.round(ratio)} times)`;
}

/** The same ops with the same settings in the same order, whatever they are called. */
function sameGraph(a: Architecture, b: Architecture): boolean {
  return skeleton(a) === skeleton(b);
}

function skeleton({ inputs, nodes }: Architecture): string {
  const places = new Map<string, number>();
  const place = ({ id }: { id: string }) => places.set(id, places.size);
  inputs.forEach(place);
  return JSON.stringify([
    inputs.map(({ shape }) => shape),
    nodes.map(({ op, inputs: read, outputs, attributes, parameters }) => {
      outputs.forEach(place);
      const sorted = Object.entries(attributes).sort(([x], [y]) => (x < y ? -1 : 1));
      return [op, read.map((id) => places.get(id) ?? id), sorted, parameters.map(({ shape }) => shape)];
    }),
  ]);
}
