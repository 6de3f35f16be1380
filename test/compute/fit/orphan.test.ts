// The process that trains does not outlive the one that started it, however that ends.
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

const parent = join(__dirname, "parent.js");

/** Ids of the processes that this one started. */
function childrenOf(id: number): number[] {
  const text = readFileSync(`/proc/${id}/task/${id}/children`, "utf8");
  return text.trim().split(/\s+/).filter(Boolean).map(Number);
}

function isAlive(id: number): boolean {
  try {
    return !readFileSync(`/proc/${id}/stat`, "utf8").includes(") Z ");
  } catch {
    return false;
  }
}

async function firstEpoch(process: ChildProcess): Promise<void> {
  for await (const text of process.stdout ?? []) if (String(text).includes("epoch")) return;
  assert.fail("the training ended before its first epoch");
}

describe("the process that trains", () => {
  for (const signal of ["SIGKILL", "SIGTERM", "SIGINT"] as const) {
    it(`ends when its parent gets ${signal}`, async function () {
      if (process.platform !== "linux") this.skip(); // Children are told by /proc.
      const started = spawn(process.execPath, [parent], { stdio: ["ignore", "pipe", "inherit"] });
      await firstEpoch(started);
      const [worker] = childrenOf(started.pid ?? 0);
      assert.ok(worker !== undefined && isAlive(worker), "it trains in a child");
      started.kill(signal);
      for (let i = 0; i < 40 && isAlive(worker); i++) await wait(50);
      assert.ok(!isAlive(worker), "it is gone within two seconds");
    });
  }
});
