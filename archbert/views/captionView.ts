// A caption with its claims: what was said, how it was judged, and by which nodes.
import type { Caption, CheckedClaim } from "../graph";
import { styles } from "./page";
import type { Bundle } from "./show";
import { clip, count, escapeHtml, printable } from "./text";

const marks: Readonly<Record<CheckedClaim["verdict"], readonly [string, string]>> = {
  proved: ["✓", "var(--jp-success-color1, #2f9e58)"],
  refuted: ["✗", "var(--jp-error-color1, #d2453d)"],
  unchecked: ["?", "var(--jp-warn-color1, #c28a1a)"],
};

/** Nodes named in the evidence of a claim; the data has them all. */
const named = 40;

export function showCaption(caption: Caption): Bundle {
  return { "text/html": html(caption), "text/markdown": markdown(caption), "text/plain": plain(caption) };
}

function html({ text, claims }: Caption): string {
  const items = claims.map(({ text: claim, verdict, nodes }) => {
    const [mark, colour] = marks[verdict];
    const head = `<span style="color:${colour};font-weight:bold" title="${verdict}">${mark}</span> ${escapeHtml(claim)}`;
    if (nodes.length === 0) return `<div style="padding:1px 0">${head}</div>`;
    const names = nodes
      .slice(0, named)
      .map((id) => `<span style="${styles.code}">${escapeHtml(clip(id, 120))}</span>`);
    const more = nodes.length > named ? ` … ${count(nodes.length - named)} more` : "";
    const evidence = `<div style="padding:2px 0 6px 20px;${styles.subtitle};overflow-wrap:anywhere">${names.join(", ")}${more}</div>`;
    const size = `<span style="${styles.subtitle}"> · ${nodesText(nodes)}</span>`;
    return `<details><summary style="cursor:pointer">${head}${size}</summary>${evidence}</details>`;
  });
  const said = `<div style="font-size:14px;padding-bottom:6px;overflow-wrap:anywhere">${escapeHtml(text)}</div>`;
  return `<div style="${styles.card}">${said}${items.join("")}</div>`;
}

function markdown({ text, claims }: Caption): string {
  const lines = claims.map(({ text: claim, verdict, nodes }) => {
    const evidence = nodes.length > 0 ? ` (${nodesText(nodes)})` : "";
    return `- ${marks[verdict][0]} ${escapeMarkdown(claim)}${evidence}`;
  });
  return [escapeMarkdown(text), "", ...lines].join("\n");
}

function plain({ text, claims }: Caption): string {
  const lines = claims.map(({ text: claim, verdict, nodes }) => {
    const evidence =
      nodes.length > 0
        ? ` (${nodesText(nodes)}: ${clip(nodes[0] ?? "", 60)}${nodes.length > 1 ? ", …" : ""})`
        : "";
    return `  ${marks[verdict][0]} ${printable(claim + evidence)}`;
  });
  return [printable(text), ...lines].join("\n");
}

const nodesText = ({ length }: readonly string[]) => `${count(length)} ${length === 1 ? "node" : "nodes"}`;

/** Every mark of Markdown and HTML stands for itself. */
function escapeMarkdown(text: string): string {
  return printable(text).replace(/[\\`*_{}[\]()<>#+!|~$&^:@-]/g, (mark) => `&#${mark.charCodeAt(0)};`);
}
