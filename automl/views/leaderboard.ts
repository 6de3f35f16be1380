// The trials as a table, the best first.
import { type Column, clip, count, escapeHtml, printable, styles, textTable } from "../../archbert/views";
import { byWorth, type Trial } from "../trial";
import type { Epoch } from "./board";
import { accuracyText, originText, shortProgram, stateText } from "./words";

/** Rows that stand open; the others are behind a <details>. */
const openRows = 12;
/** And of these, no more are written; the data has them all. */
const mostRows = 300;
/** Letters of a network, and of a reason. */
const networkLength = 90;
const reasonLength = 120;

export interface Leaderboard {
  trials: readonly Trial[];
  /** The latest epoch of those that run. */
  epochs?: ReadonlyMap<number, Epoch>;
  /** Nothing changes any more: networks open to show their programs. */
  settled?: boolean;
}

interface Row {
  trial: Trial;
  /** Among the complete; null for others. */
  rank: number | null;
  accuracy: string;
  state: string;
}

const order: Record<Trial["state"], number> = { complete: 0, running: 1, queued: 2, pruned: 3, failed: 4 };

function rowsOf({ trials, epochs }: Leaderboard): Row[] {
  const sorted = [...trials].sort((a, b) => order[a.state] - order[b.state] || byWorth(a, b));
  return sorted.map((trial, i) => {
    const { state, values, number } = trial;
    const live = state === "running" ? epochs?.get(number) : undefined;
    const accuracy = values?.accuracy ?? live?.accuracy ?? null;
    return {
      trial,
      rank: state === "complete" ? i + 1 : null,
      accuracy: accuracy === null ? "" : accuracyText(accuracy),
      state: live ? `epoch ${live.epoch} of ${live.epochs}` : stateText(trial),
    };
  });
}

export function leaderboardHtml(board: Leaderboard): string {
  const rows = rowsOf(board);
  if (rows.length === 0) return "";
  const all = rows.slice(0, mostRows).map((row) => rowHtml(row, board.settled === true));
  if (rows.length > mostRows) {
    all.push(
      `<tr><td colspan="7" style="${styles.cell}">… ${count(rows.length - mostRows)} more in .trials</td></tr>`,
    );
  }
  const rest = all.slice(openRows);
  const more =
    rest.length > 0
      ? `<details><summary style="${styles.summary}">${count(rows.length - openRows)} more trials</summary>${table(rest)}</details>`
      : "";
  return table(all.slice(0, openRows)) + more;
}

const columns: readonly Column[] = [
  { title: "rank", right: true },
  { title: "trial", right: true },
  { title: "network" },
  { title: "parameters", right: true },
  { title: "validation", right: true },
  { title: "came from" },
  { title: "state" },
];

function table(rows: readonly string[]): string {
  const head = columns.map(
    ({ title, right }) => `<th style="${styles.head};text-align:${right ? "right" : "left"}">${title}</th>`,
  );
  return `<table style="${styles.table}"><thead><tr>${head.join("")}</tr></thead><tbody>${rows.join("")}</tbody></table>`;
}

function rowHtml({ trial, rank, accuracy, state }: Row, settled: boolean): string {
  const weight = rank === 1 ? ";font-weight:600" : "";
  const number = (text: string) => `<td style="${styles.number};vertical-align:top${weight}">${text}</td>`;
  // As wide as its longest usual word, so that none is broken.
  const left = (text: string) => `<td style="${styles.wide};text-align:left;min-width:6em">${text}</td>`;
  const name = escapeHtml(clip(shortProgram(trial.program), networkLength));
  const program = `<pre style="margin:2px 0;${styles.code}">${escapeHtml(trial.program.trimEnd())}</pre>`;
  const network = settled
    ? `<details><summary style="cursor:pointer">${name}</summary>${program}</details>`
    : name;
  return [
    `<tr>${number(rank === null ? "" : String(rank))}${number(String(trial.number))}`,
    `<td style="${styles.name};max-width:36em;vertical-align:top;text-align:left${weight}">${network}</td>`,
    number(count(trial.parameters)) + number(accuracy),
    left(escapeHtml(originText(trial.origin))),
    `${left(escapeHtml(clip(state, 400)))}</tr>`,
  ].join("");
}

export function leaderboardText(board: Leaderboard): string {
  const rows = rowsOf(board);
  const lines = rows
    .slice(0, mostRows)
    .map(({ trial, rank, accuracy, state }) => [
      rank === null ? "" : String(rank),
      String(trial.number),
      clip(shortProgram(trial.program), networkLength),
      count(trial.parameters),
      accuracy,
      originText(trial.origin),
      clip(state, reasonLength),
    ]);
  const left = rows.length - lines.length;
  return [textTable(columns, lines), ...(left > 0 ? [printable(`… ${count(left)} more trials`)] : [])].join(
    "\n",
  );
}
