// The course of a search as a Plotly figure: every trial, and the best so far.
import { clip, escapeHtml, printable } from "../../archbert/views";
import type { Trial } from "../trial";
import { accuracyText, originText, shortProgram } from "./words";

/** Plain data, as Plotly takes it. */
export interface CurveFigure {
  data: Record<string, unknown>[];
  layout: Record<string, unknown>;
}

const blue = "#3f78c4";
const grey = "#8a93a0";
/** @returns undefined where no trial has a value yet */
export function searchCurve(trials: readonly Trial[]): CurveFigure | undefined {
  const complete = trials.filter(({ state, values }) => state === "complete" && values !== null);
  const pruned = trials.filter(({ state, values }) => state === "pruned" && values !== null);
  const all = [...complete, ...pruned];
  if (all.length === 0) return undefined;
  const { least, most } = rangeOf(all.map(accuracyOf));
  const range = withRoom(least, most);
  const within = (of: readonly Trial[]) => of.filter((trial) => accuracyOf(trial) >= least);
  const low = all.filter((trial) => accuracyOf(trial) < least);
  const points = (of: readonly Trial[]) => ({
    x: of.map(({ number }) => number),
    y: of.map(accuracyOf),
    hovertext: of.map(hoverText),
    hoverinfo: "text",
    mode: "markers",
  });
  return {
    data: [
      {
        name: "best so far",
        mode: "lines",
        line: { shape: "hv", color: blue, width: 2 },
        ...incumbents(complete),
      },
      { name: "complete", ...points(within(complete)), marker: { color: blue, size: 8 } },
      ...(pruned.length > 0
        ? [{ name: "pruned", ...points(within(pruned)), marker: { color: grey, size: 8, symbol: "x" } }]
        : []),
      ...(low.length > 0 ? [{ ...points(low), ...onEdge(low, (range[0] + least) / 2) }] : []),
    ],
    layout: {
      height: 320,
      title: { text: "validation accuracy", font: { size: 14 }, x: 0.02, xanchor: "left" },
      margin: { l: 64, r: 16, t: 56, b: 48 },
      xaxis: { title: { text: "trial" }, ...numbersOf(all) },
      yaxis: { range, tickformat: ".1%" },
      legend: { orientation: "h", x: 1, xanchor: "right", y: 1.15 },
      hovermode: "closest",
    },
  };
}

/** Ticks at whole numbers, some dozen at most. */
function numbersOf(trials: readonly Trial[]): Record<string, unknown> {
  const last = Math.max(...trials.map(({ number }) => number));
  return { range: [-0.5, last + 0.5], tick0: 0, dtick: Math.ceil((last + 1) / 12) };
}

/** From so many values on, one may lie apart from the others. */
const enough = 5;

/** Of the values, but for those far below the others (Tukey's fence): one of 10 % would make all others a line. */
function rangeOf(values: readonly number[]): { least: number; most: number } {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  const [least, most] = [at(0), at(1)];
  if (values.length < enough) return { least, most };
  const fence = at(0.25) - Math.max(0.02, 1.5 * (at(0.75) - at(0.25)));
  return { least: sorted.find((value) => value >= fence) ?? least, most };
}

function withRoom(least: number, most: number): [number, number] {
  const room = Math.max(0.005, (most - least) / 12);
  return [least - room, most + room];
}

/** Trials below the range, at its lower edge: each says its value. */
function onEdge(low: readonly Trial[], edge: number): Record<string, unknown> {
  return {
    name: "far below",
    mode: "markers+text",
    y: low.map(() => edge),
    text: low.map((trial) => accuracyText(accuracyOf(trial))),
    textposition: "top center",
    marker: { color: grey, size: 8, symbol: "triangle-down-open" },
  };
}

const accuracyOf = ({ values }: Trial) => values?.accuracy ?? 0;

/** A step at each trial that was better than all of lower number. */
function incumbents(complete: readonly Trial[]): { x: number[]; y: number[]; hoverinfo: string } {
  const x: number[] = [];
  const y: number[] = [];
  let best = Number.NEGATIVE_INFINITY;
  for (const { number, values } of [...complete].sort((a, b) => a.number - b.number)) {
    best = Math.max(best, values?.accuracy ?? best);
    x.push(number);
    y.push(best);
  }
  return { x, y, hoverinfo: "skip" };
}

/** Plotly reads its texts as HTML of a kind. */
function hoverText(trial: Trial): string {
  const { number, program, origin } = trial;
  const lines = [
    `trial ${number}: ${accuracyText(accuracyOf(trial))}`,
    clip(shortProgram(program), 100),
    originText(origin),
  ];
  return lines.map((line) => escapeHtml(printable(line))).join("<br>");
}
