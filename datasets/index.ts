// Datasets by name, or read from a folder of IDX files.
import path from "node:path";
import { ArchError } from "../archbert/graph/errors";
import { checkOptions, checkString } from "../archbert/graph/guard";
import type { Dataset } from "./dataset";
import { digits } from "./digits";
import { readIdxFolder } from "./idx";

export * from "./autonet";
export { checkDataset, concatenate, type Dataset, type Examples, select } from "./dataset";
export { type IdxArray, parseIdx, readIdx } from "./idx";
export { stratifiedSplit } from "./split";

/** Add a dataset: one file, one line here. */
export const datasets = { digits } satisfies Record<string, () => Promise<Dataset>>;

export const datasetNames: readonly string[] = Object.keys(datasets);

/**
 * A dataset, with its fixed splits.
 *
 * @param name one of `datasetNames`, or a folder that holds the four usual IDX files (`folder/PREFIX` where it has several sets)
 * @param options `folder`: what a folder's name is relative to
 * @throws ArchError where there is none of that name, or where its files are not as they should be
 */
export async function loadDataset(name: string, options: { folder?: string } = {}): Promise<Dataset> {
  checkString(name, "name of a dataset", "loadDataset");
  checkOptions(options, "loadDataset");
  const { folder = process.cwd() } = options;
  if (Object.hasOwn(datasets, name)) return datasets[name as keyof typeof datasets]();
  const found = await readIdxFolder(path.resolve(folder, name));
  if (found) return { ...found, source: name };
  throw new ArchError(`there is no dataset "${name}"`, {
    fix: `Choose ${datasetNames.join(", ")}, or name a folder that holds IDX files such as train-images-idx3-ubyte.gz`,
  });
}
