// How good ArchBERT is: every task on networks and wordings that training never saw, beside its baselines.
import { ArchError } from "../graph";
import { masked } from "./masked";
import type { Measured } from "./measures";
import { clones, generation, type Line, questions, retrieval, type Setting, statements } from "./tasks";
import { type WrittenText, written } from "./written";

export { auc, bestThreshold, f1, jaccard, type Measured, share } from "./measures";
export { generationShares, type Line, type Setting, sameMeaning, type Wished } from "./tasks";
export type { WrittenText } from "./written";

const tasks = new Map(
  Object.entries({ written, statements, questions, clones, retrieval, generation, masked }),
);

/**
 * @param texts written by hand, never trained on
 * @param only  the name of one task
 * @throws ArchError where no task has that name
 */
export async function evaluate(
  setting: Setting,
  texts: readonly WrittenText[],
  only?: string,
): Promise<Line[]> {
  if (only !== undefined && !tasks.has(only)) {
    const fix = `Choose one of ${[...tasks.keys()].join(", ")}`;
    throw new ArchError(`no task "${only}"`, { where: "evaluate", fix });
  }
  const lines: Line[] = [];
  for (const [name, measure] of tasks) {
    if (only === undefined || only === name) lines.push(...(await measure(setting, texts)));
  }
  return lines;
}

/** As a table of Markdown, shares with their 95 % interval; `n` is of the unseen wordings. */
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
  if (!measured || measured.count === 0) return "";
  const { value, error } = measured;
  return error === undefined ? value.toFixed(3) : `${value.toFixed(3)} ± ${error.toFixed(3)}`;
}
