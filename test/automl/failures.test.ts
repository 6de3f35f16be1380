// What goes wrong in a trial, or in the last training, and what of the study it hurts.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { LostTrial, memoryStorage, type SearchOptions, type StudyEvent, search } from "../../automl";
import { fakeData, fakeEvaluator, goodness } from "./fakes";

const prompt = "a small residual network for 8x8 pictures, under 30k parameters";
const base: SearchOptions = { guide: null, data: fakeData(), trials: 6, seed: 1, jobs: 1, strategy: "local" };

describe("a search in which something fails", function () {
  this.timeout(30_000);

  it("ends one trial that fails, and no more than that", async () => {
    let count = 0;
    const study = await search(prompt, {
      ...base,
      evaluator: fakeEvaluator({
        before: () => {
          count++;
          if (count === 2) throw new Error("no good");
        },
      }),
    });
    assert.deepEqual(
      study.trials.map(({ state }) => state === "failed"),
      [false, true, false, false, false, false],
    );
    assert.equal(study.trials[1]?.reason, "internal: no good");
    assert.equal(study.trials[1]?.values, null);
  });

  it("begins a trial once more whose process was lost, and gives it up the second time", async () => {
    const lost = new Map<string, number>();
    const study = await search(prompt, {
      ...base,
      trials: 4,
      evaluator: fakeEvaluator({
        before: (text) => {
          const number = [...lost.keys(), text].indexOf(text);
          lost.set(text, (lost.get(text) ?? 0) + 1);
          if (number === 1 && lost.get(text) === 1) throw new LostTrial("its process was killed");
          if (number === 2) throw new LostTrial("its process was killed");
        },
      }),
    });
    const [, once, twice] = study.trials;
    assert.deepEqual([once?.state, once?.attempts], ["complete", 2]);
    assert.deepEqual([twice?.state, twice?.attempts], ["failed", 2]);
    assert.equal(twice?.reason, "its process was killed");
  });

  it("stops where every trial fails, with the reason", async () => {
    const evaluator = fakeEvaluator({
      before: () => {
        throw new Error("broken");
      },
    });
    await assert.rejects(search(prompt, { ...base, evaluator }), /each of 3 trials failed: internal: broken/);
    assert.equal(evaluator.evaluated.length, 3);
  });

  it("fails a trial that takes too long", async () => {
    const evaluator = fakeEvaluator({ epochMs: 5000 });
    await assert.rejects(
      search(prompt, { ...base, evaluator, trialSeconds: 0.02 }),
      /each of 3 trials failed: it took longer than 0\.02 s/,
    );
  });

  it("waits for a trial as long as it takes, when it may", async () => {
    const study = await search(prompt, { ...base, evaluator: fakeEvaluator(), trialSeconds: Infinity });
    assert.deepEqual(new Set(study.trials.map(({ state }) => state)), new Set(["complete"]));
  });

  it("fails one trial whose numbers are none, in a study that is kept as well", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "archbert-numbers-"));
    const wrong: readonly (readonly [number, string])[] = [
      [Number.NaN, "after epoch 1, its accuracy is NaN"],
      [-1, `after epoch 1, its accuracy is ${-1 / 3}`],
    ];
    try {
      for (const [index, [accuracy, reason]] of wrong.entries()) {
        let count = 0;
        const evaluator = fakeEvaluator({
          accuracy: (program) => (++count === 2 ? accuracy : goodness(program)),
        });
        const storage = `sqlite:///${index}.db`;
        const study = await search(prompt, { ...base, evaluator, folder, storage, trials: 3 });
        assert.equal(study.trials[1]?.reason, reason);
        assert.equal(study.best?.testScore, (study.best?.metrics.accuracy ?? 0) - 0.01);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it("ends with what a listener throws, its trial given back and not failed", async () => {
    for (const kind of ["trial", "epoch"]) {
      const storage = memoryStorage();
      const onEvent = (event: StudyEvent) => {
        if (event.kind === kind) throw new RangeError("a listener's own");
      };
      const evaluator = fakeEvaluator();
      await assert.rejects(search(prompt, { ...base, storage, evaluator, onEvent }), RangeError);
      const [trial] = await storage.trials();
      assert.deepEqual([trial?.state, trial?.attempts], ["queued", 0], kind);
    }
  });

  it("trains the best once more where the process of its last training was lost, and then says so", async () => {
    for (const losses of [1, 2]) {
      const fake = fakeEvaluator();
      let lost = 0;
      const retrain: typeof fake.retrain = async (...given) => {
        if (lost++ < losses) throw new LostTrial("its process was killed");
        return fake.retrain(...given);
      };
      const running = search(prompt, { ...base, trials: 1, evaluator: { ...fake, retrain } });
      if (losses === 1) assert.ok((await running).best?.testScore);
      else {
        await assert.rejects(running, {
          name: "ArchError",
          message: /^the last training, of trial 0, failed: its process was killed\. Mend that and resume/,
        });
      }
    }
  });
});
