// Answers that the graph proves, each with the nodes it is read from.
import { role } from "../facts/view";
import { holds, judge } from "./check";
import type { Query, Thing, Topic } from "./claim";
import type { Known } from "./known";

export interface Answer {
  /** A number in plain digits, "yes" or "no", a name of the tables in claim.ts, or names and numbers joined with ", ". */
  answer: string;
  nodes: string[];
}

/** Null where the graph does not tell. */
export function answer(query: Query, known: Known): Answer | null {
  switch (query.kind) {
    case "askNumber": {
      const { value, nodes } = known.measure(query.quantity, query.stage);
      return value === null ? null : { answer: digits(value), nodes: [...nodes] };
    }
    case "askCount": {
      const found = known.occurrences(query.thing);
      return { answer: String(found.length), nodes: [...new Set(found.flat())] };
    }
    case "askWhether": {
      const verdict = holds(query.claims, known);
      if (verdict === null) return null;
      const judgements = query.claims.map((claim) => judge(claim, known));
      // A "no" is proved by what is refuted alone.
      const proof = verdict ? judgements : judgements.filter((each) => each.holds === false);
      return {
        answer: verdict ? "yes" : "no",
        nodes: [...new Set(proof.flatMap(({ nodes }) => nodes()))],
      };
    }
    case "askWhat":
      return topicTable[query.topic](known);
  }
}

/** Whole numbers as they are, others with up to two digits after the point. */
function digits(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toFixed(2)));
}

/** Kinds of blocks. */
export const blockThings: readonly Thing[] = [
  "basicBlock",
  "bottleneck",
  "invertedResidual",
  "depthwiseSeparable",
  "transformerBlock",
  "denseBlock",
  "inception",
  "fire",
];

const topicTable: Record<Topic, (known: Known) => Answer | null> = {
  kernelSizes: ({ graph }) =>
    byCount(
      graph.nodes.flatMap(({ id, op, attributes }) =>
        (op === "conv" || op === "convTranspose") && Array.isArray(attributes.kernelSize)
          ? [[attributes.kernelSize.join("x"), id] as const]
          : [],
      ),
    ),
  /** Softmax makes probabilities, and what stands in a gate serves the gate: neither is the network's activation. */
  activation: (known) => byCount(opsOf(known, "activation", ["softmax", "logSoftmax", "hardmax"])),
  normalization: (known) => byCount(opsOf(known, "normalization")),
  pooling: (known) => {
    const gates = inGates(known);
    return byCount(
      (["maxPool", "averagePool", "globalPool"] as const).flatMap((thing) =>
        known
          .occurrences(thing)
          .flat()
          .filter((id) => !gates.has(id))
          .map((id) => [thing, id] as const),
      ),
    );
  },
  block: (known) => {
    const all = blockThings.flatMap((thing) =>
      known.occurrences(thing).map((nodes) => ({ thing, nodes: new Set(nodes) })),
    );
    // An inverted residual holds a depthwise separable pair: that is no block of its own.
    const outer = all.filter(
      ({ thing, nodes }) =>
        thing !== "depthwiseSeparable" ||
        !all.some((other) => other.thing !== thing && [...nodes].some((id) => other.nodes.has(id))),
    );
    if (outer.length > 0)
      return byCount(
        outer.map(({ thing, nodes }) => [thing, [...nodes][0] ?? ""] as const),
        outer.flatMap(({ nodes }) => [...nodes]),
      );
    const [layer] = (["conv", "linear", "recurrent"] as const).filter(
      (thing) => known.occurrences(thing).length > 1,
    );
    return layer ? { answer: layer, nodes: known.occurrences(layer).flat() } : none;
  },
  family: (known) => {
    const { family } = known.facts;
    return family && { answer: family.name, nodes: weighted(known) };
  },
  type: (known) => known.type && { answer: known.type, nodes: weighted(known) },
  input: (known) => {
    const { inputs } = known.facts;
    const size = (name: "inputHeight" | "inputWidth" | "inputChannels" | "inputFeatures") =>
      known.measure(name);
    const picture = [size("inputHeight"), size("inputWidth"), size("inputChannels")];
    const measures = picture.some(({ value }) => value !== null) ? picture : [size("inputFeatures")];
    if (measures.every(({ value }) => value !== null))
      return { answer: measures.map(({ value }) => value).join("x"), nodes: [...(measures[0]?.nodes ?? [])] };
    const [shape] = inputs.map((input) => input.shape?.slice(1));
    if (!shape || shape.length === 0 || shape.some((each) => typeof each !== "number")) return null;
    const readers = known.graph.nodes.filter((node) => node.inputs.includes(inputs[0]?.id ?? ""));
    return { answer: shape.join("x"), nodes: readers.map(({ id }) => id) };
  },
  stageBlocks: (known) => listed(known, ({ blocks }) => blocks),
  stageWidths: (known) => listed(known, ({ width }) => width),
};

const none: Answer = { answer: "none", nodes: [] };

/** Names, the commonest first and those as common in the order of the network. */
function byCount(found: readonly (readonly [name: string, id: string])[], nodes?: string[]): Answer {
  const counts = new Map<string, number>();
  for (const [name] of found) counts.set(name, (counts.get(name) ?? 0) + 1);
  if (counts.size === 0) return none;
  const names = [...counts].sort((a, b) => b[1] - a[1]).map(([name]) => name);
  return { answer: names.join(", "), nodes: nodes ?? found.map(([, id]) => id) };
}

function opsOf(known: Known, ofRole: string, but: readonly string[] = []) {
  const gates = inGates(known);
  return known.graph.nodes.flatMap((node) =>
    role(node) === ofRole && !but.includes(node.op) && !gates.has(node.id)
      ? [[node.op, node.id] as const]
      : [],
  );
}

function inGates(known: Known): Set<string> {
  return new Set(known.occurrences("squeezeExcitation").flat());
}

function weighted({ graph }: Known): string[] {
  return graph.nodes.filter(({ parameters }) => parameters.length > 0).map(({ id }) => id);
}

function listed(
  { facts }: Known,
  number: (stage: Known["facts"]["stages"][number]) => number,
): Answer | null {
  const { stages } = facts;
  const numbers = stages.map(number);
  if (numbers.length === 0 || numbers.includes(0)) return null;
  return { answer: numbers.join(", "), nodes: stages.flatMap(({ nodes }) => nodes) };
}
