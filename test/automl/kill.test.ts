// kill -9 of a search and of a trial: nothing that was finished is lost, and what was not is done anew.
import assert from "node:assert/strict";
import { type ChildProcess, execFileSync, fork } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { loadStudy, resume, type StudyEvent, search } from "../../automl";
import { loadDataset, select } from "../../datasets";
import { fakeData, fakedStudy, fakeEvaluator, lasting, trainedStudy } from "./fakes";

const prompt = "a small residual network, under 30k parameters";
const storage = "sqlite:///study.db";

describe("a study that several processes work on, after kill -9", function () {
  this.timeout(90_000);
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "archbert-kill-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** A search in a process of its own. */
  const started = (wanted = prompt, how = "fake"): ChildProcess =>
    fork(path.join(__dirname, "searcher.js"), [wanted, folder, how], { stdio: "inherit" });

  /** Kills it as soon as so many trials are finished, and one more has begun. */
  async function killedAfter(child: ChildProcess, finished: number): Promise<void> {
    let count = 0;
    child.on("message", (event: StudyEvent) => {
      if (event.kind !== "trial") return;
      if (event.trial.state === "running" && count === finished) child.kill("SIGKILL");
      if (event.trial.state !== "running") count++;
    });
    const [, signal] = await once(child, "exit");
    assert.equal(signal, "SIGKILL");
  }

  it("of the search, time and again, the study ends as if nothing had happened", async () => {
    const whole = await search(prompt, { ...fakedStudy, evaluator: fakeEvaluator() });
    const done: string[] = [];
    for (const finished of [2, 3]) {
      await killedAfter(started(), finished);
      const { trials } = await loadStudy(storage, { folder });
      const complete = trials.filter(({ state }) => state === "complete");
      assert.ok(complete.length >= done.length + finished, `${complete.length} are complete`);
      assert.ok(done.every((text) => complete.some(({ program }) => program === text)));
      done.splice(0, Infinity, ...complete.map(({ program }) => program));
    }
    const evaluator = fakeEvaluator();
    const study = await resume(storage, { folder, guide: null, data: fakeData(), evaluator });
    assert.ok(done.every((text) => !evaluator.evaluated.includes(text)));
    assert.equal(evaluator.evaluated.length + done.length, 9);
    assert.deepEqual(lasting(study), lasting(whole));
    assert.deepEqual(study.best?.testScore, whole.best?.testScore);
  });

  it("of nothing: two processes share a study, and each trial is one's", async () => {
    const whole = await search(prompt, { ...fakedStudy, evaluator: fakeEvaluator() });
    await Promise.all(
      [started(), started()].map(async (child) => {
        const [code] = await once(child, "exit");
        assert.equal(code, 0);
      }),
    );
    const study = await loadStudy(storage, { folder });
    assert.equal(study.trials.length, 9);
    assert.ok(study.trials.every(({ attempts }) => attempts === 1));
    assert.deepEqual(lasting(study), lasting(whole));
    assert.equal(study.best?.testScore, whole.best?.testScore);
  });

  it("of the training of a trial, it is trained once more, and the search goes on", async function () {
    if (process.platform === "win32") this.skip();
    const digits = await loadDataset("digits");
    const few = { ...digits, train: select(digits.train, [...Array(320).keys()]) };
    let killed = 0;
    const options = { ...trainedStudy, data: few, trials: 2, epochs: 3, folder };
    const whole = await search("an MLP under 3k parameters", options);
    const study = await search("an MLP under 3k parameters", {
      ...options,
      storage,
      onEvent: (event) => {
        if (event.kind !== "epoch" || event.number !== 1 || killed > 0) return;
        killed = trainingProcess();
        process.kill(killed, "SIGKILL");
      },
    });
    assert.ok(killed > 0);
    assert.deepEqual(
      study.trials.map(({ state, attempts, intermediateValues }) => [
        state,
        attempts,
        intermediateValues.length,
      ]),
      [
        ["complete", 1, 3],
        ["complete", 2, 3],
      ],
    );
    assert.ok((study.best?.testScore ?? 0) > 0.2);
    assert.deepEqual(lasting(study), lasting(whole));
    assert.equal(study.best?.testScore, whole.best?.testScore);
  });

  it("of the search in the midst of a trial, the trial goes on after its last epoch, to the same result", async function () {
    if (process.platform === "win32") this.skip();
    const prompt = "an MLP under 3k parameters";
    const whole = await search(prompt, trainedStudy);
    const child = started(prompt, "trained");
    child.on("message", (event: StudyEvent) => {
      if (event.kind === "epoch" && event.number === 0 && event.epoch === 3) child.kill("SIGKILL");
    });
    await once(child, "exit");
    const kept = path.join(folder, "study.db-training");
    assert.ok(readdirSync(kept).includes("trial-0"));
    assert.equal((await loadStudy(storage, { folder })).trials[0]?.state, "running");
    /** Epochs that were reported at once, before any was trained. */
    const replayed: number[] = [];
    let hasTurned = false;
    const onEvent = (event: StudyEvent) => {
      if (event.kind !== "epoch" || event.number !== 0) return;
      if (!hasTurned) replayed.push(event.epoch);
      setImmediate(() => {
        hasTurned = true;
      });
    };
    const study = await resume(storage, { folder, guide: null, backend: "wasm", onEvent });
    assert.ok(replayed.length >= 3, `${replayed} were not trained again`);
    assert.deepEqual(lasting(study), lasting(whole));
    assert.equal(study.best?.testScore, whole.best?.testScore);
    assert.equal(study.trials[0]?.attempts, 2);
    assert.ok(!existsSync(kept), "what was kept of trainings is gone");
  });
});

/** The child of this process that trains. */
function trainingProcess(): number {
  const list = execFileSync("ps", ["-A", "-o", "pid=,ppid=,args="], { encoding: "utf8" });
  const found = list
    .split("\n")
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    .find((match) => Number(match?.[2]) === process.pid && /fit[\\/]worker\.js/.test(match?.[3] ?? ""));
  return Number(found?.[1] ?? assert.fail("no process trains"));
}
