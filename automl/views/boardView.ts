// The panel of a search: what was understood, how far it is, and the trials, the best first.
import { accent, type Bundle, clip, escapeHtml, ground, printable, styles } from "../../archbert/views";
import { bestTrial, type Trial } from "../trial";
import { type Board, finishedOf, trialsOf } from "./board";
import { leaderboardHtml, leaderboardText } from "./leaderboard";
import { type Sentence, sentenceHtml, sentenceText } from "./sentence";
import { accuracyText, clockText, plural } from "./words";

/** Letters of the sentence. */
const longest = 400;

/** @param seconds since the search began */
export function showBoard(board: Board, { seconds }: { seconds: number }): Bundle {
  const trials = trialsOf(board);
  const shown = { trials, epochs: board.epochs, settled: board.end !== null };
  const lines = [headOf(board), `${phaseOf(board)} · ${clockText(seconds)}`];
  const note = noteOf(board);
  const sentence = sentenceOf(board, bestTrial(trials));
  const html = [
    `<div style="${styles.title}">${escapeHtml(clip(board.prompt, longest))}</div>`,
    `<div style="${styles.subtitle};overflow-wrap:anywhere">${escapeHtml(lines[0] ?? "")}</div>`,
    progressHtml(board),
    `<div>${escapeHtml(lines[1] ?? "")}</div>`,
    note === null ? "" : `<div style="font-weight:600;overflow-wrap:anywhere">${escapeHtml(note)}</div>`,
    `<div style="padding:${sentence.understood === null ? 4 : 8}px 0">${sentenceHtml(sentence)}</div>`,
    `<div style="overflow-x:auto">${leaderboardHtml(shown)}</div>`,
  ];
  return {
    "text/html": `<div style="${styles.card};display:block;max-width:76em">${html.join("")}</div>`,
    "text/plain": [
      printable(clip(board.prompt, longest)),
      ...lines.map(printable),
      ...(note === null ? [] : [printable(note)]),
      ...sentenceText(sentence),
      ...(trials.length > 0 ? ["", leaderboardText(shown)] : []),
    ].join("\n"),
  };
}

function headOf({ data, strategy, seed, storage }: Board): string {
  const kept = storage === null ? "kept in memory only" : storage;
  return `data ${data} · strategy ${strategy} · seed ${seed} · ${kept}`;
}

/** "7 of 12 trials: 5 complete, 1 pruned, 1 failed; 2 running", or what comes before and after. */
export function phaseOf(board: Board): string {
  const { total, last, end } = board;
  if (total === null) return end === null ? "reading the sentence" : "no trial";
  const counted = countsOf(board);
  if (last?.epoch && end === null) {
    const { epoch, epochs } = last.epoch;
    return `training the best (trial ${last.number}) once more: epoch ${epoch} of ${epochs}`;
  }
  return counted;
}

function countsOf(board: Board): string {
  const finished = finishedOf(board);
  const some = (["complete", "pruned", "failed"] as const)
    .map((state) => [state, finished.filter((trial) => trial.state === state).length] as const)
    .filter(([, n]) => n > 0)
    .map(([state, n]) => `${n} ${state}`);
  const running = board.end ? 0 : trialsOf(board).filter(({ state }) => state === "running").length;
  const of = `${finished.length} of ${plural(board.total ?? 0, "trial")}`;
  return `${of}${some.length > 0 ? `: ${some.join(", ")}` : ""}${running > 0 ? `; ${running} running` : ""}`;
}

/** Of all that the search does, from 0 to 1; the last training counts as one trial. */
export function doneOf(board: Board): number {
  const { total, epochs, last, end } = board;
  if (end?.how === "done") return 1;
  if (total === null) return 0;
  const begun = [...epochs.values()].reduce((sum, { epoch, epochs: all }) => sum + epoch / all, 0);
  const trained = last?.test != null ? 1 : last?.epoch ? last.epoch.epoch / last.epoch.epochs : 0;
  return Math.min(1, (finishedOf(board).length + begun + trained) / (total + 1));
}

function progressHtml(board: Board): string {
  if (board.end !== null) return "";
  const width = (100 * doneOf(board)).toFixed(1);
  return `<div style="height:6px;margin:6px 0;border-radius:3px;background:${ground}"><div style="height:6px;border-radius:3px;width:${width}%;background:${accent}"></div></div>`;
}

function noteOf(board: Board): string | null {
  const { end, last } = board;
  if (end !== null && end.how !== "done") return end.note;
  const best = bestTrial(trialsOf(board));
  if (!best?.values) return null;
  const found = `Best: trial ${best.number}, ${accuracyText(best.values.accuracy)} on the validation examples`;
  if (last?.test == null) return found;
  return `${found}; trained once more on training and validation examples, ${accuracyText(last.test)} on the test examples`;
}

/** Once the search is done, its study says this. */
function sentenceOf({ understood, notUnderstood, end }: Board, best: Trial | undefined): Sentence {
  return { understood: end?.how === "done" ? null : understood, notUnderstood, checked: best?.claims ?? [] };
}
