// facts: what can be computed about a network.
import type { Facts } from "../../archbert/graph/facts";
import { escapeHtml } from "../display/show";
import { parseSizes } from "./sizes";
import { verb } from "./verb";

export const facts = verb({
  name: "facts",
  summary: "counts what can be counted: parameters, multiply-adds, ops, stages, motifs",
  examples: [
    { words: "resnet50.onnx", does: "of a model file" },
    { words: "bert.onnx --sizes sequence=128", does: "for inputs of that size" },
  ],
  args: { network: { kind: "network", summary: "a model file or URL" } },
  options: { sizes: { kind: "text", summary: "numbers for symbolic sizes, NAME=N with commas between" } },
  async run({ network, sizes }): Promise<Facts> {
    const archbert = await import("../../archbert/index.js");
    return archbert.facts(network, sizes === undefined ? {} : { sizes: parseSizes(sizes) });
  },
  toText: factsText,
  toDisplay(found) {
    const cells = rows(found).map(
      ([name, value]) =>
        `<tr><th style="text-align:left">${escapeHtml(name)}</th><td style="text-align:left">${escapeHtml(value)}</td></tr>`,
    );
    return { "text/html": `<table>${cells.join("")}</table>`, "text/plain": factsText(found) };
  },
  toJson: (found) => found,
});

function factsText(found: Facts): string {
  const all = rows(found);
  const width = Math.max(...all.map(([name]) => name.length));
  return all.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join("\n");
}

/** What a person reads, in their order. */
function rows(facts: Facts): [string, string][] {
  const { family, multiplyAdds, statistics } = facts;
  const assumed = Object.entries(facts.assumed).map(([name, size]) => `${name}=${size}`);
  const cost = multiplyAdds === null ? "unknown: some values have no shape in the file" : count(multiplyAdds);
  const all: [string, string][] = [
    ["name", facts.name],
    ["format", facts.format],
    ["parameters", `${count(facts.parameters)} (${count(facts.trainableParameters)} trainable)`],
    ["statistics", statistics === 0 ? "" : `${count(statistics)} running means and variances`],
    ["multiply-adds", cost + (assumed.length > 0 ? ` (for ${assumed.join(", ")})` : "")],
    ["inputs", facts.inputs.map(valueText).join(", ")],
    ["outputs", facts.outputs.map(valueText).join(", ")],
    ["ops", tally(Object.entries(facts.ops))],
    ["kernel sizes", tally(facts.kernelSizes.map(({ size, count: n }) => [size.join("x"), n]))],
    ["depth", `${facts.depth} ops with weights on the longest path`],
    [
      "stages",
      facts.stages
        .map(({ kind, blocks, width }) => `${blocks} x ${kind} of width ${width || "?"}`)
        .join(", "),
    ],
    ["motifs", tally(facts.motifs.map(({ kind, count: n }) => [kind, n]))],
    [
      "family",
      family ? `${family.name} (confidence ${family.confidence.toFixed(2)})` : "not proved by the structure",
    ],
  ];
  return all.map(([name, value]) => [name, value === "" ? "none" : value]);
}

/** 1,234,567; toLocaleString would load the data of all locales first, which takes 20 ms and more. */
function count(n: number): string {
  return String(n).replace(/\B(?=(?:\d{3})+$)/g, ",");
}

function tally(counts: readonly (readonly [string, number])[]): string {
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .map(([name, n]) => `${name} ${count(n)}`)
    .join(", ");
}

function valueText({ id, shape, dtype }: Facts["inputs"][number]): string {
  return `${id} ${dtype} [${shape ? shape.join(", ") : "unknown"}]`;
}
