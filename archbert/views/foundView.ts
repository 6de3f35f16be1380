// What a search found: the best first, each with its reasons.
import type { Found, Hit } from "../tasks";
import { claimHtml } from "./claimList";
import { bar, styles } from "./page";
import type { Bundle } from "./show";
import { clip, clipStart, count, escapeHtml, printable } from "./text";

/** Files passed over that are named; the data has them all. */
const named = 8;

export function showFound(found: Found): Bundle {
  const rows = found.map(
    (hit, i) =>
      `<tr><td style="${styles.number}">${i + 1}</td><td style="${styles.name};text-align:left">${escapeHtml(clipStart(hit.name, 80))}</td>` +
      `<td style="${styles.number};text-align:left">${hit.score.toFixed(2)} ${bar(hit.score)}</td><td style="${styles.wide};text-align:left">${reasonsHtml(hit)}</td></tr>`,
  );
  const head = ["", "network", "score", "reasons"].map(
    (title) => `<th style="${styles.head};text-align:left">${title}</th>`,
  );
  const table = `<table style="${styles.table}"><tr>${head.join("")}</tr>${rows.join("")}</table>`;
  const notes = notesOf(found);
  const foot = notes.map(
    (note) => `<div style="${styles.subtitle};font-size:12px">${escapeHtml(note)}</div>`,
  );
  return {
    "text/html": `<div style="${styles.card}">${table}${foot.join("")}</div>`,
    "text/plain": [
      ...found.map(
        ({ name, score, reasons }, i) =>
          `${String(i + 1).padStart(2)}  ${score.toFixed(2)}  ${printable(clipStart(name, 80))}: ${printable(reasons.join("; "))}`,
      ),
      ...notes.map(printable),
    ].join("\n"),
  };
}

function reasonsHtml({ claims, likeness }: Hit): string {
  return `${claims.map(claimHtml).join("")}<div style="${styles.subtitle}">likeness ${likeness.toFixed(2)} (learned)</div>`;
}

function notesOf({ searched, skipped, notUnderstood, length }: Found): string[] {
  const notes = [
    `${count(searched)} ${searched === 1 ? "network" : "networks"} searched, the best ${length} shown.`,
  ];
  for (const sentence of notUnderstood) {
    notes.push(`"${clip(sentence, 120)}" says nothing that can be checked: it counts by likeness alone.`);
  }
  if (skipped.length === 0) return notes;
  notes.push(`Passed over: ${count(skipped.length)}.`);
  for (const { name, reason } of skipped.slice(0, named))
    notes.push(`  ${clipStart(name, 80)}: ${clip(reason, 160)}`);
  if (skipped.length > named) notes.push(`  … ${count(skipped.length - named)} more`);
  return notes;
}
