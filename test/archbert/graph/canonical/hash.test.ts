import assert from "node:assert/strict";
import { type Architecture, build, canonicalHash, parse, rng } from "../../../../archbert/graph";

const text =
  "input 32x32x3\nstem conv 16 kernel 3\nstage 2 residual 16\nstage 2 inverted 32 expansion 2 se 4 stride 2\nhead 10\n";
const network = () => build(parse(text));

/** The same network under other names, its nodes in another order that is as right. */
function disguised(architecture: Architecture, seed: number): Architecture {
  const random = rng(seed);
  const names = new Map<string, string>();
  const other = (id: string) => names.get(id) ?? names.set(id, `v${names.size}`).get(id) ?? id;
  const open = [...architecture.nodes];
  const made = new Set(architecture.inputs.map(({ id }) => id));
  const nodes: Architecture["nodes"][number][] = [];
  while (open.length > 0) {
    const ready = open.filter((node) => node.inputs.every((id) => made.has(id)));
    const node = random.pick(ready);
    open.splice(open.indexOf(node), 1);
    for (const { id } of node.outputs) made.add(id);
    nodes.push({
      ...node,
      id: other(`node ${node.id}`),
      inputs: (node.op === "add" ? random.shuffle(node.inputs) : node.inputs).map(other),
      outputs: node.outputs.map((value) => ({ ...value, id: other(value.id) })),
      parameters: node.parameters.map((item) => ({ ...item, name: other(`weight ${item.name}`) })),
    });
  }
  const inputs = architecture.inputs.map((value) => ({ ...value, id: other(value.id) }));
  return {
    ...architecture,
    name: "x",
    format: "onnx",
    inputs,
    nodes,
    outputs: architecture.outputs.map(other),
  };
}

describe("canonicalHash", () => {
  it("is the same under other names and in another order of nodes", () => {
    const hash = canonicalHash(network());
    assert.match(hash, /^[0-9a-f]{32}$/);
    for (let seed = 1; seed <= 20; seed++) assert.equal(canonicalHash(disguised(network(), seed)), hash);
  });

  it("passes over dropout", () => {
    const dropped = build(parse(text.replace("head 10", "head 10 dropout 0.3")));
    assert.equal(canonicalHash(dropped), canonicalHash(network()));
  });

  const changes: [string, string, string][] = [
    ["a width", "head 10", "head 11"],
    ["a kernel", "kernel 3", "kernel 5"],
    ["a stride", "stride 2", "stride 1"],
    ["an activation", "stage 2 residual 16", "stage 2 residual 16 activation silu"],
    ["a repeat", "stage 2 residual", "stage 3 residual"],
    ["a norm", "stage 2 residual 16", "stage 2 residual 16 norm group"],
    ["a gate", " se 4", ""],
    ["the resolution", "32x32x3", "64x64x3"],
  ];
  for (const [title, from, to] of changes) {
    it(`tells ${title}`, () => {
      const other = build(parse(text.replace(from, to)));
      assert.notEqual(canonicalHash(other), canonicalHash(network()));
    });
  }

  it("tells which value a gate scales, not only how many ops there are", () => {
    const a = network();
    const gate = a.nodes.find(({ op, inputs }) => op === "mul" && inputs.length === 2);
    const [x = "", scale = ""] = gate?.inputs ?? [];
    const nodes = a.nodes.map((node) => (node === gate ? { ...node, inputs: [x, x] } : node));
    assert.notEqual(canonicalHash({ ...a, nodes }), canonicalHash(a));
    assert.ok(scale !== x);
  });
});
