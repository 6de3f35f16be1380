// A training of ArchBERT on disk, whole at every moment.
import { existsSync } from "node:fs";
import { readContainer, writeContainer } from "../../compute";
import { ArchError } from "../graph/errors";
import { isModelConfig, weightShapes } from "../model/network";
import { areWords, vocabulary } from "../text";
import type { TrainingConfig, TrainingState } from "./train";

interface About {
  format: "archbert-training-1";
  config: TrainingConfig;
  words: string[];
  step: number;
  moments: number;
}

const mostWeights = 64e6;

export function saveState(file: string, { config, words, step, values, moments }: TrainingState): void {
  const about: About = { format: "archbert-training-1", config, words, step, moments: moments.steps };
  writeContainer(file, about, [...values, ...moments.first, ...moments.second]);
}

/**
 * @returns null where there is no file
 * @throws ArchError where the file is damaged or holds something else
 */
export function loadState(file: string): TrainingState | null {
  if (!existsSync(file)) return null;
  const { about, arrays } = readContainer(file, 3 * mostWeights);
  const { format, config, words, step, moments: steps } = (about ?? {}) as Partial<About>;
  const isOurs = format === "archbert-training-1" && isModelConfig(config) && areWords(words);
  if (!isOurs || !isCount(step) || !isCount(steps))
    throw new ArchError("is no checkpoint of ArchBERT's training", { where: file });
  const sizes = [...weightShapes(config, vocabulary(words).size).values()].map((shape) =>
    shape.reduce((a, b) => a * b, 1),
  );
  const lengths = [...sizes, ...sizes, ...sizes];
  if (arrays.map(({ length }) => length).join() !== lengths.join())
    throw new ArchError("is a checkpoint of another version of ArchBERT", { where: file });
  const take = () => arrays.splice(0, sizes.length);
  return { config, words, step, values: take(), moments: { steps, first: take(), second: take() } };
}

const isCount = (value: unknown): value is number => Number.isInteger(value) && Number(value) >= 0;
