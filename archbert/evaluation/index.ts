// How good ArchBERT is: every task on networks and wordings that training never saw, beside its baselines.
import { masked } from "./masked";
import type { Measured } from "./measures";
import { clones, generation, type Line, questions, retrieval, type Setting, statements } from "./tasks";
import { type WrittenText, written } from "./written";

export { auc, bestThreshold, f1, jaccard, type Measured, share } from "./measures";
export { type Line, type Setting, sameMeaning } from "./tasks";
export type { WrittenText } from "./written";

const tasks = { written, statements, questions, clones, retrieval, generation, masked };
export type TaskName = keyof typeof tasks;
export const taskNames = Object.keys(tasks) as TaskName[];

/**
 * @param texts written by hand, never trained on
 * @param only  this task alone
 */
export async function evaluate(
  setting: Setting,
  texts: readonly WrittenText[],
  only?: TaskName,
): Promise<Line[]> {
  const lines: Line[] = [];
  for (const name of only ? [only] : taskNames) lines.push(...(await tasks[name](setting, texts)));
  return lines;
}

/** As a table of Markdown; shares with their 95 % interval. */
export function tableOf(lines: readonly Line[]): string {
  const rows = lines.map(({ task, measure, by, seen, unseen, strange }) =>
    [task, measure, by, told(seen), told(unseen), told(strange), String(unseen.count)].join(" | "),
  );
  return [
    "| task | measure | by | seen wordings | unseen wordings | all unseen | n |",
    "| --- | --- | --- | --- | --- | --- | --- |",
    ...rows.map((row) => `| ${row} |`),
  ].join("\n");
}

function told(measured: Measured | undefined): string {
  if (!measured) return "";
  const { value, count } = measured;
  return `${value.toFixed(3)} ± ${(1.96 * Math.sqrt((value * (1 - value)) / Math.max(1, count))).toFixed(3)}`;
}
