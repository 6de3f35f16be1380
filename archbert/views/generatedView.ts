// Programs for a wish, a card each: the text, its size, and how each claim of the wish was judged.
import { amount, facts as factsOf } from "../graph";
import type { Candidate, Generated } from "../tasks";
import { claimHtml, claimPlain } from "./claimList";
import { ground, styles } from "./page";
import type { Bundle } from "./show";
import { clip, count, escapeHtml, printable } from "./text";

export function showCandidate(candidate: Candidate): Bundle {
  return {
    "text/html": `<div style="${styles.card}">${cardHtml(candidate)}</div>`,
    "text/plain": cardPlain(candidate),
  };
}

export function showGenerated(generated: Generated): Bundle {
  const cards = generated.map(
    (candidate, i) =>
      `<div style="${styles.card};margin:0 8px 8px 0;vertical-align:top;max-width:32em"><div style="${styles.title}">${i + 1}</div>${cardHtml(candidate)}</div>`,
  );
  const notes = notesOf(generated);
  const foot = notes.map(
    (note) => `<div style="${styles.subtitle};font-size:12px">${escapeHtml(note)}</div>`,
  );
  return {
    "text/html": `<div>${cards.join("")}${foot.join("")}</div>`,
    "text/plain": [
      ...generated.map((candidate, i) => `${i + 1}\n${cardPlain(candidate)}`),
      notes.map(printable).join("\n"),
    ].join("\n\n"),
  };
}

function cardHtml(candidate: Candidate): string {
  const program = `<pre style="margin:4px 0;padding:6px 8px;background:${ground};border-radius:4px;${styles.code};overflow:auto">${escapeHtml(candidate.program)}</pre>`;
  const size = `<div style="${styles.subtitle};font-size:12px">${escapeHtml(sizeOf(candidate))}</div>`;
  return `${program}${size}${candidate.claims.map(claimHtml).join("")}`;
}

function cardPlain(candidate: Candidate): string {
  // A program has lines, and nothing but letters, digits and spaces in them.
  const lines = candidate.program.trimEnd().split("\n").map(printable);
  return [...lines, `# ${sizeOf(candidate)}`, ...candidate.claims.map(claimPlain)].join("\n");
}

const told = {
  decoded: "written by the model",
  repaired: "made by search until its claims held",
} as const;

function sizeOf({ architecture, source }: Candidate): string {
  const { parameters, multiplyAdds, depth } = factsOf(architecture);
  const cost = multiplyAdds === null ? "" : `, ${amount(multiplyAdds)} multiply-adds`;
  return `${count(parameters)} parameters${cost}, depth ${depth}; ${told[source]}`;
}

function notesOf({ length, asked, understood, notUnderstood, decoded }: Generated): string[] {
  const notes = [`Understood: ${understood.join("; ")}.`];
  for (const sentence of notUnderstood) {
    notes.push(`Not understood, and so left out: "${clip(sentence, 120)}".`);
  }
  if (length < asked) notes.push(`Only ${length} of ${asked} were found.`);
  const { written, right } = decoded;
  notes.push(
    `The model wrote ${count(written)} ${written === 1 ? "program" : "programs"}; right as written: ${count(right)}.`,
  );
  return notes;
}
