// What every storage must do.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import path from "node:path";
import { memoryStorage, type Storage } from "../../../automl";
import { activeRuns, type Worker } from "../../../automl/storages";
import { sqliteStorage } from "../../../automl/storages/sqlite";
import { sqliteModule } from "../../../automl/storages/sqliteModule";
import { sqliteThread } from "../../../automl/storages/sqliteThread";
import { config, trial } from "./study";

const here = hostname();
const own: Worker = { host: here, pid: process.pid, run: "this run" };
const others: Worker = { host: "elsewhere", pid: 1, run: "another" };
const values = { accuracy: 0.9, loss: 0.3, epochs: 3, seconds: 1.5 };
const lease = 60_000;

const made: Record<string, (file: string) => Storage | Promise<Storage>> = {
  memory: () => memoryStorage(),
  // Behind a flag in Node 22.12, where the thread does it.
  ...(sqliteModule() ? { sqlite: (file: string) => sqliteStorage(file) } : {}),
  "sqlite in a thread": (file) => sqliteThread(file, { where: file, create: true }),
};

for (const [name, make] of Object.entries(made)) {
  describe(`storage: ${name}`, () => {
    let folder: string;
    let storage: Storage;
    beforeEach(async () => {
      folder = mkdtempSync(path.join(tmpdir(), "archbert-storage-"));
      storage = await make(path.join(folder, "study.db"));
      activeRuns.add(own.run);
    });
    afterEach(async () => {
      activeRuns.delete(own.run);
      await storage.dispose();
      rmSync(folder, { recursive: true, force: true });
    });
    const claimed = async (worker = own, ms = lease) =>
      (await storage.claim(worker, ms)) ?? assert.fail("none");

    it("keeps the first configuration", async () => {
      assert.equal(await storage.open(undefined), undefined);
      assert.deepEqual(await storage.open(config), config);
      assert.deepEqual(await storage.open({ ...config, seed: 8 }), config);
      assert.deepEqual(await storage.open(undefined), config);
    });

    it("numbers trials in order, and takes no program twice", async () => {
      assert.equal(await storage.add(trial(0)), true);
      assert.equal(await storage.add(trial(0, "late")), false);
      assert.equal(await storage.add(trial(2, "early")), false);
      assert.equal(await storage.add(trial(1, "program 0")), false);
      assert.equal(await storage.add(trial(1)), true);
      const fresh = { state: "queued", values: null, intermediateValues: [], reason: null, attempts: 0 };
      assert.deepEqual(await storage.trials(), [
        { ...trial(0), ...fresh },
        { ...trial(1), ...fresh },
      ]);
    });

    it("leases each trial once, and notes how it went", async () => {
      for (const number of [0, 1, 2]) await storage.add(trial(number));
      const leases = [await claimed(), await claimed(), await claimed()];
      assert.deepEqual(
        leases.map((one) => [one.trial.number, one.trial.state, one.trial.attempts]),
        [0, 1, 2].map((number) => [number, "running", 1]),
      );
      assert.equal(await storage.claim(own, lease), undefined);
      const [first, second, third] = leases.map(({ token }) => token) as [string, string, string];
      await storage.report(first, 0.5);
      await storage.report(first, 2 / 3);
      assert.equal(await storage.finish(first, { state: "complete", values }), true);
      assert.equal(await storage.finish(second, { state: "failed", reason: "no memory" }), true);
      assert.equal(await storage.finish(third, { state: "pruned", values, reason: "below" }), true);
      assert.deepEqual(
        (await storage.trials()).map((one) => [one.state, one.values, one.intermediateValues, one.reason]),
        [
          ["complete", values, [0.5, 2 / 3], null],
          ["failed", null, [], "no memory"],
          ["pruned", values, [], "below"],
        ],
      );
      assert.equal(await storage.claim(own, lease), undefined);
    });

    it("changes nothing that is finished", async () => {
      await storage.add(trial(0));
      const { token } = await claimed();
      await storage.finish(token, { state: "complete", values });
      const before = await storage.trials();
      assert.equal(await storage.finish(token, { state: "failed", reason: "late" }), false);
      assert.equal(await storage.heartbeat(token, lease), false);
      await storage.report(token, 0.1);
      await storage.release(token, { counts: true });
      assert.deepEqual(await storage.trials(), before);
    });

    it("gives a trial back to the queue, as if it had not begun", async () => {
      await storage.add(trial(0));
      const first = await claimed();
      await storage.report(first.token, 0.4);
      await storage.release(first.token, { counts: false });
      const [back] = await storage.trials();
      assert.deepEqual([back?.state, back?.attempts, back?.intermediateValues], ["queued", 0, []]);
      const second = await claimed();
      await storage.release(second.token, { counts: true });
      assert.equal((await claimed()).trial.attempts, 2);
    });

    it("gives the trial of a worker that is gone to another, whose it is then alone", async () => {
      await storage.add(trial(0));
      // A run of this very process that is over.
      const lost = await claimed({ ...own, run: "an earlier run" });
      await storage.report(lost.token, 0.4);
      const taken = await claimed();
      assert.deepEqual(
        [taken.trial.number, taken.trial.attempts, taken.trial.intermediateValues],
        [0, 2, []],
      );
      assert.equal(await storage.heartbeat(lost.token, lease), false);
      assert.equal(await storage.finish(lost.token, { state: "complete", values }), false);
      assert.equal(await storage.finish(taken.token, { state: "failed", reason: "really" }), true);
    });

    it("waits for the lease of a worker elsewhere, which it may lengthen", async () => {
      await storage.add(trial(0));
      const { token } = await claimed(others, 20);
      assert.equal(await storage.heartbeat(token, lease), true);
      await new Promise((resolve) => setTimeout(resolve, 40));
      assert.equal(await storage.claim(own, lease), undefined);
      await storage.heartbeat(token, 1);
      await new Promise((resolve) => setTimeout(resolve, 20));
      assert.equal((await claimed()).trial.number, 0);
    });

    it("keeps the last training, and a score once and for all", async () => {
      assert.equal(await storage.final(), undefined);
      assert.equal(await storage.claimFinal(own, lease), true);
      assert.equal(await storage.claimFinal(own, lease), true);
      assert.equal(await storage.claimFinal(others, lease), false);
      const model = Uint8Array.from([1, 2, 3]);
      const final = { number: 0, model, test: null, backend: "wasm", versions: { node: "24" } };
      assert.equal(await storage.setFinal(final), true);
      const test = { accuracy: 0.97, loss: 0.1 };
      assert.equal(await storage.setFinal({ ...final, test }), true);
      assert.equal(await storage.setFinal({ ...final, test: { accuracy: 1, loss: 0 } }), false);
      assert.equal(await storage.add(trial(0)), false, "nothing is tried after the look at the test");
      const stored = await storage.final();
      assert.deepEqual(
        { ...stored, model: [...(stored?.model ?? [])] },
        { ...final, model: [1, 2, 3], test },
      );
    });
  });
}
