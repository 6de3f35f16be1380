// The cost of stages as a chart of bars, and as a table in text.
import { amount } from "../graph";
import type { Content } from "./show";
import { figureOf, type StageCosts } from "./stageCosts";
import { atLeast, clip, count, percent, printable, textTable } from "./text";

export function showStageCosts(costs: StageCosts): Content {
  const { name, stages, totals, assumed } = costs;
  const cost = (multiplyAdds: number | null) => (multiplyAdds === null ? "?" : amount(multiplyAdds));
  const shareOf = (part: number | null, whole: number | null) => (part && whole ? percent(part / whole) : "");
  const table = textTable(
    [
      { title: "Stage" },
      { title: "Blocks" },
      { title: "Width", right: true },
      { title: "Resolution", right: true },
      { title: "Parameters", right: true },
      { title: "", right: true },
      { title: "Multiply-adds", right: true },
      { title: "", right: true },
    ],
    stages.map((stage) => [
      stage.name,
      stage.blocks,
      stage.width === null ? "" : String(stage.width),
      stage.resolution?.join("×") ?? "",
      `${stage.unknownWeights ? "≥ " : ""}${count(stage.parameters)}`,
      shareOf(stage.parameters, totals.parameters),
      cost(stage.multiplyAdds),
      shareOf(stage.multiplyAdds, totals.multiplyAdds),
    ]),
  );
  const at = Object.entries(assumed).map(([symbol, size]) => `${symbol} = ${size}`);
  const whole = `${clip(name || "network", 120)}: ${atLeast(totals.unknownWeights)}${count(totals.parameters)} parameters, ${cost(totals.multiplyAdds)} multiply-adds${at.length > 0 ? ` at ${at.join(", ")}` : ""}`;
  const figure = figureOf({ ...costs, name: clip(name || "network", 60) });
  return {
    ...(figure.data.length > 0 ? { "application/vnd.plotly.v1+json": figure } : {}),
    "text/plain": `${printable(whole)}\n\n${table}`,
  };
}
