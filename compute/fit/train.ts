// Training a network in a process of its own.
import type { Architecture } from "../../archbert/graph/architecture";
import { ArchError } from "../../archbert/graph/errors";
import { checkNetwork, checkOptions, checkOutline, checkString } from "../../archbert/graph/guard";
import { backendName } from "../backends";
import { planOf } from "../model";
import type { FitEvent, Settings, Trained } from "../trained";
import { runInChild } from "./child";
import { checkFitting } from "./examples";
import type { Data } from "./fit";
import { settingsOf } from "./options";
import type { Job, Outcome } from "./protocol";

export interface FitOptions extends Partial<Settings> {
  /** Ends the training at once. */
  signal?: AbortSignal;
  onEvent?: (event: FitEvent) => void;
  /** Of `useBackend`; the best there is when not given. */
  backend?: string;
  /** A file that holds the training after each epoch; when it is there, the training goes on from it. */
  checkpoint?: string;
  /** After so long the training ends with what it has. */
  maxSeconds?: number;
  /** Of JavaScript's heap in the training's process; tensors lie outside it. */
  memoryMb?: number;
  /** Of all the memory that the training's process holds, tensors too, as seen between its steps. */
  residentMb?: number;
}

/** With less, V8 ends the process before it can say why. */
const leastMemoryMb = 16;

/**
 * Trains the network that the architecture describes, from fresh weights, in a child process: this one stays free, and
 * whole whatever happens there.
 *
 * @param architecture borrowed; made by `build`, or of the same ops
 * @param data         borrowed; the validation decides which epoch is kept and when to stop
 * @returns the weights of the best epoch, owned by the caller
 * @throws ArchError before anything starts when network, data or options do not fit; TrainingError of kind "diverged",
 *   "outOfMemory" or "crashed"; the signal's reason when aborted
 */
export async function train(
  architecture: Architecture,
  data: Data,
  options: FitOptions = {},
): Promise<Trained> {
  checkNetwork(architecture, "train");
  checkOutline(
    data,
    { training: "object", validation: "object" },
    "train",
    "training and validation examples",
  );
  checkOptions(options, "train");
  const { signal, onEvent, memoryMb, residentMb, backend, checkpoint, maxSeconds } = options;
  const settings = checkFitOptions(options);
  const plan = planOf(architecture);
  for (const name of ["training", "validation"] as const) checkFitting(data[name], plan, architecture, name);
  const { training, validation } = data;
  const job: Job = {
    // Through JSON: a network that shows itself in a notebook carries functions, which cannot be sent.
    architecture: JSON.parse(JSON.stringify(architecture)) as Architecture,
    data: { training: bare(training), validation: bare(validation) },
    settings,
    backend,
    maxSeconds,
    residentMb,
    checkpoint,
  };
  const outcome = await runInChild(job, { signal, onEvent, memoryMb });
  return trainedOf(architecture, settings, outcome);
}

/**
 * The settings among the options, with their defaults.
 *
 * @throws ArchError naming the option that is out of bounds
 */
export function checkFitOptions(options: FitOptions): Settings {
  checkOptions(options, "checkFitOptions");
  const { memoryMb, residentMb, maxSeconds, backend, checkpoint } = options;
  atLeast("memoryMb", memoryMb, leastMemoryMb);
  atLeast("residentMb", residentMb, leastMemoryMb);
  atLeast("maxSeconds", maxSeconds, 0);
  if (backend !== undefined) backendName(backend);
  if (checkpoint !== undefined) checkString(checkpoint, "name of a file", "checkpoint");
  return settingsOf(options);
}

function atLeast(name: string, value: number | undefined, least: number): void {
  if (value === undefined || value >= least) return;
  throw new ArchError(`${name} is ${value}`, { fix: `Give a number from ${least}` });
}

function bare({ inputs, labels, shape, classes }: Data["training"]): Data["training"] {
  return { inputs, labels, shape: [...shape], classes };
}

function trainedOf(architecture: Architecture, options: Settings, outcome: Outcome): Trained {
  const { weights, history, bestEpoch, stopped, backend, seconds } = outcome;
  const best = history[bestEpoch - 1];
  if (!best) throw new Error("internal: a training without an epoch");
  return {
    architecture,
    weights,
    history,
    metrics: {
      epochs: history.length,
      bestEpoch,
      validationLoss: best.validationLoss,
      validationAccuracy: best.validationAccuracy,
      trainingLoss: best.loss,
      trainingAccuracy: best.accuracy,
      seconds,
      stopped,
    },
    seed: options.seed,
    backend,
    versions: { node: process.versions.node, tfjs: outcome.tfjsVersion, backend: outcome.backendVersion },
    options,
  };
}
