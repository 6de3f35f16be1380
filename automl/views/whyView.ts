// Why a trial was tried: where its network came from, what each ranker thought of it, and what came of it.
import {
  type Bundle,
  type Column,
  claimHtml,
  claimPlain,
  escapeHtml,
  ground,
  pairs,
  printable,
  styles,
  textTable,
} from "../../archbert/views";
import type { Why } from "../study";
import { accuracyText, originText, plural, stateText } from "./words";

export function showWhy(why: Why): Bundle {
  const { number, claims, rankings } = why;
  const rows = rowsOf(why);
  const lines = changedLines(why);
  const program = lines.map(({ text, isNew }) => (isNew ? `<b>${escapeHtml(text)}</b>` : escapeHtml(text)));
  const width = Math.max(...rows.map(([label]) => label.length));
  return {
    "text/html": [
      `<div style="${styles.card}"><div style="${styles.title}">Trial ${number}</div>`,
      `<pre style="margin:4px 0;padding:6px 8px;background:${ground};border-radius:4px;${styles.code};overflow:auto">${program.join("\n")}</pre>`,
      pairs(rows.map(([label, value]) => [label, escapeHtml(value)] as const)),
      rankings.length > 0 ? `<div style="padding:6px 0">${rankingsHtml(why)}</div>` : "",
      `${claims.map(claimHtml).join("")}</div>`,
    ].join(""),
    "text/plain": [
      `Trial ${number}`,
      ...lines.map(({ text, isNew }) => `${isNew ? "+" : " "} ${printable(text)}`),
      ...rows.map(([label, value]) => `${label.padEnd(width)}  ${printable(value)}`),
      ...(rankings.length > 0 ? [textTable(columns, cellsOf(why))] : []),
      ...claims.map(claimPlain),
    ].join("\n"),
  };
}

/** The lines of the program; new are those that the parent's program has not. */
function changedLines({ program, parentProgram }: Why): { text: string; isNew: boolean }[] {
  const before = parentProgram === null ? null : new Set(linesOf(parentProgram));
  return linesOf(program).map((text) => ({ text, isNew: before !== null && !before.has(text) }));
}

const linesOf = (program: string) => program.trimEnd().split("\n");

function rowsOf(why: Why): [string, string][] {
  const { rank, candidates, predicted, values, place } = why;
  const chosen =
    rank === null || candidates === null
      ? "without a ranking"
      : `ranked ${rank} of ${plural(candidates, "candidate")} by the sum of what follows`;
  const result =
    values === null
      ? ""
      : `${accuracyText(values.accuracy)} on the validation examples after ${plural(values.epochs, "epoch")}, ${values.seconds.toFixed(1)} s`;
  const rows: [string, string][] = [
    ["came from", originText(why)],
    ["chosen", chosen],
    ["expected", predicted === null ? "" : `${accuracyText(predicted)} on the validation examples`],
    ["state", stateText(why)],
    ["result", result],
    ["place", place === null ? "" : `${place} among the complete trials`],
  ];
  return rows.filter(([, value]) => value !== "");
}

const columns: readonly Column[] = [
  { title: "ranker" },
  { title: "score", right: true },
  { title: "weight", right: true },
  { title: "rank alone", right: true },
];

function cellsOf({ rankings, candidates }: Why): string[][] {
  const of = candidates === null ? "" : ` of ${candidates}`;
  return rankings.map(({ ranker, score, weight, rank }) => [
    ranker,
    `${score < 0 ? "" : "+"}${score.toFixed(2)}`,
    weight.toFixed(2),
    `${rank}${of}`,
  ]);
}

function rankingsHtml(why: Why): string {
  const head = columns.map(
    ({ title, right }) => `<th style="${styles.head};text-align:${right ? "right" : "left"}">${title}</th>`,
  );
  const rows = cellsOf(why).map(
    ([ranker = "", ...numbers]) =>
      `<tr><td style="${styles.cell};text-align:left">${escapeHtml(ranker)}</td>${numbers.map((text) => `<td style="${styles.number}">${text}</td>`).join("")}</tr>`,
  );
  return `<table style="${styles.table}"><thead><tr>${head.join("")}</tr></thead><tbody>${rows.join("")}</tbody></table>`;
}
