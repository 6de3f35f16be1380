// ONNX files: ONNX Runtime computes what we do, and reading one back gives the same facts.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as ort from "onnxruntime-web";
import { bytesSource, caption, facts, importArchitecture } from "../../../archbert/graph";
import { build, format, parse } from "../../../archbert/graph/language";
import { rng } from "../../../archbert/graph/random";
import { exportOnnx, predict, train } from "../../../compute";
import { executors } from "../../../compute/model/ops";
import { data } from "../fit/examples";
import { somePrograms } from "../programs";
import { byOnnx, someTrained } from "./trained";

/** [batch, height, width, channels] as [batch, channels, height, width]; anything else as it is. */
function channelsFirst(data: Float32Array, shape: readonly number[]): Float32Array {
  if (shape.length !== 3) return data;
  const [height = 1, width = 1, channels = 1] = shape;
  return data.map((_, i) => {
    const place = i % (height * width);
    const channel = Math.floor(i / (height * width)) % channels;
    const example = Math.floor(i / (height * width * channels));
    return data[(example * height * width + place) * channels + channel] as number;
  });
}

const programs = somePrograms(rng(31), 6);

/** Within 1e-4 of what is largest. */
function same(theirs: Float32Array, ours: Float32Array, text: string): void {
  assert.equal(theirs.length, ours.length, text);
  const scale = Math.max(1, ...ours.map(Math.abs));
  theirs.forEach((value, i) => {
    assert.ok(Math.abs(value - (ours[i] as number)) < 1e-4 * scale, `${text}: ${value}, not ${ours[i]}`);
  });
}

