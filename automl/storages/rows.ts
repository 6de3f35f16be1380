// The rows of a study's database, read as what they must be: the file may be anyone's.
import { z } from "zod";
import { type Claim, isClaim } from "../../archbert/graph/claims";
import { ArchError } from "../../archbert/graph/errors";
import { type Trial, trialStates } from "../trial";
import type { Final, StudyConfig } from "./storage";

const text = (most: number) => z.string().max(most);
const count = z.number().int().min(0);
const json = text(1 << 20).transform((value, context) => {
  try {
    return JSON.parse(value) as unknown;
  } catch {
    context.addIssue("no JSON");
    return z.NEVER;
  }
});

const values = z.object({
  accuracy: z.number().min(0).max(1),
  loss: z.number(),
  epochs: count,
  seconds: z.number().min(0),
});

const origin = z.object({
  how: z.enum(["default", "written", "random", "mutation"]),
  parent: count.nullable(),
  mutation: text(200).nullable(),
  rankings: z
    .array(z.object({ ranker: text(100), score: z.number(), weight: z.number(), rank: count }))
    .max(100),
  rank: count.nullable(),
  candidates: count.nullable(),
  predicted: z.number().nullable(),
});

const claims = z
  .array(
    z.object({
      text: text(10_000),
      verdict: z.enum(["proved", "refuted", "unchecked"]),
      nodes: z.array(text(1000)).max(100_000),
    }),
  )
  .max(1000);

const reports = json.pipe(z.array(z.number().min(0).max(1)).max(100_000));

const trialRow = z.object({
  number: count,
  state: z.enum(trialStates),
  program: text(65_536),
  parameters: count,
  vals: json.pipe(values).nullable(),
  reports,
  reason: text(10_000).nullable(),
  origin: json.pipe(origin),
  claims: json.pipe(claims),
  attempts: count,
});

const config = z.object({
  prompt: text(100_000),
  claims: z.array(z.custom<Claim>(isClaim, "no claim")).max(1000),
  notUnderstood: z.array(text(100_000)).max(1000),
  data: z.object({ name: text(4096), from: text(4096).nullable(), fingerprint: text(200) }),
  seed: z.number(),
  jobs: count.min(1),
  trials: count.min(1),
  strategy: text(200),
  evaluator: z.record(text(200), z.union([text(1000), z.number(), z.boolean()])),
});

const final = z.object({
  number: count,
  model: z.instanceof(Uint8Array).nullable(),
  test: json.pipe(z.object({ accuracy: z.number().min(0).max(1), loss: z.number() })).nullable(),
  backend: text(200),
  versions: json.pipe(z.record(text(200), text(200))),
});

/** @throws ArchError naming what is wrong with it */
function read<T>(schema: z.ZodType<T>, value: unknown, what: string, where: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const at = issue?.path.length ? ` (${issue.path.join(".")}: ${issue.message})` : "";
  throw new ArchError(`${what} is damaged${at}`, { where, fix: "Give another storage, or a copy of it" });
}

/** All trials of a study, in the order of their numbers. */
export function trialsOf(rows: readonly unknown[], where: string): Trial[] {
  return rows.map((row, i) => {
    const trial = trialOf(row, where);
    if (trial.number === i) return trial;
    throw new ArchError(`trial ${i} is missing`, { where, fix: "Give another storage, or a copy of it" });
  });
}

export function trialOf(row: unknown, where: string): Trial {
  const { vals, reports, ...rest } = read(trialRow, row, "a trial", where);
  return { ...rest, values: vals, intermediateValues: reports };
}

export function reportsOf(text: unknown, where: string): number[] {
  return read(reports, text, "a trial", where);
}

export function configOf(text: unknown, where: string): StudyConfig {
  return read(json.pipe(config), text, "the study's configuration", where);
}

export function finalOf(row: unknown, where: string): Final {
  return read(final, row, "the study's last training", where);
}
