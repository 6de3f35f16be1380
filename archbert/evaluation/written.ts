// Texts that people wrote: how many are understood exactly as they were meant.
import type { Meaning } from "../graph/claims";
import { understoodFrom } from "../tasks";
import { type Measured, share } from "./measures";
import { type Line, type Setting, sameMeaning } from "./tasks";

export interface WrittenText {
  text: string;
  kind: string;
  /** Every fair reading. */
  meanings: readonly Meaning[];
}

/** A reading without confidence counts as none, as it does for the tasks. */
export async function written({ model, progress }: Setting, texts: readonly WrittenText[]): Promise<Line[]> {
  const read: { kind: string; right: boolean; wrong: boolean }[] = [];
  for (const [i, { text, kind, meanings }] of texts.entries()) {
    if (i % 20 === 0) progress?.(`texts ${i} of ${texts.length}`);
    const { meaning, confidence } = await model.read(text);
    const taken = confidence < understoodFrom ? null : meaning;
    const right = meanings.some((meant) => sameMeaning(taken, meant));
    read.push({ kind, right, wrong: !right && taken !== null });
  }
  const kinds = [...new Set(read.map(({ kind }) => kind))];
  const line = (measure: string, unseen: Measured): Line => ({
    task: "by hand",
    measure,
    by: "ArchBERT",
    unseen,
  });
  return [
    ...kinds.map((kind) =>
      line(
        kind === "unsayable" ? "unsayable ones known as such" : `a ${kind} read exactly as meant`,
        share(read.filter((one) => one.kind === kind).map(({ right }) => right)),
      ),
    ),
    line("all read exactly as meant", share(read.map(({ right }) => right))),
    line("all misread with confidence", share(read.map(({ wrong }) => wrong))),
  ];
}
