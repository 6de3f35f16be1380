// automl resume: goes on with a study that was stopped, killed, or is to have more trials.
import { ArchError } from "../../../archbert/graph/errors";
import type { Study } from "../../../automl";
import { newBoard } from "../../../automl/views";
import { verb } from "../verb";
import { isUnwritten, notesOf, studyJson } from "./json";
import { placeNamed, type StudyPlace, urlOf } from "./place";
import { jobsOf, runOptions } from "./search";
import { watch } from "./watch";

/** What the study was begun with. @throws ArchError where there is none */
async function configOf(place: StudyPlace, folder: string) {
  const { openStorage } = await import("../../../automl/index.js");
  const opened = typeof place === "string" ? await openStorage(place, { folder, create: false }) : place;
  try {
    const config = await opened.open(undefined);
    if (!config)
      throw new ArchError("there is no study", { where: urlOf(place) ?? "memory", fix: "Begin one first" });
    const { prompt, data, strategy, seed } = config;
    return { prompt, data: data.name, strategy, seed };
  } finally {
    if (opened !== place) await opened.dispose();
  }
}

export const resume = verb({
  name: "resume",
  summary: "goes on with a study, as it was begun; what is finished is not done again",
  examples: [
    { words: "sqlite:///tiny.db", does: "to the end" },
    { words: "sqlite:///tiny.db --trials 30", does: "and further, where it is not over" },
  ],
  args: {
    storage: {
      kind: "text",
      summary: "where it is kept; in a notebook, else the latest study",
      optional: true,
    },
  },
  options: {
    trials: { kind: "number", summary: "trials in all; else as many as it was begun with" },
    parallel: runOptions.parallel,
    out: runOptions.out,
  },
  async run({ storage, trials, parallel, out }, context): Promise<Study> {
    const { folder, signal } = context;
    const place = placeNamed(storage, "automl resume sqlite:///study.db");
    const automl = await import("../../../automl/index.js");
    const begun = await configOf(place, folder);
    // Only what is given: the rest is the study's own.
    const given = {
      ...(trials === undefined ? {} : { trials }),
      ...(parallel === undefined ? {} : { jobs: jobsOf(parallel, automl.mostJobs) }),
      ...(out === undefined ? {} : { out }),
    };
    return watch(
      {
        place,
        board: newBoard({ ...begun, storage: urlOf(place) }),
        run: (onEvent) => automl.resume(place, { ...given, folder, signal, onEvent }),
      },
      context,
    );
  },
  toText: (study) => String(study),
  toJson: studyJson,
  failed: isUnwritten,
  notes: notesOf,
});
