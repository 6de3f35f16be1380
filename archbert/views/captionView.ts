// A caption with its claims: what was said, how it was judged, and by which nodes.
import type { Caption } from "../graph";
import { claimHtml, claimMarkdown, claimPlain, escapeMarkdown } from "./claimList";
import { styles } from "./page";
import type { Bundle } from "./show";
import { escapeHtml, printable } from "./text";

export function showCaption({ text, claims }: Caption): Bundle {
  const said = `<div style="font-size:14px;padding-bottom:6px;overflow-wrap:anywhere">${escapeHtml(text)}</div>`;
  return {
    "text/html": `<div style="${styles.card}">${said}${claims.map(claimHtml).join("")}</div>`,
    "text/markdown": [escapeMarkdown(text), "", ...claims.map(claimMarkdown)].join("\n"),
    "text/plain": [printable(text), ...claims.map(claimPlain)].join("\n"),
  };
}
