// An answer, what was understood of the question, and the nodes that show it.
import type { Answered } from "../tasks";
import { nodesHtml, nodesText } from "./claimList";
import { styles } from "./page";
import type { Bundle } from "./show";
import { clip, escapeHtml, printable } from "./text";

const shownText = 400;

export function showAnswer(answered: Answered): Bundle {
  const { question, text, evidence } = answered;
  const asked = `<div style="${styles.subtitle};overflow-wrap:anywhere">${escapeHtml(clip(question, shownText))}</div>`;
  const head = `<div style="${styles.title}">${escapeHtml(text)}</div>`;
  const nodes =
    evidence.length === 0
      ? ""
      : `<details><summary style="${styles.summary}">shown by ${nodesText(evidence)}</summary>${nodesHtml(evidence)}</details>`;
  const note = noteOf(answered);
  const foot = `<div style="${styles.subtitle};font-size:12px;padding-top:4px">${escapeHtml(note)}</div>`;
  return {
    "text/html": `<div style="${styles.card}">${asked}${head}${nodes}${foot}</div>`,
    "text/plain": [
      printable(text),
      ...(evidence.length > 0
        ? [
            `  shown by ${nodesText(evidence)}: ${printable(
              evidence
                .slice(0, 3)
                .map((id) => clip(id, 60))
                .join(", "),
            )}${evidence.length > 3 ? ", …" : ""}`,
          ]
        : []),
      printable(note),
    ].join("\n"),
  };
}

function noteOf({ confidence, opinion, evidence, query }: Answered): string {
  if (opinion) {
    return `The model's guess, which proves nothing: ${clip(opinion.answer, 120)} (confidence ${opinion.confidence.toFixed(2)}).`;
  }
  if (query === "") return "Nothing of it was understood.";
  const nodes = evidence.length === 0 ? ", by no node: there is none of the kind" : "";
  return `Computed from the graph${nodes}; the question was understood with confidence ${confidence.toFixed(2)}.`;
}
