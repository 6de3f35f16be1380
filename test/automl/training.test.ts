// The evaluator that trains: digits, few of them, by networks of a few thousand parameters.
import assert from "node:assert/strict";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { load } from "../../archbert";
import { facts } from "../../archbert/graph";
import { build, parse } from "../../archbert/graph/language";
import { loadStudy, memoryStorage, type SearchOptions, search, trainingDefaults } from "../../automl";
import { trainingEvaluator } from "../../automl/evaluators";
import { type Dataset, loadDataset, select } from "../../datasets";

describe("a search that trains", function () {
  this.timeout(60_000);
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "archbert-search-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const few = async () => {
    const digits = await loadDataset("digits");
    return { ...digits, train: select(digits.train, [...Array(480).keys()]) };
  };

  it("learns, scores, exports and keeps it all", async () => {
    const options = {
      guide: null,
      data: await few(),
      trials: 3,
      epochs: 2,
      finalEpochs: 3,
      backend: "wasm",
      folder,
    };
    const study = await search("a CNN under 4k parameters", {
      ...options,
      jobs: 2,
      storage: "sqlite:///study.db",
      out: "best",
    });
    const { best } = study;
    assert.ok(best?.testScore && best.testScore > 0.5, `${best?.testScore}`);
    assert.equal(study.backend, "wasm");
    assert.deepEqual(
      [...best.exports].sort(),
      ["model.onnx", "program.arch", "tfjs"].map((name) => path.join("best", name)),
    );
    const parameters = facts(build(parse(best.program))).parameters;
    assert.ok(parameters === best.parameters && parameters < 4000);
    const again = await load(path.join(folder, "best", "model.onnx"));
    assert.equal(facts(again).parameters, parameters);
    assert.equal(readFileSync(path.join(folder, "best", "program.arch"), "utf8"), best.program);
    assert.ok(readdirSync(path.join(folder, "best", "tfjs")).includes("model.json"));
    const stored = await loadStudy("sqlite:///study.db", { folder });
    assert.deepEqual(stored.trials, study.trials);
    assert.equal(stored.best?.testScore, best.testScore);
    const kept = path.join(folder, "study.db-training");
    assert.ok(!existsSync(kept), "nothing is kept of trainings that are over");
    mkdirSync(kept);
    writeFileSync(path.join(kept, "final"), "of a process that was killed right after the score");
    await search("a CNN under 4k parameters", { ...options, jobs: 2, storage: "sqlite:///study.db" });
    assert.ok(!existsSync(kept), "and it is gone when the study is looked at again");
  });

  it("begins no study with what no training takes", async () => {
    const wrong: readonly (readonly [SearchOptions, RegExp])[] = [
      [{ epochs: 0 }, /epochs is 0\. Give a number from 1/],
      [{ finalEpochs: 1.5 }, /finalEpochs is 1\.5\. Give a whole number/],
      [{ learningRate: -1 }, /learningRate is -1/],
      [{ trialMemoryMb: 1 }, /memoryMb is 1\. Give a number from 16/],
      [{ backend: "abacus" }, /there is no backend "abacus"\. Choose one of/],
    ];
    for (const [options, message] of wrong) {
      const storage = memoryStorage();
      const running = search("a CNN", { guide: null, data: await few(), storage, ...options });
      await assert.rejects(running, { name: "ArchError", message });
      assert.equal(await storage.open(undefined), undefined);
    }
  });

  it("begins no study with data that no network could learn from or be judged by", async () => {
    const data = await few();
    const { train, validation, test } = data;
    const none = { ...validation, inputs: new Float32Array(0), labels: new Int32Array(0) };
    const outside = { ...train, labels: train.labels.map((label, i) => (i === 2 ? 10 : label)) };
    const hollow = { ...test, inputs: test.inputs.map((value, i) => (i === 64 ? Number.NaN : value)) };
    const wrong: readonly (readonly [Partial<Dataset>, RegExp])[] = [
      [
        { validation: none },
        /^validation examples: there are none\. Set some of the training examples apart/,
      ],
      [{ train: none }, /^training examples: there are none\. Give some/],
      [{ test: none }, /^test examples: there are none\. Give some/],
      [{ train: outside }, /^training examples: example 2 has the label 10; .*\. Number the classes from 0/],
      [{ test: hollow }, /^test examples: example 1 holds NaN, .*\. Leave it out/],
      [
        { test: { ...test, shape: [64] } },
        /^test examples: they are 64 in 10 classes, and the training examples 8x8x1 in 10 .*\. Give all parts/,
      ],
      [{ validation: { ...validation, classes: 12 } }, /^validation examples: they are 8x8x1 in 12 classes/],
      [{ train: { ...train, classes: Number.NaN } }, /in NaN classes\. Give whole numbers from 1/],
    ];
    for (const [parts, message] of wrong) {
      const storage = memoryStorage();
      const running = search("a CNN", { guide: null, data: { ...data, ...parts }, storage });
      await assert.rejects(running, { name: "ArchError", message });
      assert.equal(await storage.open(undefined), undefined);
    }
  });

  it("takes an option that is undefined as one that is not given", async () => {
    const evaluator = trainingEvaluator(await few(), { epochs: undefined, batchSize: 8 });
    assert.deepEqual(evaluator.config, { evaluator: "training", ...trainingDefaults, batchSize: 8 });
  });

  it("takes no network from a storage that is damaged, or another than the trial's", async () => {
    const program = parse("input 8x8x1\nstage 1 mlp 8\nhead 10\n");
    const wider = parse("input 8x8x1\nstage 1 mlp 9\nhead 10\n");
    const run = { seed: 1, signal: new AbortController().signal, onEpoch: () => {} };
    const evaluator = trainingEvaluator(await few(), { finalEpochs: 1, backend: "wasm" });
    const { packed } = await evaluator.retrain(program, run);
    assert.ok((await evaluator.test(program, packed)).accuracy >= 0);
    const network = "the trained network that the study keeps";
    for (const damaged of [packed.subarray(0, 2), packed.subarray(0, packed.length - 1)]) {
      await assert.rejects(evaluator.test(program, damaged), {
        message: `${network} is damaged. Give a copy of the study`,
      });
    }
    await assert.rejects(evaluator.save(wider, packed, folder), {
      message: `${network} is not that of its trial. Give a copy of the study`,
    });
    assert.deepEqual(readdirSync(folder), []);
  });

  it("fails a trial whose numbers leave the finite, or whose memory is too small, with the reason", async () => {
    const program = parse("input 8x8x1\nstem conv 4 norm none\nstage 1 conv 4 norm none\nhead 10\n");
    const run = { seed: 1, signal: new AbortController().signal, onEpoch: () => {} };
    const data = await few();
    const wild = trainingEvaluator(data, { learningRate: 1e6, weightDecay: 10, epochs: 2, backend: "wasm" });
    await assert.rejects(wild.evaluate(program, run), /the loss is no longer a number/);
    const tight = trainingEvaluator(data, { trialMemoryMb: 16, epochs: 1, backend: "wasm" });
    await assert.rejects(tight.evaluate(program, run), /16 MB/);
  });

  it("ends a training within a second when it is aborted", async () => {
    const abort = new AbortController();
    const reason = new Error("enough");
    let at = 0;
    const evaluator = trainingEvaluator(await few(), { epochs: 100, backend: "wasm" });
    const running = evaluator.evaluate(parse("input 8x8x1\nstage 1 mlp 16\nhead 10\n"), {
      seed: 1,
      signal: abort.signal,
      onEpoch: () => {
        at ||= performance.now();
        abort.abort(reason);
      },
    });
    await assert.rejects(running, reason);
    assert.ok(performance.now() - at < 1000);
  });
});