describe("exportOnnx", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "archbert-onnx-"));
    ort.env.wasm.numThreads = 1;
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("writes what ONNX Runtime computes as we do", async () => {
    const random = rng(1);
    for (const program of programs) {
      const text = format(program);
      const trained = await someTrained(program, 3);
      const file = join(folder, "network.onnx");
      await exportOnnx(trained, file);
      const shape = trained.architecture.inputs[0]?.shape?.slice(1).map(Number) ?? [];
      const own = shape.length === 3 ? [...shape.slice(1), shape[0] ?? 1] : shape;
      const inputs = Float32Array.from(
        { length: 3 * shape.reduce((a, b) => a * b, 1) },
        () => random.next() * 2 - 1,
      );
      const ours = await predict(trained, inputs, { backend: "cpu" });
      const session = await ort.InferenceSession.create(readFileSync(file), { logSeverityLevel: 3 });
      const [input = "", output = ""] = [...session.inputNames, ...session.outputNames];
      const results = await session.run({
        [input]: new ort.Tensor("float32", channelsFirst(inputs, own), [3, ...shape]),
      });
      const theirs = results[output]?.data as Float32Array;
      const expected = channelsFirst(ours.values, ours.shape);
      same(theirs, expected, text);
      await session.release();
    }
  }).timeout(60_000);

  it("writes what reads back as the same network", async () => {
    // A norm over one channel has a shift of a single number.
    const narrow = parse("input 8x8x3\nnorm group\nstage 1 conv 1\nstage 1 conv 8 stride 2\nhead 10\n");
    for (const program of [...programs, narrow]) {
      const text = format(program);
      const trained = await someTrained(program, 3);
      const file = join(folder, `${trained.architecture.name}.onnx`);
      await exportOnnx(trained, file);
      const read = await importArchitecture(bytesSource(file, readFileSync(file)));
      // Of a program, facts say the stages that its text says; of a file, those they find.
      const written = { ...trained.architecture, format: read.format };
      const [ours, theirs] = [facts(written), facts(read)];
      const told = ({
        parameters,
        statistics,
        multiplyAdds,
        motifs,
        stages,
        family,
        depth,
      }: typeof ours) => ({
        parameters,
        statistics,
        multiplyAdds,
        depth,
        motifs: motifs.map(({ kind, count }) => [kind, count]),
        stages: stages.map(({ kind, blocks, width, resolution }) => [kind, blocks, width, resolution]),
        family: family?.name,
      });
      assert.deepEqual(told(theirs), told(ours), text);
      assert.equal(caption(read).text, caption(written).text, text);
      const names = (nodes: typeof read.nodes) =>
        nodes.flatMap(({ parameters }) => parameters.map(({ name }) => name)).sort();
      assert.deepEqual(names(read.nodes), names(trained.architecture.nodes), text);
    }
  }).timeout(60_000);

  it("writes what can be computed again once it is read, pictures of every size and stride", async () => {
    const random = rng(2);
    for (const program of programs) {
      const trained = await someTrained(program, 3);
      const read = await byOnnx(trained, join(folder, "again.onnx"));
      const shape = trained.architecture.inputs[0]?.shape ?? [];
      const size = shape.slice(1).reduce<number>((a, b) => a * Number(b), 1);
      const inputs = Float32Array.from({ length: 2 * size }, () => random.next() * 2 - 1);
      const ours = await predict(trained, inputs, { backend: "cpu" });
      const again = await predict(read, inputs, { backend: "cpu" });
      assert.deepEqual(again.shape, ours.shape, format(program));
      same(again.values, ours.values, format(program));
      // Written once more, it is still the same.
      const twice = await byOnnx(read, join(folder, "twice.onnx"));
      const [once, more] = [facts(read.architecture), facts(twice.architecture)];
      assert.deepEqual({ ...more, name: once.name }, once, format(program));
      same((await predict(twice, inputs, { backend: "cpu" })).values, ours.values, format(program));
    }
  }).timeout(60_000);

  it("writes a transformer that can be trained once it is read, to a file that ONNX Runtime computes", async () => {
    const program = parse("input 6x6x1\nstem patch 8 kernel 2\nstage 1 transformer 8 heads 2\nhead 3");
    const { architecture } = await byOnnx(await someTrained(program, 3), join(folder, "read.onnx"));
    const trained = await train(architecture, data, { epochs: 30, backend: "wasm", seed: 2 });
    const [first, last] = [trained.history[0], trained.history.at(-1)];
    assert.ok((last?.loss ?? 9) < (first?.loss ?? 0) / 2, "the loss falls");
    assert.ok(trained.metrics.validationAccuracy > 0.6, `${trained.metrics.validationAccuracy}`);
    const file = join(folder, "trained.onnx");
    await exportOnnx(trained, file);
    const session = await ort.InferenceSession.create(readFileSync(file), { logSeverityLevel: 3 });
    const [input = "", output = ""] = [...session.inputNames, ...session.outputNames];
    const { inputs } = data.validation;
    const count = inputs.length / 36;
    const results = await session.run({ [input]: new ort.Tensor("float32", inputs, [count, 1, 6, 6]) });
    const ours = await predict(trained, inputs, { backend: "wasm" });
    same(results[output]?.data as Float32Array, ours.values, "trained");
    await session.release();
  }).timeout(60_000);

  it("says what it cannot compute of a network that is read", async () => {
    const program = parse("input 6x6x1\nstem patch 8 kernel 2\nstage 1 transformer 8 heads 2\nhead 3");
    const { architecture } = await byOnnx(await someTrained(program, 3), join(folder, "read.onnx"));
    const nodes = architecture.nodes.map((node) =>
      node.op === "attention" ? { ...node, attributes: { ...node.attributes, mask: true } } : node,
    );
    await assert.rejects(
      train({ ...architecture, nodes }, data),
      /attention\/MatMul2: the op attention has mask\. Train a network of the architecture language/,
    );
  });

  it("writes stages that are found again, node by node", async () => {
    for (const stages of [
      "stage 2 residual 8\nstage 3 residual 16 stride 2",
      "stage 2 bottleneck 16\nstage 2 inverted 24 stride 2",
      "stage 1 residual 8 norm group activation gelu dropout 0.1\nstage 2 bottleneck 16 stride 2 se 4",
    ]) {
      const program = parse(`input 8x8x1\nstem conv 8\n${stages}\nhead 10`);
      const trained = await someTrained(program, 3);
      const file = join(folder, "stages.onnx");
      await exportOnnx(trained, file);
      const read = await importArchitecture(bytesSource(file, readFileSync(file)));
      assert.deepEqual(facts(read).stages, facts(trained.architecture).stages, stages);
    }
  }).timeout(60_000);

  it("knows every op that can be computed", () => {
    const held = new Set(programs.flatMap((program) => build(program).nodes.map(({ op }) => op)));
    assert.deepEqual(
      Object.keys(executors).filter((op) => !held.has(op)),
      [],
    );
  });

  it("says where it cannot write", async () => {
    const trained = await someTrained(parse("input 3\nstage 1 mlp 2\nhead 2"), 1);
    await assert.rejects(exportOnnx(trained, join(folder, "nowhere", "x.onnx")), {
      name: "ArchError",
      message: /x\.onnx: cannot be written/,
    });
  });

  it("refuses weights of another network", async () => {
    const { architecture, weights } = await someTrained(parse("input 3\nstage 1 mlp 2\nhead 2"), 1);
    await assert.rejects(exportOnnx({ architecture, weights: weights.slice(1) }, join(folder, "x.onnx")), {
      name: "ArchError",
    });
  });
});
