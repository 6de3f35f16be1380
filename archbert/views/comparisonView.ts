// Two networks side by side: how alike they are, what differs, what is the same.
import type { Comparison } from "../tasks";
import { bar, styles } from "./page";
import type { Bundle } from "./show";
import { clip, escapeHtml, printable } from "./text";

export function showComparison(comparison: Comparison): Bundle {
  const { similarity, differences, same } = comparison;
  const title = titleOf(comparison);
  const list = (items: readonly string[]) =>
    items
      .map((item) => `<div style="padding:1px 0;overflow-wrap:anywhere">${escapeHtml(item)}</div>`)
      .join("");
  const differ =
    differences.length === 0 ? `<div>No difference in what is compared.</div>` : list(differences);
  const alike =
    same.length === 0
      ? ""
      : `<details><summary style="${styles.summary}">${same.length} in common</summary>${list(same)}</details>`;
  return {
    "text/html": `<div style="${styles.card}"><div style="${styles.title}">${escapeHtml(title)}</div><div style="${styles.subtitle};padding-bottom:6px">${escapeHtml(scoreOf(comparison))} ${bar(similarity)}</div>${differ}${alike}</div>`,
    "text/plain": [
      printable(title),
      scoreOf(comparison),
      ...(differences.length === 0 ? ["No difference in what is compared."] : []),
      ...differences.map((item) => `  ≠ ${printable(item)}`),
      ...same.map((item) => `  = ${printable(item)}`),
    ].join("\n"),
  };
}

function titleOf({ names, clone }: Comparison): string {
  const [a, b] = names.map((name) => clip(name || "network", 60));
  return `${a} and ${b}: ${clone ? "clones, variants of one network" : "no clones"}`;
}

function scoreOf({ similarity, threshold }: Comparison): string {
  return `similarity ${similarity.toFixed(2)} (learned; clones from ${threshold})`;
}
