// A process that takes trials of a study until there are none.
import { hostname } from "node:os";
import { openStorage } from "../../../automl";

async function main(): Promise<void> {
  const storage = await openStorage(process.argv[2] ?? "");
  const numbers: number[] = [];
  for (;;) {
    const lease = await storage.claim(
      { host: hostname(), pid: process.pid, run: String(process.pid) },
      60_000,
    );
    if (!lease) break;
    numbers.push(lease.trial.number);
    await storage.finish(lease.token, { state: "failed", reason: "only counted" });
  }
  await storage.dispose();
  process.send?.(numbers);
}

void main();
