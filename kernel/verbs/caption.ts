// caption: a network in a few sentences, each claim with its evidence.
import type { Caption } from "../../archbert/graph/caption";
import { escapeHtml } from "../display/show";
import { verb } from "./verb";

export const caption = verb({
  name: "caption",
  summary: "says in a few sentences what a network is, each claim with its evidence",
  examples: [{ words: "resnet50.onnx", does: "of a model file" }],
  args: { network: { kind: "network", summary: "a model file or URL" } },
  options: {
    style: {
      kind: "choice",
      choices: ["short", "default", "technical"],
      default: "default",
      summary: "one sentence, a paragraph, or all the figures",
    },
  },
  async run({ network, style }): Promise<Caption> {
    const archbert = await import("../../archbert/index.js");
    return archbert.caption(network, { style });
  },
  toText: ({ text }) => text,
  toDisplay({ text, claims }) {
    const items = claims.map(({ text: claim, verdict, nodes }) => {
      const shown = nodes.slice(0, shownNodes).map(escapeHtml).join(", ");
      const more = nodes.length > shownNodes ? `, and ${nodes.length - shownNodes} more` : "";
      return `<li>${marks[verdict]} ${escapeHtml(claim)}${nodes.length > 0 ? ` <small>(${shown}${more})</small>` : ""}</li>`;
    });
    const evidence = `<summary>${claims.length} claims, with the nodes that show them</summary><ul>${items.join("")}</ul>`;
    const html = `<p>${escapeHtml(text)}</p><details>${evidence}</details>`;
    return { "text/html": html, "text/plain": text };
  },
  toJson: ({ text, claims }) => ({ text, claims }),
});

/** Of the nodes that prove a claim. */
const shownNodes = 5;
const marks = { proved: "✓", refuted: "✗", unchecked: "?" } as const;
