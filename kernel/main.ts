// The kernel's entry: `node main.js CONNECTION_FILE`. The sockets come first, so that Jupyter is answered at once.
import { enableCompileCache, flushCompileCache } from "node:module";
import path from "node:path";
import { MessageChannel, Worker } from "node:worker_threads";
import { control, type FromMain, type SocketThreadData, type ToMain } from "./protocol/link";
import type { Session } from "./session";

/** How long what waits may take to leave when the process exits, in ms. */
const exitPatienceMs = 1000;
/** When to keep V8's compiled code for the next start, in ms: the first cell has run by then, as a rule. */
const cacheDelayMs = 3000;

function main(connectionFile: string): void {
  const shared = new Int32Array(new SharedArrayBuffer(control.length * Int32Array.BYTES_PER_ELEMENT));
  const { port1: inputPort, port2: inputPortOfThread } = new MessageChannel();
  const workerData: SocketThreadData = { connectionFile, control: shared, inputPort: inputPortOfThread };
  const thread = new Worker(path.join(__dirname, "protocol/thread.js"), {
    workerData,
    transferList: [inputPortOfThread],
  });
  const post = (message: FromMain) => thread.postMessage(message);

  let session: Session | undefined;
  thread.on("message", (message: ToMain) => {
    if (message.kind === "shutdown") process.exit(0);
    else if (message.kind === "listening") load();
    else session?.receive(message);
  });
  thread.on("error", (error) => {
    throw error; // without its sockets, a kernel is of no use
  });

  process.on("exit", () => {
    session?.close();
    post({ kind: "exiting" });
    Atomics.wait(shared, control.flushed, 0, exitPatienceMs);
  });

  /** Loads the compiler, once the sockets no longer want the processor. */
  function load(): void {
    enableCompileCache();
    const { createSession } = require("./session") as typeof import("./session");
    const { createLanguage } = require("./tslab") as typeof import("./tslab");
    session = createSession({ post, control: shared, inputPort }, createLanguage);

    const { reportBackgroundError } = session;
    process.on("uncaughtException", reportBackgroundError);
    process.on("unhandledRejection", reportBackgroundError);
    process.on("SIGINT", () => session?.receive({ kind: "interrupt" }));
    post({ kind: "ready" });
    // Not at exit, where Node would do it: few kernels live to see that.
    setTimeout(flushCompileCache, cacheDelayMs).unref();
  }
}

const connectionFile = process.argv[2];
if (connectionFile) main(connectionFile);
else {
  process.stderr.write(
    "usage: main.js CONNECTION_FILE\nJupyter starts the kernel; `archbert install` tells it how.\n",
  );
  process.exitCode = 2;
}
