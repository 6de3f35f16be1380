// The boxes of a network's inputs and outputs.
import type { Value } from "../architecture";
import { clip, shapeText } from "./labels";
import type { Box } from "./plan";

/** More inputs or outputs than this share a box. */
export const manyEnds = 8;

export function endBox({ id, shape, dtype }: Value, word: string, order: number): Box {
  const text = [shapeText(shape), dtype === "unknown" ? "" : dtype].filter(Boolean).join(" ");
  return {
    kind: "input",
    lines: text ? [clip(id), text] : [clip(id)],
    hint: `${word} ${clip(id, 80)}`,
    order,
  };
}

export function manyBox(count: number, word: string, order: number): Box {
  return { kind: "input", lines: [`${count} ${word}`], hint: `${count} ${word}`, order };
}
