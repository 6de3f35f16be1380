// The course of a training as a Plotly figure: accuracy and loss against epochs.
import type { Epoch } from "../../../compute/trained";
import type { Figure } from "../../display";

const blue = "#3f78c4";
const orange = "#d9822b";

/** @returns undefined before the first epoch is over */
export function trainingCurves({
  history,
  bestEpoch,
  epochs,
}: {
  history: readonly Epoch[];
  bestEpoch: number;
  /** The axis goes so far. */
  epochs: number;
}): Figure | undefined {
  const best = history[bestEpoch - 1];
  if (!best) return undefined;
  const x = history.map(({ epoch }) => epoch);
  const curve = (name: string, color: string, panel: object, y: number[], rest: object = {}) => ({
    name,
    legendgroup: name,
    mode: "lines+markers",
    line: { color, width: 2 },
    marker: { color, size: 5 },
    x,
    y,
    ...panel,
    ...rest,
  });
  const right = { xaxis: "x2", yaxis: "y2", showlegend: false };
  const axis = {
    range: [0.7, epochs + 0.3],
    tick0: 1,
    dtick: Math.ceil(epochs / 8),
    title: { text: "epoch" },
  };
  return {
    data: [
      curve(
        "training",
        orange,
        {},
        history.map(({ accuracy }) => accuracy),
      ),
      curve(
        "validation",
        blue,
        {},
        history.map(({ validationAccuracy }) => validationAccuracy),
      ),
      curve(
        "training",
        orange,
        right,
        history.map(({ loss }) => loss),
      ),
      curve(
        "validation",
        blue,
        right,
        history.map(({ validationLoss }) => validationLoss),
      ),
      {
        name: `kept: epoch ${bestEpoch}`,
        mode: "markers",
        marker: { color: blue, size: 12, symbol: "circle-open", line: { width: 2 } },
        x: [bestEpoch],
        y: [best.validationAccuracy],
        hoverinfo: "name",
      },
    ],
    layout: {
      height: 280,
      margin: { l: 60, r: 16, t: 16, b: 44 },
      xaxis: { ...axis, domain: [0, 0.45] },
      xaxis2: { ...axis, domain: [0.57, 1], anchor: "y2" },
      yaxis: { title: { text: "accuracy" }, tickformat: ".1~%" },
      yaxis2: { title: { text: "loss" }, anchor: "x2", rangemode: "tozero" },
      legend: { orientation: "h", x: 0, y: 1.16 },
      hovermode: "x",
    },
  };
}
