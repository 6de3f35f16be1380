// Stops the main thread from the socket thread, whatever it is doing, with its state kept.
import { Session } from "node:inspector";
import type { MessagePort } from "node:worker_threads";
import { control, type InputReply, phase, type ToMain } from "./link";

/** How long running code may take to notice by itself, in ms. */
const patienceMs = 30;
/** The same when no cell runs: only a timer or callback that the user left behind can then be busy. */
const idlePatienceMs = 250;

export interface InterruptTarget {
  /** See `control` in link.ts. */
  control: Int32Array;
  inputPort: MessagePort;
  toMain(message: ToMain): void;
}

/**
 * Asks the main thread to stop its cell. If that does not answer, because it computes without returning to its event
 * loop, V8 is told to terminate what it executes; the request to stop, already posted, is then handled.
 */
export function createInterrupter({ control: shared, inputPort, toMain }: InterruptTarget): () => void {
  let inspector: Session | undefined;

  function handled(count: number): boolean {
    return Atomics.load(shared, control.interruptHandled) >= count;
  }

  function terminate() {
    if (!inspector) {
      inspector = new Session();
      inspector.connectToMainThread();
    }
    inspector.post("Runtime.terminateExecution");
  }

  return function interrupt() {
    const count = Atomics.add(shared, control.interruptSent, 1) + 1;
    toMain({ kind: "interrupt" });
    const doing = Atomics.load(shared, control.phase);
    if (doing === phase.prompt) {
      answerInput(shared, inputPort, { interrupted: true });
      return;
    }
    Atomics.wait(
      shared,
      control.interruptHandled,
      count - 1,
      doing === phase.user ? patienceMs : idlePatienceMs,
    );
    // Code of the kernel itself is never cut: it looks at the counters before it enters the user's.
    if (!handled(count) && Atomics.load(shared, control.phase) !== phase.kernel) terminate();
  };
}

/** Wakes the main thread, which waits in `prompt()`. */
export function answerInput(shared: Int32Array, port: MessagePort, reply: InputReply): void {
  if (Atomics.load(shared, control.phase) !== phase.prompt) return;
  port.postMessage(reply);
  Atomics.store(shared, control.inputReady, 1);
  Atomics.notify(shared, control.inputReady);
}
