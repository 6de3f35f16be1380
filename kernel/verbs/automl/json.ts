// A study as one JSON document, and what else is said of it.
import type { Study } from "../../../automl";

/** Without the network, which the program says, and without what is no data. */
export function studyJson({ best, why: _, ...study }: Study): unknown {
  if (best === null) return { ...study, best };
  const { network: __, ...rest } = best;
  return { ...study, best: rest };
}

/** What the card shows besides, for whoever gets the JSON alone. */
export function notesOf({ notUnderstood, best }: Study): string[] {
  const unwritten = best?.notExported ?? null;
  return [
    ...notUnderstood.map((text) => `not understood, and so no constraint: "${text}"`),
    ...(unwritten === null ? [] : [`the trained network is not written: ${unwritten}`]),
  ];
}

/** Whether the trained network could not be written where it was asked for. */
export const isUnwritten = ({ best }: Study): boolean => (best?.notExported ?? null) !== null;
