// A network as a compact card: its name, what goes in and comes out, its size and family.
import { type Architecture, amount, facts as factsOf } from "../graph";
import { pairs, styles } from "./page";
import type { Bundle } from "./show";
import { atLeast, clip, count, escapeHtml, printable, valueText } from "./text";

/** Inputs, outputs and lines of metadata named on the card. */
const named = 6;

export function showArchitecture(architecture: Architecture): Bundle {
  const { name, format, nodes, metadata } = architecture;
  const { inputs, outputs, parameters, unknownWeights, multiplyAdds, family, assumed } =
    factsOf(architecture);
  const some = (items: readonly string[]) =>
    [
      ...items.slice(0, named),
      ...(items.length > named ? [`… ${count(items.length - named)} more`] : []),
    ].join("; ");
  const cost = multiplyAdds ? `, ${amount(multiplyAdds)} multiply-adds` : "";
  const at = Object.entries(assumed).map(([symbol, size]) => `${symbol} = ${size}`);
  const size = [
    `${atLeast(unknownWeights.length > 0)}${amount(parameters)} parameters${cost}${cost && at.length > 0 ? ` at ${at.join(", ")}` : ""}`,
    `${count(nodes.length)} ${nodes.length === 1 ? "op" : "ops"}`,
  ].join(", ");
  const rows: [string, string][] = [
    ["inputs", some(inputs.map(valueText))],
    ["outputs", some(outputs.map(valueText))],
    ["size", size],
    ["family", family?.name ?? ""],
  ];
  const source = some([
    format,
    ...Object.entries(metadata).map(([key, value]) => `${clip(key, 40)} ${clip(value, 60)}`),
  ]);
  const shown = [...rows, ["source", source] as const].filter(([, value]) => value !== "");
  const title = clip(name || "network", 120);
  const width = Math.max(...shown.map(([label]) => label.length));
  return {
    "text/html": `<div style="${styles.card}"><div style="${styles.title}">${escapeHtml(title)}</div>${pairs(
      shown.map(([label, value]) => [label, escapeHtml(value)] as const),
    )}</div>`,
    "text/plain": [
      printable(title),
      ...shown.map(([label, value]) => `${label.padEnd(width)}  ${printable(value)}`),
    ].join("\n"),
  };
}
