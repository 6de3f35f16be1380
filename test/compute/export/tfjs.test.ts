// Graph models: plain TensorFlow.js loads them and computes what we do.
import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Tensor } from "@tensorflow/tfjs";
import { bytesSource, type Facts, facts, importArchitecture } from "../../../archbert/graph";
import { build, parse } from "../../../archbert/graph/language";
import { rng } from "../../../archbert/graph/random";
import { exportTfjs, predict, type Tf, useBackend } from "../../../compute";
import { executors } from "../../../compute/model/ops";
import { somePrograms } from "../programs";
import { byOnnx, someTrained } from "./trained";

interface ModelJson {
  modelTopology: object;
  weightsManifest: {
    paths: string[];
    weights: { name: string; shape: number[]; dtype: "float32" | "int32" }[];
  }[];
}

/** As a browser does it: model.json, then the files that it names. */
function open(tf: Tf, folder: string) {
  const json = JSON.parse(readFileSync(join(folder, "model.json"), "utf8")) as ModelJson;
  const [group] = json.weightsManifest;
  const bytes = Buffer.concat((group?.paths ?? []).map((path) => readFileSync(join(folder, path))));
  const weightData = Uint8Array.from(bytes).buffer;
  return tf.loadGraphModel({
    load: async () => ({ ...json, weightSpecs: group?.weights ?? [], weightData }),
  });
}

const programs = somePrograms(rng(41), 6);
const norms =
  "input 6x6x1\nstem conv 8 norm layer\nstage 1 residual 8 norm group\nstage 1 inverted 8 norm layer\nhead 3";

describe("exportTfjs", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "archbert-tfjs-"));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("writes what TensorFlow.js loads and computes as we do", async () => {
    const random = rng(1);
    const { tf } = await useBackend("cpu");
    const written = await Promise.all(programs.map((program) => someTrained(program, 3)));
    const transformer = parse("input 6x6x1\nstem patch 8 kernel 2\nstage 1 transformer 8 heads 2\nhead 3");
    const read = await byOnnx(await someTrained(transformer, 3), join(folder, "read.onnx"));
    const normed = await someTrained(parse(norms), 3);
    for (const trained of [...written, normed, read]) {
      const text = trained.architecture.nodes.map(({ id }) => id).join();
      await exportTfjs(trained, folder);
      const shape = trained.architecture.inputs[0]?.shape?.slice(1).map(Number) ?? [];
      const own = shape.length === 3 ? [...shape.slice(1), shape[0] ?? 1] : shape;
      const inputs = Float32Array.from(
        { length: 3 * shape.reduce((a, b) => a * b, 1) },
        () => random.next() * 2 - 1,
      );
      const ours = await predict(trained, inputs, { backend: "cpu" });
      const model = await open(tf, folder);
      const output = model.predict(tf.tensor(inputs, [3, ...own])) as Tensor;
      assert.deepEqual(output.shape, [3, ...ours.shape], text);
      const theirs = await output.data();
      const scale = Math.max(1, ...ours.values.map(Math.abs));
      theirs.forEach((value, i) => {
        const expected = ours.values[i] as number;
        assert.ok(Math.abs(value - expected) < 1e-4 * scale, `${text}: ${value}, not ${expected}`);
      });
      model.dispose();
    }
  }).timeout(60_000);

  it("writes what ArchBERT reads back as the network that it is, without its weights", async () => {
    const told = ({ stages, motifs, ...known }: Facts) => ({
      parameters: known.parameters,
      multiplyAdds: known.multiplyAdds,
      depth: known.depth,
      stages: stages.map(({ nodes: _, ...stage }) => stage),
      motifs: motifs.map(({ kind, count }) => ({ kind, count })),
    });
    for (const body of [
      "stem patch 8 kernel 2\nstage 2 transformer 8 heads 2",
      "stem conv 8 norm layer\nstage 1 residual 8 norm group\nstage 1 inverted 12 norm layer",
      // A gate through one channel: its bias is one number.
      "stage 2 residual 8 se 16\nstage 1 bottleneck 16 stride 2 norm layer",
    ]) {
      const trained = await someTrained(parse(`input 6x6x1\n${body}\nhead 3`), 3);
      await exportTfjs(trained, folder);
      const source = bytesSource("model.json", readFileSync(join(folder, "model.json")));
      assert.deepEqual(
        told(facts(await importArchitecture(source))),
        told(facts(trained.architecture)),
        body,
      );
    }
  });

  it("knows every op that can be computed", () => {
    const held = new Set(programs.flatMap((program) => build(program).nodes.map(({ op }) => op)));
    assert.deepEqual(
      Object.keys(executors).filter((op) => !held.has(op)),
      [],
    );
  });

  it("cuts weights into files that browsers keep", async () => {
    const large = join(folder, "large");
    await exportTfjs(await someTrained(parse("input 600\nstage 1 mlp 2000\nhead 2"), 1), large);
    assert.deepEqual(readdirSync(large).sort(), [
      "group1-shard1of2.bin",
      "group1-shard2of2.bin",
      "model.json",
    ]);
    const { tf } = await useBackend("cpu");
    const model = await open(tf, large);
    assert.deepEqual((model.predict(tf.zeros([2, 600])) as Tensor).shape, [2, 2]);
  });
});
