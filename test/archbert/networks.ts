// Networks for tests of what is shown: real ones, and made ones of any size.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { type Architecture, type ArchNode, bytesSource, importArchitecture } from "../../archbert/graph";

const fixtures = join(__dirname, "../../../test/fixtures");

export async function fixture(name: string): Promise<Architecture> {
  const bytes = gunzipSync(readFileSync(join(fixtures, `${name}.onnx.gz`)));
  return importArchitecture(bytesSource(`${name}.onnx`, bytes));
}

export function node(i: number, op: string, inputs: string[], more: Partial<ArchNode> = {}): ArchNode {
  return {
    id: `n${i}`,
    op,
    inputs,
    outputs: [{ id: `v${i}`, shape: [1, 8, 16, 16], dtype: "float32" }],
    attributes: {},
    parameters: [],
    source: { name: `layer${i}`, ops: [] },
    ...more,
  };
}

export function network(nodes: ArchNode[], more: Partial<Architecture> = {}): Architecture {
  return {
    version: 1,
    name: "made",
    format: "test",
    inputs: [{ id: "x", shape: [1, 8, 16, 16], dtype: "float32" }],
    outputs: nodes.slice(-1).flatMap(({ outputs }) => outputs.map(({ id }) => id)),
    nodes,
    metadata: {},
    ...more,
  };
}

/** Ops that read from the one before, and some from anywhere before. Nothing repeats. */
export function wild(length: number, seed = 1): Architecture {
  let state = seed;
  const random = () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state / 0x7fffffff;
  };
  const kinds = ["relu", "add", "concat", "batchNorm", "maxPool", "linear", "tanh"];
  const nodes = Array.from({ length }, (_, i) => {
    const op = kinds[Math.floor(random() * kinds.length)] ?? "relu";
    const before = i > 0 ? `v${i - 1}` : "x";
    const joins = (op === "add" || op === "concat") && i > 3;
    return node(i, op, joins ? [before, `v${Math.floor(random() * (i - 1))}`] : [before]);
  });
  return network(nodes);
}

/** What a file that means harm may name things. */
export const hostile = [
  '</text><script>alert("1")</script>',
  "<img src=x onerror=alert(1)>",
  '"><svg onload=alert(1)>',
  "\u001b[31mred\u001b[0m\u0007\u009b2J",
  "]]><!--&amp;&#60;",
  "safe\u202egnp.exe\ud800\u0000\ufffe",
] as const;

export function hostileNetwork(): Architecture {
  const nodes = hostile.map((text, i) =>
    node(i, `custom:${text}`, [i > 0 ? `${hostile[i - 1]}${i - 1}` : hostile[0]], {
      id: text,
      outputs: [{ id: `${text}${i}`, shape: [text, 4], dtype: "float32" }],
      attributes: { kernelSize: [text], heads: text },
      parameters: [{ name: text, shape: [4], dtype: "float32", trainable: true }],
      source: { name: text, ops: [text] },
    }),
  );
  return network(nodes, {
    name: hostile.join(" "),
    format: hostile[0],
    inputs: [{ id: hostile[0], shape: [hostile[1], 4], dtype: "float32" }],
    metadata: Object.fromEntries(hostile.map((text) => [text, text])),
  });
}
