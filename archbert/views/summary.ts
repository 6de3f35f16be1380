// A network layer by layer: what each gives, holds and costs.
import {
  type Architecture,
  costs,
  type Facts,
  facts as factsOf,
  labelOf,
  repeatsOf,
  type Shape,
} from "../graph";

export interface SummaryRow {
  /** As the file names it. */
  name: string;
  /** A key of the op vocabulary, or `custom:NAME`. */
  op: string;
  /** The op with its sizes: "conv 3x3 /2, 64". */
  layer: string;
  /** Of its first output; null where not known. */
  outputShape: Shape;
  /** Learned numbers; what layers share counts at the first of them. */
  parameters: number;
  /** Whether it may hold more: the file does not tell its weights. */
  unknownWeights: boolean;
  /** Null where it depends on a shape or a weight that is not known. */
  multiplyAdds: number | null;
  /** Of all cost, 0 to 1; see `Summary.costIs`. */
  share: number;
}

/** Rows from `start` up to, not including, `end`. */
export interface RowSpan {
  start: number;
  end: number;
}

export interface RowGroup {
  /** "bottleneck", "transformer", …; "block" where only the repetition is known. */
  kind: string;
  blocks: RowSpan[];
  /** How many blocks it holds; more than `blocks` has where they cannot be told apart. */
  count: number;
}

/** Plain data. */
export interface Summary {
  name: string;
  rows: SummaryRow[];
  totals: {
    ops: number;
    parameters: number;
    trainableParameters: number;
    /** Whether there may be more of both. */
    unknownWeights: boolean;
    /** Null where shapes or weights are missing. */
    multiplyAdds: number | null;
  };
  /** What the shares are of: parameters where multiply-adds are not known. */
  costIs: "multiplyAdds" | "parameters";
  /** The number taken for each symbolic size. */
  assumed: Record<string, number>;
  /** Blocks of rows that follow one another and are alike. */
  repeats: RowGroup[];
}

export interface SummaryOptions {
  /** Numbers for symbolic sizes, by name: { sequence: 128 }; 1 for those not named. */
  sizes?: Readonly<Record<string, number>>;
  /** Facts already computed with these sizes, to save doing it again. */
  facts?: Facts;
}

/**
 * One row an op, in the network's order. Parameters and multiply-adds add up to the totals, which are the facts' own.
 *
 * @param architecture borrowed, not changed
 */
export function summarize(
  architecture: Architecture,
  { sizes = {}, facts = factsOf(architecture, { sizes }) }: SummaryOptions = {},
): Summary {
  const { parameters, trainableParameters, multiplyAdds, assumed } = facts;
  const each = costs(architecture, { sizes });
  const costIs = multiplyAdds !== null && multiplyAdds > 0 ? "multiplyAdds" : "parameters";
  const whole = costIs === "multiplyAdds" ? (multiplyAdds ?? 0) : parameters;
  const rows = architecture.nodes.map((node, i): SummaryRow => {
    const cost = each[i] ?? { parameters: 0, unknownWeights: false, multiplyAdds: null };
    return {
      name: node.source.name || node.id,
      op: node.op,
      layer: labelOf(node),
      outputShape: node.outputs[0]?.shape ?? null,
      ...cost,
      share: whole > 0 ? (cost[costIs] ?? 0) / whole : 0,
    };
  });
  return {
    name: architecture.name,
    rows,
    totals: {
      ops: rows.length,
      parameters,
      trainableParameters,
      unknownWeights: facts.unknownWeights.length > 0,
      multiplyAdds,
    },
    costIs,
    assumed,
    repeats: repeatsOf(architecture, facts).filter(({ count }) => count > 1),
  };
}
