// The evaluator that trains: each network in a process of its own.
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import path from "node:path";
import { ArchError } from "../../archbert/graph/errors";
import { build, format, type Program } from "../../archbert/graph/language";
import { makeFolder, writeWhole } from "../../compute/files";
import type { Epoch, FitEvent, Trained } from "../../compute/trained";
import { concatenate, type Dataset } from "../../datasets";
import { type Evaluator, LostTrial, type RunOptions } from "./evaluator";

export interface TrainingOptions {
  /** Of a trial. */
  epochs?: number;
  /** Of the last training. */
  finalEpochs?: number;
  batchSize?: number;
  learningRate?: number;
  weightDecay?: number;
  /** Of `useBackend`; the best there is when not given. */
  backend?: string | undefined;
  /** What the process of one training may hold in memory; one that needs more has failed. 4096, or less where little is free. */
  trialMemoryMb?: number | undefined;
}

export const trainingDefaults = {
  epochs: 6,
  finalEpochs: 20,
  batchSize: 32,
  learningRate: 0.003,
  weightDecay: 0.05,
};

function withDefaults(options: TrainingOptions): typeof trainingDefaults {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return { ...trainingDefaults, ...Object.fromEntries(given) };
}

const mostMemoryMb = 4096;
const leastMemoryMb = 1024;

/** A part of what is free now. */
function defaultMemoryMb(): number {
  const free = process.availableMemory() / 2 ** 20 / Math.max(1, availableParallelism());
  return Math.round(Math.min(mostMemoryMb, Math.max(leastMemoryMb, free)));
}

/** The options that a study's evaluator was made with. */
export function trainingOptionsOf(config: Evaluator["config"]): TrainingOptions {
  const names = Object.keys(trainingDefaults).filter((name) => typeof config[name] === "number");
  return Object.fromEntries(names.map((name) => [name, config[name]]));
}

/** Trains on these data. */
export function trainingEvaluator(data: Dataset, options: TrainingOptions = {}): Evaluator {
  const { epochs, finalEpochs, batchSize, learningRate, weightDecay } = withDefaults(options);
  const { backend, trialMemoryMb = defaultMemoryMb() } = options;
  const settings = {
    batchSize,
    learningRate,
    weightDecay,
    backend,
    memoryMb: trialMemoryMb,
    residentMb: trialMemoryMb,
  };
  const compute = () => import("../../compute/index.js");

  async function fit(
    program: Program,
    examples: Pick<Dataset, "train" | "validation">,
    { seed, signal, onEpoch, checkpoint }: RunOptions,
    epochs: number,
  ): Promise<Trained> {
    const { train, TrainingError } = await compute();
    const report = ({ epoch, validationAccuracy: accuracy, validationLoss: loss }: Epoch) =>
      onEpoch({ epoch, epochs, accuracy, loss });
    const onEvent = (event: FitEvent) => {
      if (event.kind === "start") event.history.forEach(report);
      if (event.kind === "epoch") report(event);
    };
    try {
      const { train: training, validation } = examples;
      return await train(
        build(program),
        { training, validation },
        { ...settings, epochs, seed, signal, onEvent, checkpoint },
      );
    } catch (error) {
      // What cannot be read or written there, or is of another machine's backend, costs a beginning anew and no more.
      if (checkpoint !== undefined && error instanceof ArchError && error.where === checkpoint) {
        return fit(program, examples, { seed, signal, onEpoch }, epochs);
      }
      if (error instanceof TrainingError && error.kind !== "diverged") throw new LostTrial(error.message);
      throw error;
    }
  }

  return {
    config: { evaluator: "training", epochs, finalEpochs, batchSize, learningRate, weightDecay },
    async check() {
      const { checkFitOptions, checkParts } = await compute();
      checkFitOptions({ ...settings, epochs });
      if (!Number.isInteger(finalEpochs) || finalEpochs < 1) {
        throw new ArchError(`finalEpochs is ${finalEpochs}`, { fix: "Give a whole number from 1" });
      }
      const { train: training, validation, test } = data;
      checkParts({ training, validation, test });
    },
    async evaluate(program, options) {
      const { metrics } = await fit(program, data, options, epochs);
      const { validationAccuracy: accuracy, validationLoss: loss, seconds } = metrics;
      return { accuracy, loss, epochs: metrics.epochs, seconds };
    },
    async retrain(program, options) {
      // The validation examples are learned from by now: which epoch is kept says nothing of others. The test does.
      const all = concatenate(data.train, data.validation);
      const trained = await fit(program, { train: all, validation: data.validation }, options, finalEpochs);
      return { backend: trained.backend, versions: trained.versions, packed: await pack(trained) };
    },
    async test(program, packed) {
      const { evaluate } = await compute();
      return evaluate(await unpack(packed, program), data.test, { backend });
    },
    async save(program, packed, folder) {
      const { exportOnnx, exportTfjs } = await compute();
      const trained = await unpack(packed, program);
      makeFolder(folder);
      await exportOnnx(trained, path.join(folder, "model.onnx"));
      await exportTfjs(trained, path.join(folder, "tfjs"));
      writeWhole(path.join(folder, "program.arch"), format(program));
      return ["model.onnx", "tfjs", "program.arch"];
    },
  };
}

/** A trained network as `saveTrained` writes it: two files, of which a storage keeps one. */
const parts = ["trained.json", "weights.bin"] as const;

/** The first file's length as four bytes, then one after the other. */
async function pack(trained: Trained): Promise<Uint8Array> {
  const { saveTrained } = await import("../../compute/index.js");
  return inFolder(async (folder) => {
    await saveTrained(trained, folder);
    const [about, weights] = await Promise.all(parts.map((part) => readFile(path.join(folder, part))));
    const head = Buffer.alloc(4);
    head.writeUInt32LE(about?.length ?? 0);
    return Buffer.concat([head, about ?? Buffer.alloc(0), weights ?? Buffer.alloc(0)]);
  });
}

/** @throws ArchError where it is damaged or another program's: a storage may be anyone's */
async function unpack(packed: Uint8Array, program: Program): Promise<Trained> {
  const { loadTrained } = await import("../../compute/index.js");
  const bytes = Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength);
  const end = bytes.length < 4 ? 0 : 4 + bytes.readUInt32LE();
  return inFolder(async (folder) => {
    const contents = [bytes.subarray(4, end), bytes.subarray(end)];
    await Promise.all(parts.map((part, i) => writeFile(path.join(folder, part), contents[i] ?? "")));
    const trained = await loadTrained(folder).catch((error: unknown) => {
      if (!(error instanceof ArchError)) throw error;
      // Its "where" is a folder that is gone by the time it is read.
      throw unusable("is damaged");
    });
    const parameters = build(program).nodes.flatMap((node) => node.parameters);
    const [own, wanted] = [trained.weights, parameters].map((list) =>
      list.map(({ name, shape }) => `${name} ${shape.join("x")}`).join(),
    );
    if (own !== wanted) throw unusable("is not that of its trial");
    return trained;
  });
}

const unusable = (what: string) =>
  new ArchError(`the trained network that the study keeps ${what}`, { fix: "Give a copy of the study" });

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), "archbert-study-"));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
