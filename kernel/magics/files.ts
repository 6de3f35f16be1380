// Which words are files, and the files of a folder to choose from.
import { readdirSync } from "node:fs";
import path from "node:path";

/** Of the formats that networks come in, whether or not this version reads them: reading says what it cannot do. */
export const modelExtensions = [
  ".onnx",
  ".arch",
  ".json",
  ".keras",
  ".h5",
  ".hdf5",
  ".tflite",
  ".pb",
  ".pt",
  ".pth",
  ".pt2",
  ".safetensors",
  ".gguf",
  ".mlmodel",
] as const;

/** Not so many that a folder of a million files freezes the kernel. */
const mostEntries = 10_000;

export function isModelFile(word: string): boolean {
  return /[/\\]/.test(word) || /^[a-z][a-z0-9+.-]+:/i.test(word) || hasModelExtension(word);
}

function hasModelExtension(name: string): boolean {
  const lower = name.toLowerCase();
  return modelExtensions.some((extension) => lower.endsWith(extension) && lower.length > extension.length);
}

/** Folders and model files whose path begins with `typed`, relative to `folder`; folders end with a slash. */
export function completeFiles(folder: string, typed: string): string[] {
  const slash = Math.max(typed.lastIndexOf("/"), path.sep === "\\" ? typed.lastIndexOf("\\") : -1) + 1;
  const parent = typed.slice(0, slash);
  const start = typed.slice(slash);
  let entries: { name: string; folder: boolean }[];
  try {
    entries = readdirSync(path.resolve(folder, parent || "."), { withFileTypes: true })
      .slice(0, mostEntries)
      .map((entry) => ({ name: entry.name, folder: entry.isDirectory() || entry.isSymbolicLink() }));
  } catch {
    // No such folder, or one that may not be read: nothing to choose from.
    return [];
  }
  return entries
    .filter(({ name }) => !/\p{Cc}/u.test(name))
    .filter(({ name }) => name.startsWith(start) && (start.startsWith(".") || !name.startsWith(".")))
    .filter(({ name, folder: isFolder }) => hasModelExtension(name) || (isFolder && name !== "node_modules"))
    .map(({ name, folder: isFolder }) => parent + name + (isFolder && !hasModelExtension(name) ? "/" : ""))
    .sort();
}
