// The thread that keeps a study for a Node whose SQLite is behind a flag.
import { parentPort, workerData } from "node:worker_threads";
import { ArchError } from "../../archbert/graph/errors";
import { sqliteStorage } from "./sqlite";
import type { Call, Reply, ThreadOptions } from "./sqliteThread";
import { activeRuns, type Storage } from "./storage";

const reply = (message: Reply) => parentPort?.postMessage(message);

function failed(id: number, error: unknown): Reply {
  if (!(error instanceof ArchError)) return { id, message: String(error), isKnown: false };
  const { where, fix } = error;
  // Without what an ArchError puts around it again.
  const message = error.message.slice(where ? where.length + 2 : 0, fix ? -(fix.length + 2) : undefined);
  return { id, message, where, fix, isKnown: true };
}

async function answer(storage: Storage, { id, method, values, runs }: Call): Promise<Reply> {
  activeRuns.clear();
  for (const run of runs) activeRuns.add(run);
  try {
    const called = storage[method] as (...values: readonly unknown[]) => Promise<unknown>;
    return { id, value: await called(...values) };
  } catch (error) {
    return failed(id, error);
  }
}

try {
  const { file, ...options } = workerData as ThreadOptions & { file: string };
  const storage = sqliteStorage(file, options);
  parentPort?.on("message", async (call: Call | "dispose") => {
    if (call !== "dispose") reply(await answer(storage, call));
    else {
      storage.dispose();
      parentPort?.close();
    }
  });
  reply({ id: 0, value: null });
} catch (error) {
  reply(failed(0, error));
}
