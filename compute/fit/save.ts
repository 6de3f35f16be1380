// Trained networks on disk: trained.json says everything, weights.bin holds the numbers.
import { createHash } from "node:crypto";
import { join } from "node:path";
import { ArchError } from "../../archbert/graph/errors";
import { checkString } from "../../archbert/graph/guard";
import { makeFolder, readWhole, writeWhole } from "../files";
import { planOf } from "../model";
import type { Trained, Weight } from "../trained";
import { bytesOf, floatsOf } from "./container";
import { checkTrained, predict } from "./evaluate";
import { settingsOf } from "./options";
import { hasNumbers, hasTexts, isEpoch, isRecord, isSize, isWholeArchitecture, listOf } from "./validate";

const format = "archbert-trained";
const files = { about: "trained.json", weights: "weights.bin" } as const;
const mostAboutBytes = 2 ** 26;

/**
 * @param folder made where it is not there; what it held of another training is replaced
 * @throws ArchError when it cannot be written
 */
export async function saveTrained(trained: Trained, folder: string): Promise<void> {
  checkTrained(trained, "saveTrained");
  checkString(folder, "name of a folder", "saveTrained");
  const { weights, ...rest } = trained;
  makeFolder(folder);
  const parts = weights.map(({ data }) => bytesOf(data));
  const about = {
    format,
    version: 1,
    ...rest,
    weights: weights.map(({ name, shape }) => ({ name, shape })),
    sha256: hashOf(parts),
  };
  writeWhole(join(folder, files.weights), ...parts);
  writeWhole(join(folder, files.about), JSON.stringify(about));
}

/**
 * @param folder as `saveTrained` wrote it; from anyone: what it says is checked, and its network computed once
 * @throws ArchError when it is no trained network, or a damaged one
 */
export async function loadTrained(folder: string): Promise<Trained> {
  checkString(folder, "name of a folder", "loadTrained");
  const where = join(folder, files.about);
  const wrong = (what: string) => new ArchError(what, { where });
  const about = aboutOf(readWhole(where, mostAboutBytes).toString("utf8"), where);
  const plan = planOf(about.architecture);
  const own = plan.parameters.map(({ parameter: { name, shape } }) => ({ name, shape: [...shape] }));
  if (JSON.stringify(own) !== JSON.stringify(about.weights)) throw wrong("its weights are not its network's");
  const sizes = own.map(({ shape }) => shape.reduce((a, b) => a * b, 1));
  const file = join(folder, files.weights);
  const total = sizes.reduce((a, b) => a + b, 0) * 4;
  const bytes = readWhole(file, total);
  if (bytes.length !== total)
    throw new ArchError(`holds ${bytes.length} bytes, not ${total}`, { where: file });
  if (hashOf([bytes]) !== about.sha256) {
    throw new ArchError("is not what was saved with trained.json", {
      where: file,
      fix: "Save the network again",
    });
  }
  let at = 0;
  const weights = own.map(({ name, shape }, i): Weight => {
    const end = at + (sizes[i] ?? 0) * 4;
    const data = floatsOf(bytes.subarray(at, end));
    at = end;
    return { name, shape, data };
  });
  const { sha256: _, ...rest } = about;
  const trained: Trained = { ...rest, options: settingsOf(about.options), weights };
  try {
    await predict(trained, new Float32Array(plan.inputShape.reduce((a, b) => a * b, 1)));
  } catch (error) {
    throw wrong(`its network does not compute (${reasonOf(error)})`);
  }
  return trained;
}

type About = Omit<Trained, "weights"> & { weights: { name: string; shape: number[] }[]; sha256: string };

function aboutOf(text: string, where: string): About {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ArchError("is no JSON", { where });
  }
  if (!isRecord(value) || value.format !== format) throw new ArchError("is no trained network", { where });
  if (value.version !== 1) {
    throw new ArchError(`is of version ${String(value.version).slice(0, 20)}`, {
      where,
      fix: "Update archbert",
    });
  }
  const { format: _, version: __, ...about } = value;
  if (!isAbout(about)) throw new ArchError("is damaged", { where });
  return about;
}

const metricNumbers = [
  "epochs",
  "bestEpoch",
  "validationLoss",
  "validationAccuracy",
  "trainingLoss",
  "trainingAccuracy",
  "seconds",
];

function isAbout(value: Record<string, unknown>): value is Record<string, unknown> & About {
  const isEntry = (item: unknown): item is { name: string; shape: number[] } =>
    isRecord(item) && typeof item.name === "string" && listOf(isSize)(item.shape);
  return (
    isWholeArchitecture(value.architecture) &&
    listOf(isEntry)(value.weights) &&
    listOf(isEpoch)(value.history) &&
    hasNumbers(value.metrics, metricNumbers) &&
    hasTexts(value.metrics, ["stopped"]) &&
    hasNumbers(value, ["seed"]) &&
    hasTexts(value, ["backend", "sha256"]) &&
    hasTexts(value.versions, ["node", "tfjs", "backend"]) &&
    isRecord(value.options)
  );
}

function hashOf(parts: readonly Uint8Array[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("hex");
}

const reasonOf = (error: unknown) =>
  (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "";
