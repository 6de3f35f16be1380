// The socket thread's entry: it starts before the compiler loads, and stays responsive while a cell computes.
import { writeSync } from "node:fs";
import { hostname, totalmem } from "node:os";
import { parentPort, workerData } from "node:worker_threads";
import { answerInput, createInterrupter } from "./interrupter";
import { control, type FromMain, type SocketThreadData, type ToMain } from "./link";
import { createServer, type Server } from "./server";
import { openSockets } from "./sockets";
import type { Content } from "./wire";

/** How long the main thread may take to end by itself, in ms. */
const shutdownPatienceMs = 1500;
/** How often to look whether the front end is still there, in ms. */
const parentPollMs = 1000;

const { connectionFile, control: shared, inputPort } = workerData as SocketThreadData;

function toMain(message: ToMain): void {
  parentPort?.postMessage(message);
}

/**
 * The kernel's own log: what Jupyter shows in the terminal that it was started from.
 * A thread's `process.stderr` would go through the main thread's, which belongs to the user's cells.
 */
function log(text: string): void {
  writeSync(2, `archbert kernel: ${text}\n`);
}

/** @see https://github.com/jupyter-server/jupyter-resource-usage, whose panel sends the request */
function usage(): Content {
  const memory = process.memoryUsage.rss();
  return {
    status: "ok",
    hostname: hostname(),
    pid: process.pid,
    kernel_memory: memory,
    host_virtual_memory: { total: totalmem() },
  };
}

/** Ends the process and, where it leads a process group as under Jupyter, all that it has started. */
function kill(): void {
  try {
    if (process.platform !== "win32") process.kill(-process.pid, "SIGKILL");
  } catch {
    // It leads no group.
  }
  process.kill(process.pid, "SIGKILL");
}

async function main(): Promise<void> {
  let server: Server | undefined;
  const sockets = await openSockets(connectionFile, {
    onMessage: (channel, message) => server?.receive(channel, message),
    onSubscribe: (topic) => server?.welcome(topic),
    onProblem: log,
  });

  async function endProcess(): Promise<void> {
    toMain({ kind: "shutdown" });
    await sockets.flush();
    setTimeout(kill, shutdownPatienceMs);
  }

  server = createServer(sockets, {
    toMain,
    interrupt: createInterrupter({ control: shared, inputPort, toMain }),
    answerInput: (value) => answerInput(shared, inputPort, { value }),
    shutdown: () => void endProcess(),
    usage,
    log,
  });

  parentPort?.on("message", async (message: FromMain) => {
    if (message.kind !== "exiting") {
      server.fromMain(message);
      return;
    }
    await sockets.flush();
    sockets.close();
    Atomics.store(shared, control.flushed, 1);
    Atomics.notify(shared, control.flushed);
  });

  toMain({ kind: "listening" });

  if (process.env.JPY_PARENT_PID) {
    const parent = process.ppid;
    setInterval(() => {
      if (process.ppid !== parent) void endProcess();
    }, parentPollMs).unref();
  }
}

main().catch((error: unknown) => {
  log(`cannot open the connection in ${connectionFile}: ${error instanceof Error ? error.message : error}`);
  process.kill(process.pid, "SIGTERM");
});
