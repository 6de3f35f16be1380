// A study as one JSON document.
import type { Study } from "../../../automl";

/** Without the network, which the program says, and without what is no data. */
export function studyJson({ best, why: _, ...study }: Study): unknown {
  if (best === null) return { ...study, best };
  const { network: __, ...rest } = best;
  return { ...study, best: rest };
}
