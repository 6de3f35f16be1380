// The process that trains one network, and ends with it. It never outlives the process that started it.
import { writeFile } from "node:fs/promises";
import { ArchError } from "../../archbert/graph/errors";
import { toModel } from "../model";
import { checkpointAt } from "./checkpoint";
import { TrainingError } from "./errors";
import { fit } from "./fit";
import type { Failure, FromChild, Job, Outcome } from "./protocol";

async function train(job: Job): Promise<Outcome> {
  const { architecture, data, settings, maxSeconds } = job;
  const began = performance.now();
  let earlierMs = 0;
  const network = await toModel(architecture, { seed: settings.seed, backend: job.backend });
  const checkpoint = job.checkpoint === undefined ? null : checkpointAt(job.checkpoint, job, network);
  const fitted = await fit(network, data, settings, {
    maxSeconds,
    state: checkpoint?.read() ?? null,
    onState: checkpoint?.write,
    onEvent: (event) => {
      refuseTooLarge(job);
      if (event.kind === "start") earlierMs = event.history.reduce((sum, { ms }) => sum + ms, 0);
      send({ kind: "event", event });
    },
  });
  return {
    ...fitted,
    weights: await network.weights(),
    backend: network.backend.name,
    backendVersion: network.backend.version,
    tfjsVersion: network.backend.tf.version_core,
    seconds: (earlierMs + performance.now() - began) / 1000,
  };
}

/** The backends give no error before the machine's memory is full. */
function refuseTooLarge({ residentMb = Infinity }: Job): void {
  const mb = process.memoryUsage.rss() / 2 ** 20;
  if (mb <= residentMb) return;
  throw new TrainingError("outOfMemory", `its process holds ${mb.toFixed(0)} MB, more than ${residentMb} MB`);
}

function failureOf(error: unknown): Failure {
  if (error instanceof ArchError) {
    const failure = error instanceof TrainingError ? error.kind : null;
    const { where, fix } = error;
    return { failure, message: bare(error), where, fix };
  }
  const message = error instanceof Error ? error.message : String(error);
  const isMemory = /out of memory|allocation failed|Array buffer allocation|Invalid array length|grow/i.test(
    message,
  );
  return { failure: isMemory ? "outOfMemory" : "crashed", message, where: undefined, fix: undefined };
}

/** The message without what the parent puts around it again. */
function bare({ message, where, fix }: ArchError): string {
  return message.slice(where ? where.length + 2 : 0, fix ? -(fix.length + 2) : undefined);
}

const send = (message: FromChild, done: () => void = () => undefined) => process.send?.(message, done);

// Where memory runs out nevertheless, the system ends this process rather than the one that started it.
if (process.platform === "linux") writeFile("/proc/self/oom_score_adj", "500").catch(() => undefined);

process.on("disconnect", () => process.exit(1));
// Ctrl-C in a terminal reaches the whole group: the process that started this one decides.
process.on("SIGINT", () => undefined);
process.once("message", (job: Job) => {
  train(job).then(
    // Some backends keep Node alive.
    (outcome) => send({ kind: "done", outcome }, () => process.exit(0)),
    (error) => send({ kind: "failed", ...failureOf(error) }, () => process.exit(0)),
  );
});
