// Trainings under way, on disk beside the study's file: one whose process was killed goes on after its last whole epoch.
//
// A study that is over has none. Those of a study that nobody resumes stay until somebody deletes them; docs/automl.md says so.
import { rm } from "node:fs/promises";
import path from "node:path";
import { ArchError } from "../archbert/graph/errors";
import { makeFolder } from "../compute/files";
import type { Storage } from "./storages";

const folderOf = (file: string) => `${file}-training`;

/** @returns undefined where the study lies in no file, or nothing can be kept beside it: then a training begins anew */
export async function checkpointFor({ file }: Storage, name: string): Promise<string | undefined> {
  if (typeof file !== "string") return undefined;
  const folder = folderOf(file);
  try {
    makeFolder(folder);
    return path.join(folder, name);
  } catch (error) {
    if (error instanceof ArchError) return undefined;
    throw error;
  }
}

/** Of a training that is over; of all of them without a name. */
export async function forgetCheckpoint({ file }: Storage, name = ""): Promise<void> {
  if (typeof file === "string") await rm(path.join(folderOf(file), name), { recursive: true, force: true });
}
