// What the two threads of the kernel say to each other: the socket thread and the main thread, where cells run.
import type { Content, Header } from "./wire";

/** From the socket thread to the main thread. */
export type ToMain =
  | {
      kind: "request";
      id: number;
      header: Header;
      content: Content;
      metadata: Content;
      buffers: Uint8Array[];
    }
  | { kind: "interrupt" }
  | { kind: "shutdown" }
  /** Clients can connect; from here on the main thread may take all the time it needs to load. */
  | { kind: "listening" };

/** From the main thread to the socket thread. */
export type FromMain =
  | { kind: "ready" }
  | {
      kind: "iopub";
      type: string;
      parent: Partial<Header>;
      content: Content;
      metadata?: Content;
      buffers?: Uint8Array[];
    }
  | { kind: "reply"; id: number; content: Content; metadata?: Content; abortQueued?: boolean }
  | { kind: "input"; prompt: string; password: boolean }
  | { kind: "exiting" };

/** The answer to `input`, on a port of its own since the main thread waits for it without an event loop. */
export type InputReply = { value: string } | { interrupted: true };

/**
 * Shared between the threads, so that each can tell the other something while that one computes.
 * All are Int32 and written with Atomics.
 */
export const control = {
  /** Of the main thread, one of `phase`. */
  phase: 0,
  /** Counts interrupts that the socket thread has sent. */
  interruptSent: 1,
  /** Counts interrupts that the main thread has handled. */
  interruptHandled: 2,
  /** 1 while an answer to `input` waits on its port. */
  inputReady: 3,
  /** 1 once the socket thread has sent all that it was given before `exiting`. */
  flushed: 4,
  length: 5,
} as const;

export const phase = {
  /** Waiting for work; timers and callbacks of the user may run. */
  idle: 0,
  /** In code of the kernel that must not be stopped half-way: the compiler, above all. */
  kernel: 1,
  /** In code of the user, which may be stopped anywhere. */
  user: 2,
  /** Waiting for the user's answer to `prompt()`. */
  prompt: 3,
} as const;

/** What the socket thread is started with. */
export interface SocketThreadData {
  connectionFile: string;
  control: Int32Array;
  inputPort: import("node:worker_threads").MessagePort;
}
