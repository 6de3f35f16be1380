import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Tensor4D } from "@tensorflow/tfjs";
import fc from "fast-check";
import { build, know, parse } from "../../../archbert/graph";
import { type ArchBertModel, loadWeights, modelOf, saveWeights } from "../../../archbert/model";
import { bagSize, networkBags, targetBags, textBags } from "../../../archbert/model/bags";
import { disposeReading, startReading, take } from "../../../archbert/model/decode";
import { forward } from "../../../archbert/model/network";
import { batchOf, type Row, readingBias } from "../../../archbert/model/rows";
import { fromHalf, toHalf } from "../../../archbert/model/weights";
import { lex } from "../../../archbert/text";
import { defaultConfig, freshState } from "../../../archbert/training";

const state = freshState({ ...defaultConfig, width: 32, layers: 2, heads: 2 }, [
  "residual",
  "network",
  "small",
]);
const residual = know(build(parse("input 8x8x1\nstem conv 8\nstage 2 residual 16\nhead 10")));
const text = "a small residual network with 10 classes";

describe("ArchBERT's network", () => {
  let model: ArchBertModel;
  before(async () => {
    model = await modelOf(state);
  });
  after(() => model.dispose());

  function rowOf(withTarget: number): Row {
    const { vocabulary } = model.loaded;
    const { nodes, facts } = networkBags(vocabulary, residual);
    const ids = ["task:meaning", "has", "residual", "."].map((token) => vocabulary.id(token));
    return {
      network: [...nodes, ...facts],
      text: textBags(vocabulary, lex(text)),
      target: targetBags(vocabulary, ids.slice(0, withTarget)),
    };
  }

  /** float32 [N, D] of one row. */
  function statesOf(row: Row, others: Row[] = []): number[][] {
    const { tf, weights, config } = model.loaded;
    const batch = batchOf([row, ...others], 1);
    return tf.tidy(() => {
      const ids = tf.tensor3d(batch.ids, [batch.rows, batch.places, bagSize], "int32");
      const bias = tf.tensor4d(readingBias(batch), [batch.rows, 1, batch.places, batch.places]) as Tensor4D;
      return (forward(tf, weights, config, ids, bias).states.arraySync() as number[][][])[0] as number[][];
    });
  }

  it("takes a network of a family that it has no token for", () => {
    const { vocabulary } = model.loaded;
    assert.ok(!vocabulary.has("Novel"));
    const family = { name: "Novel", confidence: 1, alternatives: [] };
    const novel = { ...residual, facts: { ...residual.facts, family } };
    assert.equal(networkBags(vocabulary, novel).facts.length, networkBags(vocabulary, residual).facts.length);
  });

  const close = (a: number[][], b: number[][]) => {
    a.forEach((row, i) => {
      row.forEach((value, j) => {
        assert.ok(Math.abs(value - (b[i]?.[j] as number)) < 1e-4, `place ${i}: ${value} and ${b[i]?.[j]}`);
      });
    });
  };

  it("lets nothing that comes later change what was read before", () => {
    const whole = rowOf(4);
    const { network, text } = whole;
    const all = statesOf(whole);
    close(statesOf({ network, text: [], target: [] }), all.slice(0, network.length));
    close(statesOf({ network, text, target: [] }), all.slice(0, network.length + text.length));
    close(statesOf(rowOf(2)), all.slice(0, network.length + text.length + 2));
  });

  it("is not moved by the rows beside it, nor by what fills them up", () => {
    const short = rowOf(1);
    close(statesOf({ ...short, network: [] }), statesOf({ ...short, network: [] }, [rowOf(4)]));
  });

  it("gives token by token what it gives at once", () => {
    const { vocabulary } = model.loaded;
    const ids = ["task:meaning", "has", "residual"].map((token) => vocabulary.id(token));
    const step = startReading(model.loaded, [rowOf(1)]);
    for (const id of ids.slice(1)) take(model.loaded, step, [id]);
    const whole = startReading(model.loaded, [rowOf(3)]);
    const [a, b] = [step, whole].map(({ logProbabilities }) => logProbabilities[0] as Float32Array);
    assert.equal(a?.length, vocabulary.written);
    for (const [i, value] of a?.entries() ?? []) assert.ok(Math.abs(value - (b?.[i] as number)) < 1e-4);
    for (const reading of [step, whole]) disposeReading(model.loaded, reading);
  });

  it("embeds networks and texts as vectors of length 1", async () => {
    for (const vector of [
      await model.embed(residual),
      await model.embedText(text),
      await model.embedText(""),
    ]) {
      assert.equal(vector.length, 32);
      const length = Math.hypot(...vector);
      assert.ok(Math.abs(length - 1) < 1e-3 || length === 0, String(length));
    }
  });

  it("leaves no tensor behind", async () => {
    const { tf } = model.loaded;
    const before = tf.memory().numTensors;
    await model.read(text);
    await model.judge(residual, text);
    await model.answer(residual, "how many classes are there?");
    await model.embed(residual);
    await model.write(text, { samples: 3, seed: 1 });
    assert.equal(tf.memory().numTensors, before);
  });

  it("writes what the grammar admits, untrained as it is, the same for the same seed", async () => {
    for (const said of [text, "", "?!", "9".repeat(300), "日本語 ﷽", text.repeat(40)]) {
      const once = await model.write(said, { samples: 4, seed: 7 });
      assert.deepEqual(await model.write(said, { samples: 4, seed: 7 }), once);
      for (const program of once.programs) build(program);
      const { confidence } = await model.read(said);
      assert.ok(confidence >= 0 && confidence <= 1);
    }
  });
});

