// A study in an SQLite file where this Node has SQLite behind a flag only: in a thread that has the flag.
import { once } from "node:events";
import path from "node:path";
import { Worker as Thread } from "node:worker_threads";
import { ArchError } from "../../archbert/graph/errors";
import { activeRuns, type Storage } from "./storage";

/** What the thread is told. */
export interface Call {
  id: number;
  method: Exclude<keyof Storage, "dispose" | "file">;
  values: readonly unknown[];
  /** The runs of this process, which the thread does not share. */
  runs: readonly string[];
}

export type Reply =
  | { id: number; value: unknown }
  | { id: number; message: string; where?: string | undefined; fix?: string | undefined; isKnown: boolean };

export interface ThreadOptions {
  where: string;
  create: boolean;
}

/** As `sqliteStorage`. */
export async function sqliteThread(file: string, options: ThreadOptions): Promise<Storage> {
  const thread = new Thread(path.join(__dirname, "sqliteWorker.js"), {
    workerData: { file, ...options },
    execArgv: ["--experimental-sqlite"],
  });
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: unknown): void }>();
  const settle = (id: number) => {
    const found = waiting.get(id);
    waiting.delete(id);
    // Only while it is asked something does it keep the process alive.
    if (waiting.size === 0) thread.unref();
    return found;
  };
  const end = (error: unknown) => {
    for (const id of [...waiting.keys()]) settle(id)?.reject(error);
  };
  const over = new Promise<void>((resolve) => thread.once("exit", () => resolve()));
  const lost = () => new Error("internal: the thread of the study ended");
  const [first] = (await Promise.race([
    once(thread, "message"),
    over.then(() => Promise.reject(lost())),
  ])) as [Reply];
  if (!("value" in first)) {
    await thread.terminate();
    throw errorOf(first);
  }
  thread.unref();
  thread.on("message", (reply: Reply) => {
    const found = settle(reply.id);
    if ("value" in reply) found?.resolve(reply.value);
    else found?.reject(errorOf(reply));
  });
  thread.on("error", end);
  thread.on("exit", () => end(lost()));
  let calls = 0;
  const call = (method: Call["method"], values: readonly unknown[]) =>
    new Promise<unknown>((resolve, reject) => {
      const id = ++calls;
      waiting.set(id, { resolve, reject });
      thread.ref();
      thread.postMessage({ id, method, values, runs: [...activeRuns] } satisfies Call);
    });
  const remote = <M extends Call["method"]>(method: M) =>
    ((...values: unknown[]) => call(method, values)) as unknown as Storage[M];
  return {
    file,
    open: remote("open"),
    trials: remote("trials"),
    add: remote("add"),
    claim: remote("claim"),
    heartbeat: remote("heartbeat"),
    report: remote("report"),
    finish: remote("finish"),
    release: remote("release"),
    final: remote("final"),
    setFinal: remote("setFinal"),
    claimFinal: remote("claimFinal"),
    dispose() {
      // Kept alive until the file is closed, and holds all.
      thread.ref();
      thread.postMessage("dispose");
      return over;
    },
  };
}

function errorOf(reply: Exclude<Reply, { value: unknown }>): Error {
  const { message, where, fix, isKnown } = reply;
  return isKnown ? new ArchError(message, { where, fix }) : new Error(message);
}
