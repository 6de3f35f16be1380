// How to train: the settings with their defaults and bounds.
import { ArchError } from "../../archbert/graph/errors";
import type { Settings } from "../trained";

export const defaults: Settings = {
  epochs: 20,
  batchSize: 32,
  learningRate: 0.003,
  warmup: 0.05,
  weightDecay: 0.05,
  labelSmoothing: 0,
  patience: null,
  augment: {},
  seed: 1,
};

/** @throws ArchError naming the setting that is out of bounds */
export function settingsOf(given: Partial<Settings>): Settings {
  const { shift, flip } = given.augment ?? defaults.augment;
  const settings: Settings = {
    epochs: whole("epochs", given, 1, 100_000),
    batchSize: whole("batchSize", given, 1, 65_536),
    learningRate: real("learningRate", given, 0, 1e6),
    warmup: real("warmup", given, 0, 1),
    weightDecay: real("weightDecay", given, 0, 10),
    labelSmoothing: real("labelSmoothing", given, 0, 0.99),
    patience: (given.patience ?? null) === null ? null : whole("patience", given, 1, 100_000),
    augment: { shift: shift ?? 0, flip: flip ?? false },
    seed: whole("seed", given, 0, 2 ** 32 - 1),
  };
  whole("shift", { shift: settings.augment.shift ?? 0 } as Record<string, number>, 0, 64);
  return settings;
}

function real(name: string, given: object, low: number, high: number): number {
  const value: unknown = (given as Record<string, unknown>)[name] ?? defaults[name as keyof Settings];
  if (typeof value === "number" && value >= low && value <= high) return value;
  throw new ArchError(`${name} is ${String(value)}`, { fix: `Give a number from ${low} to ${high}` });
}

function whole(name: string, given: object, low: number, high: number): number {
  const value = real(name, given, low, high);
  if (Number.isInteger(value)) return value;
  throw new ArchError(`${name} is ${value}`, { fix: "Give a whole number" });
}
