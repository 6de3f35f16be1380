// automl: from a sentence to a trained network.
import { ArchError } from "../../../archbert/graph/errors";
import type { SearchOptions, Study } from "../../../automl";
import { newBoard } from "../../../automl/views";
import { verb } from "../verb";
import { isUnwritten, notesOf, studyJson } from "./json";
import { nameOption, placeOf, type StudyPlace, storageOption, urlOf } from "./place";
import { watch } from "./watch";

export const runOptions = {
  trials: { kind: "number", summary: "networks that are tried", default: 12 },
  parallel: { kind: "number", summary: "trials at a time; else one for each core, 8 at most" },
  out: { kind: "file", short: "o", summary: "the folder to write the trained network into" },
} as const;

/** @throws ArchError that calls the option as the user does; the search calls it jobs */
export function jobsOf(parallel: number | undefined, most: number): number | undefined {
  if (parallel === undefined || (Number.isInteger(parallel) && parallel >= 1 && parallel <= most))
    return parallel;
  throw new ArchError(`parallel is ${parallel}`, { fix: `Give a whole number from 1 to ${most}` });
}

export const search = verb({
  name: "search",
  summary: "searches the network that fits a sentence and learns the data best",
  examples: [
    {
      words: '"a small residual network for 8x8 digits, under 30k parameters" --data digits --trials 12',
      does: "twelve trials",
    },
    { words: '"a tiny convolutional network" --name tiny', does: "kept in tiny.db, can be resumed" },
    { words: '"a small network" --data ./fashion-mnist -o best', does: "a folder of IDX files; exports" },
  ],
  args: { text: { kind: "sentence", summary: "what the network should be" } },
  options: {
    data: {
      kind: "file",
      summary: "a dataset, or a folder of IDX files",
      default: "digits",
      suggestions: () => (require("../../../datasets") as typeof import("../../../datasets")).datasetNames,
    },
    trials: runOptions.trials,
    epochs: { kind: "number", summary: "epochs of a trial", default: 6 },
    finalEpochs: { kind: "number", summary: "epochs of the best's last training", default: 20 },
    seed: { kind: "number", summary: "the same number gives the same search", default: 1 },
    strategy: {
      kind: "text",
      summary: "what chooses the next trial: archbert, random, local",
      default: "archbert",
      suggestions: () => (require("../../../automl") as typeof import("../../../automl")).strategyNames,
    },
    storage: storageOption,
    name: nameOption,
    parallel: runOptions.parallel,
    out: runOptions.out,
  },
  body: "text",
  async run({ text, storage, name, parallel, ...rest }, context): Promise<Study> {
    const { folder, signal } = context;
    const automl = await import("../../../automl/index.js");
    const place: StudyPlace = placeOf({ storage, name }) ?? automl.memoryStorage();
    const { data = "digits", strategy = "archbert", seed = 1 } = rest;
    const options: SearchOptions = {
      ...rest,
      jobs: jobsOf(parallel, automl.mostJobs),
      storage: place,
      folder,
      signal,
    };
    return watch(
      {
        place,
        board: newBoard({ prompt: text, data, strategy, seed, storage: urlOf(place) }),
        run: (onEvent) => automl.search(text, { ...options, onEvent }),
      },
      context,
    );
  },
  toText: (study) => String(study),
  toJson: studyJson,
  failed: isUnwritten,
  notes: notesOf,
});
