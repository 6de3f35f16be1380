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
  if (complete.length + pruned.length === 0) return undefined;
  const points = (of: readonly Trial[]) => ({
    x: of.map(({ number }) => number),
    y: of.map(({ values }) => values?.accuracy ?? 0),
    text: of.map(hoverText),
    hoverinfo: "text",
  });
  return {
    data: [
      {
        name: "best so far",
        mode: "lines",
        line: { shape: "hv", color: blue, width: 2 },
        ...incumbents(complete),
      },
      { name: "complete", mode: "markers", marker: { color: blue, size: 8 }, ...points(complete) },
      ...(pruned.length > 0
        ? [
            {
              name: "pruned",
              mode: "markers",
              marker: { color: grey, size: 8, symbol: "x" },
              ...points(pruned),
            },
          ]
        : []),
    ],
    layout: {
      height: 320,
      title: { text: "validation accuracy", font: { size: 14 }, x: 0.02, xanchor: "left" },
      margin: { l: 64, r: 16, t: 56, b: 48 },
      xaxis: { title: { text: "trial" }, ...numbersOf([...complete, ...pruned]) },
      yaxis: shares([...complete, ...pruned]),
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

/** All values, and some room around them. */
function shares(trials: readonly Trial[]): Record<string, unknown> {
  const values = trials.map(({ values }) => values?.accuracy ?? 0);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const room = Math.max(0.005, (most - least) / 12);
  return { range: [least - room, most + room], tickformat: ".1%" };
}

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
function hoverText({ number, values, program, origin }: Trial): string {
  const lines = [
    `trial ${number}: ${accuracyText(values?.accuracy ?? 0)}`,
    clip(shortProgram(program), 100),
    originText(origin),
  ];
  return lines.map((line) => escapeHtml(printable(line))).join("<br>");
}
