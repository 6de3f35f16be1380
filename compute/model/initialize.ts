// First numbers of every parameter, from a seed.
import type { Architecture, ArchNode, Parameter } from "../../archbert/graph/architecture";
import type { Rng } from "../../archbert/graph/random";
import { isInputFirst } from "./ops/linear";

/** Activations that let about half of what they get through. */
const halving = new Set(["relu", "relu6", "leakyRelu", "elu", "gelu", "silu", "hardSwish"]);
const passing = new Set(["batchNorm", "layerNorm", "groupNorm", "dropout"]);

/**
 * Kernels and matrices: normal, cut at two deviations, with He's variance 2 / in where a half-open activation follows
 * and Glorot's 2 / (in + out) elsewhere. Learned positions: small. Scales 1, shifts and biases 0.
 *
 * @returns float32, in the architecture's order; owned by the caller
 * @see Delving Deep into Rectifiers, arXiv:1502.01852 §2.2
 */
export function initial(
  parameter: Parameter,
  key: string,
  node: ArchNode,
  isHalved: boolean,
  random: Rng,
): Float32Array<ArrayBuffer> {
  const { shape } = parameter;
  const data = new Float32Array(shape.reduce((a, b) => a * b, 1));
  if (key === "scale" || key === "variance") return data.fill(1);
  if (key !== "weight") return data;
  const fans = node.op === "linear" && isInputFirst(shape, node) ? shape.toReversed() : shape;
  const deviation = node.op === "conv" || node.op === "linear" ? deviationOf(fans, isHalved) : 0.02;
  for (let i = 0; i < data.length; i++) data[i] = deviation * cutNormal(random);
  return data;
}

function deviationOf([out = 1, into = 1, ...kernel]: readonly number[], isHalved: boolean): number {
  const window = kernel.reduce((a, b) => a * b, 1);
  return Math.sqrt(2 / (isHalved ? into * window : (into + out) * window)) / cutDeviation;
}

/** What is left of a deviation of 1 after the cut. */
const cutDeviation = 0.8796;

function cutNormal(random: Rng): number {
  for (;;) {
    const radius = Math.sqrt(-2 * Math.log(1 - random.next()));
    const value = radius * Math.cos(2 * Math.PI * random.next());
    if (Math.abs(value) < 2) return value;
  }
}

/** Ids of the nodes whose output goes through norms alone into a half-open activation. */
export function halved({ nodes }: Architecture): ReadonlySet<string> {
  const readers = new Map<string, ArchNode[]>();
  for (const node of nodes) for (const id of node.inputs) readers.set(id, [...(readers.get(id) ?? []), node]);
  const found = new Set<string>();
  for (const node of nodes) {
    let next = soleReader(readers, node);
    while (next && passing.has(next.op)) next = soleReader(readers, next);
    if (next && halving.has(next.op)) found.add(node.id);
  }
  return found;
}

function soleReader(readers: ReadonlyMap<string, ArchNode[]>, node: ArchNode): ArchNode | undefined {
  const list = readers.get(node.outputs[0]?.id ?? "") ?? [];
  return list.length === 1 ? list[0] : undefined;
}
