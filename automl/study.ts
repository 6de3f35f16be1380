// A study: what it is about, and what came of it.
import { createHash } from "node:crypto";
import type { Architecture } from "../archbert/graph/architecture";
import { claimText } from "../archbert/graph/claims";
import { ArchError } from "../archbert/graph/errors";
import { build, parse } from "../archbert/graph/language";
import type { Dataset } from "../datasets";
import type { Storage, StudyConfig } from "./storages";
import { bestTrial, byWorth, type Origin, type Trial, type Values } from "./trial";

export interface Best {
  /** Of its trial. */
  number: number;
  /** In the architecture language. */
  program: string;
  network: Architecture;
  parameters: number;
  /** Of its trial, on the validation examples. */
  metrics: Values;
  /** Accuracy on the test examples, looked at once; null until then. */
  testScore: number | null;
  testLoss: number | null;
  /** Files of the trained network, as named when it was written. */
  exports: readonly string[];
  /** Why nothing could be written where it was asked for; null where nothing is wrong. */
  notExported: string | null;
}

/** Plain data, but for `why` and for what shows it. */
export interface Study {
  prompt: string;
  /** What was understood of the prompt, in canonical words: met by every trial, as far as it can be checked. */
  claims: readonly string[];
  /** Parts of the prompt that nothing was made of. */
  notUnderstood: readonly string[];
  data: string;
  strategy: string;
  seed: number;
  /** Null where it was kept in memory only. */
  storage: string | null;
  backend: string | null;
  versions: Readonly<Record<string, string>>;
  /** Null while no trial is complete. */
  best: Best | null;
  /** By number. */
  trials: readonly Trial[];
  /** How the candidate of a trial came to be. @throws ArchError where there is no such trial */
  why(number: number): Why;
}

export interface Why extends Origin {
  number: number;
  state: Trial["state"];
  program: string;
  /** The program that it was made from; null where it was made from none. */
  parentProgram: string | null;
  claims: Trial["claims"];
  reason: string | null;
  values: Values | null;
  /** Among the complete trials, from 1; null for others. */
  place: number | null;
}

export function fingerprintOf({ train, validation, test }: Dataset): string {
  const hash = createHash("sha256");
  for (const { inputs, labels, shape, classes } of [train, validation, test]) {
    hash.update(JSON.stringify([shape, classes, labels.length]));
    for (const array of [inputs, labels])
      hash.update(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
  }
  return hash.digest("hex").slice(0, 32);
}

const same = (a: unknown, b: unknown) => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));

function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * Whether the stored study is the one that is asked for.
 *
 * @param where the storage, as the user named it
 * @throws ArchError where it is about something else
 */
export function sameStudy(
  stored: StudyConfig,
  asked: Omit<StudyConfig, "jobs" | "trials" | "notUnderstood">,
  where: string,
): void {
  const differs = (what: string, had: unknown, has: unknown): ArchError =>
    new ArchError(`this study has another ${what}: ${JSON.stringify(had)}, not ${JSON.stringify(has)}`, {
      where,
      fix: `Give it the ${what} it was begun with, or another storage`,
    });
  for (const key of ["prompt", "seed", "strategy"] as const) {
    if (stored[key] !== asked[key]) throw differs(key, stored[key], asked[key]);
  }
  if (stored.data.name !== asked.data.name) throw differs("data", stored.data.name, asked.data.name);
  if (stored.data.fingerprint !== asked.data.fingerprint) {
    throw new ArchError(`the examples of "${asked.data.name}" are not those that this study was begun with`, {
      where,
      fix: "Give the same data, or another storage",
    });
  }
  for (const key of Object.keys({ ...stored.evaluator, ...asked.evaluator })) {
    const [had, has] = [stored.evaluator[key], asked.evaluator[key]];
    if (had !== has) throw differs(key, had, has);
  }
  if (!same(stored.claims, asked.claims)) {
    const [had, has] = [stored.claims, asked.claims].map((claims) => claims.map(claimText).join(", "));
    throw differs("reading of the prompt", had, has);
  }
}

/** What a storage holds of a study. */
export async function studyOf(
  storage: Storage,
  {
    url,
    exports = [],
    notExported = null,
  }: { url: string | null } & Partial<Pick<Best, "exports" | "notExported">>,
): Promise<Study> {
  const config = await storage.open(undefined);
  if (!config) throw new ArchError("there is no study", { where: url ?? "memory", fix: "Begin one first" });
  const [trials, final] = await Promise.all([storage.trials(), storage.final()]);
  const best = final?.test ? trials[final.number] : bestTrial(trials);
  return {
    prompt: config.prompt,
    claims: config.claims.map(claimText),
    notUnderstood: config.notUnderstood,
    data: config.data.name,
    strategy: config.strategy,
    seed: config.seed,
    storage: url,
    backend: final?.backend ?? null,
    versions: final?.versions ?? {},
    best: best?.values
      ? {
          number: best.number,
          program: best.program,
          network: build(parse(best.program)),
          parameters: best.parameters,
          metrics: best.values,
          testScore: final?.test?.accuracy ?? null,
          testLoss: final?.test?.loss ?? null,
          exports,
          notExported,
        }
      : null,
    trials,
    why: (number) => whyOf(trials, number),
  };
}

function whyOf(trials: readonly Trial[], number: number): Why {
  const trial = trials[number];
  if (!trial) {
    const last = trials.length - 1;
    throw new ArchError(`there is no trial ${number}`, {
      fix: last < 0 ? "This study has none yet" : `Give a number from 0 to ${last}`,
    });
  }
  const { origin, claims, program, state, reason, values } = trial;
  const complete = trials.filter((each) => each.state === "complete").sort(byWorth);
  const place = complete.findIndex((each) => each.number === number) + 1;
  const parentProgram = origin.parent === null ? null : (trials[origin.parent]?.program ?? null);
  return { number, state, program, parentProgram, claims, reason, values, place: place || null, ...origin };
}
