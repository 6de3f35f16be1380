// A verdict on a text: true, false or not to be told, with each claim and its evidence.
import type { Reasoning } from "../tasks";
import { claimHtml, claimPlain, marks } from "./claimList";
import { styles } from "./page";
import type { Bundle } from "./show";
import { clip, escapeHtml, printable } from "./text";

const colours = {
  true: marks.proved[1],
  false: marks.refuted[1],
  unknown: marks.unchecked[1],
} as const;

/** Letters of the user's text repeated on the card. */
const shownText = 400;

export function showReasoning(reasoning: Reasoning): Bundle {
  const { text, verdict, sentence, claims } = reasoning;
  const said = `<div style="${styles.subtitle};overflow-wrap:anywhere">${escapeHtml(clip(text, shownText))}</div>`;
  const head = `<div style="${styles.title};color:${colours[verdict]}">${escapeHtml(sentence)}</div>`;
  const note = `<div style="${styles.subtitle};font-size:12px;padding-top:6px">${escapeHtml(noteOf(reasoning))}</div>`;
  return {
    "text/html": `<div style="${styles.card}">${said}${head}${claims.map(claimHtml).join("")}${note}</div>`,
    "text/plain": [printable(sentence), ...claims.map(claimPlain), noteOf(reasoning)].join("\n"),
  };
}

function noteOf({ verdict, confidence, opinion }: Reasoning): string {
  const understood = verdict === "unknown" ? "" : `Understood with confidence ${confidence.toFixed(2)}. `;
  return `${understood}The model's own opinion, which proves nothing: ${share(opinion)} likely to be true.`;
}

const share = (part: number) => `${Math.round(100 * part)} %`;
