// What was made of a sentence: what was understood, with how it stands on a network, and what was not.
import type { CheckedClaim } from "../../archbert/graph/caption";
import { claimHtml, claimPlain, clip, escapeHtml, printable, styles } from "../../archbert/views";

export interface Sentence {
  /** Null while it is read, or where nothing is to be said of it. */
  understood: readonly string[] | null;
  notUnderstood: readonly string[];
  /** The claims as they stand on the best network so far; none where there is none. */
  checked: readonly CheckedClaim[];
}

const longest = 400;

/** What is said of the rest: ArchBERT reads all of it when it writes and ranks. */
const rest =
  "These claims are hard constraints. Other words of the sentence only sway which candidates ArchBERT writes and prefers.";

export function sentenceHtml({ understood, notUnderstood, checked }: Sentence): string {
  if (understood === null) return "";
  const plain = understood.map(
    (text) => `<div style="padding:1px 0">· ${escapeHtml(clip(text, longest))}</div>`,
  );
  const claims = checked.length > 0 ? checked.map(claimHtml) : plain;
  const none = understood.length === 0 ? `<div>nothing that can be checked</div>` : "";
  const missed = notUnderstood.map(
    (text) =>
      `<div style="color:var(--jp-warn-color1, #c28a1a);overflow-wrap:anywhere">not understood, and so no constraint: “${escapeHtml(clip(text, longest))}”</div>`,
  );
  return `<div style="${styles.subtitle}">Understood</div>${claims.join("")}${none}${missed.join("")}<div style="${styles.subtitle};font-size:12px">${rest}</div>`;
}

export function sentenceText({ understood, notUnderstood, checked }: Sentence): string[] {
  if (understood === null) return [];
  const plain = understood.map((text) => `  · ${printable(clip(text, longest))}`);
  return [
    understood.length === 0 ? "Understood: nothing that can be checked" : "Understood:",
    ...(checked.length > 0 ? checked.map(claimPlain) : plain),
    ...notUnderstood.map(
      (text) => `Not understood, and so no constraint: "${printable(clip(text, longest))}"`,
    ),
  ];
}
