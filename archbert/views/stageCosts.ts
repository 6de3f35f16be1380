// What each stage of a network costs: stem, stages, what stands between them, head.
import {
  type Architecture,
  amount,
  costs,
  type Facts,
  facts as factsOf,
  repeatText,
  sumOfCosts,
} from "../graph";
import type { SummaryOptions } from "./summary";

export interface StageCost {
  /** "stem", "stage 1", "after stage 1", "head". */
  name: string;
  /** "3 × bottleneck block"; empty outside the stages. */
  blocks: string;
  /** Channels or features at its end; null outside the stages or where not known. */
  width: number | null;
  /** Height and width at its end, in pixels or tokens. */
  resolution: number[] | null;
  parameters: number;
  /** Whether there may be more: the file does not tell the weights of a layer in it. */
  unknownWeights: boolean;
  /** Null where it depends on a shape or a weight that is not known. */
  multiplyAdds: number | null;
}

/** Plain data. The stages add up to the totals, which are the facts' own. */
export interface StageCosts {
  name: string;
  stages: StageCost[];
  totals: { parameters: number; unknownWeights: boolean; multiplyAdds: number | null };
  /** The number taken for each symbolic size. */
  assumed: Record<string, number>;
}

/** @param architecture borrowed, not changed */
export function costsOfStages(
  architecture: Architecture,
  { sizes = {}, facts = factsOf(architecture, { sizes }) }: SummaryOptions = {},
): StageCosts {
  const parts = partsOf(architecture, facts);
  const each = costs(architecture, { sizes });
  const stages = parts.map(({ nodes, ...part }): StageCost => {
    return { ...part, ...sumOfCosts(nodes.flatMap((i) => each[i] ?? [])) };
  });
  const { parameters, multiplyAdds, assumed } = facts;
  const isStage = ({ blocks, ...cost }: StageCost) =>
    blocks !== "" || cost.parameters > 0 || cost.multiplyAdds !== 0;
  return {
    name: architecture.name,
    stages: stages.filter(isStage),
    totals: { parameters, unknownWeights: facts.unknownWeights.length > 0, multiplyAdds },
    assumed,
  };
}

type Part = Omit<StageCost, "parameters" | "unknownWeights" | "multiplyAdds"> & { nodes: number[] };

/** Every node in one part: its stage, or what lies before, between and after the stages. */
function partsOf({ nodes }: Architecture, { stages }: Facts): Part[] {
  const stageAt = new Map(stages.flatMap((stage, s) => stage.nodes.map((id) => [id, s] as const)));
  const parts = stages.map(
    ({ kind, blocks, width, resolution }, s): Part => ({
      name: `stage ${s + 1}`,
      blocks: repeatText({ kind, count: blocks }),
      width: width > 0 ? width : null,
      resolution,
      nodes: [],
    }),
  );
  const outside = [...stages, undefined].map(
    (_, s): Part => ({
      name:
        s === 0 ? (stages.length > 0 ? "stem" : "all") : s === stages.length ? "head" : `after stage ${s}`,
      blocks: "",
      width: null,
      resolution: null,
      nodes: [],
    }),
  );
  const places = new Map(nodes.map(({ id }, i) => [id, i]));
  const spans = stages.map((stage) => {
    const at = stage.nodes.map((id) => places.get(id) ?? 0);
    return { start: Math.min(...at), end: Math.max(...at) };
  });
  let begun = 0;
  nodes.forEach(({ id }, i) => {
    // What stands among the nodes of a stage (the gate of its first block) is of it.
    const among = () => spans.findIndex(({ start, end }) => start < i && i < end);
    const s = stageAt.get(id) ?? among();
    if (s >= 0) begun = Math.max(begun, s + 1);
    (s < 0 ? outside[begun] : parts[s])?.nodes.push(i);
  });
  return outside.flatMap((part, s) => [part, ...(parts[s] ? [parts[s]] : [])]);
}

/** A figure of Plotly: two bars a stage, its shares of all parameters and of all multiply-adds. */
export function figureOf({ name, stages, totals }: StageCosts): { data: object[]; layout: object } {
  const bars = (title: string, whole: number, partOf: (stage: StageCost) => number) => ({
    type: "bar",
    name: `${title}, ${amount(whole)}`,
    x: stages.map((stage) => stage.name),
    y: stages.map((stage) => Number(((100 * partOf(stage)) / whole).toFixed(2))),
    hovertext: stages.map((stage) => `${stage.blocks || stage.name}: ${amount(partOf(stage))}`),
  });
  const { parameters, multiplyAdds } = totals;
  const data = [
    ...(parameters > 0 ? [bars("parameters", parameters, (stage) => stage.parameters)] : []),
    ...(multiplyAdds ? [bars("multiply-adds", multiplyAdds, (stage) => stage.multiplyAdds ?? 0)] : []),
  ];
  const layout = {
    title: { text: `${name || "network"}: cost by stage` },
    barmode: "group",
    yaxis: { title: { text: "% of the whole" }, rangemode: "tozero" },
    legend: { orientation: "h", y: 1.12 },
  };
  return { data, layout };
}