describe("the weights", () => {
  const folder = mkdtempSync(join(tmpdir(), "archbert-weights-"));
  after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "weights.bin");

  it("come back in half precision", () => {
    saveWeights(file, state);
    const { config, words, values } = loadWeights(file);
    assert.deepEqual(words, state.words);
    assert.equal(config.width, 32);
    values.forEach((value, k) => {
      value.forEach((x, i) => {
        const was = state.values[k]?.[i] as number;
        assert.ok(Math.abs(x - was) <= Math.abs(was) / 2048 + 2 ** -25, `${was} came back as ${x}`);
      });
    });
  });

  it("round to the nearest half, without ever getting infinite", () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (x) => {
        const [half] = fromHalf(toHalf(Float32Array.from([x])));
        const most = Math.min(Math.abs(x), 65504);
        assert.ok(Math.abs(Math.abs(half as number) - most) <= most / 2048 + 2 ** -25);
        assert.ok(Math.sign(half as number) * Math.sign(x) >= 0);
      }),
    );
  });

  it("are refused where the file is damaged or none of ours", () => {
    saveWeights(file, state);
    const whole = readFileSync(file);
    for (const bytes of [Buffer.alloc(0), Buffer.from("hello"), whole.subarray(0, whole.length >> 1)]) {
      const bad = join(folder, "bad.bin");
      writeFileSync(bad, bytes);
      assert.throws(() => loadWeights(bad), /bad\.bin.*(cannot be read|damaged)/s);
    }
    assert.throws(() => loadWeights(join(folder, "none.bin")), /cannot be read/);
  });

  it("are refused where what they say of themselves cannot be", () => {
    const header = { format: "archbert-weights-1", config: state.config, words: state.words };
    for (const change of [
      null,
      { config: { ...state.config, layers: 1e9 } },
      { config: { ...state.config, heads: 3 } },
      { config: "small" },
      { words: ["a", "a"] },
      { words: [1] },
      { format: "archbert-weights-9" },
    ]) {
      const text = Buffer.from(JSON.stringify(change && { ...header, ...change }));
      const length = Buffer.alloc(4);
      length.writeUInt32LE(text.length);
      writeFileSync(file, gzipSync(Buffer.concat([length, text])));
      assert.throws(() => loadWeights(file), /holds no weights of this version/, JSON.stringify(change));
    }
  });
});
