// Which study is meant: by its storage, its name, or as the latest one of this process.
import { ArchError } from "../../../archbert/graph/errors";
import type { Storage, Study } from "../../../automl";

/** Where a study is kept: a storage's URL, or a storage in this process's memory. */
export type StudyPlace = string | Storage;

let latest: StudyPlace | undefined;

export function remember(place: StudyPlace): void {
  latest = place;
}

export const storageOption = {
  kind: "text",
  summary: "where the study is kept, for instance sqlite:///study.db; it can then be resumed",
} as const;

export const nameOption = { kind: "text", summary: "short for --storage sqlite:///NAME.db" } as const;

/** @throws ArchError where both are given, or the name is none of a file */
export function placeOf({ storage, name }: { storage?: string; name?: string }): string | undefined {
  if (name === undefined) return storage;
  if (storage !== undefined) {
    throw new ArchError("both --storage and --name are given", {
      fix: "Give one: a name is short for a storage",
    });
  }
  if (!/^[\p{L}\p{N}_][\p{L}\p{N}_.-]{0,99}$/u.test(name)) {
    throw new ArchError(`"${name}" is no name of a study`, { fix: "Give letters, digits, dots and dashes" });
  }
  return `sqlite:///${name}.db`;
}

/** The study that is named, or else the latest. @throws ArchError where there is neither */
export function placeNamed(storage: string | undefined, how: string): StudyPlace {
  const place = storage ?? latest;
  if (place === undefined) throw new ArchError("no study is named", { fix: `Name its storage: ${how}` });
  return place;
}

/** As `placeNamed`, read as it is: also one that was stopped, or runs. */
export async function studyNamed(storage: string | undefined, how: string, folder: string): Promise<Study> {
  const place = placeNamed(storage, how);
  const { loadStudy } = await import("../../../automl/index.js");
  return loadStudy(place, { folder });
}

export const urlOf = (place: StudyPlace): string | null => (typeof place === "string" ? place : null);
