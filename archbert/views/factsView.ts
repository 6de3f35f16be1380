// Facts as a card: what a person asks first stands first.
import { amount, type Facts } from "../graph";
import { pairs, styles } from "./page";
import type { Bundle } from "./show";
import { atLeast, clip, count, escapeHtml, printable, spaced, valueText } from "./text";

export function showFacts(facts: Facts): Bundle {
  const rows = rowsOf(facts);
  const table = pairs(rows.map(([name, value]) => [name, escapeHtml(value)] as const));
  const title = `<div style="${styles.title}">${escapeHtml(clip(facts.name || "network", 120))}</div>`;
  const width = Math.max(...rows.map(([name]) => name.length));
  const lines = rows.map(([name, value]) => `${name.padEnd(width)}  ${printable(value)}`);
  return {
    "text/html": `<div style="${styles.card}">${title}${table}</div>`,
    "text/plain": [printable(facts.name || "network"), ...lines].join("\n"),
  };
}

/** Kinds of ops, motifs or values that a card names; the data has them all. */
const named = 12;

function rowsOf(facts: Facts): [string, string][] {
  const { parameters, trainableParameters, unknownWeights, statistics, multiplyAdds, assumed, family } =
    facts;
  const frozen = trainableParameters === parameters ? "" : `, ${count(trainableParameters)} trainable`;
  const kept = statistics > 0 ? `, and ${count(statistics)} running statistics` : "";
  const sizes = Object.entries(assumed).map(([name, size]) => `${name} = ${size}`);
  const at = sizes.length > 0 ? `, at ${sizes.join(", ")}` : "";
  const rows: [string, string][] = [
    ["family", familyText(family)],
    ["parameters", `${atLeast(unknownWeights.length > 0)}${exact(parameters)}${frozen}${kept}`],
    [
      "multiply-adds",
      multiplyAdds === null ? "not known: some shapes or weights are missing" : `${exact(multiplyAdds)}${at}`,
    ],
    ["activations", memoryText(facts.activationMemory)],
    ["depth", `${facts.depth} ${facts.depth === 1 ? "layer" : "layers"} with weights on the longest path`],
    ["inputs", limited(facts.inputs.map(valueText))],
    ["outputs", limited(facts.outputs.map(valueText))],
    ["stages", limited(facts.stages.map(stageText))],
    ["motifs", limited(facts.motifs.map(({ kind, count: n }) => `${count(n)} ${spaced(kind)}`))],
    ["kernels", limited(facts.kernelSizes.map(({ size, count: n }) => `${size.join("x")} (${count(n)})`))],
    ["strides", limited(facts.strides.map(({ size, count: n }) => `${size.join("x")} (${count(n)})`))],
    ["ops", limited(Object.entries(facts.ops).map(([op, n]) => `${count(n)} ${spaced(op)}`))],
    ["format", facts.format],
  ];
  return rows.filter(([, value]) => value !== "");
}

function memoryText(memory: Facts["activationMemory"]): string {
  return memory === null ? "" : `${amount(memory.total)}B in all, at most ${amount(memory.peak)}B at once`;
}

/** "25.5 M (25,530,472)". */
function exact(n: number): string {
  return n < 10_000 ? count(n) : `${amount(n)} (${count(n)})`;
}

function familyText(family: Facts["family"]): string {
  if (!family) return "not proved by the structure";
  const others = family.alternatives.map(({ name }) => name);
  const sure = family.confidence < 1 ? ` (confidence ${family.confidence.toFixed(2)})` : "";
  return `${family.name}${sure}${others.length > 0 ? `; nearest others: ${others.join(", ")}` : ""}`;
}

function stageText({ blocks, width, resolution, kind }: Facts["stages"][number]): string {
  const wide = width > 0 ? `, ${width} wide` : "";
  const at = resolution && resolution.length > 0 ? ` at ${resolution.join("×")}` : "";
  return `${blocks} × ${spaced(kind)}${wide}${at}`;
}

function limited(items: readonly string[]): string {
  const shown = items.slice(0, named).map((item) => clip(item, 120));
  const more = items.length - shown.length;
  return [...shown, ...(more > 0 ? [`… ${count(more)} more`] : [])].join("; ");
}
