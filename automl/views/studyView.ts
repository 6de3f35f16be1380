// A study as a card: its best network and what it is worth, how it was found, and all trials behind a fold.
import { type Bundle, clip, count, escapeHtml, ground, pairs, printable, styles } from "../../archbert/views";
import type { Best, Study } from "../study";
import { leaderboardHtml, leaderboardText } from "./leaderboard";
import { type Sentence, sentenceHtml, sentenceText } from "./sentence";
import { accuracyText, plural } from "./words";

const longest = 400;

export function showStudy(study: Study): Bundle {
  const { prompt, best, trials } = study;
  const rows = rowsOf(study);
  const program = best?.program.trimEnd() ?? "";
  const shown = { trials, settled: true };
  const sentence = sentenceOf(study);
  const html = [
    `<div style="${styles.title}">${escapeHtml(clip(prompt, longest))}</div>`,
    best
      ? `<pre style="margin:4px 0;padding:6px 8px;background:${ground};border-radius:4px;${styles.code};overflow:auto">${escapeHtml(program)}</pre>`
      : "",
    pairs(rows.map(([label, value]) => [label, escapeHtml(value)] as const)),
    `<div style="padding:8px 0">${sentenceHtml(sentence)}</div>`,
    trials.length > 0
      ? `<details><summary style="${styles.summary}">${plural(trials.length, "trial")}</summary><div style="overflow-x:auto">${leaderboardHtml(shown)}</div></details>`
      : "",
  ];
  const width = Math.max(...rows.map(([label]) => label.length));
  return {
    "text/html": `<div style="${styles.card};max-width:76em">${html.join("")}</div>`,
    "text/plain": [
      printable(clip(prompt, longest)),
      ...(best ? ["", ...program.split("\n").map((line) => `  ${printable(line)}`), ""] : []),
      ...rows.map(([label, value]) => `${label.padEnd(width)}  ${printable(value)}`),
      ...sentenceText(sentence),
      ...(trials.length > 0 ? ["", leaderboardText(shown)] : []),
    ].join("\n"),
  };
}

function rowsOf({ best, trials, data, strategy, seed, storage, backend }: Study): [string, string][] {
  const rows: [string, string][] = [
    ["best", best ? bestText(best) : "none: no trial is complete"],
    [
      "validation",
      best ? `${accuracyText(best.metrics.accuracy)} after ${plural(best.metrics.epochs, "epoch")}` : "",
    ],
    ["test", best ? testText(best) : ""],
    ["exports", best ? exportsText(best, storage) : ""],
    ["search", `${plural(trials.length, "trial")} on ${data}, strategy ${strategy}, seed ${seed}`],
    ["storage", storage ?? "memory only"],
    ["backend", backend ?? ""],
  ];
  return rows.filter(([, value]) => value !== "");
}

const bestText = ({ number, parameters }: Best) => `trial ${number}, ${count(parameters)} parameters`;

function exportsText({ exports, notExported }: Best, storage: string | null): string {
  if (notExported === null) return exports.join(", ");
  const how = storage === null ? "" : "; the study can be resumed with another --out";
  return `none, ${notExported}${how}`;
}

function testText({ testScore, testLoss }: Best): string {
  if (testScore === null) return "not looked at yet: the search is not over";
  const loss = testLoss === null ? "" : `, loss ${testLoss.toFixed(3)}`;
  return `${accuracyText(testScore)}${loss}, looked at once, after a last training on training and validation examples`;
}

function sentenceOf({ claims, notUnderstood, trials, best }: Study): Sentence {
  const checked = best ? (trials[best.number]?.claims ?? []) : [];
  return { understood: claims, notUnderstood, checked };
}
