import assert from "node:assert/strict";
import { EventEmitter, once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { useModel } from "../../archbert";
import { claimText } from "../../archbert/graph";
import { holds, know } from "../../archbert/graph/claims";
import { ArchError } from "../../archbert/graph/errors";
import { build, parse } from "../../archbert/graph/language";
import {
  loadStudy,
  memoryStorage,
  type Pruner,
  resume,
  type SearchOptions,
  type StudyEvent,
  search,
} from "../../automl";
import { standIn } from "../archbert/tasks/standIn";
import { fakeData, fakeEvaluator, lasting } from "./fakes";

const prompt = "a small residual network for 8x8 pictures, under 30k parameters";
const base: SearchOptions = { guide: null, data: fakeData(), trials: 6, seed: 1, jobs: 1, strategy: "local" };

describe("search", function () {
  this.timeout(30_000);

  for (const strategy of ["archbert", "random", "local"]) {
    it(`trains only what meets the prompt, nothing twice, and the best is tested once: ${strategy}`, async () => {
      const evaluator = fakeEvaluator();
      const events: StudyEvent[] = [];
      const study = await search(prompt, {
        ...base,
        strategy,
        evaluator,
        pruner: null,
        onEvent: (event) => events.push(event),
      });
      assert.equal(study.trials.length, 6);
      assert.equal(new Set(evaluator.evaluated).size, 6);
      for (const text of evaluator.evaluated) {
        const { facts, occurrences } = know(build(parse(text)));
        assert.ok(facts.parameters < 30_000 && occurrences("residual").length > 0, text);
        assert.deepEqual(facts.inputs[0]?.shape?.slice(1), [1, 8, 8]);
      }
      const best = Math.max(...study.trials.map(({ values }) => values?.accuracy ?? 0));
      assert.equal(study.best?.metrics.accuracy, best);
      assert.deepEqual(evaluator.retrained, [study.best?.program]);
      assert.deepEqual(evaluator.tested, [study.best?.program]);
      assert.equal(study.best?.testScore, best - 0.01);
      assert.equal(study.trials[0]?.origin.how, "default");
      const [first] = events;
      assert.ok(first?.kind === "study");
      assert.deepEqual(first.claims, [
        "an input of 8x8",
        "residual connections",
        "small",
        "fewer than 30,000 parameters",
      ]);
      assert.deepEqual(events.slice(-1), [
        { kind: "test", number: study.best?.number, accuracy: study.best?.testScore },
      ]);
    });
  }

  it("is the same for the same seed, several trials at a time as well, and another for another", async () => {
    for (const [strategy, jobs] of [
      ["local", 3],
      ["archbert", 2],
      ["random", 1],
    ] as const) {
      let count = 0;
      const run = (seed: number) =>
        search(prompt, {
          ...base,
          strategy,
          jobs,
          seed,
          // What is done first differs from run to run.
          evaluator: fakeEvaluator({ epochMs: 1 + 4 * (count++ % 3) }),
        });
      const [one, same, other] = [await run(1), await run(1), await run(2)];
      assert.deepEqual(lasting(one), lasting(same), strategy);
      assert.notDeepEqual(lasting(one), lasting(other));
    }
  });

  it("prunes by what the others had reached, and says so", async () => {
    const pruner: Pruner = {
      prune: (values, epochs, history) =>
        values.length < epochs && history.length === 2 ? `after ${values.length}` : null,
    };
    const study = await search(prompt, { ...base, pruner, evaluator: fakeEvaluator() });
    const pruned = study.trials[2];
    assert.deepEqual([pruned?.state, pruned?.reason], ["pruned", "after 1"]);
    assert.equal(pruned?.values?.epochs, 1);
    assert.equal(pruned?.intermediateValues.length, 1);
    assert.equal(study.trials.filter(({ state }) => state === "pruned").length, 1);
  });

  it("leaves a study that resumes as if nothing had happened, when it is aborted", async () => {
    const whole = await search(prompt, { ...base, trials: 8, evaluator: fakeEvaluator() });
    const storage = memoryStorage();
    const abort = new AbortController();
    const reason = new Error("enough");
    let begun = 0;
    const options = {
      ...base,
      trials: 8,
      storage,
      signal: abort.signal,
      onEvent: (event: StudyEvent) => {
        if (event.kind === "trial" && event.trial.state === "running" && ++begun === 4) abort.abort(reason);
      },
    };
    await assert.rejects(search(prompt, { ...options, evaluator: fakeEvaluator({ epochMs: 5 }) }), reason);
    const states = (await storage.trials()).map(({ state }) => state);
    assert.deepEqual(states.slice(3), ["queued"]);
    const evaluator = fakeEvaluator();
    const resumed = await resume(storage, { guide: null, data: base.data, evaluator });
    assert.equal(evaluator.evaluated.length, 5, "what was finished is not trained again");
    assert.deepEqual(lasting(resumed), lasting(whole));
  });

  it("can be resumed when it is aborted in the last training, and tests once", async () => {
    const [storage, abort, reason] = [memoryStorage(), new AbortController(), new Error("enough")];
    const interrupted = fakeEvaluator();
    const retrain = async () => {
      abort.abort(reason);
      throw reason;
    };
    const options = { ...base, trials: 2, storage };
    await assert.rejects(
      search(prompt, { ...options, evaluator: { ...interrupted, retrain }, signal: abort.signal }),
      reason,
    );
    assert.deepEqual(interrupted.tested, []);
    const evaluator = fakeEvaluator();
    const study = await resume(storage, { guide: null, data: base.data, evaluator });
    assert.deepEqual(
      [evaluator.evaluated.length, evaluator.retrained.length, evaluator.tested.length],
      [0, 1, 1],
    );
    assert.equal(study.best?.testScore, (study.best?.metrics.accuracy ?? 0) - 0.01);
  });

  it("trains the best it has in the end, also where it was killed before the score and found a better one", async () => {
    const storage = memoryStorage();
    const killed = new Error("killed");
    const options = { ...base, trials: 1, storage, pruner: null };
    const test = async () => {
      throw killed;
    };
    await assert.rejects(search(prompt, { ...options, evaluator: { ...fakeEvaluator(), test } }), killed);
    const evaluator = fakeEvaluator();
    const study = await resume(storage, { guide: null, data: base.data, evaluator, pruner: null, trials: 8 });
    const accuracies = study.trials.map(({ values }) => values?.accuracy ?? 0);
    assert.ok(Math.max(...accuracies) > (accuracies[0] ?? 1), "a better one was found");
    assert.equal(study.best?.metrics.accuracy, Math.max(...accuracies));
    assert.deepEqual(evaluator.retrained, [study.best?.program]);
    assert.deepEqual(evaluator.tested, [study.best?.program]);
  });

  it("goes on where another has finished a trial and has not yet queued the next", async () => {
    const storage = memoryStorage();
    const happens = new EventEmitter();
    const [looked, begun, finished] = ["looked", "begun", "finished"].map((event) => once(happens, event));
    const options = { ...base, evaluator: fakeEvaluator(), pruner: null };
    const first = search(prompt, {
      ...options,
      storage: {
        ...storage,
        add: async (trial) => {
          if (trial.number > 0) await looked;
          return storage.add(trial);
        },
        finish: async (token, outcome) => {
          await begun;
          const isLeased = await storage.finish(token, outcome);
          happens.emit("finished");
          return isLeased;
        },
      },
    });
    let looks = 0;
    const second = search(prompt, {
      ...options,
      storage: {
        ...storage,
        // At first the other's trial is running; when it looks again, that is finished, and there is no other.
        trials: async () => {
          if (++looks <= 2) return storage.trials();
          happens.emit("begun");
          await finished;
          const trials = await storage.trials();
          setImmediate(() => happens.emit("looked"));
          return trials;
        },
      },
    });
    const [one, other] = await Promise.all([first, second]);
    assert.equal(one.trials.length, 6);
    assert.deepEqual(one.trials, other.trials);
  });

  it("tries nothing more once another process has scored the study that both work on", async () => {
    const storage = memoryStorage();
    const evaluator = fakeEvaluator();
    const study = await search(prompt, {
      ...base,
      storage,
      trials: 20,
      evaluator,
      onEvent: (event) => {
        if (event.kind !== "trial" || event.trial.number !== 1 || event.trial.state !== "complete") return;
        void storage.setFinal({
          number: 0,
          model: new Uint8Array(1),
          test: { accuracy: 0.5, loss: 1 },
          backend: "fake",
          versions: {},
        });
      },
    });
    assert.equal(study.trials.length, 2);
    assert.deepEqual([study.best?.number, study.best?.testScore], [0, 0.5]);
    assert.deepEqual(evaluator.tested, []);
  });

  it("asks ArchBERT's model for claims, programs and likeness", async () => {
    const own = "input 8x8x1\nstem conv 12\nstage 2 residual 16\nhead 10\n";
    const model = standIn({
      wishes: { "a friend of pictures": "residual; parameters < 30k" },
      programs: [own, "input 8x8x1\nstage 2 conv 900\nhead 10\n"],
    });
    useModel(model);
    try {
      const { guide: _, ...options } = base;
      const study = await search("a friend of pictures", {
        ...options,
        strategy: "archbert",
        trials: 3,
        evaluator: fakeEvaluator(),
      });
      assert.deepEqual(study.claims, ["residual connections", "fewer than 30,000 parameters"]);
      assert.deepEqual(
        study.trials[1]?.origin.rankings.map(({ ranker }) => ranker),
        ["archbert", "prior", "surrogate"],
      );
      assert.equal(model.calls.filter((call) => call === "write a friend of pictures 24 1").length, 1);
      assert.ok(model.calls.includes("embedText a friend of pictures"));
    } finally {
      useModel(undefined);
    }
  });

  it("says of each trial where it came from and what was expected", async () => {
    const study = await search(prompt, {
      ...base,
      strategy: "archbert",
      trials: 5,
      evaluator: fakeEvaluator(),
    });
    const first = study.why(0);
    assert.deepEqual([first.how, first.parent, first.rank], ["default", null, null]);
    const last = study.why(4);
    assert.equal(last.rank, 1);
    assert.ok((last.candidates ?? 0) > 10);
    assert.deepEqual(
      last.rankings.map(({ ranker }) => ranker),
      ["prior", "surrogate"],
    );
    assert.ok(last.predicted !== null && last.predicted > 0.3 && last.predicted < 1);
    assert.ok(last.claims.every(({ verdict }) => verdict === "proved"));
    if (last.how === "mutation") assert.equal(last.parentProgram, study.trials[last.parent ?? -1]?.program);
    assert.throws(() => study.why(5), /there is no trial 5\. Give a number from 0 to 4/);
  });

  it("looks before the search whether its result can be written, and keeps the study where it cannot in the end", async () => {
    const folder = mkdtempSync(join(tmpdir(), "archbert-out-"));
    try {
      writeFileSync(join(folder, "file"), "");
      const evaluator = fakeEvaluator();
      const options = { ...base, trials: 1, folder, evaluator };
      for (const out of ["file", "file/best"]) {
        await assert.rejects(search(prompt, { ...options, out }), {
          name: "ArchError",
          message: /^file.*: no such folder can be made: /,
        });
      }
      assert.deepEqual(evaluator.evaluated, []);
      const failing = {
        ...evaluator,
        save: async () => {
          throw new ArchError("cannot be written: the disk is full", { where: "best/model.onnx" });
        },
      };
      const storage = memoryStorage();
      const study = await search(prompt, { ...options, storage, evaluator: failing, out: "best" });
      assert.equal(study.trials.length, 1);
      assert.ok(study.best?.testScore);
      assert.deepEqual(study.best.exports, []);
      assert.equal(study.best.notExported, "best/model.onnx: cannot be written: the disk is full");
      const again = await resume(storage, { data: base.data, guide: null, folder, evaluator, out: "best" });
      assert.deepEqual(again.best?.exports, [join("best", "model.onnx")]);
      assert.equal(again.best.notExported, null);
      const broken = { ...evaluator, save: async () => Promise.reject(new TypeError("a bug")) };
      await assert.rejects(search(prompt, { ...options, evaluator: broken, out: "best" }), TypeError);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("goes on when nothing of the prompt is understood, and tells so", async () => {
    const study = await search("something nice", { ...base, trials: 2, evaluator: fakeEvaluator() });
    assert.deepEqual(study.claims, []);
    assert.deepEqual(study.notUnderstood, ["something nice"]);
    assert.equal(study.trials.length, 2);
  });

  it("takes claims in place of the prompt's", async () => {
    const claims = [{ kind: "has", not: true, thing: "residual" } as const];
    const study = await search("whatever", { ...base, claims, trials: 3, evaluator: fakeEvaluator() });
    assert.deepEqual(study.claims, claims.map(claimText));
    for (const { program } of study.trials) assert.ok(holds(claims, know(build(parse(program)))));
  });

  describe("refuses", () => {
    const refused: readonly (readonly [string, string, SearchOptions, RegExp])[] = [
      ["an empty prompt", " ", {}, /the prompt is empty/],
      [
        "an unknown strategy",
        prompt,
        { strategy: "magic" },
        /no strategy "magic"\. Choose archbert, random, local/,
      ],
      ["an unknown dataset", prompt, { data: "nowhere" }, /there is no dataset "nowhere"/],
      ["no trials", prompt, { trials: 0 }, /trials is 0\. Give a whole number from 1/],
      [
        "no time for a trial",
        prompt,
        { trialSeconds: Number.NaN },
        /trialSeconds is NaN\. Give a number above 0/,
      ],
      ["a seed that is none", prompt, { seed: -1 }, /seed is -1/],
      ["an unknown storage", prompt, { storage: "redis://here" }, /no storage is named by "redis:\/\/here"/],
      [
        "what contradicts itself",
        "residual connections and no residual connections",
        {},
        /no network can meet/,
      ],
      [
        "what the data cannot be",
        "a network for 32x32 pictures",
        {},
        /asks for an input of 32x32, and the data has inputs of 8x8x1 in 10 classes/,
      ],
    ];
    for (const [what, text, options, said] of refused) {
      it(what, async () => {
        const evaluator = fakeEvaluator();
        await assert.rejects(search(text, { ...base, evaluator, ...options }), said);
        assert.equal(evaluator.evaluated.length, 0);
      });
    }

    it("to resume with what it was not begun with", async () => {
      const storage = memoryStorage();
      const options = { ...base, trials: 2, storage, evaluator: fakeEvaluator() };
      await search(prompt, options);
      const others: readonly (readonly [string, SearchOptions, RegExp])[] = [
        ["a deep network", {}, /another prompt: "a small residual.*", not "a deep network"/],
        [prompt, { seed: 2 }, /another seed: 1, not 2/],
        [prompt, { strategy: "random" }, /another strategy: "local", not "random"/],
        [prompt, { data: fakeData(5) }, /the examples of "fake" are not those/],
        [prompt, { evaluator: fakeEvaluator({ epochs: 9 }) }, /another epochs: 3, not 9/],
        [prompt, { trials: 3 }, /this study is over: it was scored on the test examples after 2 trials/],
      ];
      for (const [text, other, said] of others) {
        await assert.rejects(search(text, { ...options, ...other }), said);
      }
      const again = await search(prompt, options);
      assert.equal(options.evaluator.tested.length, 1, "the test examples are looked at once");
      assert.equal(again.trials.length, 2);
      await assert.rejects(resume(memoryStorage()), /there is no study/);
      await assert.rejects(loadStudy("sqlite:///nowhere.db"), /there is no study/);
    });
  });
});
