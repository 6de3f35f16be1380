// Trained networks on disk: what is saved comes back, and what was not saved by us is refused.
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build, parse } from "../../../archbert/graph/language";
import { loadTrained, predict, saveTrained, type Trained, train } from "../../../compute";
import { architecture, bars, data } from "./examples";

describe("saveTrained and loadTrained", () => {
  let folder: string;
  let saved: string;
  let trained: Trained;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "archbert-trained-"));
    saved = join(folder, "deep", "bars");
    trained = await train(architecture, data, { epochs: 2, backend: "wasm" });
    await saveTrained(trained, saved);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("bring back the same network", async () => {
    assert.deepEqual(readdirSync(saved).sort(), ["trained.json", "weights.bin"]);
    const loaded = await loadTrained(saved);
    assert.deepEqual(loaded, trained);
    const { inputs } = bars(5, 9);
    const [a, b] = [await predict(trained, inputs), await predict(loaded, inputs)];
    assert.deepEqual(a, b);
    assert.deepEqual(a.shape, [3]);
    assert.equal(a.values.length, 15);
  });

  it("replace what was there", async () => {
    const other = join(folder, "again");
    await saveTrained({ ...trained, seed: 77 }, other);
    await saveTrained(trained, other);
    assert.equal((await loadTrained(other)).seed, trained.seed);
  });

  it("predict only whole inputs", () =>
    assert.rejects(
      predict(trained, new Float32Array(37)),
      /bars: 37 numbers are not a number of inputs of 6x6x1/,
    ));

  type Json = Record<string, unknown> & { architecture: { nodes: Record<string, unknown>[] } };
  const damages: [string, (json: Json, copy: string) => void, RegExp][] = [
    ["of another kind", (json) => Object.assign(json, { format: "other" }), /is no trained network/],
    [
      "of a later version",
      (json) => Object.assign(json, { version: 2 }),
      /is of version 2\. Update archbert/,
    ],
    ["without a history", (json) => Object.assign(json, { history: [{}] }), /trained\.json: is damaged/],
    [
      "with nodes of no kind",
      (json) => Object.assign(json.architecture, { nodes: [{}] }),
      /trained\.json: is damaged/,
    ],
    [
      "with an op that cannot be computed",
      (json) => Object.assign(json.architecture.nodes[0] ?? {}, { op: "lstm" }),
      /the op lstm cannot be computed/,
    ],
    [
      "whose network is not what its shapes say",
      (json) =>
        Object.assign(json.architecture.nodes[0] ?? {}, {
          inputs: ["image", "image"],
          op: "add",
          parameters: [],
        }),
      /its weights are not its network's/,
    ],
    [
      "with other weights",
      (json) => Object.assign(json, { weights: [] }),
      /its weights are not its network's/,
    ],
    [
      "cut short",
      (_, copy) => truncateSync(join(copy, "weights.bin"), 12),
      /weights\.bin: holds 12 bytes, not \d+/,
    ],
    [
      "with numbers changed",
      (_, copy) => {
        const bytes = readFileSync(join(copy, "weights.bin"));
        bytes[5] = (bytes[5] ?? 0) ^ 1;
        writeFileSync(join(copy, "weights.bin"), bytes);
      },
      /weights\.bin: is not what was saved with trained\.json/,
    ],
    ["without weights", (_, copy) => rmSync(join(copy, "weights.bin")), /weights\.bin: cannot be read/],
  ];
  for (const [title, damage, message] of damages) {
    it(`refuse a network ${title}`, async () => {
      const copy = join(folder, "copy");
      rmSync(copy, { recursive: true, force: true });
      cpSync(saved, copy, { recursive: true });
      const file = join(copy, "trained.json");
      const json = JSON.parse(readFileSync(file, "utf8")) as Json;
      damage(json, copy);
      writeFileSync(file, JSON.stringify(json));
      await assert.rejects(loadTrained(copy), { name: "ArchError", message });
    });
  }

  it("refuse a network that does not compute what it says", async () => {
    const lying = build(parse("input 6x6x1\nstem conv 4 norm none\nhead 3"));
    const nodes = lying.nodes.map((node) =>
      node.op === "globalAveragePool"
        ? { ...node, outputs: [{ id: node.id, dtype: "float32" as const, shape: ["batch", 9] }] }
        : node.id === "logits"
          ? {
              ...node,
              parameters: node.parameters.map((p) =>
                p.name === "logits.weight" ? { ...p, shape: [3, 9] } : p,
              ),
            }
          : node,
    );
    const weights = trained.weights.slice(0, 0).concat(
      nodes.flatMap(({ parameters }) =>
        parameters.map(({ name, shape }) => ({
          name,
          shape,
          data: new Float32Array(shape.reduce((a, b) => a * b, 1)),
        })),
      ),
    );
    const copy = join(folder, "lying");
    await saveTrained({ ...trained, architecture: { ...lying, nodes }, weights }, copy);
    await assert.rejects(loadTrained(copy), { name: "ArchError", message: /its network does not compute/ });
  });
});
