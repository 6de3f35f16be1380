// One thread that draws Plotly figures, one after the other; it starts with the first and is stopped when stuck.
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { DrawReply, DrawRequest } from "./plotlyWindow";

/** The first figure waits for jsdom and Plotly to load, too: a second, or many on a busy machine. */
const patienceMs = 45_000;

let thread: Worker | undefined;
let last: Promise<unknown> = Promise.resolve();

/** @returns the figure's SVG, or why there is none */
export function drawFigure(request: DrawRequest): Promise<DrawReply> {
  const drawn = last.then(() => ask(request));
  last = drawn;
  return drawn;
}

function ask(request: DrawRequest): Promise<DrawReply> {
  thread ??= new Worker(join(__dirname, "plotlyWindow.js"), {
    resourceLimits: { maxOldGenerationSizeMb: 1024 },
    // What it might print is not the cell's.
    stdout: true,
    stderr: true,
  });
  const worker = thread;
  return new Promise((resolve) => {
    const onMessage = (reply: DrawReply) => give(reply, false);
    const onError = (error: Error) => give({ refusal: `drawing it failed: ${error.message}` }, true);
    const onExit = () => give({ refusal: "drawing it failed" }, true);
    const timer = setTimeout(() => give({ refusal: "drawing it takes too long" }, true), patienceMs);
    function give(reply: DrawReply, isLost: boolean) {
      clearTimeout(timer);
      worker.off("message", onMessage).off("error", onError).off("exit", onExit);
      worker.unref(); // so that a program that has drawn can end
      if (isLost) {
        thread = undefined;
        void worker.terminate();
      }
      resolve(reply);
    }
    worker.on("message", onMessage).on("error", onError).on("exit", onExit);
    worker.ref();
    worker.postMessage(request);
  });
}
