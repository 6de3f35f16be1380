// Checked claims as a list: a mark, the words, and the nodes that show it folded away.
import type { CheckedClaim } from "../graph";
import { styles } from "./page";
import { clip, count, escapeHtml, printable } from "./text";

type Verdict = CheckedClaim["verdict"];

export const marks: Readonly<Record<Verdict, readonly [string, string]>> = {
  proved: ["✓", "var(--jp-success-color1, #2f9e58)"],
  refuted: ["✗", "var(--jp-error-color1, #d2453d)"],
  unchecked: ["?", "var(--jp-warn-color1, #c28a1a)"],
};

/** Nodes named in the evidence of a claim; the data has them all. */
const named = 40;

export function claimHtml({ text, verdict, nodes }: CheckedClaim): string {
  const [mark, colour] = marks[verdict];
  const head = `<span style="color:${colour};font-weight:bold" title="${verdict}">${mark}</span> ${escapeHtml(text)}`;
  if (nodes.length === 0) return `<div style="padding:1px 0">${head}</div>`;
  const size = `<span style="${styles.subtitle}"> · ${nodesText(nodes)}</span>`;
  return `<details><summary style="cursor:pointer">${head}${size}</summary>${nodesHtml(nodes)}</details>`;
}

/** Names of nodes, as many as a card bears. */
export function nodesHtml(nodes: readonly string[]): string {
  const names = nodes
    .slice(0, named)
    .map((id) => `<span style="${styles.code}">${escapeHtml(clip(id, 120))}</span>`);
  const more = nodes.length > named ? ` … ${count(nodes.length - named)} more` : "";
  return `<div style="padding:2px 0 6px 20px;${styles.subtitle};overflow-wrap:anywhere">${names.join(", ")}${more}</div>`;
}

export function claimMarkdown({ text, verdict, nodes }: CheckedClaim): string {
  const evidence = nodes.length > 0 ? ` (${nodesText(nodes)})` : "";
  return `- ${marks[verdict][0]} ${escapeMarkdown(text)}${evidence}`;
}

export function claimPlain({ text, verdict, nodes }: CheckedClaim): string {
  const evidence =
    nodes.length > 0
      ? ` (${nodesText(nodes)}: ${clip(nodes[0] ?? "", 60)}${nodes.length > 1 ? ", …" : ""})`
      : "";
  return `  ${marks[verdict][0]} ${printable(text + evidence)}`;
}

export const nodesText = ({ length }: readonly string[]) =>
  `${count(length)} ${length === 1 ? "node" : "nodes"}`;

/** Every mark of Markdown and HTML stands for itself. */
export function escapeMarkdown(text: string): string {
  return printable(text).replace(/[\\`*_{}[\]()<>#+!|~$&^:@-]/g, (mark) => `&#${mark.charCodeAt(0)};`);
}
