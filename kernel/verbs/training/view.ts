// How a training looks while it goes on, and what it gives.
import { amount, facts } from "../../../archbert/graph";
import {
  accent,
  type Bundle,
  type Column,
  clip,
  count,
  escapeHtml,
  ground,
  pairs,
  printable,
  styles,
} from "../../../archbert/views";
import type { Evaluation, Trained } from "../../../compute/trained";
import { type Course, doneOf } from "./course";
import { accuracyText, durationText, plural, progressOf, scoreText, stoppedText } from "./words";

/** Letters of a name, and of why it failed. */
const nameLength = 120;
const noteLength = 600;

/** The panel: one compact line, and a bar while it goes on. */
export function showCourse(course: Course): Bundle {
  const parts = progressOf(course).map((part) => clip(part, noteLength));
  const title = headOf(course);
  const html = parts.map((part) => `<span style="white-space:nowrap">${escapeHtml(part)}</span>`);
  const line = course.end !== null && course.end.how !== "done" ? parts.map(escapeHtml) : html;
  return {
    "text/html": [
      `<div style="${styles.card};display:block"><div style="overflow-wrap:anywhere">`,
      `<span style="font-weight:600">${escapeHtml(title[0] ?? "")}</span> `,
      `<span style="${styles.subtitle}">${escapeHtml(title.slice(1).join(", "))}</span></div>`,
      barHtml(course),
      `<div style="font-variant-numeric:tabular-nums">${line.join(" · ")}</div></div>`,
    ].join(""),
    "text/plain": printable(`${title.join(", ")}: ${parts.join(" · ")}`),
  };
}

function headOf({ name, data, parameters, backend }: Course): string[] {
  const size = parameters === null ? [] : [`${count(parameters)} parameters`];
  return [
    clip(name || "network", nameLength),
    ...size,
    `on ${clip(data, nameLength)}`,
    ...(backend ? [`by ${backend}`] : []),
  ];
}

function barHtml(course: Course): string {
  if (course.end !== null) return "";
  const width = (100 * doneOf(course)).toFixed(1);
  return `<div style="height:6px;margin:6px 0;border-radius:3px;background:${ground}"><div style="height:6px;border-radius:3px;width:${width}%;background:${accent}"></div></div>`;
}

/** What is shown of a trained network; the data and the test are known where the verb trained it. */
export type Shown = Trained & { data?: string; test?: Evaluation; files?: readonly string[] };

export function showTrained(trained: Shown): Bundle {
  const title = clip(trained.architecture.name || "network", nameLength);
  const rows = rowsOf(trained);
  const width = Math.max(...rows.map(([label]) => label.length));
  return {
    "text/html": [
      `<div style="${styles.card}"><div style="${styles.title}">${escapeHtml(title)}, trained</div>`,
      pairs(rows.map(([label, value]) => [label, escapeHtml(value)] as const)),
      `<details><summary style="${styles.summary}">${plural(trained.history.length, "epoch")}</summary>${epochsHtml(trained)}</details></div>`,
    ].join(""),
    "text/plain": [
      `${printable(title)}, trained`,
      ...rows.map(([label, value]) => `${label.padEnd(width)}  ${printable(value)}`),
    ].join("\n"),
  };
}

function rowsOf({
  architecture,
  metrics,
  options,
  backend,
  versions,
  ...trained
}: Shown): [string, string][] {
  const { parameters, multiplyAdds } = facts(architecture);
  const cost = multiplyAdds === null ? "" : `, ${amount(multiplyAdds)} multiply-adds`;
  const early = stoppedText(metrics.stopped);
  const { validationLoss, validationAccuracy, trainingLoss, trainingAccuracy, bestEpoch } = metrics;
  const rows: [string, string][] = [
    ["size", `${count(parameters)} parameters${cost}`],
    [
      "trained",
      `${plural(metrics.epochs, "epoch")} in ${durationText(metrics.seconds)}, epoch ${bestEpoch} kept${early && `; ${early}`}`,
    ],
    ["data", trained.data ?? ""],
    ["training", scoreText({ accuracy: trainingAccuracy, loss: trainingLoss })],
    ["validation", scoreText({ accuracy: validationAccuracy, loss: validationLoss })],
    ["test", trained.test ? `${scoreText(trained.test)}, looked at once` : ""],
    [
      "settings",
      `batches of ${options.batchSize}, learning rate ${options.learningRate}, seed ${options.seed}`,
    ],
    ["backend", `${backend} ${versions.backend}`],
    ["files", (trained.files ?? []).join(", ")],
  ];
  return rows.filter(([, value]) => value !== "").map(([label, value]) => [label, clip(value, noteLength)]);
}

const columns: readonly Column[] = [
  { title: "epoch", right: true },
  { title: "training", right: true },
  { title: "loss", right: true },
  { title: "validation", right: true },
  { title: "loss", right: true },
];
/** Rows that are written; the data has them all. */
const mostRows = 300;

function cellsOf({ history }: Pick<Trained, "history">): string[][] {
  return history
    .slice(-mostRows)
    .map(({ epoch, accuracy, loss, validationAccuracy, validationLoss }) => [
      String(epoch),
      accuracyText(accuracy),
      loss.toPrecision(3),
      accuracyText(validationAccuracy),
      validationLoss.toPrecision(3),
    ]);
}

function epochsHtml(trained: Trained): string {
  const head = columns.map(({ title }) => `<th style="${styles.head};text-align:right">${title}</th>`);
  const rows = cellsOf(trained).map(
    (cells) => `<tr>${cells.map((text) => `<td style="${styles.number}">${text}</td>`).join("")}</tr>`,
  );
  return `<table style="${styles.table}"><thead><tr>${head.join("")}</tr></thead><tbody>${rows.join("")}</tbody></table>`;
}
