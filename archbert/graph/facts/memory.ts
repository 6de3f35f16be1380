// What the values that flow through a network take in memory.
import type { Architecture, DType } from "../architecture";
import { evaluateShape } from "../dimensions";
import type { View } from "./view";

/** In bytes, of one pass at the sizes assumed; parameters are not among them. */
export interface ActivationMemory {
  /** All inputs and results: about what a backward pass keeps. */
  total: number;
  /** The most that is alive at once when nodes run in order and a value goes after its last reader. */
  peak: number;
}

/** Ops whose result is what they read, laid out or named otherwise: no memory of its own. */
const views: ReadonlySet<string> = new Set([
  "reshape",
  "flatten",
  "squeeze",
  "unsqueeze",
  "identity",
  "dropout",
]);

/** In bytes; 4 where the file does not say. */
function bytesOf(dtype: DType): number {
  const bits = /\d+$/.exec(dtype)?.[0];
  if (dtype === "bool") return 1;
  if (dtype === "complex64" || dtype === "complex128") return Number(bits) / 8;
  return bits ? Number(bits) / 8 : 4;
}

/**
 * Activations are not fused and not computed in place, so an engine that does either needs less.
 *
 * @param sizes numbers for symbolic sizes; 1 for those not named
 * @returns null where a shape that it depends on is not known
 */
export function activationMemory(
  { nodes, inputs, outputs }: Architecture,
  graph: View,
  sizes: Readonly<Record<string, number>>,
): ActivationMemory | null {
  const read = new Set([...nodes.flatMap((node) => node.inputs), ...outputs]);
  // A view is the value that it shows.
  const shown = new Map<string, string>();
  const shownBy = (id: string) => shown.get(id) ?? id;
  const bytes = new Map<string, number>();
  const lastRead = new Map<string, number>();
  const add = ({ id, dtype }: { id: string; dtype: DType }): boolean => {
    const shape = evaluateShape(graph.shape(id), sizes);
    if (shape === null) return false;
    bytes.set(
      id,
      shape.reduce((a, b) => a * b, bytesOf(dtype)),
    );
    return true;
  };
  for (const value of inputs) if (!add(value)) return null;
  for (const [i, node] of nodes.entries()) {
    for (const id of node.inputs) lastRead.set(shownBy(id), i);
    const [from] = node.inputs;
    const [first] = node.outputs;
    if (views.has(node.op) && from !== undefined && first) shown.set(first.id, shownBy(from));
    // Results that nobody reads (the states of a recurrent layer) need no shape.
    else for (const value of node.outputs) if (read.has(value.id) && !add(value)) return null;
  }
  for (const id of outputs) lastRead.set(shownBy(id), nodes.length);
  let total = 0;
  for (const size of bytes.values()) total += size;
  return Number.isFinite(total) ? { total, peak: peakOf() } : null;

  function peakOf(): number {
    const ending = new Map<number, string[]>();
    for (const [id, at] of lastRead) ending.set(at, [...(ending.get(at) ?? []), id]);
    let alive = inputs.reduce((sum, { id }) => sum + (bytes.get(id) ?? 0), 0);
    let peak = alive;
    nodes.forEach((node, i) => {
      for (const { id } of node.outputs) alive += bytes.get(id) ?? 0;
      peak = Math.max(peak, alive);
      for (const id of ending.get(i) ?? []) alive -= bytes.get(id) ?? 0;
      // What nobody reads goes at once.
      for (const { id } of node.outputs) if (!lastRead.has(id)) alive -= bytes.get(id) ?? 0;
    });
    return peak;
  }
}
