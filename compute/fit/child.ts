// Starts the process that trains, hears it out, and sees to it that it ends.
import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import { ArchError } from "../../archbert/graph/errors";
import type { FitEvent } from "../trained";
import { TrainingError } from "./errors";
import type { Failure, FromChild, Job, Outcome } from "./protocol";

export interface ChildOptions {
  signal?: AbortSignal;
  onEvent?: (event: FitEvent) => void;
  /** Of JavaScript's heap in the process, in megabytes; tensors lie outside it. */
  memoryMb?: number;
}

/** Characters of what the process wrote on stderr that are kept. */
const keptOutput = 4000;

/** They end with this process: one listener for all, since Node warns of more than ten. */
const running = new Set<ChildProcess>();

function killRunning(): void {
  for (const child of running) child.kill("SIGKILL");
}

/**
 * @throws TrainingError when the training fails or its process ends by itself; ArchError for a mistake in what was
 *   given; the signal's reason when aborted; what `onEvent` throws. The process is killed by then.
 */
export async function runInChild(job: Job, { signal, onEvent, memoryMb }: ChildOptions): Promise<Outcome> {
  signal?.throwIfAborted();
  // Without the flags of this process: an inspector's port, a heap's limit.
  const child = fork(join(__dirname, "worker.js"), [], {
    execArgv: memoryMb === undefined ? [] : [`--max-old-space-size=${memoryMb}`],
    serialization: "advanced",
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  let isKilled = false;
  const kill = () => {
    isKilled = true;
    child.kill("SIGKILL");
  };
  signal?.addEventListener("abort", kill, { once: true });
  if (running.size === 0) process.on("exit", killRunning);
  running.add(child);
  try {
    const ended = await conversation(child, job, (event) => {
      // What an event's reader throws ends the training, as it would in a loop of its own.
      if (!isKilled) onEvent?.(event);
    });
    signal?.throwIfAborted();
    if ("outcome" in ended) return ended.outcome;
    throw "failed" in ended ? failed(ended.failed) : crashed(ended, memoryMb);
  } finally {
    signal?.removeEventListener("abort", kill);
    running.delete(child);
    if (running.size === 0) process.off("exit", killRunning);
    child.kill("SIGKILL");
  }
}

interface Crash {
  code: number | null;
  by: NodeJS.Signals | null;
  output: string;
}

type Ended = { outcome: Outcome } | { failed: Failure } | Crash;

/** Until the process has ended. */
function conversation(child: ChildProcess, job: Job, onEvent: (event: FitEvent) => void): Promise<Ended> {
  return new Promise((resolve, reject) => {
    let output = "";
    let said: Ended | undefined;
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      output = (output + text).slice(-keptOutput);
    });
    child.on("message", (message: FromChild) => {
      if (message.kind === "done") said = { outcome: message.outcome };
      else if (message.kind === "failed") said = { failed: message };
      else {
        try {
          onEvent(message.event);
        } catch (error) {
          reject(error);
        }
      }
    });
    child.on("error", reject);
    child.on("close", (code, by) => resolve(said ?? { code, by, output }));
    child.send(job, (error) => {
      // One that ended before it heard everything says why by how it ended.
      if (error && child.exitCode === null && child.signalCode === null && child.connected) reject(error);
    });
  });
}

function failed({ failure, message, where, fix }: Failure): ArchError {
  if (failure === null) return new ArchError(message, { where, fix });
  if (failure === "outOfMemory") return outOfMemory(message);
  return new TrainingError(failure, message, { where: where ?? "training", fix });
}

function crashed({ code, by, output }: Crash, memoryMb: number | undefined): TrainingError {
  const isHeap = /heap out of memory|heap limit/i.test(output);
  if (isHeap) {
    return outOfMemory(memoryMb === undefined ? "the heap was full" : `the heap of ${memoryMb} MB was full`);
  }
  if (by === "SIGKILL") {
    return outOfMemory("its process was killed, as the system does when memory runs out");
  }
  const last = output.trim().split("\n").at(-1) ?? "";
  const how = by === null ? `ended with status ${code}` : `was ended by ${by}`;
  return new TrainingError("crashed", `its process ${how}${last ? ` (${last.slice(0, 200)})` : ""}`, {
    where: "training",
  });
}

function outOfMemory(what: string): TrainingError {
  return new TrainingError("outOfMemory", what, {
    where: "training",
    fix: "Train a smaller network, in smaller batches, or with more memory",
  });
}
