// tfjs itself, loaded once and without its advertisements.
import type { Tf } from "./backend";

/** Runs what would print tfjs's warnings about kernels that are registered twice; they are, where it is installed twice. */
export async function withoutWarnings<T>(tf: Tf, load: () => Promise<T>): Promise<T> {
  const env = tf.env();
  const before = env.getBool("IS_TEST");
  env.set("IS_TEST", true); // The one switch, in production code as well, that its warnings ask.
  try {
    return await load();
  } finally {
    env.set("IS_TEST", before);
  }
}

export async function loadTfjs(): Promise<Tf> {
  return import("@tensorflow/tfjs");
}

const fatalEvents = ["uncaughtException", "unhandledRejection"] as const;

/**
 * Runs what starts an Emscripten module, and takes away the listeners that it puts on the process: they would turn every
 * rejected promise of the program into its end.
 */
export async function withoutFatalListeners<T>(start: () => Promise<T>): Promise<T> {
  const before = fatalEvents.map((event) => new Set(process.listeners(event as "exit")));
  try {
    return await start();
  } finally {
    for (const [i, event] of fatalEvents.entries()) {
      for (const listener of process.listeners(event as "exit")) {
        if (!before[i]?.has(listener)) process.removeListener(event, listener);
      }
    }
  }
}

/** Makes a registered backend the current one. */
export async function activate(tf: Tf, name: string): Promise<void> {
  if (tf.getBackend() !== name && !(await tf.setBackend(name))) {
    throw new Error(`TensorFlow.js could not start its ${name} backend`);
  }
  await tf.ready();
}
